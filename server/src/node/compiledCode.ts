import * as modules from 'node:module';

/** Of Node 22.10 and newer ("Module compile cache" in its documentation). */
interface CompileCache {
  readonly flushCompileCache?: () => void;
}

/**
 * Has Node write down what it has compiled, where whoever started this process has told it where to
 * (`NODE_COMPILE_CACHE`). It does so itself when the process ends in peace, for which some editors do not wait.
 */
export function keepCompiledCode(): void {
  (modules as CompileCache).flushCompileCache?.();
}
