import type { ConditionKey } from '../../../iamData/types';
import { type Proposal, type ProviderContext, type Template, templateOf } from '../proposal';
import { keysFor } from './conditionKeys';

/**
 * The variables where one has been begun; `undefined` elsewhere. IAM User Guide, "IAM policy elements: Variables and
 * tags": every key with one value, in the resource field of ARNs and in values of conditions, since 2012-10-17.
 */
export function variablesAt(context: ProviderContext): readonly Proposal[] | undefined {
  const { cursor, iamData } = context;
  const { before, after } = cursor.site;
  const begun = /\$(?:\{[^}$,\s]*)?$/.exec(before);
  if (begun === null) {
    return undefined;
  }
  if (
    cursor.policy.version !== '2012-10-17' ||
    cursor.statement === undefined ||
    isInArnHeader(context, begun.index)
  ) {
    return [];
  }
  const rest = /^[\w:./-]*\}?/.exec(after)?.[0].length ?? 0;
  const slice = { from: begun.index, to: before.length + rest };
  const keys = iamData === undefined ? [] : keysFor(cursor.statement, iamData).map(({ key }) => key);
  return [
    ...keys.filter(({ multivalued }) => !multivalued).map((key) => variableProposal(key, slice)),
    ...CHARACTERS.map(
      ([character, detail]): Proposal => ({
        label: `\${${character}}`,
        kind: 'variable',
        detail,
        rank: 9,
        content: { kind: 'string', text: [`\${${character}}`] },
        slice,
      }),
    ),
  ];
}

/** So that these can be meant as they are. */
const CHARACTERS = [
  ['*', 'an asterisk'],
  ['?', 'a question mark'],
  ['$', 'a dollar sign'],
] as const;

/** The first five fields of an ARN take none. */
function isInArnHeader({ cursor: { place, site } }: ProviderContext, at: number): boolean {
  return (
    place === 'resource' &&
    /^arn:/.test(site.before) &&
    site.before.slice(0, at).split(':').length < ARN_FIELDS
  );
}

const ARN_FIELDS = 6;

/** Those about the caller first: they are what policies of many have in common. */
function variableProposal(
  key: ConditionKey,
  slice: { readonly from: number; readonly to: number },
): Proposal {
  const text: Template = ['${', ...templateOf(key.name), '}'];
  return {
    label: `\${${key.name.replace(/\$\{.*|<.*/, '…')}}`,
    filter: `\${${key.name}}`,
    kind: 'variable',
    detail: key.type,
    rank: CALLER.test(key.name) ? 0 : key.name.startsWith('aws:') ? 1 : 2,
    content: { kind: 'string', text },
    slice,
    documentation: `key ${key.name}`,
  };
}

const CALLER = /^aws:(?:username|userid|Principal)/i;
