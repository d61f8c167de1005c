import type { Slice } from '../arn';

/**
 * A known way of getting an execute-api ARN wrong. Each has a rule of its own: `execute-api-` and the kind, and
 * `placeholder`.
 */
export type MistakeKind =
  | 'account-format'
  | 'api-host'
  | 'api-id-case'
  | 'apigateway-mixup'
  | 'arn-prefix'
  | 'blank'
  | 'connections-incomplete'
  | 'incomplete'
  | 'method-any'
  | 'method-case'
  | 'method-in-path'
  | 'method-unknown'
  | 'partition-unknown'
  | 'path-encoding'
  | 'path-leading-slash'
  | 'path-missing'
  | 'path-parameter'
  | 'path-query'
  | 'path-trailing-slash'
  | 'placeholder'
  | 'region-partition'
  | 'region-unknown'
  | 'resource-separator'
  | 'route-method'
  | 'service-name'
  | 'shorthand-misplaced'
  | 'stage-artefact'
  | 'stage-missing'
  | 'stage-name'
  | 'unreachable';

/** One mistake, on exactly the segment that is wrong. Indexes are into the ARN's text, UTF-16, half-open. */
export interface KnownMistake {
  readonly kind: MistakeKind;
  readonly from: number;
  readonly to: number;
  /** Picks the sentence where a rule has several. */
  readonly message: string;
  readonly data: Readonly<Record<string, string>>;
  readonly repairs: readonly Repair[];
}

/** A way to mend a mistake. Where there is no single answer there are several, or none. */
export interface Repair {
  /** In the imperative, without a full stop. */
  readonly title: string;
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** A mistake on a slice, whose own text is what `{value}` in the message stands for. */
export function mistake(
  kind: MistakeKind,
  at: Slice,
  repairs: readonly Repair[] = [],
  details: { readonly message?: string; readonly data?: Readonly<Record<string, string>> } = {},
): KnownMistake {
  return {
    kind,
    from: at.from,
    to: at.to,
    message: details.message ?? 'mistake',
    data: { value: at.text, ...details.data },
    repairs,
  };
}

/** The repair that writes a text in the place of a part. */
export function replace(at: Slice, text: string, title = `Replace with ${text}`): Repair {
  return { title, from: at.from, to: at.to, text };
}

/** The repair that writes a text before a part. */
export function insertBefore(at: Slice, text: string, title: string): Repair {
  return { title, from: at.from, to: at.from, text };
}

/** The repair that writes a text after a part. */
export function append(at: Slice, text: string, title = `Append ${text}`): Repair {
  return { title, from: at.to, to: at.to, text };
}
