import { createInterface } from 'node:readline/promises';
import { printable } from './format/printable';

/** Nobody mistypes more often than that without wanting to stop. */
const MAX_TRIES = 3;

/**
 * Asks a person at a terminal for the code of an MFA device. Rejects when the input ends, or when no code comes of
 * several tries.
 *
 * @param output where the question goes: standard output has the answer alone
 */
export async function askMfaCode(
  serial: string,
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
): Promise<string> {
  const code = await prompted(input, output, async (ask) => {
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const answer = (await ask(`MFA code of ${printable(serial)}: `)).trim();
      if (/^\d{6}$/.test(answer)) {
        return answer;
      }
      output.write('An MFA code has six digits.\n');
    }
    return undefined;
  });
  if (code === undefined) {
    throw new Error('No MFA code was entered.');
  }
  return code;
}

/** Asks a person at a terminal for a yes; none comes when the input ends. */
export async function confirm(
  question: string,
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
): Promise<'yes' | 'no'> {
  const answer = await prompted(input, output, (ask) => ask(`${question} [y/N] `));
  return /^y(?:es)?$/i.test(answer?.trim() ?? '') ? 'yes' : 'no';
}

/**
 * Puts questions to a person at a terminal. `undefined` once the input has ended or was interrupted: Node never answers the
 * question that is open then.
 */
async function prompted<T>(
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
  work: (ask: (question: string) => Promise<string>) => Promise<T>,
): Promise<T | undefined> {
  const prompt = createInterface({ input, output });
  const ended = new Promise<never>((_, reject) => {
    prompt.once('close', () => reject(new Error('The input has ended.')));
  });
  try {
    return await work((question) => Promise.race([prompt.question(question), ended]));
  } catch {
    return undefined;
  } finally {
    ended.catch(() => undefined);
    prompt.close();
  }
}
