import type * as vscode from 'vscode';
import type { Identity, TargetPart } from '../../../server/src/protocol/messages';

export type Answers = Partial<Readonly<Record<TargetPart, string>>>;

/** What was answered before in this workspace, to be offered again. Holds names and paths, never a secret. */
export interface Memory {
  answers(arn: string): Answers;
  identity(): Identity | undefined;
  lastArn(): string | undefined;
  remember(arn: string, answers: Answers, identity: Identity): Promise<void>;
}

const KEY = 'invalidation.answers';

/** The newest ARNs are kept, so that the store cannot grow for ever. */
const KEPT_ARNS = 50;

interface Stored {
  readonly answers: Readonly<Record<string, Answers>>;
  readonly identity?: Identity;
  readonly lastArn?: string;
}

export function createMemory(state: vscode.Memento): Memory {
  const read = (): Stored => state.get<Stored>(KEY) ?? { answers: {} };
  return {
    answers: (arn) => read().answers[arn] ?? {},
    identity: () => read().identity,
    lastArn: () => read().lastArn,
    remember: async (arn, answers, identity) => {
      const { [arn]: _, ...others } = read().answers;
      const newest = [...Object.entries(others), [arn, answers] as const].slice(-KEPT_ARNS);
      const stored: Stored = { answers: Object.fromEntries(newest), identity, lastArn: arn };
      await state.update(KEY, stored);
    },
  };
}
