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
  const prompt = createInterface({ input, output });
  const ended = new Promise<never>((_, reject) => {
    prompt.once('close', () => reject(new Error('No MFA code was entered.')));
  });
  try {
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const question = prompt.question(`MFA code of ${printable(serial)}: `);
      const code = (await Promise.race([question, ended])).trim();
      if (/^\d{6}$/.test(code)) {
        return code;
      }
      output.write('An MFA code has six digits.\n');
    }
    throw new Error('No MFA code was entered.');
  } finally {
    ended.catch(() => undefined);
    prompt.close();
  }
}

/** Asks a person at a terminal for a yes. */
export async function confirm(
  question: string,
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
): Promise<'yes' | 'no'> {
  const prompt = createInterface({ input, output });
  try {
    return /^y(?:es)?$/i.test((await prompt.question(`${question} [y/N] `)).trim()) ? 'yes' : 'no';
  } catch {
    // The input ended, or the question was interrupted.
    return 'no';
  } finally {
    prompt.close();
  }
}
