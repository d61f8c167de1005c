import type { Misnamed } from '../nodes';
import { plainText } from './literals';
import { type Form, misnamedIn, PERMISSION, STATEMENT, STATEMENT_OF_DOCUMENT } from './misnamed';
import type { Call } from './reader';
import {
  type ArrayValue,
  eachChoice,
  entryOf,
  type ObjectValue,
  opaque,
  type ProgramEntry,
  type ProgramKey,
  type ProgramValue,
  standIn,
  unseenEntry,
} from './values';

/** Policies in the words of libraries, as the policy language has them; each word keeps its place. */

/** A statement of the CDK with a policy around it, which the library writes. */
export function policyStatement(call: Call): ProgramValue | undefined {
  const properties = propertiesOf(call);
  if (properties === undefined) {
    return undefined;
  }
  const misnamed = misnamedIn(
    properties,
    call.named().length > 0 ? STATEMENT.python : STATEMENT.javascript,
    call.text,
  );
  if (!isOurs(properties, misnamed, call)) {
    return undefined;
  }
  const isWhole = call.isInPlace && !call.isOpen && properties.closed;
  const statement = statementOf(properties, call, isWhole);
  return takenBy(call, policyAround(call, withMisnamed({ ...statement, closed: isWhole }, misnamed)));
}

/** A policy around a statement with the call that takes that. */
export function takenBy(call: Call, policy: ObjectValue): ObjectValue {
  const taker = call.takenBy();
  return taker === undefined ? policy : { ...policy, host: { ...policy.host, takenBy: taker } };
}

/**
 * Whether a statement is one of the CDK: other libraries have a class of this name, for policies in the languages of other
 * services.
 */
function isOurs(
  { entries }: ObjectValue,
  misnamed: readonly Misnamed[],
  { path, text, mentions }: Call,
): boolean {
  const lists = entries.filter(({ key }) => LISTS.has(key.name));
  if (IAM_MODULE.test(path.at(-2) ?? '') || IAM_MODULES.some(mentions)) {
    return lists.length > 0 || misnamed.some(({ meant }) => LISTS.has(meant));
  }
  return lists.some(
    ({ value }) =>
      value?.kind === 'array' &&
      value.items.some((item) => item.kind === 'string' && /^\*$|:/.test(plainText(text, item))),
  );
}

/** A statement with names that its library does not have. What they were meant to say may be what is missing. */
function withMisnamed(statement: ObjectValue, misnamed: readonly Misnamed[]): ObjectValue {
  return misnamed.length === 0 ? statement : { ...statement, closed: false, misnamed };
}

const IAM_MODULE = /iam$/i;
const IAM_MODULES: readonly string[] = ['aws-iam', 'aws_iam'];

/** The properties of a statement of the CDK that have not been handed to it yet. */
export function statementProperties(properties: ObjectValue, text: string): ObjectValue {
  const { start } = properties;
  const statement = statementOf(properties, { text, name: { start, end: start } }, false);
  return wrapStatement(withMisnamed(statement, misnamedIn(properties, STATEMENT.javascript, text)));
}

/** What a statement of the CDK cannot do without. */
const LISTS: ReadonlySet<string> = new Set([
  'actions',
  'notActions',
  'not_actions',
  'resources',
  'notResources',
  'not_resources',
]);

/** A statement of the policy language that stands alone: whoever takes it writes the policy around it. */
export function wrapStatement(statement: ObjectValue | ArrayValue): ObjectValue {
  const { start } = statement;
  return policyAround({ ...statement, name: { start, end: start } }, statement);
}

function policyAround(
  { start, end, name }: Pick<Call, 'start' | 'end' | 'name'>,
  value: ObjectValue | ArrayValue,
): ObjectValue {
  const statements = value.kind === 'array' ? value.items : [value];
  const hasPrincipal = statements.some(
    (each) => each.kind === 'object' && each.entries.some(({ key }) => /^(?:Not)?Principal$/.test(key.name)),
  );
  return {
    kind: 'object',
    start,
    end,
    closed: false,
    entries: [{ key: { name: 'Statement', ...name }, value, start: name.start, end }],
    host: { isPolicy: true, writesVersion: true, ...(hasPrincipal && { mayLackResource: true }) },
  };
}

/** A permission of SST, which has the names of the CDK and an effect in lower case; SST documentation, "Function". */
export function permission(
  value: ProgramValue | undefined,
  call: Pick<Call, 'text' | 'name'>,
): ObjectValue | undefined {
  if (
    value?.kind !== 'object' ||
    entryOf(value, 'actions') === undefined ||
    entryOf(value, 'resources') === undefined
  ) {
    return undefined;
  }
  const effect = entryOf(value, 'effect');
  const said = effect?.value?.kind === 'string' ? plainText(call.text, effect.value) : undefined;
  const entries = value.entries.map((entry) =>
    entry === effect && entry.value !== undefined && (said === 'allow' || said === 'deny')
      ? { ...entry, value: standIn(said === 'allow' ? 'Allow' : 'Deny', entry.value.start, entry.value.end) }
      : entry,
  );
  const statement = statementOf({ ...value, entries }, call, true);
  return wrapStatement(withMisnamed(statement, misnamedIn(value, PERMISSION, call.text)));
}

/** The document of Pulumi and of CDK for Terraform, which Terraform's provider writes. */
export function policyDocument(call: Call): ProgramValue | undefined {
  const properties = propertiesOf(call);
  if (properties === undefined) {
    return undefined;
  }
  const statements = entryOf(properties, 'statements') ?? entryOf(properties, 'statement');
  if (statements === undefined) {
    return undefined;
  }
  const entries: ProgramEntry[] = [];
  const form =
    STATEMENT_OF_DOCUMENT[call.path.at(-1) === 'DataAwsIamPolicyDocument' ? 'cdktf' : 'pulumi'][
      call.named().length > 0 ? 'python' : 'javascript'
    ];
  for (const entry of properties.entries) {
    const { key, value } = entry;
    if (entry === statements) {
      const items = value?.kind === 'array' ? value.items : value === undefined ? [] : [value];
      const { start, end } = value ?? { start: key.end, end: key.end };
      const list: ProgramValue = {
        kind: 'array',
        start,
        end,
        closed: value?.kind === 'array' && value.closed,
        items: items.map((item) => statementsOf(item, call, form)),
      };
      entries.push({ ...entry, key: renamed(key, 'Statement'), value: list });
    } else if (/^(?:source|override)/.test(key.name) || key.name === '<<') {
      entries.push(unseenEntry(entry.start, entry.end));
    } else if (key.name === 'version') {
      entries.push({ ...entry, key: renamed(key, 'Version') });
    }
  }
  return {
    kind: 'object',
    start: call.start,
    end: call.end,
    closed: false,
    entries: entries.map(withAmpersands),
    host: { isPolicy: true, writesVersion: true, mayLackResource: true },
  };
}

/** The statements of a document, some or all of which may depend on how the program runs. */
function statementsOf(value: ProgramValue, call: Call, form: Form): ProgramValue {
  return eachChoice(value, (choice) => {
    switch (choice.kind) {
      case 'object':
        return withMisnamed(statementOf(choice, call, true), misnamedIn(choice, form, call.text));
      case 'array':
        return { ...choice, items: choice.items.map((item) => statementsOf(item, call, form)) };
      default:
        return choice;
    }
  });
}

/**
 * Whether an object is a statement for Terraform's document that has not been handed to it yet: it is told by an effect as only
 * the policy language has it, and by actions with the prefix of a service.
 */
export function isDocumentStatement(value: ProgramValue, text: string): boolean {
  if (value.kind !== 'object' || entryOf(value, 'resources') === undefined) {
    return false;
  }
  const effect = entryOf(value, 'effect')?.value;
  const actions = entryOf(value, 'actions')?.value;
  return (
    effect?.kind === 'string' &&
    /^(?:Allow|Deny)$/.test(plainText(text, effect)) &&
    actions?.kind === 'array' &&
    actions.items.some((item) => item.kind === 'string' && /^[a-z][\w-]{1,60}:\S/.test(plainText(text, item)))
  );
}

/** A statement for Terraform's document, or a list of such; more may be added to it. */
export function documentStatements<Value extends ObjectValue | ArrayValue>(value: Value, text: string): Value;
export function documentStatements(value: ObjectValue | ArrayValue, text: string): ProgramValue {
  if (value.kind === 'array') {
    const items = value.items.map((item) =>
      item.kind === 'object' && item.choices === undefined ? documentStatements(item, text) : item,
    );
    return { ...value, closed: false, items };
  }
  const { start } = value;
  const statement = statementOf(value, { text, name: { start, end: start } }, false);
  return { ...statement, entries: statement.entries.map(withAmpersands) };
}

/** In Terraform's document `&{…}` writes a variable of IAM (Terraform Registry, "aws_iam_policy_document"). */
function withAmpersands(entry: ProgramEntry): ProgramEntry {
  const inside = (value: ProgramValue): ProgramValue => {
    switch (value.kind) {
      case 'object':
        return { ...value, entries: value.entries.map(withAmpersands) };
      case 'array':
        return { ...value, items: value.items.map(inside) };
      case 'string':
        return {
          ...value,
          pieces: value.pieces.map((piece) =>
            piece.style === undefined ? piece : { ...piece, style: { ...piece.style, ampersands: true } },
          ),
        };
      default:
        return value;
    }
  };
  return { ...entry, value: entry.value && inside(entry.value) };
}

function propertiesOf(call: Call): ObjectValue | undefined {
  const named = call.named();
  if (named.length > 0) {
    return { kind: 'object', start: call.start, end: call.end, closed: !call.isOpen, entries: named };
  }
  return call.args().findLast((value): value is ObjectValue => value.kind === 'object');
}

/** What the properties of a statement are in the policy language. */
const ELEMENTS: ReadonlyMap<string, string> = new Map([
  ['sid', 'Sid'],
  ['effect', 'Effect'],
  ['actions', 'Action'],
  ['notActions', 'NotAction'],
  ['not_actions', 'NotAction'],
  ['resources', 'Resource'],
  ['notResources', 'NotResource'],
  ['not_resources', 'NotResource'],
  ['principals', 'Principal'],
  ['notPrincipals', 'NotPrincipal'],
  ['not_principals', 'NotPrincipal'],
  ['conditions', 'Condition'],
  ['condition', 'Condition'],
]);

/** @param isWhole whether nobody adds anything to it later */
function statementOf(
  properties: ObjectValue,
  { text, name }: Pick<Call, 'text' | 'name'>,
  isWhole: boolean,
): ObjectValue {
  const entries = properties.entries.flatMap((entry): readonly ProgramEntry[] => {
    const { key, value } = entry;
    if (key.name === '<<') {
      return [entry];
    }
    const element = ELEMENTS.get(key.name);
    if (element === undefined) {
      return [];
    }
    return [{ ...entry, key: renamed(key, element), value: value && valueAt(element, value, text, isWhole) }];
  });
  const isSaid = entries.some(({ key }) => key.name === 'Effect' || key.name === '<<');
  return {
    ...properties,
    closed: properties.closed && isWhole,
    entries: isSaid ? entries : [allowed(Math.max(name.end, properties.start)), ...entries],
  };
}

/** Without an effect a statement allows. */
function allowed(at: number): ProgramEntry {
  const key = { name: 'Effect', start: at, end: at };
  return { key, value: standIn('Allow', at, at), start: at, end: at };
}

function renamed({ start, end }: ProgramKey, name: string): ProgramKey {
  return { name, start, end };
}

/** A constant of the CDK's enumeration, and no expression with one in it. */
const EFFECT = /^(?:[\w$]+\s*\.\s*)*Effect\s*\.\s*(ALLOW|DENY)$/;

function valueAt(element: string, value: ProgramValue, text: string, isWhole: boolean): ProgramValue {
  switch (element) {
    case 'Effect': {
      const said = EFFECT.exec(text.slice(value.start, Math.min(value.end, value.start + 200)))?.[1];
      return said === undefined
        ? value
        : standIn(said === 'ALLOW' ? 'Allow' : 'Deny', value.start, value.end);
    }
    case 'Principal':
    case 'NotPrincipal':
      return principalsOf(value, text, isWhole);
    case 'Condition':
      return eachChoice(value, (choice) => (choice.kind === 'array' ? conditionsOf(choice, text) : choice));
    default:
      // More may be added to a list that is empty, or that has a name.
      return value.kind === 'array' ? { ...value, closed: value.closed && isWhole } : value;
  }
}

/** A list of principals of the CDK, or of objects with `type` and `identifiers`. */
function principalsOf(value: ProgramValue, text: string, isWhole: boolean): ProgramValue {
  const isObject = value.kind === 'object' && value.choices === undefined;
  const items = value.kind === 'array' ? value.items : isObject ? [value] : undefined;
  if (items === undefined) {
    return opaque(value.start, value.end);
  }
  const entries = items.flatMap((item): readonly ProgramEntry[] => {
    if (item.kind !== 'object' || item.choices !== undefined) {
      return [unseenEntry(item.start, item.end)];
    }
    const type = entryOf(item, 'type');
    const identifiers = entryOf(item, 'identifiers');
    if (type !== undefined || identifiers !== undefined) {
      const key = keyOf(type?.value, text);
      return key === undefined || identifiers === undefined
        ? [unseenEntry(item.start, item.end)]
        : [{ ...item, key, value: identifiers.value }];
    }
    // Whoever is anybody may be held to conditions that are added later.
    return item.entries.map((entry) =>
      !isWhole &&
      entry.value?.kind === 'string' &&
      entry.value.pieces.every(({ style }) => style === undefined)
        ? unseenEntry(entry.start, entry.end)
        : entry,
    );
  });
  return everybodyOf(entries) ?? { ...value, kind: 'object', closed: false, entries: merged(entries) };
}

/**
 * Everybody, as `type: '*'` with `identifiers: ['*']` says it, is `*` alone (`IAMPolicyStatementPrincipalSet.MarshalJSON`), and
 * stays it whoever is added that is not seen here.
 */
function everybodyOf(entries: readonly ProgramEntry[]): ProgramValue | undefined {
  const [entry, ...others] = entries.filter(({ key }) => key.name !== '<<');
  if (entry?.key.name !== '*' || others.length > 0) {
    return undefined;
  }
  const { value, start, end } = entry;
  const [only, ...more] = value?.kind === 'array' ? value.items : [value];
  return more.length > 0 ? undefined : (only ?? opaque(start, end));
}

/** Conditions as objects with `test`, `variable` and `values`; an operator may come in several. */
function conditionsOf(list: ArrayValue, text: string): ProgramValue {
  const operators = new Map<string, { key: ProgramKey; start: number; end: number; held: ProgramEntry[] }>();
  const unseen: ProgramEntry[] = [];
  for (const item of list.items) {
    const { start, end } = item;
    const given = (name: string): ProgramValue | undefined =>
      item.kind === 'object' ? entryOf(item, name)?.value : undefined;
    const operator = keyOf(given('test'), text);
    const key = keyOf(given('variable'), text);
    if (operator === undefined || key === undefined) {
      unseen.push(unseenEntry(start, end));
    } else {
      const all = operators.get(operator.name) ?? { key: operator, start, end, held: [] };
      all.held.push({ key, value: given('values'), start, end });
      all.end = end;
      operators.set(operator.name, all);
    }
  }
  const entries = [...operators.values()].map(({ key, start, end, held }): ProgramEntry => {
    const value: ObjectValue = { kind: 'object', start, end, closed: true, entries: merged(held) };
    return { key, value, start, end };
  });
  return { ...list, kind: 'object', closed: list.closed, entries: [...entries, ...merged(unseen)] };
}

/** A name that stands in a string, unless not all of it is known. */
function keyOf(value: ProgramValue | undefined, text: string): ProgramKey | undefined {
  return value?.kind === 'string' && value.pieces.every(({ style }) => style !== undefined)
    ? { name: plainText(text, value), literal: value, start: value.start, end: value.end }
    : undefined;
}

/** Entries of one name as one, which holds what all of them do. */
export function merged(entries: readonly ProgramEntry[]): readonly ProgramEntry[] {
  const first = new Map<string, ProgramEntry>();
  const values = new Map<string, ProgramValue[]>();
  for (const entry of entries) {
    const { name } = entry.key;
    const known = values.get(name) ?? [];
    if (!first.has(name)) {
      first.set(name, entry);
      values.set(name, known);
    }
    if (entry.value !== undefined) {
      known.push(entry.value);
    }
  }
  return [...first].map(([name, entry]) => {
    const value = together(values.get(name) ?? []);
    return value === entry.value ? entry : { ...entry, value };
  });
}

function together(values: readonly ProgramValue[]): ProgramValue | undefined {
  const [first] = values;
  const last = values.at(-1);
  if (first === undefined || last === undefined || values.length === 1) {
    return first;
  }
  const items = values.flatMap((each) => (each.kind === 'array' ? each.items : [each]));
  return { kind: 'array', start: first.start, end: last.end, closed: false, items };
}
