import { type Command, InvalidArgumentError, Option } from 'commander';
import { policyTypes } from '../core/index';
import type { NameValue } from '../gateway/target';
import { printable } from './format/printable';
import type { ExitCode } from './io';

/** Called with the exit code by the command that ran. */
export type Finish = (exitCode: ExitCode) => void;

/** Ends the program with a message and the exit code for wrong usage. */
export function usageError(command: Command, message: string): never {
  return command.error(`error: ${printable(message)}`, { exitCode: 2 });
}

/** How a command prints. */
export function formatOption(): Option {
  return new Option('--format <format>', 'output format').choices(['text', 'json']).default('text');
}

/** Collects `NAME=VALUE` or `NAME:VALUE`. */
export function collectPair(separator: '=' | ':') {
  return (value: string, previous: readonly NameValue[]): readonly NameValue[] => {
    const at = value.indexOf(separator);
    if (at <= 0) {
      throw new InvalidArgumentError(`Write it as NAME${separator}VALUE.`);
    }
    const text = value.slice(at + 1);
    return [...previous, [value.slice(0, at), separator === ':' ? text.trim() : text]];
  };
}

/** Node's timers overflow beyond 24 days; nobody waits for an hour. */
const MAX_TIMEOUT_SECONDS = 3600;

/** A time to wait. */
export function seconds(value: string): number {
  const number = Number(value);
  if (value.trim() === '' || !(number > 0 && number <= MAX_TIMEOUT_SECONDS)) {
    throw new InvalidArgumentError(`Give seconds, more than 0 and at most ${MAX_TIMEOUT_SECONDS}.`);
  }
  return number;
}

/** What the policies are, instead of what their content says. */
export function typeOption(): Option {
  return new Option(
    '--policy-type <type>',
    'type of the policies, if it does not follow from their content',
  ).choices(policyTypes);
}
