/** A file of CommonJS. */
export interface ModuleFile {
  /** Its path; files are told apart by its last part. */
  readonly name: string;
  readonly text: string;
}

/**
 * One JavaScript expression whose value is the exports of the first file. A file is run once, when it is first
 * required; a module that is not among the files is requested from the `require` around the expression.
 */
export function asScript(files: readonly ModuleFile[]): string {
  const modules = files.map(
    ({ name, text }) => `${JSON.stringify(lastPart(name))}: (module, exports, require) => {\n${text}\n}`,
  );
  return `((modules, outside) => {
  const made = Object.create(null);
  const load = (path) => {
    const name = path.slice(path.lastIndexOf('/') + 1);
    if (!Object.hasOwn(modules, name)) return outside(path);
    if (made[name] === undefined) {
      const module = (made[name] = { exports: {} });
      modules[name](module, module.exports, load);
    }
    return made[name].exports;
  };
  return load(${JSON.stringify(files[0]?.name ?? '')});
})({\n${modules.join(',\n')}\n}, require)`;
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
