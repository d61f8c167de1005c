import type { Slice } from '../../arn/arn';
import type { Repair } from '../../arn/mistakes/mistake';
import { quote } from './quote';

/** What can be wrong with the ARN of a resource. Each has a rule of its own: `arn-` and the kind. */
export type ArnFaultKind =
  | 'account-format'
  | 'account-missing'
  | 'account-unexpected'
  | 'blank'
  | 'incomplete'
  | 'partition-unknown'
  | 'prefix'
  | 'region-missing'
  | 'region-unexpected'
  | 'region-unknown'
  | 'region-unlisted'
  | 'resource-name'
  | 'resource-unknown'
  | 'secret-suffix'
  | 'service-case'
  | 'service-unknown'
  | 'service-wildcard'
  | 'several';

export interface ArnFault {
  readonly kind: ArnFaultKind;
  /** Indexes into the ARN's text, UTF-16, half-open; an empty field has no width. */
  readonly from: number;
  readonly to: number;
  /** Picks the sentence where a rule has several. */
  readonly message: string;
  readonly data: Readonly<Record<string, string>>;
  readonly repairs: readonly Repair[];
}

/** A fault on a slice, whose own text is what `{value}` in the message stands for. */
export function fault(
  kind: ArnFaultKind,
  at: Slice,
  repairs: readonly Repair[] = [],
  details: { readonly message?: string; readonly data?: Readonly<Record<string, string>> } = {},
): ArnFault {
  return {
    kind,
    from: at.from,
    to: at.to,
    message: details.message ?? 'fault',
    data: { value: quote(at.text), ...details.data },
    repairs,
  };
}
