import type { Condition, ConditionValue, Statement } from '../../model/policy';
import { objectsOf } from '../../model/values';
import { holdsHole } from '../../pattern/pattern';
import { holdsTemplate } from '../../pattern/templates';
import { isInBranch } from '../../syntax/functions';
import type { SyntaxNode } from '../../syntax/nodes';
import { ALWAYS, type Application, type Applies, NEVER, perhaps, Together } from '../application';
import { compare } from './comparison';
import { listTest } from './longLists';
import { type Operand, operandOf } from './operand';
import type { KeyText, KeyValue, RequestKeys } from './requestKeys';

/**
 * Whether the conditions of a statement hold for a request: all must. What cannot be read as conditions holds perhaps.
 * IAM User Guide, "IAM JSON policy elements: Condition" and "Conditions with multiple context keys or values".
 */
export function conditionsHold(statement: Statement, keys: RequestKeys): Application {
  const written = statement.members.filter(({ name }) => name === 'Condition');
  if (written.length === 0) {
    return ALWAYS;
  }
  const all = new Together('never', ALWAYS);
  for (const condition of statement.conditions) {
    if (all.isDecidedBy(conditionHolds(condition, keys))) {
      return NEVER;
    }
  }
  for (const { value } of written) {
    for (const part of value === undefined ? [] : unreadParts(value, statement)) {
      all.isDecidedBy(part);
    }
  }
  return all.result;
}

/** Whether a condition that an answer depends on holds with what is given now, whatever else its statement says. */
export function conditionTruth(condition: Condition, keys: RequestKeys): Applies {
  return truth(condition, keys.get(condition.key.value), keys, () => undefined);
}

/** Whether a part of what a statement has for conditions cannot be read. */
export function hasUnreadConditions(statement: Statement): boolean {
  return statement.members.some(
    ({ name, value }) =>
      name === 'Condition' && value !== undefined && unreadParts(value, statement).length > 0,
  );
}

/** Whether one key under one operator holds. */
function conditionHolds(condition: Condition, keys: RequestKeys): Application {
  const { operator, key, statement } = condition;
  if (holdsTemplate(key.value) || isInBranch(key, statement.node)) {
    return perhaps([{ kind: 'template', text: 'Condition', node: key, statement }]);
  }
  // Mostly nothing is known of the key, and nothing else is asked for.
  let unknownKeys: string[] | undefined;
  const note = (unknown: string): void => {
    unknownKeys ??= [];
    if (!unknownKeys.includes(unknown)) {
      unknownKeys.push(unknown);
    }
  };
  const value = keys.get(key.value);
  const answer = truth(condition, value, keys, note);
  if (answer !== 'perhaps') {
    return answer === 'always' ? ALWAYS : NEVER;
  }
  if (operator.traits !== undefined && keys.isOpen(key.value)) {
    if (unknownKeys === undefined) {
      unknownKeys = [key.value];
    } else {
      note(key.value);
    }
  }
  if (value.kind === 'unknown' && operator.traits?.family !== 'Null') {
    // Once the key is told, what it is compared with must be known as well.
    for (const { operand } of operandsOf(condition, keys)) {
      operand.unknownKeys.forEach(note);
    }
  }
  const text = `${operator.node.value} ${key.value}`;
  return perhaps([
    { kind: 'condition', text, node: key, statement, condition, unknownKeys: unknownKeys ?? NO_KEYS },
  ]);
}

const NO_KEYS: readonly string[] = [];

function truth(
  condition: Condition,
  value: KeyValue,
  keys: RequestKeys,
  note: (unknownKey: string) => void,
): Applies {
  const { traits, qualifier, ifExists } = condition.operator;
  if (traits === undefined || value.kind === 'unknown') {
    return 'perhaps';
  }
  if (traits.family === 'Null') {
    return nullTruth(condition, value);
  }
  if (value.kind === 'absent') {
    if (ifExists || qualifier === 'ForAllValues') {
      return 'always';
    }
    return qualifier === 'ForAnyValue' || !traits.negated ? 'never' : 'always';
  }
  const isListed = listTest(condition);
  let read: readonly WantedValue[] | undefined;
  const one = (text: KeyText): Applies => {
    const listed = text.isPattern ? undefined : isListed(text.text);
    if (listed !== undefined) {
      return listed !== traits.negated ? 'always' : 'never';
    }
    read ??= operandsOf(condition, keys);
    const operands = read;
    const answers = operands.map(({ text: wanted, operand }) =>
      wanted === undefined ? 'perhaps' : compare(traits, operand, wanted, text),
    );
    const any = anyHolds(answers);
    if (any === 'perhaps') {
      for (const { operand } of operands) {
        operand.unknownKeys.forEach(note);
      }
    }
    return traits.negated ? not(any) : any;
  };
  // An empty string is an empty set of values.
  const texts = value.values.filter(({ text }) => qualifier === undefined || text !== '');
  switch (qualifier) {
    case 'ForAllValues':
      return not(anyHolds(texts.map((text) => not(one(text)))));
    case 'ForAnyValue':
      return anyHolds(texts.map(one));
    default: {
      // Without a qualifier AWS compares one value; what it does with several is not documented.
      const [first, ...others] = texts;
      return first === undefined || others.length > 0 ? 'perhaps' : one(first);
    }
  }
}

/** Null tests whether a key is there; under a qualifier what it does is not documented. */
function nullTruth({ operator, values }: Condition, value: KeyValue): Applies {
  const isEmpty = value.kind === 'values' && value.values.every(({ text }) => text === '');
  if (operator.qualifier !== undefined || operator.ifExists || isEmpty) {
    return 'perhaps';
  }
  const wanted = value.kind === 'absent' ? 'true' : 'false';
  const answers = values.map(({ text }): Applies => {
    const folded = text.toLowerCase();
    return folded === wanted ? 'always' : folded === 'true' || folded === 'false' ? 'never' : 'perhaps';
  });
  return answers.length === 0 ? 'perhaps' : anyHolds(answers);
}

interface WantedValue {
  /** `undefined` for what a template's function comes to, and for a list without anything in it. */
  readonly text: string | undefined;
  readonly operand: Operand;
}

const OPEN: WantedValue = { text: undefined, operand: { pattern: undefined, unknownKeys: [] } };

function operandsOf({ operator, member, values, statement }: Condition, keys: RequestKeys): WantedValue[] {
  const { version } = statement.policy;
  const options = { version, wildcards: operator.traits?.wildcards === true, keys };
  const { value } = member;
  const written: readonly (SyntaxNode | undefined)[] = value?.kind === 'array' ? value.items : [value];
  const direct = new Set(written);
  const read = values.map(({ node, text }: ConditionValue): WantedValue => {
    // A branch may not be taken.
    const isOpen = holdsHole(text) || (!direct.has(node) && isInBranch(node, member));
    return isOpen ? OPEN : { text, operand: operandOf(text, options) };
  });
  return read.length === 0 || read.length < written.length ? [...read, OPEN] : read;
}

function anyHolds(answers: readonly Applies[]): Applies {
  return answers.includes('always') ? 'always' : answers.includes('perhaps') ? 'perhaps' : 'never';
}

function not(answer: Applies): Applies {
  return answer === 'perhaps' ? 'perhaps' : answer === 'always' ? 'never' : 'always';
}

/**
 * What should be conditions and is not: a function of a template, or a value of a wrong type. An operator with no key
 * conditions nothing (Access Analyzer, EMPTY_OBJECT_CONDITION).
 */
function unreadParts(value: SyntaxNode, statement: Statement): readonly Application[] {
  const parts = value.kind === 'object' ? value.members.map((member) => member.value) : [value];
  return parts
    .filter((part) => part?.kind !== 'object' || objectsOf(part).length === 0)
    .map((part) => perhaps([{ kind: 'template', text: 'Condition', node: part ?? value, statement }]));
}
