import assert from 'node:assert/strict';
import {
  appendItem,
  appendMember,
  insertMemberAfter,
  removeItem,
  removeItems,
  removeMember,
  removeValue,
  reorderItems,
  replaceItem,
  replaceString,
  replaceValue,
  replaceValueSlice,
  unwrapArray,
  wrapInArray,
} from '../../../server/src/core/lint/edits';
import type { JsonValue } from '../../../server/src/core/lint/layout';
import type { Edit } from '../../../server/src/core/lint/rule';
import type { ObjectNode, SyntaxNode } from '../../../server/src/core/syntax/nodes';
import { edited, itemAt, listAt, memberAt, objectAt, valueAt } from '../../support/editing';
import { languageService } from '../../support/policies';

const service = languageService();

type EditsOf = (policy: ObjectNode, statement: ObjectNode) => Edit | readonly Edit[] | undefined;

/** What edits make of a policy in YAML, or of its last statement; `undefined` where they are refused. */
function after(text: string, edits: EditsOf): string | undefined {
  const policy = service.open({ text, language: 'yaml' }).policies[0] ?? assert.fail('no policy');
  const statement = policy.statements.at(-1) ?? assert.fail('no statement');
  return edited(text, () => edits(policy.node, statement.node));
}

function textAt(node: SyntaxNode): Extract<SyntaxNode, { kind: 'string' }> {
  return node.kind === 'string' ? node : assert.fail(`${node.kind} is no string`);
}

const HEAD = 'Version: "2012-10-17"\nStatement:\n';

/** A policy of one statement with these lines, which stand four columns in. */
function one(...lines: readonly string[]): string {
  return `${HEAD}  - Effect: Allow\n${lines.map((line) => `    ${line}\n`).join('')}`;
}

/** The same where another statement uses what the anchor `&a` of the first names. */
function shared(...lines: readonly string[]): string {
  return `${HEAD}  - Effect: Deny\n    Action: *a\n    Resource: "*"\n`.replace(
    HEAD,
    () => `${HEAD}  - Effect: Allow\n${lines.map((line) => `    ${line}\n`).join('')}`,
  );
}

const addPut: EditsOf = (_, statement) => appendItem(listAt(statement, 'Action'), 's3:PutObject');
const addResource =
  (value: JsonValue): EditsOf =>
  (_, statement) =>
    appendMember(statement, 'Resource', value);
const wrapAction: EditsOf = (_, statement) => wrapInArray(valueAt(statement, 'Action'), ['s3:PutObject']);
const unwrapAction: EditsOf = (_, statement) => unwrapArray(listAt(statement, 'Action'));
const removeAction: EditsOf = (_, statement) => removeMember(memberAt(statement, 'Action'));
const wrapStatement: EditsOf = (policy) => wrapInArray(valueAt(policy, 'Statement'));

/** Texts and what becomes of them. */
const ROWS: readonly (readonly [name: string, before: string, edits: EditsOf, after: string | undefined])[] =
  [
    // Where lines begin and end.
    [
      'a statement behind one whose dash has a line of its own',
      `${HEAD}  -\n    Effect: Allow\n`,
      (policy) => appendItem(listAt(policy, 'Statement'), { Effect: 'Deny' }),
      `${HEAD}  -\n    Effect: Allow\n  - Effect: Deny\n`,
    ],
    [
      'the last line, without a line break, is taken out with the one in front',
      one('Action: s3:GetObject').trimEnd(),
      removeAction,
      one().trimEnd(),
    ],
    [
      'the same with CRLF',
      one('Action: s3:GetObject').trimEnd().replaceAll('\n', '\r\n'),
      removeAction,
      one().trimEnd().replaceAll('\n', '\r\n'),
    ],
    [
      'the first line is taken out',
      one('Action: s3:GetObject'),
      (policy) => removeMember(memberAt(policy, 'Version')),
      one('Action: s3:GetObject').replace('Version: "2012-10-17"\n', ''),
    ],
    [
      'a line is taken out with its comment, and not the one above',
      one('# above', 'Action: s3:GetObject # behind', 'Resource: "*"'),
      removeAction,
      one('# above', 'Resource: "*"'),
    ],
    [
      'a member is added behind the comment of another',
      one('Action: s3:GetObject # behind'),
      addResource('*'),
      one('Action: s3:GetObject # behind', 'Resource: "*"'),
    ],
    // What is written, and how.
    [
      'a text with a hole',
      one('Action: s3:GetObject'),
      addResource('arn:aws:s3:::${x}'),
      one('Action: s3:GetObject', 'Resource: arn:aws:s3:::${x}'),
    ],
    [
      'a reference',
      one('Action: s3:GetObject'),
      addResource({ Ref: 'Bucket' }),
      one('Action: s3:GetObject', 'Resource: !Ref Bucket'),
    ],
    [
      'functions in a list',
      one('Action: s3:GetObject'),
      addResource([{ 'Fn::GetAtt': ['Bucket', 'Arn'] }, { 'Fn::Sub': '${Bucket.Arn}/*' }]),
      one('Action: s3:GetObject', 'Resource:', '  - !GetAtt [Bucket, Arn]', '  - !Sub ${Bucket.Arn}/*'),
    ],
    [
      'a function in the brackets of another, where braces need quotes',
      one('Action: s3:GetObject'),
      addResource({ 'Fn::Join': ['/', [{ Ref: 'Bucket' }, '${x}']] }),
      one('Action: s3:GetObject', 'Resource: !Join [/, [!Ref Bucket, "${x}"]]'),
    ],
    [
      'a mapping in the brackets of a function',
      one('Action: s3:GetObject'),
      addResource({ 'Fn::Sub': ['${a}', { 'b:': '${c}', '${d}': {}, e: [] }] }),
      one('Action: s3:GetObject', 'Resource: !Sub ["${a}", { "b:": "${c}", "${d}": {}, e: [] }]'),
    ],
    [
      'members that have the names of functions among others',
      one('Action: s3:GetObject'),
      addResource({ Ref: 'a', Other: 'b' }),
      one('Action: s3:GetObject', 'Resource:', '  Ref: a', '  Other: b'),
    ],
    [
      'names that need quotes',
      one('Action: s3:GetObject'),
      addResource({ 'a: b': 'c', '*': 'd', 'aws:PrincipalTag/${x}': 'e' }),
      one('Action: s3:GetObject', 'Resource:', '  "a: b": c', '  "*": d', '  aws:PrincipalTag/${x}: e'),
    ],
    [
      'quotes as there are more of',
      one(
        'Action: s3:GetObject',
        "Condition: { Bool: { 'aws:SecureTransport': 'true' } }",
        "Sid: 'a b'",
      ).replace(/"/g, "'"),
      (_, statement) => appendMember(statement, 'Resource', '*'),
      one(
        'Action: s3:GetObject',
        "Condition: { Bool: { 'aws:SecureTransport': 'true' } }",
        "Sid: 'a b'",
        "Resource: '*'",
      ).replace(/"/g, "'"),
    ],
    [
      'double quotes where there are as many of each',
      one("Sid: '1'", 'Action: s3:GetObject'),
      addResource('*'),
      one("Sid: '1'", 'Action: s3:GetObject', 'Resource: "*"'),
    ],
    [
      'a list is moved in by two where no other shows more, whatever an alias shows',
      `Id: &a\n        - s3:GetObject\n${one('Action: *a')}`,
      addResource(['a', 'b']),
      `Id: &a\n        - s3:GetObject\n${one('Action: *a', 'Resource:', '  - a', '  - b')}`
        .replace('  - a', '        - a')
        .replace('  - b', '        - b'),
    ],
    [
      'a list stays a list in brackets',
      one('Action: [s3:GetObject]'),
      (_, statement) => replaceValue(valueAt(statement, 'Action'), ['s3:PutObject', 's3:${a}']),
      one('Action: [s3:PutObject, "s3:${a}"]'.replace('"s3:${a}"', '"s3:${a}"')),
    ],
    // Strings.
    [
      'a text without quotes stays so in a block',
      one('Resource: arn:aws:s3:::b'),
      (_, statement) => replaceValueSlice(textAt(valueAt(statement, 'Resource')), 13, 14, '${a}'),
      one('Resource: arn:aws:s3:::${a}'),
    ],
    [
      'a text without quotes gets them for braces among braces',
      one('Condition: { Bool: { a: [ c:b ] } }'),
      (_, statement) =>
        replaceValueSlice(textAt(itemAt(listAt(statement, 'Condition', 'Bool', 'a'), 0)), 2, 3, '${a}'),
      one('Condition: { Bool: { a: [ "c:${a}" ] } }'),
    ],
    [
      'a text without quotes gets them where it would be a number',
      one('Condition:', '  StringEquals:', '    a: x1'),
      (_, statement) =>
        replaceValueSlice(textAt(valueAt(statement, 'Condition', 'StringEquals', 'a')), 0, 1, ''),
      one('Condition:', '  StringEquals:', '    a: "1"'),
    ],
    [
      'a text over two lines is written on one',
      one('Sid: a', '  b', 'Action: s3:GetObject'),
      (_, statement) => replaceValueSlice(textAt(valueAt(statement, 'Sid')), 1, 2, ''),
      one('Sid: "ab"', 'Action: s3:GetObject'),
    ],
    [
      'a block without its line break is a text that needs no quotes',
      one('Resource: |', '  arn:aws:s3:::${a}'),
      (_, statement) => replaceValueSlice(textAt(valueAt(statement, 'Resource')), 17, 18, ''),
      one('Resource: arn:aws:s3:::${a}'),
    ],
    [
      'a block of two lines keeps the line break at its end',
      one('Resource: |', '  a', '  b'),
      (_, statement) => replaceValueSlice(textAt(valueAt(statement, 'Resource')), 3, 4, ''),
      undefined,
    ],
    [
      'a text within a block',
      one('Resource: |', '  a', '  b'),
      (_, statement) => replaceValueSlice(textAt(valueAt(statement, 'Resource')), 2, 3, 'c'),
      one('Resource: |', '  a', '  c'),
    ],
    // Comments that would be lost, or in the way.
    [
      'an item among comments in brackets',
      one('Action: [s3:GetObject, # read', '  s3:ListBucket]'),
      addPut,
      undefined,
    ],
    [
      'an item out of comments in brackets',
      one('Action: [s3:GetObject, # read', '  s3:ListBucket]'),
      (_, statement) => removeItem(listAt(statement, 'Action'), 0),
      undefined,
    ],
    [
      'an object with a comment is replaced',
      one('Condition:', '  Bool: # why', '    a: true'),
      (_, statement) => replaceValue(valueAt(statement, 'Condition'), {}),
      undefined,
    ],
    [
      'a list with a comment is replaced',
      one('Action:', '  - s3:GetObject # why', '  - s3:PutObject'),
      (_, statement) => replaceValue(valueAt(statement, 'Action'), 's3:*'),
      undefined,
    ],
    [
      'all items with a comment are taken out',
      one('Action:', '  - s3:GetObject # why', '  - s3:PutObject'),
      (_, statement) => removeItems(listAt(statement, 'Action'), [0, 1]),
      undefined,
    ],
    [
      'an item with a comment in it is replaced',
      `${HEAD}  - Effect: Allow # why\n    Action: s3:GetObject\n`,
      (policy) => {
        const list = listAt(policy, 'Statement');
        return replaceItem(list, itemAt(list, 0), [{ Effect: 'Deny' }]);
      },
      undefined,
    ],
    [
      'a value with a comment in front of it',
      one('Action: # why', '  s3:GetObject'),
      (_, statement) => replaceValue(valueAt(statement, 'Action'), 's3:*'),
      undefined,
    ],
    [
      'a list with a comment at its end loses its dash',
      one('Action:', '  - s3:GetObject # why'),
      unwrapAction,
      one('Action: s3:GetObject # why'),
    ],
    [
      'a list in brackets with a comment loses them',
      one('Action: [ # why', '  s3:GetObject ]'),
      unwrapAction,
      undefined,
    ],
    [
      'items with comments change places',
      one('Action:', '  - s3:PutObject # why', '  - s3:GetObject'),
      (_, statement) => reorderItems(listAt(statement, 'Action'), [1, 0]),
      undefined,
    ],
    [
      'items over lines change places',
      one('Action:', '  - "s3:Put', '    Object"', '  - s3:GetObject'),
      (_, statement) => reorderItems(listAt(statement, 'Action'), [1, 0]),
      undefined,
    ],
    [
      'items change places, where one looks like the other',
      one('Action:', '  - s3:PutObject', '  - s3:GetObject', '  - s3:PutObject'),
      (_, statement) => reorderItems(listAt(statement, 'Action'), [1, 0, 2]),
      one('Action:', '  - s3:GetObject', '  - s3:PutObject', '  - s3:PutObject'),
    ],
    [
      'the first member behind a dash, with a comment behind it',
      `${HEAD}  - Effect: Allow # why\n    Action: s3:GetObject\n`,
      (_, statement) => removeMember(memberAt(statement, 'Effect')),
      undefined,
    ],
    // Blocks of text.
    [
      'a member behind a block that keeps its line breaks',
      one('Action: |+', '  s3:GetObject'),
      addResource('*'),
      undefined,
    ],
    [
      'an item behind a block that keeps its line breaks',
      one('Action:', '  - |+', '    s3:GetObject'),
      addPut,
      undefined,
    ],
    ['a list of a block of text', one('Action: |', '  s3:GetObject'), wrapAction, undefined],
    [
      'a value of a list of a block of text',
      one('Action:', '  - |', '    s3:GetObject'),
      unwrapAction,
      undefined,
    ],
    // Lists of what is there.
    [
      'a list of a value without a line break behind it',
      one('Action: s3:GetObject').trimEnd(),
      wrapAction,
      one('Action:', '  - s3:GetObject', '  - s3:PutObject').trimEnd(),
    ],
    [
      'a list of a text over two lines',
      one('Action: s3:Get', '  Object'),
      wrapAction,
      one('Action:', '  - s3:Get', '      Object', '  - s3:PutObject'),
    ],
    [
      'a list of what would read as a name',
      one('Action: s3:'),
      wrapAction,
      one('Action:', '  - "s3:"', '  - s3:PutObject'),
    ],
    [
      'a list of statements of one, with its empty lines as they are',
      `Version: "2012-10-17"\nStatement:\n  Effect: Allow\n\n  Action: >\n    s3:GetObject\nId: x\n`,
      wrapStatement,
      `Version: "2012-10-17"\nStatement:\n  - Effect: Allow\n\n    Action: >\n      s3:GetObject\nId: x\n`,
    ],
    [
      'a list of members behind their name on its line',
      `${HEAD.trimEnd()} {Effect: Allow}\n`,
      wrapStatement,
      `${HEAD}  - {Effect: Allow}\n`,
    ],
    [
      'a list of members that begin on the line of their name',
      `${HEAD.trimEnd()} Effect: Allow\n  Action: s3:GetObject\n`,
      wrapStatement,
      undefined,
    ],
    ['a list of a list', one('Action:', '  - s3:GetObject'), wrapAction, undefined],
    [
      'a value of a list of two',
      one('Action:', '  - s3:GetObject', '  - s3:PutObject'),
      unwrapAction,
      undefined,
    ],
    [
      'a value of a list of members',
      `${HEAD}  - Effect: Allow\n`,
      (policy) => unwrapArray(listAt(policy, 'Statement')),
      undefined,
    ],
    [
      'a value of a list in brackets',
      one('Action: [ s3:GetObject ]'),
      unwrapAction,
      one('Action: s3:GetObject'),
    ],
    // Aliases and anchors.
    ['an item behind an alias', `Id: &b s3:GetObject\n${one('Action:', '  - *b')}`, addPut, undefined],
    [
      'an item is added to a list that another statement uses',
      shared('Action: &a', '  - s3:GetObject'),
      (policy) => appendItem(listAt(objectAtFirst(policy), 'Action'), 's3:PutObject'),
      undefined,
    ],
    [
      'an item is added to a list with an anchor that nobody uses',
      one('Action: &a', '  - s3:GetObject'),
      addPut,
      one('Action: &a', '  - s3:GetObject', '  - s3:PutObject'),
    ],
    [
      'an item behind one that another statement uses is taken out',
      shared('Action: [&a s3:GetObject, s3:PutObject]'),
      (policy) => removeItem(listAt(objectAtFirst(policy), 'Action'), 1),
      shared('Action: [&a s3:GetObject]'),
    ],
    [
      'two items are taken out, of which another statement uses one',
      shared('Action: [s3:ListBucket, s3:PutObject, &a s3:GetObject]'),
      (policy) => removeItems(listAt(objectAtFirst(policy), 'Action'), [0, 2]),
      undefined,
    ],
    [
      'what stands in front of a list that another statement uses is taken out',
      shared('Sid: A', 'Action: &a', '  - s3:GetObject'),
      (policy) => removeMember(memberAt(objectAtFirst(policy), 'Sid')),
      shared('Action: &a', '  - s3:GetObject'),
    ],
    [
      'a list that another statement uses is moved to the right with its statement',
      'Id: *a\nStatement:\n  Effect: Allow\n  Action: &a\n    - s3:GetObject\n    - s3:PutObject\nVersion: *a\n',
      wrapStatement,
      'Id: *a\nStatement:\n  - Effect: Allow\n    Action: &a\n      - s3:GetObject\n      - s3:PutObject\nVersion: *a\n',
    ],
    // What is no place for more.
    [
      'a member is added to a pair in a list in brackets',
      `${HEAD.trimEnd()} [Effect: Allow]\n`,
      addResource('*'),
      undefined,
    ],
    [
      'the pair in a list in brackets is taken out of it',
      `${HEAD.trimEnd()} [Effect: Allow, Effect: Deny]\n`,
      (policy) => removeValue(itemAt(listAt(policy, 'Statement'), 0)),
      `${HEAD.trimEnd()} [Effect: Deny]\n`,
    ],
    [
      'a member in front of a key with an anchor',
      one('&k Action:', '- s3:GetObject'),
      (_, statement) => insertMemberAfter(memberAt(statement, 'Effect'), 'Resource', ['a', 'b']),
      one('Resource:', '  - a', '  - b', '&k Action:', '- s3:GetObject'),
    ],
    [
      'a mapping below a key with an anchor shows no step',
      one('&k Condition:', '   Bool: {}'),
      (_, statement) => insertMemberAfter(memberAt(statement, 'Effect'), 'Principal', { AWS: 'a' }),
      one('Principal:', '  AWS: a', '&k Condition:', '   Bool: {}'),
    ],
    [
      'a name in quotes',
      one('"Action": s3:GetObject'),
      (_, statement) => replaceValue(valueAt(statement, 'Action'), 's3:*'),
      one('"Action": s3:*'),
    ],
    [
      'a text without quotes becomes one with them',
      one('Action: s3:GetObject'),
      (_, statement) => replaceString(textAt(valueAt(statement, 'Action')), '*'),
      one('Action: "*"'),
    ],
    [
      'a text in a condition',
      one('Condition:', '  Bool:', '    a: true'),
      (_, statement) => replaceValue(valueAt(statement, 'Condition', 'Bool', 'a'), 'true'),
      one('Condition:', '  Bool:', '    a: "true"'),
    ],
    [
      'an object in a condition',
      one('Condition:', '  Bool:', '    a: true'),
      (_, statement) => removeMember(memberAt(objectAt(statement, 'Condition', 'Bool'), 'a')),
      one('Condition:', '  Bool: {}'),
    ],
  ];

function objectAtFirst(policy: ObjectNode): ObjectNode {
  const first = itemAt(listAt(policy, 'Statement'), 0);
  return first.kind === 'object' ? first : assert.fail(first.kind);
}

describe('edits of YAML', () => {
  for (const [name, before, edits, wanted] of ROWS) {
    it(`${name}${wanted === undefined ? ': refused' : ''}`, () => {
      assert.equal(after(before, edits), wanted);
    });
  }
});
