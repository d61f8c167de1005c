import { describeFileError, STANDARD_INPUT } from './files';
import { printable } from './format/printable';
import { progressLine } from './interruption';
import type { CliIo } from './io';

/** A file that is to be linted. */
export interface Input {
  /** What it is called in the output. */
  readonly name: string;
  /** Where it is read; `-` is standard input. */
  readonly path: string;
  /** Whether it was named, or found in a folder. */
  readonly as: 'named' | 'found';
}

/**
 * The files behind the names on the command line, each once: for a folder, those in it that may hold policies. Problems
 * with a folder are added to the problems.
 */
export async function inputsOf(
  io: CliIo,
  { files, stdinName }: { readonly files: readonly string[]; readonly stdinName?: string | undefined },
  problems: string[],
): Promise<readonly Input[]> {
  const inputs: Input[] = [];
  for (const name of new Set(files)) {
    if (name === STANDARD_INPUT) {
      inputs.push({ name: stdinName ?? name, path: name, as: 'named' });
      continue;
    }
    // An empty name, as of a variable that is not set, would be the working folder.
    const found = name === '' ? undefined : await io.policyFilesBelow(name);
    if (found === undefined) {
      inputs.push({ name, path: name, as: 'named' });
      continue;
    }
    if (found.isCut) {
      problems.push(
        `cannot look through all of ${printable(name)}: it has too many files; name the folders in it`,
      );
    }
    const folder = withoutEndingSlashes(name);
    const within = (path: string): string => (folder === '.' ? path : `${folder}/${path}`);
    for (const { path, error } of found.unread) {
      const shown = path === '' ? name : within(path);
      problems.push(`cannot read ${printable(shown)}: ${describeFileError(error)}`);
    }
    for (const path of found.paths) {
      const file = within(path);
      inputs.push({ name: file, path: file, as: 'found' });
    }
  }
  const place = ({ path }: Input): string => (path === STANDARD_INPUT ? path : io.resolvePath(path));
  const named = new Set(inputs.filter(({ as }) => as === 'named').map(place));
  const seen = new Set<string>();
  return inputs.filter((input) => {
    const at = place(input);
    const isNew = !seen.has(at) && (input.as === 'named' || !named.has(at));
    if (isNew) {
      seen.add(at);
    }
    return isNew;
  });
}

/** Tells a person how far it has got. */
export interface Progress {
  at(name: string): void;
  /** Clears the progress, so that the output begins on a line of its own. */
  done(): void;
}

const REFRESH_MS = 100;

/** A line on standard error, on a terminal alone and only where a folder was looked through. */
export function createProgress(io: CliIo, inputs: readonly Input[]): Progress {
  const { stderr } = io;
  if (inputs.every(({ as }) => as === 'named') || !stderr.isTty) {
    return { at: () => undefined, done: () => undefined };
  }
  let count = 0;
  let last = Number.NEGATIVE_INFINITY;
  return {
    at: (name) => {
      count += 1;
      const now = io.now();
      if (now - last >= REFRESH_MS) {
        last = now;
        // One line, however wide the terminal is.
        const text = `${count} of ${inputs.length} files: ${printable(name)}`.slice(0, 78);
        stderr.write(progressLine(text));
      }
    },
    done: () => stderr.write(progressLine('')),
  };
}

/** The root stays empty, so that a slash and a name make a path in it. */
function withoutEndingSlashes(name: string): string {
  let end = name.length;
  while (end > 0 && /[\\/]/.test(name.charAt(end - 1))) {
    end -= 1;
  }
  return name.slice(0, end);
}
