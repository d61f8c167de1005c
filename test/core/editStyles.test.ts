import assert from 'node:assert/strict';
import {
  appendItem,
  appendMember,
  applyEdits,
  insertItemAfter,
  insertMemberAfter,
  insertMemberBefore,
  removeItems,
  removeMember,
  removeValue,
  renameKey,
  reorderItems,
  replaceItem,
  replaceString,
  replaceValue,
  unwrapArray,
  wrapInArray,
} from '../../server/src/core/lint/edits';
import type { JsonValue } from '../../server/src/core/lint/layout';
import type { Edit } from '../../server/src/core/lint/rule';
import type { ArrayNode, ObjectNode } from '../../server/src/core/syntax/nodes';
import { itemAt, listAt, memberAt, objectAt, valueAt } from '../support/editing';
import { languageService } from '../support/policies';

const service = languageService();

type Members = { readonly [name: string]: JsonValue };

/** How a whole policy is written. What an edit writes must look the same. */
interface Style {
  readonly name: string;
  readonly language: 'json' | 'yaml';
  write(value: JsonValue): string;
}

function isMembers(value: JsonValue): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** YAML in block style; only what is empty has brackets. */
function yaml(
  value: JsonValue,
  how: { readonly step: number; readonly listStep: number; readonly quote: string },
): string {
  const scalar = (item: JsonValue): string => {
    if (typeof item !== 'string') {
      return JSON.stringify(item);
    }
    const isPlain = item !== '*' && !/^\d|: |^true$/.test(item) && (how.quote === '' || item === 'Allow');
    const quote = how.quote || '"';
    return isPlain ? item : `${quote}${item}${quote}`;
  };
  const members = (value: Members, column: number): string =>
    Object.entries(value)
      .map(([name, item]) => {
        if (Array.isArray(item) && item.length > 0) {
          const inner = column + how.listStep;
          return `${name}:\n${' '.repeat(inner)}${items(item, inner)}`;
        }
        if (isMembers(item) && Object.keys(item).length > 0) {
          const inner = column + how.step;
          return `${name}:\n${' '.repeat(inner)}${members(item, inner)}`;
        }
        return `${name}: ${scalar(item)}`;
      })
      .join(`\n${' '.repeat(column)}`);
  const items = (list: readonly JsonValue[], column: number): string =>
    list
      .map(
        (item) =>
          `- ${isMembers(item) && Object.keys(item).length > 0 ? members(item, column + 2) : scalar(item)}`,
      )
      .join(`\n${' '.repeat(column)}`);
  assert.ok(isMembers(value));
  return `${members(value, 0)}\n`;
}

/** JSON on one line, with blanks where people put them. */
function oneLine(value: JsonValue): string {
  if (Array.isArray(value)) {
    return `[${value.map(oneLine).join(', ')}]`;
  }
  if (!isMembers(value)) {
    return JSON.stringify(value);
  }
  const members = Object.entries(value).map(([name, item]) => `${JSON.stringify(name)}: ${oneLine(item)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

const STYLES: readonly Style[] = [
  ...['  ', '    ', '\t'].map(
    (indent): Style => ({
      name: `JSON indented by ${JSON.stringify(indent)}`,
      language: 'json',
      write: (value) => JSON.stringify(value, undefined, indent),
    }),
  ),
  {
    name: 'JSON with CRLF',
    language: 'json',
    write: (value) => JSON.stringify(value, undefined, 2).replaceAll('\n', '\r\n'),
  },
  { name: 'JSON on one line', language: 'json', write: oneLine },
  { name: 'JSON without blanks', language: 'json', write: (value) => JSON.stringify(value) },
  { name: 'JSON in YAML', language: 'yaml', write: (value) => `${oneLine(value)}\n` },
  ...[
    { step: 2, listStep: 2, quote: '' },
    { step: 2, listStep: 0, quote: '"' },
    { step: 4, listStep: 4, quote: "'" },
    { step: 3, listStep: 1, quote: '' },
  ].map(
    (how): Style => ({
      name: `YAML ${JSON.stringify(how)}`,
      language: 'yaml',
      write: (value) => yaml(value, how),
    }),
  ),
  {
    name: 'YAML with CRLF',
    language: 'yaml',
    write: (value) => yaml(value, { step: 2, listStep: 2, quote: '' }).replaceAll('\n', '\r\n'),
  },
];

/** Shows each style: a mapping within another, lists, texts and lines. */
const SECURE: Members = {
  Bool: { 'aws:SecureTransport': true },
  StringEquals: { 'aws:PrincipalTag/a': ['b', 'c'] },
};

const GET = 's3:GetObject';
const PUT = 's3:PutObject';
const LIST = 's3:ListBucket';

function allow(members: Members): Members {
  return { Effect: 'Allow', ...members, Condition: SECURE };
}

type EditsOf = (statement: ObjectNode, statements: ArrayNode) => Edit | readonly Edit[];

/** What is done to the second of three statements, and what the statements are then. */
const ROWS: readonly (readonly [name: string, before: Members, edits: EditsOf, after: readonly Members[]])[] =
  [
    [
      'an item is added',
      allow({ Action: [GET, LIST] }),
      (statement) => appendItem(listAt(statement, 'Action'), PUT),
      [allow({ Action: [GET, LIST, PUT] })],
    ],
    [
      'an item is added behind another',
      allow({ Action: [GET, LIST] }),
      (statement) => insertItemAfter(listAt(statement, 'Action'), 0, PUT),
      [allow({ Action: [GET, PUT, LIST] })],
    ],
    [
      'two items take the place of one',
      allow({ Action: [GET, LIST] }),
      (statement) => {
        const list = listAt(statement, 'Action');
        return replaceItem(list, itemAt(list, 0), [PUT, '*']);
      },
      [allow({ Action: [PUT, '*', LIST] })],
    ],
    [
      'the first item is taken out',
      allow({ Action: [GET, LIST, PUT] }),
      (statement) => removeItems(listAt(statement, 'Action'), [0]),
      [allow({ Action: [LIST, PUT] })],
    ],
    [
      'the last items are taken out',
      allow({ Action: [GET, LIST, PUT] }),
      (statement) => removeItems(listAt(statement, 'Action'), [1, 2]),
      [allow({ Action: [GET] })],
    ],
    [
      'all items are taken out',
      allow({ Action: [GET, LIST] }),
      (statement) => removeItems(listAt(statement, 'Action'), [0, 1]),
      [allow({ Action: [] })],
    ],
    [
      'items change their order',
      allow({ Action: [GET, LIST, PUT] }),
      (statement) => reorderItems(listAt(statement, 'Action'), [2, 0, 1]) ?? assert.fail(),
      [allow({ Action: [PUT, GET, LIST] })],
    ],
    [
      'items change their order, and one goes',
      allow({ Action: [GET, LIST, PUT] }),
      (statement) => reorderItems(listAt(statement, 'Action'), [2, 0]) ?? assert.fail(),
      [allow({ Action: [PUT, GET] })],
    ],
    [
      'a member is added at the end',
      allow({ Action: GET }),
      (statement) => appendMember(statement, 'Resource', '*'),
      [{ ...allow({ Action: GET }), Resource: '*' }],
    ],
    [
      'a member with a list is added behind another',
      allow({ Action: GET }),
      (statement) =>
        insertMemberAfter(memberAt(statement, 'Action'), 'Resource', ['*', 'arn:aws:s3:::b/${aws:userid}']),
      [allow({ Action: GET, Resource: ['*', 'arn:aws:s3:::b/${aws:userid}'] })],
    ],
    [
      'a member with members is added in front of another',
      allow({ Action: GET }),
      (statement) =>
        insertMemberBefore(memberAt(statement, 'Action'), 'Principal', {
          AWS: '*',
          Service: {},
          Federated: [],
        }),
      [allow({ Principal: { AWS: '*', Service: {}, Federated: [] }, Action: GET })],
    ],
    [
      'a member is added within a condition',
      allow({ Action: GET }),
      (statement) =>
        appendMember(objectAt(statement, 'Condition', 'Bool'), 'aws:ViaAWSService', ['true', true, 1, null]),
      [
        {
          ...allow({ Action: GET }),
          Condition: {
            ...SECURE,
            Bool: { 'aws:SecureTransport': true, 'aws:ViaAWSService': ['true', true, 1, null] },
          },
        },
      ],
    ],
    [
      'the first member is taken out',
      allow({ Action: GET }),
      (statement) => removeMember(memberAt(statement, 'Effect')),
      [{ Action: GET, Condition: SECURE }],
    ],
    [
      'a member with lines is taken out',
      { ...allow({ Action: GET }), Resource: '*' },
      (statement) => removeMember(memberAt(statement, 'Condition')),
      [{ Effect: 'Allow', Action: GET, Resource: '*' }],
    ],
    [
      'the only member is taken out',
      allow({ Action: GET }),
      (statement) => removeMember(memberAt(objectAt(statement, 'Condition', 'Bool'), 'aws:SecureTransport')),
      [{ ...allow({ Action: GET }), Condition: { ...SECURE, Bool: {} } }],
    ],
    [
      'a value becomes a list',
      allow({ Action: GET }),
      (statement) => replaceValue(valueAt(statement, 'Action'), [PUT, LIST]),
      [allow({ Action: [PUT, LIST] })],
    ],
    [
      'a value becomes an object',
      allow({ Principal: '*' }),
      (statement) => replaceValue(valueAt(statement, 'Principal'), { AWS: ['*'] }),
      [allow({ Principal: { AWS: ['*'] } })],
    ],
    [
      'an item becomes an object',
      allow({ Action: GET }),
      (_, statements) => replaceValue(itemAt(statements, 1), { Sid: 'A', Condition: SECURE }),
      [{ Sid: 'A', Condition: SECURE }],
    ],
    [
      'a text becomes another',
      allow({ Action: [GET, LIST] }),
      (statement) => {
        const node = itemAt(listAt(statement, 'Action'), 1);
        return node.kind === 'string' ? replaceString(node, 's3:PutObjectTagging') : assert.fail();
      },
      [allow({ Action: [GET, 's3:PutObjectTagging'] })],
    ],
    [
      'a name becomes another',
      allow({ Action: [GET] }),
      (statement) => renameKey(memberAt(statement, 'Action'), 'NotAction'),
      [allow({ NotAction: [GET] })],
    ],
    [
      'a list loses what encloses its only item',
      allow({ Action: [GET], Resource: '*' }),
      (statement) => unwrapArray(listAt(statement, 'Action')) ?? assert.fail(),
      [allow({ Action: GET, Resource: '*' })],
    ],
    [
      'a statement is added behind another',
      allow({ Action: GET }),
      (_, statements) => insertItemAfter(statements, 1, allow({ Action: [PUT] })),
      [allow({ Action: GET }), allow({ Action: [PUT] })],
    ],
    ['a statement is taken out', allow({ Action: GET }), (statement) => removeValue(statement), []],
  ];

const FIRST: Members = allow({ Action: [LIST, '*'] });
const LAST: Members = { Sid: 'Last', ...allow({ Action: [PUT] }) };

function policy(statements: readonly Members[]): JsonValue {
  return { Version: '2012-10-17', Statement: statements };
}

describe('what an edit leaves looks like the rest of the policy', () => {
  for (const { name: style, language, write } of STYLES) {
    describe(style, () => {
      for (const [name, before, editsOf, after] of ROWS) {
        it(name, () => {
          const text = write(policy([FIRST, before, LAST]));
          const opened = service.open({ text, language }).policies[0] ?? assert.fail('no policy');
          const statement = opened.statements[1] ?? assert.fail('no statement');
          const edits = [editsOf(statement.node, listAt(opened.node, 'Statement'))].flat();
          assert.equal(applyEdits(text, edits), write(policy([FIRST, ...after, LAST])));
        });
      }

      it('a value becomes the first item of a list', () => {
        const text = write(policy([allow({ Action: GET })]));
        const statement = service.open({ text, language }).policies[0]?.statements[0] ?? assert.fail();
        const result = applyEdits(text, wrapInArray(valueAt(statement.node, 'Action'), [PUT]));
        const ofJson = JSON.stringify([GET, PUT]);
        assert.equal(
          language === 'json' || style === 'JSON in YAML'
            ? result.replace(
                style.endsWith('without blanks') ? ofJson : ofJson.replace(',', ', '),
                JSON.stringify(GET),
              )
            : result,
          language === 'json' || style === 'JSON in YAML'
            ? text
            : write(policy([allow({ Action: [GET, PUT] })])),
        );
      });
    });
  }
});
