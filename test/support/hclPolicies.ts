import { plainValue } from '../../server/src/core/lint/layout';
import { locatePolicies } from '../../server/src/core/locate/locate';
import { parseHcl } from '../../server/src/core/syntax/hcl/hcl';
import { memberOf } from '../../server/src/core/syntax/nodes';

/** The ways a policy is written in HCL here; `undefined` where one cannot say it. */
export const HCL_FORMS: Readonly<Record<string, (value: unknown) => string | undefined>> = {
  object: (value) => `x = jsonencode(${objectText(value, '', '=')})\n`,
  'one line': (value) => `x = jsonencode(${lineText(value)})\n`,
  'data source': documentText,
};

function quoted(text: string): string {
  return JSON.stringify(text).replace(/[$%](?=\{)/g, (mark) => mark + mark);
}

function keyText(name: string): string {
  return /^[A-Za-z]\w*$/.test(name) ? name : quoted(name);
}

function objectText(value: unknown, indent: string, mark: string): string {
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    return value.length === 0
      ? '[]'
      : `[\n${value.map((item) => `${inner}${objectText(item, inner, mark)},\n`).join('')}${indent}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const lines = Object.entries(value).map(
      ([name, item]) => `${inner}${keyText(name)} ${mark} ${objectText(item, inner, mark)}\n`,
    );
    return lines.length === 0 ? '{}' : `{\n${lines.join('')}${indent}}`;
  }
  return typeof value === 'string' ? quoted(value) : String(value);
}

function lineText(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map(lineText).join(', ')}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).map(([name, item]) => `${quoted(name)} : ${lineText(item)}`);
    return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
  }
  return typeof value === 'string' ? quoted(value) : String(value);
}

const ARGUMENTS: ReadonlyMap<string, string> = new Map([
  ['Sid', 'sid'],
  ['Effect', 'effect'],
  ['Action', 'actions'],
  ['NotAction', 'not_actions'],
  ['Resource', 'resources'],
  ['NotResource', 'not_resources'],
]);

type Value = { readonly [name: string]: unknown };

function isObject(value: unknown): value is Value {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

/** The data source that makes a policy whose lists are lists; `undefined` where there is none. */
function documentText(value: unknown): string | undefined {
  if (!isObject(value) || !Array.isArray(value.Statement) || value.Statement.length === 0) {
    return undefined;
  }
  const { Version, Id, Statement, ...rest } = value;
  const statements = Statement.map(statementText);
  if (Object.keys(rest).length > 0 || statements.includes(undefined) || typeof Version !== 'string') {
    return undefined;
  }
  const head = `  version = ${quoted(Version)}\n${typeof Id === 'string' ? `  policy_id = ${quoted(Id)}\n` : ''}`;
  return `data "aws_iam_policy_document" "x" {\n${head}\n${statements.join('\n')}}\n`;
}

function statementText(statement: unknown): string | undefined {
  if (!isObject(statement) || typeof statement.Effect !== 'string') {
    return undefined;
  }
  let text = '  statement {\n';
  for (const [name, value] of Object.entries(statement)) {
    const argument = ARGUMENTS.get(name);
    if (argument !== undefined) {
      const isList = argument.endsWith('s');
      // A list with nothing in it Terraform leaves out.
      if (isList ? !isTexts(value) || value.length === 0 : typeof value !== 'string') {
        return undefined;
      }
      text += `    ${argument} = ${objectText(value, '    ', '=')}\n`;
    } else if (name === 'Principal' || name === 'NotPrincipal') {
      const blocks = principalBlocks(name === 'Principal' ? 'principals' : 'not_principals', value);
      if (blocks === undefined) {
        return undefined;
      }
      text += blocks;
    } else if (name === 'Condition' && isObject(value) && Object.keys(value).length > 0) {
      for (const [test, keys] of Object.entries(value)) {
        if (!isObject(keys) || Object.keys(keys).length === 0) {
          return undefined;
        }
        for (const [variable, values] of Object.entries(keys)) {
          if (!isTexts(values)) {
            return undefined;
          }
          text += `\n    condition {\n      test     = ${quoted(test)}\n      variable = ${quoted(variable)}\n      values   = ${objectText(values, '      ', '=')}\n    }\n`;
        }
      }
    } else {
      return undefined;
    }
  }
  return `${text}  }\n`;
}

function principalBlocks(word: string, value: unknown): string | undefined {
  if (value !== '*' && (!isObject(value) || Object.keys(value).length === 0 || '*' in value)) {
    return undefined;
  }
  const types: readonly (readonly [string, unknown])[] = isObject(value)
    ? Object.entries(value)
    : [['*', ['*']]];
  return types.every(([, identifiers]) => isTexts(identifiers))
    ? types
        .map(
          ([type, identifiers]) =>
            `\n    ${word} {\n      type        = ${quoted(type)}\n      identifiers = ${objectText(identifiers, '      ', '=')}\n    }\n`,
        )
        .join('')
    : undefined;
}

/** A policy with a list wherever there may be one, as the data source has it. */
export function withLists(value: unknown): unknown {
  if (!isObject(value)) {
    return value;
  }
  const list = (each: unknown) => (Array.isArray(each) ? each : [each]);
  const scalar = (each: unknown) =>
    typeof each === 'boolean' || typeof each === 'number' ? String(each) : each;
  const members = (each: unknown, write: (inner: unknown) => unknown) =>
    isObject(each)
      ? Object.fromEntries(Object.entries(each).map(([name, inner]) => [name, write(inner)]))
      : each;
  const lists = (each: unknown) => list(each).map(scalar);
  const statement = (each: unknown) =>
    isObject(each)
      ? Object.fromEntries(
          Object.entries(each).map(([name, inner]) => {
            if (/^(?:Not)?(?:Action|Resource)$/.test(name)) {
              return [name, list(inner)];
            }
            if (/Principal$/.test(name)) {
              return [name, members(inner, lists)];
            }
            return [name, name === 'Condition' ? members(inner, (keys) => members(keys, lists)) : inner];
          }),
        )
      : each;
  return 'Statement' in value ? { ...value, Statement: list(value.Statement).map(statement) } : value;
}

/** The one policy that a text in HCL holds, with what is around it where that is under `x`. */
export function policyOfHcl(text: string): unknown {
  const { root } = parseHcl(text);
  const held = root?.kind === 'object' ? memberOf(root, 'x')?.value : undefined;
  if (held !== undefined) {
    return plainValue(held);
  }
  const [located] = locatePolicies(parseHcl(text));
  return located === undefined ? undefined : plainValue(located.node);
}

/** A value with the members of every object in the order of their names. */
export function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(sorted);
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(
        Object.entries(value)
          .map(([name, item]) => [name, sorted(item)] as const)
          .sort(([a], [b]) => (a < b ? -1 : 1)),
      )
    : value;
}
