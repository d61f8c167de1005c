import type { SyntaxNode as Expression } from '@lezer/common';
import { childrenOf, type ProgramReader } from './reader';

/*
 * Whether a policy is what stands in the program, or whether the program decides when it runs: a part of it runs or does
 * not, other values are spread beside it, or what a variable holds is changed elsewhere.
 */

/** What runs under a condition, or for each of several things; the names are those of both grammars. */
const DECIDING: ReadonlySet<string> = new Set([
  'IfStatement',
  'SwitchStatement',
  'MatchStatement',
  'ForStatement',
  'WhileStatement',
  'DoStatement',
  'ConditionalExpression',
]);

/** What makes a value for each of several things, if there is a `for`: a brace that is not closed is read as one too. */
const GENERATING: ReadonlySet<string> = new Set([
  'ArrayComprehensionExpression',
  'ComprehensionExpression',
  'DictionaryComprehensionExpression',
  'SetComprehensionExpression',
  // `f(policy(name) for name in names)`
  'ArgList',
]);

const LISTS: ReadonlySet<string> = new Set(['ArrayExpression', 'TupleExpression']);
const FUNCTIONS: ReadonlySet<string> = new Set(['ArrowFunction', 'FunctionExpression', 'LambdaExpression']);

/** What calls a function for each item of a list, of which there may be none: methods, and functions of Python. */
const FOR_EACH = /(?:^|\.)\s*(?:map|flatMap|forEach|filter|reduce)$/;

/** Whether the value of an expression depends on how the program runs. */
export function isDynamic(reader: ProgramReader, expression: Expression): boolean {
  let child = expression;
  let isWithinStatement = true;
  for (let at = expression.parent; at !== null; at = at.parent) {
    if (DECIDING.has(at.name) || isLogic(reader, at) || isGenerating(at)) {
      return true;
    }
    if (LISTS.has(at.name) && (hasSpread(at) || at.parent?.name === 'MemberExpression')) {
      return true;
    }
    if (FUNCTIONS.has(at.name) && isForEach(reader, at)) {
      return true;
    }
    if (isWithinStatement && isBinding(at)) {
      isWithinStatement = false;
      const name = boundName(reader, at, child);
      if (name !== undefined && reader.changes(name)) {
        return true;
      }
    }
    child = at;
  }
  return false;
}

function isLogic({ text }: ProgramReader, expression: Expression): boolean {
  if (expression.name !== 'BinaryExpression') {
    return false;
  }
  const [, operator] = [...childrenOf(expression)];
  return operator !== undefined && /^(?:&&|\|\||\?\?|and|or)$/.test(text.slice(operator.from, operator.to));
}

function isGenerating(expression: Expression): boolean {
  // Its `for` is the sixth at the latest: `{name: policy async for …`.
  const [, , third, fourth, fifth, sixth] = GENERATING.has(expression.name) ? childrenOf(expression) : [];
  return [third, fourth, fifth, sixth].some((child) => child?.name === 'for');
}

/** `[...others, policy]`, and `[*others, policy]` of Python. */
function hasSpread(list: Expression): boolean {
  for (const child of childrenOf(list)) {
    if (child.name === 'Spread' || child.name === '*') {
      return true;
    }
  }
  return false;
}

function isForEach({ text }: ProgramReader, called: Expression): boolean {
  const callee = called.parent?.name === 'ArgList' ? called.parent.prevSibling : null;
  return callee !== null && FOR_EACH.test(text.slice(Math.max(callee.from, callee.to - 20), callee.to));
}

const BINDINGS: ReadonlySet<string> = new Set([
  'VariableDeclaration',
  'AssignmentExpression',
  'AssignStatement',
  'PropertyDeclaration',
]);

function isBinding({ name }: Expression): boolean {
  return BINDINGS.has(name);
}

/** The name that a value is bound to, as `policy` or `this.policy`. */
function boundName({ text }: ProgramReader, binding: Expression, value: Expression): string | undefined {
  let name: Expression | null = value.prevSibling;
  while (name !== null && !/^(?:Variable(?:Definition|Name)|Property\w+|MemberExpression)$/.test(name.name)) {
    name = name.prevSibling;
  }
  if (name === null || name.from < binding.from) {
    return undefined;
  }
  const written = text.slice(name.from, Math.min(name.to, name.from + LONGEST));
  return /^[\w$.]+$/.test(written) ? written.replace(/^.*\./, '') : undefined;
}

const LONGEST = 200;

/** Methods of lists, dictionaries and of policies in libraries that change what they are called on. */
const CHANGING =
  /^(?:push|unshift|splice|pop|shift|append|extend|insert|update|remove\w*|clear|reverse|sort|fill|setdefault|set|add\w*|set[A-Z_]\w*|override\w*|merge\w*)$/;

/**
 * The names to a part of whose value something is done: it is assigned to or deleted, or a method is called that changes
 * it. What another function does with it is not looked at.
 */
export function changedNames(text: string): ReadonlySet<string> {
  const changed = new Set<string>();
  for (const { 0: name, index } of text.matchAll(/[\w$]+/g)) {
    const end = index + name.length;
    if (!changed.has(name) && (changesPart(text, end) || isDeleted(text, index, end))) {
      changed.add(name);
    }
  }
  return changed;
}

/** `delete policy.Version`, and `del policy['Version']` of Python. */
function isDeleted(text: string, from: number, to: number): boolean {
  return (
    /\bdel(?:ete)?\s{1,10}(?:(?:this|self)\.)?$/.test(text.slice(Math.max(0, from - 25), from)) &&
    /^[?!]{0,2}[.[]/.test(text.slice(to, to + 3))
  );
}

/** The steps from a name to a part of what it holds, of which the last may be a method, and what is done to it. */
const CHANGE =
  /(?:\s{0,40}(?:[?!]?\.\s{0,40}([\w$]{1,60})|\[[^[\]\n]{0,80}\])){1,12}\s{0,20}(?:(\()|(?:[-+|&*]|\|\||\?\?)?=(?![=>]))/y;

function changesPart(text: string, from: number): boolean {
  CHANGE.lastIndex = from;
  const [whole, method = '', isCalled] = CHANGE.exec(text) ?? [];
  return whole !== undefined && (isCalled === undefined || CHANGING.test(method));
}
