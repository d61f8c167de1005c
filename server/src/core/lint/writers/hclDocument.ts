import { holesOf } from '../../syntax/hcl/hclTemplates';
import type { JsonValue } from '../layout';
import { alignedLines, deeper, type HclPlace, newLine, quotedText, statementText } from './hclText';
import { Unwritable } from './writer';

/** The data source that makes a policy (AWS provider, `aws_iam_policy_document`). */

type Members = { readonly [name: string]: JsonValue };

/**
 * @param value a policy whose references are written as `Ref`
 * @param name what the data source is called
 * @throws Unwritable for what the data source cannot say, would leave out, or refuses
 */
export function documentText(value: JsonValue, name: string, place: HclPlace): string {
  const { Version, Id, Statement, ...rest } = membersOf(value);
  const statements: readonly (JsonValue | undefined)[] = isList(Statement) ? Statement : [Statement];
  if (Object.keys(rest).length > 0 || statements.length === 0) {
    throw new Unwritable();
  }
  const inner = { ...deeper(place), isDocument: true };
  const version = versionOf(Version);
  const isOld = version !== undefined;
  const head = [
    // "Defaults to 2012-10-17", and a policy without a Version is of 2008-10-17.
    ...(isOld ? [['version', quotedText(version, inner)] as const] : []),
    ...(Id === undefined ? [] : [['policy_id', quotedText(textIn(Id), inner)] as const]),
  ];
  const holes = holesOf(place.source);
  const isLiteral = (text: string): boolean =>
    Array.from(text.matchAll(/\$\{[^{}]*\}?/g)).every(([found]) => holes.has(found)) && !text.includes('&{');
  const isValue = isOld ? isLiteral : (text: string) => text !== '' && !text.includes('&{');
  mustBe(Id === undefined || isLiteral(textIn(Id)));
  const sids = new Set<string>();
  const written = statements.map((statement) => {
    const { Sid, ...unnamed } = membersOf(statement);
    const said = Sid === '' ? unnamed : membersOf(statement);
    mustBeWritable(said, { isLiteral, isValue }, sids);
    return `${newLine(inner)}${statementText(said, inner)}`;
  });
  const parts = [...(head.length > 0 ? [alignedLines(head, inner)] : []), ...written];
  return `data "aws_iam_policy_document" "${name}" {${parts.join(place.lineBreak)}${newLine(place)}}`;
}

/** What is to be written of a Version; nothing for the one that the data source writes. */
function versionOf(version: JsonValue | undefined): string | undefined {
  if (version === '2012-10-17') {
    return undefined;
  }
  mustBe(version === undefined || version === '2008-10-17');
  return '2008-10-17';
}

const LISTS = ['Action', 'NotAction', 'Resource', 'NotResource'] as const;
const ELEMENTS: ReadonlySet<string> = new Set([
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Condition',
  ...LISTS,
]);

interface Tests {
  /** Whether a text is written as it is, where the data source has no variables of IAM. */
  readonly isLiteral: (text: string) => boolean;
  /** The same where it has, in resources, principals and values, but with Version 2008-10-17. */
  readonly isValue: (text: string) => boolean;
}

/**
 * Throws for what the provider refuses: an effect that is none, a Sid with other characters or that stands twice; for what
 * it leaves out, which is whatever is empty; and for variables where it does not write them.
 */
function mustBeWritable(statement: Members, { isLiteral, isValue }: Tests, sids: Set<string>): void {
  const { Sid, Effect } = statement;
  const isKnown = Object.keys(statement).every((name) => ELEMENTS.has(name));
  const isEffect = Effect === 'Allow' || Effect === 'Deny' || isReference(Effect);
  const isSid =
    Sid === undefined || (typeof Sid === 'string' && /^[a-zA-Z0-9]+$/.test(Sid) && !sids.has(Sid));
  if (!isKnown || !isEffect || !isSid) {
    throw new Unwritable();
  }
  if (typeof Sid === 'string') {
    sids.add(Sid);
  }
  for (const name of LISTS) {
    mustBeTexts(statement[name], name.endsWith('Action') ? isLiteral : isValue);
  }
  for (const name of ['Principal', 'NotPrincipal'] as const) {
    const principals = statement[name];
    if (principals !== undefined && principals !== '*') {
      // `*` among others, or with an identifier of its own, is written otherwise than it is read.
      mustBeMap(principals, (identifiers, type) => {
        mustBe(type !== '*' && isLiteral(type));
        mustBeTexts(identifiers, isValue);
      });
    }
  }
  if (statement.Condition !== undefined) {
    mustBeMap(statement.Condition, (keys, test) => {
      mustBe(isLiteral(test));
      mustBeMap(keys, (values, variable) => {
        mustBe(isLiteral(variable));
        mustBeTexts(values, isValue);
      });
    });
  }
}

function mustBeMap(value: JsonValue, each: (value: JsonValue, name: string) => void): void {
  const entries = Object.entries(membersOf(value));
  mustBe(entries.length > 0 && !isReference(value));
  for (const [name, item] of entries) {
    mustBe(name !== '');
    each(item, name);
  }
}

function mustBeTexts(value: JsonValue | undefined, isWritable: (text: string) => boolean): void {
  const items: readonly JsonValue[] = isList(value) ? value : value === undefined ? [] : [value];
  mustBe(value === undefined || items.length > 0);
  for (const item of items) {
    mustBe(typeof item === 'string' ? item !== '' && isWritable(item) : isScalar(item) || isReference(item));
  }
}

function isScalar(value: JsonValue): boolean {
  return typeof value === 'number' || typeof value === 'boolean';
}

function mustBe(isWritable: boolean): void {
  if (!isWritable) {
    throw new Unwritable();
  }
}

function isReference(value: JsonValue | undefined): boolean {
  return typeof value === 'object' && value !== null && 'Ref' in value;
}

function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function membersOf(value: JsonValue | undefined): Members {
  if (typeof value !== 'object' || value === null || isList(value)) {
    throw new Unwritable();
  }
  return value as Members;
}

function textIn(value: JsonValue): string {
  if (typeof value !== 'string' || value === '') {
    throw new Unwritable();
  }
  return value;
}
