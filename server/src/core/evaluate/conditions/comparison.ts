import type { OperatorTraits } from '../../model/conditionOperators';
import { rangeContains } from '../../model/ipRange';
import { compilePattern, covers, intersects } from '../../pattern/pattern';
import type { Applies } from '../application';
import { readBinary, readBoolean, readDate, readNumber } from './literals';
import { escaped, type Operand } from './operand';
import type { KeyText } from './requestKeys';

/**
 * Whether a value of a request matches one value of a policy, by the operator without its negation. `perhaps` if that
 * depends on something unknown, or if a text is not of the operator's type: AWS does not document what happens then.
 * IAM User Guide, "IAM JSON policy elements: Condition operators".
 *
 * @param text the value of the policy as written, for the operators that do not support variables
 */
export function compare(
  { name, family }: OperatorTraits,
  operand: Operand,
  text: string,
  actual: KeyText,
): Applies {
  switch (family) {
    case 'String':
      return operand.pattern === undefined
        ? 'never'
        : fits(operand.pattern, patternOf(actual), name.endsWith('IgnoreCase'));
    case 'Arn':
      return operand.pattern === undefined ? 'never' : fitsArn(operand.pattern, patternOf(actual));
    case 'Numeric':
      return ordered(name, readNumber(text), literal(actual, readNumber));
    case 'Date':
      return ordered(name, readDate(text), literal(actual, readDate));
    case 'Bool':
      return same(readBoolean(text), literal(actual, readBoolean));
    case 'Binary':
      return same(readBinary(text), literal(actual, readBinary));
    case 'IpAddress':
      return actual.isPattern ? 'perhaps' : within(text, actual.text);
    case 'Null':
      return 'perhaps';
  }
}

/** Whether a value of a request is one of the type that an operator compares. */
export function isOfType(family: OperatorTraits['family'], text: string): boolean {
  switch (family) {
    case 'Arn':
      return fieldsOf(text).length >= ARN_FIELDS;
    case 'Numeric':
      return readNumber(text) !== undefined;
    case 'Date':
      return readDate(text) !== undefined;
    case 'Bool':
      return readBoolean(text) !== undefined;
    case 'Binary':
      return readBinary(text) !== undefined;
    case 'IpAddress':
      return rangeContains(text, text) !== undefined;
    case 'String':
    case 'Null':
      return true;
  }
}

function patternOf({ text, isPattern }: KeyText): string {
  return isPattern ? text : escaped(text);
}

function literal<Value>({ text, isPattern }: KeyText, read: (text: string) => Value): Value | undefined {
  return isPattern ? undefined : read(text);
}

function fits(operand: string, actual: string, ignoresCase: boolean): Applies {
  if (PLAIN.test(operand) && PLAIN.test(actual)) {
    const isSame = operand === actual || (ignoresCase && operand.toLowerCase() === actual.toLowerCase());
    return certainty(isSame);
  }
  const options = { variables: 'substitute', case: ignoresCase ? 'ignore' : 'respect' } as const;
  const [wide, narrow] = [compilePattern(operand, options), compilePattern(actual, options)];
  if (covers(wide, narrow, operand, actual)) {
    return 'always';
  }
  return intersects(wide, narrow) ? 'perhaps' : 'never';
}

/** Texts in which each character stands for itself and has one counterpart in the other case. */
const PLAIN = /^[\w:/.+=@, -]*$/;

/** Each of the six fields is matched by itself; later colons belong to the last. */
function fitsArn(operand: string, actual: string): Applies {
  const [wanted, given] = [fieldsOf(operand), fieldsOf(actual)];
  if (wanted.length < ARN_FIELDS || given.length < ARN_FIELDS) {
    return 'perhaps';
  }
  const answers = wanted.map((field, index) => fits(field, given[index] ?? '', false));
  return answers.includes('never') ? 'never' : answers.includes('perhaps') ? 'perhaps' : 'always';
}

const ARN_FIELDS = 6;

/** The fields of a pattern, whose variables hold colons of their own. */
function fieldsOf(pattern: string): readonly string[] {
  const fields: string[] = [];
  let from = 0;
  for (let at = 0; at < pattern.length && fields.length < ARN_FIELDS - 1; at += 1) {
    if (pattern.startsWith('${', at)) {
      const close = pattern.indexOf('}', at);
      at = close < 0 ? at : close;
    } else if (pattern[at] === ':') {
      fields.push(pattern.slice(from, at));
      from = at + 1;
    }
  }
  return [...fields, pattern.slice(from)];
}

function ordered(name: string, wanted: number | undefined, given: number | undefined): Applies {
  if (wanted === undefined || given === undefined) {
    return 'perhaps';
  }
  const isEqual = given === wanted;
  if (name.endsWith('LessThan') || name.endsWith('LessThanEquals')) {
    return certainty(given < wanted || (isEqual && name.endsWith('Equals')));
  }
  if (name.endsWith('GreaterThan') || name.endsWith('GreaterThanEquals')) {
    return certainty(given > wanted || (isEqual && name.endsWith('Equals')));
  }
  return certainty(isEqual);
}

function same<Value>(wanted: Value | undefined, given: Value | undefined): Applies {
  return certainty(wanted === undefined || given === undefined ? undefined : wanted === given);
}

/** Who tells a range instead of an address may mean one within the policy's range, or one outside. */
function within(range: string, actual: string): Applies {
  const answer = certainty(rangeContains(range, actual));
  return answer === 'never' && rangeContains(actual, range) === true ? 'perhaps' : answer;
}

function certainty(answer: boolean | undefined): Applies {
  return answer === undefined ? 'perhaps' : answer ? 'always' : 'never';
}
