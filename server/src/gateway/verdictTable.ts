import type { Settled } from './stageCache';
import type { InvalidationTarget } from './target';

/* The parts of verdicts, and of the tables that lead to them. */

/** What an invalidation came to. A 200 alone is never more than `accepted`. */
export type VerdictKind =
  | 'accepted'
  | 'ignored'
  | 'refused'
  | 'badly-signed'
  | 'not-cacheable'
  | 'throttled'
  | 'unreachable'
  | 'cancelled'
  | 'not-sent'
  | 'unknown';

export type NextStepId =
  | 'check-clock'
  | 'check-endpoint'
  | 'check-path'
  | 'check-routes'
  | 'check-secret'
  | 'choose-profile'
  | 'compare-plain-request'
  | 'correct-region'
  | 'enter-api-key'
  | 'enter-token'
  | 'flush-stage'
  | 'insert-statement'
  | 'log-in-again'
  | 'retry'
  | 'send-anyway'
  | 'show-stage-settings'
  | 'sign-request';

export interface NextStep {
  readonly id: NextStepId;
  readonly label: string;
}

export interface Verdict {
  readonly kind: VerdictKind;
  /** Stable, for programs: which row of the table matched. */
  readonly reason: string;
  /** One line. */
  readonly title: string;
  readonly explanation: string;
  /** What the answer cannot tell. */
  readonly caveats: readonly string[];
  readonly nextSteps: readonly NextStep[];
}

/** What the judge must know of the request beside the answer. */
export interface JudgeContext {
  readonly target: InvalidationTarget;
  readonly signing: 'sigv4' | 'unsigned';
  readonly apiKey: 'sent' | 'absent';
  /** What signed, where it is known. */
  readonly keys?: 'temporary' | 'long-term' | undefined;
  /** The sender's clock when the request was signed. */
  readonly sentAt: Date;
  /** What the stage's settings decide, where they are known. */
  readonly settled?: Settled | undefined;
}

export type VerdictData = Omit<Verdict, 'caveats' | 'nextSteps'> & { readonly steps: readonly NextStepId[] };

/**
 * A row matches an answer by its error type, or by its status, or by its text alone; `signing` and `apiKey`
 * narrow it by what was sent. Rows with a text stand before the row that takes the rest of their kind.
 */
export interface VerdictRow {
  readonly errorTypes?: readonly string[];
  readonly status?: readonly [from: number, to: number];
  readonly text?: RegExp;
  readonly signing?: JudgeContext['signing'];
  readonly apiKey?: JudgeContext['apiKey'];
  readonly verdict: VerdictData;
}

export const LABELS: Readonly<Record<NextStepId, string>> = {
  'check-clock': "Set this machine's clock",
  'check-endpoint': 'Check the endpoint',
  'check-path': 'Correct the target',
  'check-routes': 'Compare with the stages and routes that are known',
  'check-secret': 'Check the secret access key',
  'choose-profile': 'Choose another profile',
  'compare-plain-request': 'Send a plain request and compare',
  'correct-region': 'Correct the Region',
  'enter-api-key': 'Enter an API key',
  'enter-token': 'Send a token of the authorizer',
  'flush-stage': 'Flush the whole stage cache instead',
  'insert-statement': 'Insert the statement that allows it',
  'log-in-again': 'Log in again',
  retry: 'Try again',
  'send-anyway': 'Send it all the same',
  'show-stage-settings': "Show the stage's cache settings",
  'sign-request': 'Sign the request',
};
