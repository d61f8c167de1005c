import { posix } from 'node:path';
import type { CheckIo } from '../../server/src/cli/check';
import type { CliIo } from '../../server/src/cli/io';
import { run } from '../../server/src/cli/run';
import type { ServiceFactory } from '../../server/src/cli/services';
import type { ThreadedIo } from '../../server/src/cli/threads';
import { createLanguageService, own } from '../../server/src/core/index';
import { type AnyRule, defineRule } from '../../server/src/core/lint/rule';

export interface CliRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** The texts that were written, by path. */
  readonly written: ReadonlyMap<string, string>;
}

export interface CliWorld {
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  readonly stdin?: string;
  readonly env?: CliIo['env'];
  readonly isTty?: boolean;
  /** Codes of Node's file errors, by path, for writing. */
  readonly unwritable?: Readonly<Record<string, string>>;
  readonly io?: Partial<ThreadedIo>;
  readonly createService?: ServiceFactory;
}

/** Runs the command line in a world of its own, by default with the rules of this file. */
export async function runCli(argv: readonly string[], world: CliWorld = {}): Promise<CliRun> {
  const out: string[] = [];
  const err: string[] = [];
  const written = new Map<string, string>();
  const isTty = world.isTty ?? false;
  let ticks = 0;
  const io: ThreadedIo = {
    stdout: { write: (text) => out.push(text), isTty },
    stderr: { write: (text) => err.push(text), isTty },
    env: world.env ?? {},
    version: '1.2.3',
    ...filesIo(world.files, world.stdin),
    writeFile: async (path, text) => {
      const code = world.unwritable?.[path];
      if (code !== undefined) {
        throw fileError(code);
      }
      written.set(path, text);
    },
    policyFilesBelow: async (folder) => {
      const below = `${posix.resolve('/home/me', folder)}/`;
      const paths = Object.keys(world.files ?? {})
        .map((name) => posix.resolve('/home/me', name))
        .filter((path) => path.startsWith(below))
        .map((path) => path.slice(below.length))
        .sort();
      return paths.length === 0 ? undefined : { paths, isCut: false, unread: [] };
    },
    allPolicyFilesBelow: async (folder) =>
      Object.keys(world.files ?? {})
        .map((name) => posix.resolve('/home/me', name))
        .filter((path) => path.startsWith(`${folder}/`) && /\.(?:jsonc?|ya?ml)$/.test(path)),
    changedSince: async () => ({ problem: 'there is no repository here' }),
    repositoryFolder: () => undefined,
    rulePage: () => undefined,
    gitFile: async () => ({ problem: 'no git here' }),
    iamDataAssets: () => undefined,
    gatewayHost: async () => unreachable('no gateway host'),
    confirm: undefined,
    interruption: () => new AbortController().signal,
    today: () => new Date('2026-01-31T12:00:00Z'),
    // Every look at the clock is a millisecond after the one before.
    now: () => ticks++,
    serveLanguage: async () => unreachable('no language server'),
    ...world.io,
  };
  const exitCode = await run(argv, io, world.createService ?? withRules(testRules));
  // Every test world lacks the service reference, and one test is about what is said of it.
  const stderr = err.filter((line) => !line.includes('no service reference')).join('');
  return { exitCode, stdout: out.join(''), stderr, written };
}

/** Files in the working folder `/home/me`, and standard input. */
export function filesIo(files: CliWorld['files'] = {}, stdin = ''): CheckIo {
  return {
    readFile: async (path) => {
      const content = own(files, path) ?? own(files, path.replace(/^\/home\/me\//, ''));
      if (content === undefined) {
        throw fileError('ENOENT');
      }
      return bytes(content);
    },
    readStdin: async () => bytes(stdin),
    resolvePath: (name) => posix.resolve('/home/me', name),
    namesIn: async (folder) =>
      Object.keys(files)
        .map((name) => posix.resolve('/home/me', name))
        .filter((path) => posix.dirname(path) === posix.resolve('/home/me', folder))
        .map((path) => posix.basename(path)),
  };
}

export function withRules(rules: readonly AnyRule[]): ServiceFactory {
  return ({ iamData }) => createLanguageService({ iamData, rules });
}

export function fileError(code: string): Error {
  return Object.assign(new Error(`${code}: in a test`), { code });
}

function bytes(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? new TextEncoder().encode(content) : content;
}

function unreachable(what: string): never {
  throw new Error(`The test has ${what}.`);
}

/** An error with a safe fix: every action that has `BAD` in it, and `WORSE` is mended to `BAD` first. */
const actionBad = defineRule({
  meta: {
    id: 'action-bad',
    category: 'error',
    summary: 'An action is bad',
    since: '0.1.0',
    accessAnalyzer: 'BAD_ACTION',
    fixable: 'safe',
    messages: { bad: 'The action "{text}" is bad' },
  },
  create: (context) => ({
    action: (entry) => {
      const mistake = /WORSE|BAD/.exec(entry.text);
      if (mistake !== null) {
        const at = { node: entry.node, from: mistake.index, to: mistake.index + mistake[0].length };
        const span = { start: entry.node.span.start + 1, end: entry.node.span.end - 1 };
        const text = entry.text.replace(mistake[0], mistake[0] === 'WORSE' ? 'BAD' : 'Good');
        context.report({
          message: 'bad',
          at,
          data: { text: entry.text },
          fixes: [{ title: 'Mend it', kind: 'safe', edits: () => [{ span, text }] }],
        });
      }
    },
  }),
});

/** A suggestion whose fix is not safe: every Sid. */
const sidPresent = defineRule({
  meta: {
    id: 'sid-present',
    category: 'suggestion',
    summary: 'A statement has a Sid',
    since: '0.1.0',
    messages: { present: 'The statement has a Sid' },
  },
  create: (context) => ({
    statement: ({ sid }) => {
      if (sid !== undefined) {
        const edits = () => [{ span: sid.span, text: '""' }];
        context.report({
          message: 'present',
          at: sid,
          fixes: [{ title: 'Empty it', kind: 'suggestion', edits }],
        });
      }
    },
  }),
});

/** A warning on the whole policy: a principal that is everybody. */
const principalAny = defineRule({
  meta: {
    id: 'principal-any',
    category: 'warning',
    summary: 'A principal is everybody',
    since: '0.1.0',
    messages: { any: 'Everybody is meant' },
  },
  create: (context) => ({
    principal: (entry) => {
      if (entry.text === '*') {
        context.report({ message: 'any', at: entry.node });
      }
    },
  }),
});

export const testRules: readonly AnyRule[] = [actionBad, principalAny, sidPresent] as readonly AnyRule[];
