import type { PreflightAnswer } from './draft';
import type { TextPosition, TextRange } from './text';

export interface QuestionChoicesParams {
  /** The documents that are asked together. */
  readonly uris: readonly string[];
  /** The cursor, in the first of them. */
  readonly position?: TextPosition;
}

/** What can be asked, each in source order. */
export interface QuestionChoices {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly principals: readonly string[];
  /** Whether the answer may depend on who asks. */
  readonly asksPrincipal: boolean;
  /** Where the cursor leaves no doubt. */
  readonly here: { readonly action?: string; readonly resource?: string };
}

export interface AllowsParams {
  readonly uris: readonly string[];
  readonly action: string;
  readonly resource: string;
  readonly principal?: string;
  /** The given condition keys, each once. */
  readonly context?: readonly ToldKey[];
}

export interface ToldKey {
  readonly key: string;
  /** None where the key is not in the request. */
  readonly values: readonly string[];
}

/** A condition key that the answer depends on. */
export interface AskedKey {
  readonly key: string;
  /** What the policies compare it with. */
  readonly values: readonly string[];
  /** Values to choose from. */
  readonly choices: readonly string[];
}

export interface AllowsResult {
  /** Absent when none of the documents holds a policy. */
  readonly outcome?: PreflightAnswer;
  /** The answer as a sentence; absent where `lacks` tell. */
  readonly sentence?: string;
  /** The statements that decide, in source order; empty for an implicit deny. */
  readonly deciding: readonly DecidingStatement[];
  /** What is missing, sentences without full stops; empty unless the deny is implicit. */
  readonly lacks: readonly string[];
  /** The condition keys that can settle the answer; empty unless it depends on condition keys. */
  readonly asks: readonly AskedKey[];
  /** What follows from the values of these keys, phrases without full stops. */
  readonly sides: readonly string[];
  /** What makes AWS refuse the policies, so that the answer does not count, sentences. */
  readonly refusals: readonly (Place & { readonly text: string })[];
  /** Changes that would grant what was asked, the smallest first. */
  readonly grants: readonly Grant[];
}

/** A place of a document to go to. */
export interface Place {
  readonly uri: string;
  readonly range: TextRange;
}

export interface DecidingStatement extends Place {
  /** By its Sid in quotes, else by its number. */
  readonly name: string;
  readonly effect: string;
  readonly policyType: string;
  /** What it depends on, each with its place. */
  readonly hinges: readonly (Place & { readonly text: string })[];
}

export interface Grant {
  readonly title: string;
  /** What else the change grants, or what it leaves open. */
  readonly note?: string;
  readonly changes: readonly {
    readonly uri: string;
    /** Of the document that the edits were made for. */
    readonly version: number;
    readonly edits: readonly { readonly range: TextRange; readonly newText: string }[];
  }[];
}

/** By ARN, or by what stands at a position of the document; the ARN wins. */
export interface WhoMayInvalidateParams {
  readonly uri: string;
  readonly position?: TextPosition;
  readonly arn?: string;
}

export interface WhoMayInvalidateResult {
  /** The ARN that was judged; absent when there is no execute-api ARN to start from. */
  readonly arn?: string;
  readonly policies: readonly PolicyStanding[];
}

export interface PolicyStanding extends Place {
  readonly policyType: string;
  /** `limits` are policies that grant nothing, and may stand in the way. */
  readonly role: 'grants' | 'limits';
  /** Empty when the policy allows nothing to anybody. */
  readonly callers: readonly CallerStanding[];
}

export interface CallerStanding {
  /** Absent for whoever holds the policy. */
  readonly principal?: string;
  readonly invalidateCache: Standing;
  readonly invoke: Standing;
}

export interface Standing {
  readonly answer: 'yes' | 'no' | 'depends';
  /** Clauses without full stops; empty for a plain yes. */
  readonly because: readonly string[];
  /** The statements that decide. */
  readonly deciding: readonly Place[];
}
