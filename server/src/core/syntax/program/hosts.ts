import { isMisspeltStatement } from '../elementNames';
import { documentStatements, isDocumentStatement, permission, wrapStatement } from './libraryPolicies';
import { plainText } from './literals';
import type { ProgramReader } from './reader';
import { entryOf, type ObjectValue, type ProgramEntry, type ProgramValue } from './values';

/** What people call a policy in a program, by what only IAM says in one. */

type Program = Pick<ProgramReader, 'text' | 'mentions'>;

/** Marks the policies and statements in a value. */
export function hosted(value: ProgramValue, program: Program): ProgramValue {
  const { text } = program;
  switch (value.kind) {
    case 'object': {
      const { host } = value;
      if (host !== undefined && host.takenBy === undefined && host.isDynamic === undefined) {
        return value;
      }
      const statements = entryOf(value, 'Statement');
      if (statements !== undefined && (host?.isPolicy === true || mayBePolicy(value, statements, text))) {
        return { ...value, host: { ...host, versionOptional: true } };
      }
      if (statements === undefined && isMisspeltPolicy(value, text)) {
        return { ...value, host: { ...host, isPolicy: true, versionOptional: true } };
      }
      if (isLoose(value, program)) {
        return wrapStatement(documentStatements(value, text));
      }
      // One that stands alone may be completed wherever it goes.
      return isStatement(value, text)
        ? wrapStatement({ ...value, closed: false })
        : {
            ...value,
            ...(statements !== undefined && { host: { ...host, isPolicy: false } }),
            entries: value.entries.map((entry) => hostedEntry(entry, program)),
          };
    }
    case 'array':
      if (value.items.some((item) => isLoose(item, program))) {
        return wrapStatement(documentStatements(value, text));
      }
      return value.items.some((item) => item.kind === 'object' && isStatement(item, text))
        ? wrapStatement({ ...value, closed: false })
        : { ...value, items: value.items.map((item) => hosted(item, program)) };
    default:
      return value;
  }
}

/** Whether a value is a statement of Terraform's document, in a program that uses its libraries. */
function isLoose(value: ProgramValue, { text, mentions }: Program): boolean {
  return value.kind === 'object' && DOCUMENT_LIBRARIES.some(mentions) && isDocumentStatement(value, text);
}

const DOCUMENT_LIBRARIES: readonly string[] = ['cdktf', 'pulumi'];

function hostedEntry(entry: ProgramEntry, program: Program): ProgramEntry {
  if (entry.key.name === 'permissions' && entry.value?.kind === 'array' && program.mentions('sst.aws.')) {
    const { text } = program;
    const { start } = entry.value;
    const items = entry.value.items.map(
      (item) => permission(item, { text, name: { start, end: start } }) ?? hosted(item, program),
    );
    return { ...entry, value: { ...entry.value, items } };
  }
  return entry.value === undefined ? entry : { ...entry, value: hosted(entry.value, program) };
}

/**
 * Whether an object with a Statement may be a policy. Statements of other things have actions too, as those of banks and
 * grammars: then a Version, another element or what is in them has to tell.
 */
function mayBePolicy(object: ObjectValue, { value }: ProgramEntry, text: string): boolean {
  const version = entryOf(object, 'Version')?.value;
  if (version !== undefined && (version.kind !== 'string' || /^20\d\d-/.test(plainText(text, version)))) {
    return true;
  }
  const statements = statementsIn(value);
  return statements.length === 0 || statements.some((statement) => isToldByElements(statement, text));
}

/** Whether an object without a Statement is a policy all the same, in which that is misspelt. */
function isMisspeltPolicy(object: ObjectValue, text: string): boolean {
  const version = entryOf(object, 'Version')?.value;
  const [mistake, ...others] = object.entries.filter(({ key }) => !/^(?:Version|Id)$/.test(key.name));
  return (
    version?.kind === 'string' &&
    /^20(?:08|12)-10-17$/.test(plainText(text, version)) &&
    mistake !== undefined &&
    others.length === 0 &&
    isMisspeltStatement(mistake.key.name) &&
    statementsIn(mistake.value).some((statement) => isStatement(statement, text))
  );
}

function statementsIn(value: ProgramValue | undefined): readonly ObjectValue[] {
  switch (value?.kind) {
    case 'array':
      return value.items.flatMap(statementsIn);
    case 'object':
      return value.choices === undefined ? [value] : value.choices.flatMap(statementsIn);
    default:
      return [];
  }
}

/** Whether something in a statement is IAM's alone. */
function isToldByElements(statement: ObjectValue, text: string): boolean {
  return statement.entries.some(({ key, value }) => {
    switch (key.name) {
      case 'Sid':
      case 'Effect':
      case 'NotAction':
      case 'NotResource':
      case 'NotPrincipal':
        return true;
      case 'Action':
        return textsIn(value, text).some((each) => each === '*' || /^[a-z][\w-]{0,60}:/i.test(each));
      case 'Resource':
        return textsIn(value, text).some((each) => each === '*' || /^(?:arn:|execute-api:\/)/.test(each));
      case 'Principal':
        return (
          textsIn(value, text).includes('*') ||
          (value?.kind === 'object' &&
            value.entries.some((each) => /^(?:AWS|Service|Federated|CanonicalUser)$/.test(each.key.name)))
        );
      default:
        // Half-typed, or a name with a mistake in it.
        return value === undefined;
    }
  });
}

function textsIn(value: ProgramValue | undefined, text: string): readonly string[] {
  switch (value?.kind) {
    case 'string':
      return [plainText(text, value)];
    case 'array':
      return value.items.flatMap((item) => textsIn(item, text));
    case 'object':
      return value.choices?.flatMap((choice) => textsIn(choice, text)) ?? [];
    default:
      return [];
  }
}

/** Whether an object is a statement by what only IAM says in one. */
function isStatement(object: ObjectValue, text: string): boolean {
  const effect = entryOf(object, 'Effect');
  const action = entryOf(object, 'Action') ?? entryOf(object, 'NotAction');
  if (effect === undefined || action === undefined) {
    return false;
  }
  const said = effect.value?.kind === 'string' ? plainText(text, effect.value) : undefined;
  const actions = textsIn(action.value, text);
  return (
    (said === 'Allow' || said === 'Deny' || actions.some((each) => /^[a-z][\w-]{1,60}:\S/.test(each))) &&
    !actions.some((each) => STACK_ACTION.test(each))
  );
}

/** What stack policies of CloudFormation have for actions (User Guide, "Prevent updates to stack resources"). */
const STACK_ACTION = /^Update:(?:\*|Modify|Replace|Delete)$/;
