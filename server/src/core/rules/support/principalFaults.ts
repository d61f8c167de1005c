import { type Slice, sliceOf } from '../../arn/arn';
import { insertBefore, type Repair, replace } from '../../arn/mistakes/mistake';
import { partitionById, partitions } from '../../arn/partitions';
import { replaceValueSlice } from '../../lint/edits';
import type { Fix, Report } from '../../lint/rule';
import { nearest } from '../../pattern/nearest';
import { templatesIn } from '../../pattern/templates';
import type { StringNode } from '../../syntax/nodes';
import { blankName } from './characters';
import { removeEntryFix } from './forbiddenMember';
import { changeTypeFix } from './principalType';
import { quote } from './quote';

/*
 * What can be wrong with a principal of whatever type, field by field of its ARN.
 */

/** What is wrong with a principal; `kind` names the sentence that says so. */
export interface PrincipalFault<Kind extends string> {
  readonly kind: Kind;
  /** Indexes into the principal's text, UTF-16, half-open; an empty field has no width. */
  readonly from: number;
  readonly to: number;
  readonly data: Readonly<Record<string, string>>;
  readonly repairs: readonly Repair[];
}

/** The sentences about what all types of principals have. */
export const PRINCIPAL_MESSAGES = {
  account: '{part} is not an account ID, which has twelve digits: the principal names nobody.',
  accountless: 'The principal {text} lacks its account.',
  blank: 'There is a {blank} at the {end} of the principal {text}, which therefore names nobody.',
  case: '{part} is written {meant} in the ARN of a principal.',
  fields: 'The principal {text} has too few fields: it is arn:partition:service::account:resource.',
  partition: '{part} is not a partition of AWS: the principal names nobody.',
  region: 'The ARN of a principal has no Region, and {part} is in its place.',
  several: '{text} contains several principals: write each as a string of its own.',
} as const;

/** What the header of an ARN, or its ends, can have wrong. */
export type HeaderFault = PrincipalFault<keyof typeof PRINCIPAL_MESSAGES>;

/** What a rule reports of a faulty principal: on the part that is wrong, with the ways to mend it. */
export function principalReport<Kind extends string>(
  node: StringNode,
  { kind, from, to, data, repairs }: PrincipalFault<Kind>,
): Report<Kind> {
  const text = node.value;
  const part = text.slice(from, to) || text;
  return {
    message: kind,
    at: part === text ? node : { node, from, to },
    data: { ...data, part: quote(part), text: quote(text) },
    fixes: [
      ...repairs.map(
        (repair): Fix => ({
          title: repair.title,
          kind: 'suggestion',
          edits: () => [replaceValueSlice(node, repair.from, repair.to, repair.text)],
        }),
      ),
      ...(data.type === undefined ? [] : changeTypeFix(node, data.type)),
      ...removeEntryFix(node),
    ],
  };
}

/** Each template expression as so many characters that occur nowhere else. */
export function maskTemplates(text: string): string {
  let result = '';
  let end = 0;
  for (const { from, to } of templatesIn(text)) {
    result += text.slice(end, from) + FILLED.repeat(to - from);
    end = to;
  }
  return result + text.slice(end);
}

export const FILLED = '\uE000';

/** Whether a template fills in a part of a field. */
export function isFilled({ text }: Slice): boolean {
  return text.includes(FILLED);
}

/** A space at the beginning or the end of a principal. */
export function blankFault(text: string): HeaderFault | undefined {
  const trimmed = text.trim();
  if (trimmed.length === text.length) {
    return undefined;
  }
  const start = text.length - text.trimStart().length;
  const atStart = start > 0;
  const at = atStart ? sliceOf(text, 0, start) : sliceOf(text, trimmed.length, text.length);
  const name = blankName(at.text);
  return fault('blank', at, {
    data: { end: atStart ? 'beginning' : 'end', blank: name },
    repairs: trimmed === '' ? [] : [replace(sliceOf(text, 0, text.length), trimmed, `Remove the ${name}`)],
  });
}

/** Several principals in one text. */
export function severalFault(text: string): HeaderFault | undefined {
  return /[\s,;](?:arn:|\d{12}$)/.test(text) ? fault('several', sliceOf(text, 0, text.length)) : undefined;
}

/** Where the account stands in the place of the Region, a colon is missing. */
export function shortFault(text: string): HeaderFault {
  const header = /^arn:[^:]*:(?:iam|sts):(?=\d{12}:)/.exec(text)?.[0];
  return fault('fields', sliceOf(text, 0, text.length), {
    repairs:
      header === undefined
        ? []
        : [insertBefore(sliceOf(text, header.length, header.length), ':', 'Insert the missing colon')],
  });
}

/** A partition that AWS does not have. */
export function partitionFault(partition: Slice): HeaderFault | undefined {
  if (isFilled(partition) || partitionById(partition.text) !== undefined) {
    return undefined;
  }
  const ids = partitions.map(({ id }) => id);
  const meant = partition.text === '' ? 'aws' : nearest(partition.text, ids);
  return fault('partition', partition, { repairs: meant === undefined ? [] : [replace(partition, meant)] });
}

/** A word that has to be in another case. */
export function caseFault(at: Slice, meant: string): HeaderFault {
  return fault('case', at, { data: { meant }, repairs: [replace(at, meant)] });
}

/** A Region, which the ARN of no principal has. */
export function regionFault(region: Slice): HeaderFault | undefined {
  return region.text === ''
    ? undefined
    : fault('region', region, { repairs: [replace(region, '', 'Remove the Region')] });
}

/** CloudFront's word stands in the ARNs of its origin access identities. */
export function accountFault(account: Slice): HeaderFault | undefined {
  if (isFilled(account) || /^(?:\d{12}|cloudfront)$/.test(account.text)) {
    return undefined;
  }
  if (account.text === '') {
    return fault('accountless', account);
  }
  const digits = account.text.replaceAll(/[-\s]/g, '');
  return fault('account', account, { repairs: /^\d{12}$/.test(digits) ? [replace(account, digits)] : [] });
}

/** What stands first in the resource of an ARN. */
export function kindOf({ from, text }: Slice): Slice {
  const [kind = ''] = text.split(/[/:]/, 1);
  return { from, to: from + kind.length, text: kind };
}

/** A fault at a part of a principal. */
export function fault<Kind extends string>(
  kind: Kind,
  at: Slice,
  details: {
    readonly data?: Readonly<Record<string, string>>;
    readonly repairs?: readonly Repair[];
  } = {},
): PrincipalFault<Kind> {
  return {
    kind,
    from: at.from,
    to: at.to,
    data: details.data ?? {},
    repairs: details.repairs ?? [],
  };
}
