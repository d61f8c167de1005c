import { AddressSet } from '../../model/addressSet';
import type { Condition } from '../../model/policy';
import { holdsTemplate } from '../../pattern/templates';
import { isInBranch } from '../../syntax/functions';
import { readDate, readNumber } from './literals';

/** Whether one of the values of a list matches a text; `undefined` if that cannot be told without looking at each. */
export type ListTest = (text: string) => boolean | undefined;

const CANNOT_TELL: ListTest = () => undefined;

/** Shorter lists are looked through. */
const LONG = 16;

const TESTS = new WeakMap<Condition, ListTest>();

/**
 * A test for the values of a condition that takes no longer for a long list than for a short one, where all values are
 * of the operator's type and mean themselves: texts without wildcards and variables, numbers, dates, and blocks of
 * addresses. It has no negation and no qualifier in it.
 */
export function listTest(condition: Condition): ListTest {
  if (condition.values.length < LONG) {
    return CANNOT_TELL;
  }
  const known = TESTS.get(condition) ?? testOf(condition) ?? CANNOT_TELL;
  TESTS.set(condition, known);
  return known;
}

/** Whether a test tells about all texts of the operator's type. */
export function hasListTest(condition: Condition): boolean {
  return listTest(condition) !== CANNOT_TELL;
}

function testOf({ operator, values, member }: Condition): ListTest | undefined {
  const { value } = member;
  const isWhole = value?.kind === 'array' && value.items.length === values.length;
  const texts = values.map(({ text }) => text);
  if (!isWhole || texts.some(holdsTemplate) || value.items.some((item) => isInBranch(item, member))) {
    return undefined;
  }
  const { family, name } = operator.traits ?? {};
  switch (family) {
    case 'String': {
      if (name === undefined || name.endsWith('IgnoreCase') || texts.some((text) => /[*?$]/.test(text))) {
        return undefined;
      }
      const all = new Set(texts);
      return (text) => all.has(text);
    }
    case 'Numeric':
      return name === undefined ? undefined : orderedTest(name, texts, readNumber);
    case 'Date':
      return name === undefined ? undefined : orderedTest(name, texts, readDate);
    case 'IpAddress':
      // Whoever tells a block instead of an address may mean any part of it.
      return addressTest(new AddressSet(texts));
    default:
      return undefined;
  }
}

function orderedTest(
  name: string,
  texts: readonly string[],
  read: (text: string) => number | undefined,
): ListTest | undefined {
  const numbers: number[] = [];
  for (const text of texts) {
    const number = read(text);
    if (number === undefined) {
      return undefined;
    }
    numbers.push(number);
  }
  const all = new Set(numbers);
  const least = numbers.reduce((a, b) => Math.min(a, b));
  const most = numbers.reduce((a, b) => Math.max(a, b));
  const holds = (given: number): boolean => {
    if (name.endsWith('LessThan')) {
      return given < most;
    }
    if (name.endsWith('LessThanEquals')) {
      return given <= most;
    }
    if (name.endsWith('GreaterThan')) {
      return given > least;
    }
    return name.endsWith('GreaterThanEquals') ? given >= least : all.has(given);
  };
  return (text) => {
    const given = read(text);
    return given === undefined ? undefined : holds(given);
  };
}

function addressTest(addresses: AddressSet): ListTest | undefined {
  return addresses.isWhole ? (text) => addresses.has(text) : undefined;
}
