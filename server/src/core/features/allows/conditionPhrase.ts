import type { Condition } from '../../model/policy';
import { counted, listed } from '../../wording';

/** Makes what a policy has written fit to be shown where a sentence goes. */
export type Show = (text: string) => string;

/**
 * A condition as a phrase with the key, the comparison and the values, as in `aws:SourceVpce is not vpce-0a1b2c3d`;
 * with the operator itself if the policy language does not have it. Of many values only some are shown.
 */
export function conditionPhrase(condition: Condition, show: Show): string {
  const { operator, key } = condition;
  const { traits, qualifier, ifExists } = operator;
  const shown = show(key.value);
  if (traits === undefined) {
    return `the condition ${show(operator.node.value)} ${shown} holds`;
  }
  const compared = comparisonOf(condition, show);
  if (traits.family === 'Null') {
    return `${shown} ${compared}`;
  }
  const subject =
    qualifier === 'ForAllValues'
      ? `each value of ${shown}`
      : qualifier === 'ForAnyValue'
        ? `one value of ${shown}`
        : shown;
  return `${subject} ${compared}${ifExists ? ', or is not in the request' : ''}`;
}

function comparisonOf({ operator, values }: Condition, show: Show): string {
  const { traits } = operator;
  const name = traits?.name ?? '';
  const texts = values.map(({ text }) => text);
  if (traits?.family === 'Null') {
    const [first = ''] = texts.map((text) => text.toLowerCase());
    return texts.length === 1 && first === 'true'
      ? 'is not in the request'
      : texts.length === 1 && first === 'false'
        ? 'is in the request'
        : `is Null ${valueList(texts, show)}`;
  }
  return `${WORDS.get(name.replace(/IgnoreCase$/, '')) ?? 'is'} ${valueList(texts, show)}${
    name.endsWith('IgnoreCase') ? ' in any case' : ''
  }`;
}

/** By the names of operators as AWS writes them. */
const WORDS: ReadonlyMap<string, string> = new Map([
  ['StringNotEquals', 'is not'],
  ['StringLike', 'is like'],
  ['StringNotLike', 'is not like'],
  ['ArnEquals', 'is like'],
  ['ArnLike', 'is like'],
  ['ArnNotEquals', 'is not like'],
  ['ArnNotLike', 'is not like'],
  ['NumericNotEquals', 'is not'],
  ['NumericLessThan', 'is less than'],
  ['NumericLessThanEquals', 'is at most'],
  ['NumericGreaterThan', 'is more than'],
  ['NumericGreaterThanEquals', 'is at least'],
  ['DateNotEquals', 'is not'],
  ['DateLessThan', 'is before'],
  ['DateLessThanEquals', 'is not after'],
  ['DateGreaterThan', 'is after'],
  ['DateGreaterThanEquals', 'is not before'],
  ['IpAddress', 'is in'],
  ['NotIpAddress', 'is not in'],
]);

/** Values with an "or" before the last: one of them is enough, and of a negated operator none may match. */
export function valueList(texts: readonly string[], show: Show): string {
  const shown = texts.slice(0, SHOWN).map((text) => valueText(text, show));
  const more = texts.length - shown.length;
  return texts.length === 0
    ? 'nothing'
    : listed(more > 0 ? [...shown, counted(more, 'other value')] : shown, 'or');
}

const SHOWN = 4;

/** One value; an empty one too is to be seen. */
export function valueText(text: string, show: Show): string {
  return text === '' ? '""' : show(shortened(text));
}

/** A text cut to what a sentence has room for. */
function shortened(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

const LONGEST = 80;
