import assert from 'node:assert/strict';
import {
  appendItem,
  appendMember,
  fillObject,
  insertItemsAfter,
  insertMemberAfter,
  insertMemberBefore,
  removeItem,
  removeItems,
  removeMember,
  removeMembers,
  removeValue,
  renameKey,
  reorderItems,
  replaceItem,
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

type EditsOf = (statement: ObjectNode, policy: ObjectNode) => Edit | readonly Edit[] | undefined;

/** A policy in HCL, what is done to it or to its last statement, and what it is then; `undefined` if that is refused. */
type Row = readonly [name: string, before: string, edits: EditsOf, after: string | undefined];

/** A policy of one statement as an object, with these lines. */
function inObject(...lines: readonly string[]): string {
  return `x = jsonencode({\n  Version = "2012-10-17"\n  Statement = [\n    {\n${lines.map((line) => `      ${line}\n`).join('')}    },\n  ]\n})\n`;
}

/** A policy on one line. */
function onLine(statement: string): string {
  return `x = jsonencode({ Version = "2012-10-17", Statement = [${statement}] })\n`;
}

/** A data source with one statement, with these lines. */
function inData(...lines: readonly string[]): string {
  return `data "aws_iam_policy_document" "x" {\n  statement {\n${lines.map((line) => `    ${line}`.trimEnd()).join('\n')}\n  }\n}\n`;
}

const versioned: EditsOf = (_, policy) =>
  insertMemberBefore(memberAt(policy, 'Statement'), 'Version', '2012-10-17');

const LINE = '{ Effect = "Allow", Action = ["s3:GetObject"], Resource = "*" }';
const GET = ['Action = ["s3:GetObject"]'];
const LIST = ['Action = [', '  "s3:GetObject",', '  "s3:ListBucket",', ']'];
const DATA = ['actions   = ["s3:GetObject"]', 'resources = ["*"]'];
const PRINCIPALS = ['', 'principals {', '  type        = "AWS"', '  identifiers = ["*"]', '}'];
const CONDITION = [
  '',
  'condition {',
  '  test     = "Bool"',
  '  variable = "aws:a"',
  '  values   = ["true"]',
  '}',
];
const USER = 'arn:aws:s3:::b/${aws:userid}';

const addAction =
  (...values: readonly string[]): EditsOf =>
  (statement) => {
    const list = listAt(statement, 'Action');
    return insertItemsAfter(list, list.items.at(-1) ?? assert.fail('no item'), values);
  };
const add =
  (name: string, value: JsonValue): EditsOf =>
  (statement) =>
    appendMember(statement, name, value);
const remove =
  (name: string): EditsOf =>
  (statement) =>
    removeMember(memberAt(statement, name));
const removeActions =
  (...indexes: readonly number[]): EditsOf =>
  (statement) =>
    removeItems(listAt(statement, 'Action'), indexes);
const replace =
  (value: JsonValue, ...path: readonly string[]): EditsOf =>
  (statement) =>
    replaceValue(valueAt(statement, ...path), value);
const replaceFirst =
  (...values: readonly string[]): EditsOf =>
  (statement) => {
    const list = listAt(statement, 'Action');
    return replaceItem(list, itemAt(list, 0), values);
  };
const wrap: EditsOf = (statement) => wrapInArray(valueAt(statement, 'Action'), ['s3:PutObject']);
const unwrap: EditsOf = (statement) => unwrapArray(listAt(statement, 'Action'));
const reorder =
  (...order: readonly number[]): EditsOf =>
  (statement) =>
    reorderItems(listAt(statement, 'Action'), order);

function textAt(node: SyntaxNode): Extract<SyntaxNode, { kind: 'string' }> {
  return node.kind === 'string' ? node : assert.fail(`${node.kind} is no string`);
}

const OBJECTS: readonly Row[] = [
  // Items.
  [
    'items on one line',
    onLine(LINE),
    addAction('a:b', 'c:d'),
    onLine(LINE.replace('ct"', 'ct", "a:b", "c:d"')),
  ],
  [
    'items behind a comma',
    onLine(LINE.replace('ct"', 'ct",')),
    addAction('a:b'),
    onLine(LINE.replace('ct"', 'ct", "a:b",')),
  ],
  [
    'items on lines',
    inObject(...LIST),
    addAction('a:b', USER),
    inObject(...LIST.slice(0, 3), '  "a:b",', '  "arn:aws:s3:::b/$${aws:userid}",', ']'),
  ],
  [
    'items behind one without a comma and its comment',
    inObject('Action = [', '  "s3:GetObject",', '  "s3:ListBucket" # list', ']'),
    addAction('a:b'),
    inObject('Action = [', '  "s3:GetObject",', '  "s3:ListBucket", # list', '  "a:b"', ']'),
  ],
  [
    'items behind the comment of one',
    inObject('Action = [', '  "s3:GetObject", // get', ']'),
    addAction('a:b'),
    inObject('Action = [', '  "s3:GetObject", // get', '  "a:b",', ']'),
  ],
  [
    'items behind one that shares its line',
    inObject('Action = [', '  "s3:GetObject", "s3:ListBucket",', ']'),
    (statement) => {
      const list = listAt(statement, 'Action');
      return insertItemsAfter(list, itemAt(list, 0), ['a:b']);
    },
    undefined,
  ],
  [
    'items to an empty list',
    inObject('Action = []'),
    (statement) => appendItem(listAt(statement, 'Action'), 'a:b'),
    inObject('Action = ["a:b"]'),
  ],
  [
    'items of a list that is made',
    inObject('Action = [for a in var.a : "s3:${a}"]'),
    (statement) => appendItem(listAt(statement, 'Action'), 'a:b'),
    undefined,
  ],
  [
    'items of lists that are put together',
    inObject('Action = concat(["s3:GetObject"], var.a)'),
    addAction('a:b'),
    undefined,
  ],
  [
    'an item in the place of one',
    onLine(LINE),
    replaceFirst('a:b', 'c:d'),
    onLine(LINE.replace('"s3:GetObject"', '"a:b", "c:d"')),
  ],
  [
    'items in the place of one, on lines',
    inObject(...LIST),
    replaceFirst('a:b', 'c:d'),
    inObject('Action = [', '  "a:b",', '  "c:d",', '  "s3:ListBucket",', ']'),
  ],
  [
    'the order of items',
    inObject(...LIST),
    reorder(1, 0),
    inObject('Action = [', '  "s3:ListBucket",', '  "s3:GetObject",', ']'),
  ],
  [
    'the order of items, of which one goes',
    inObject(...LIST),
    reorder(1),
    inObject('Action = [', '  "s3:ListBucket",', ']'),
  ],
  [
    'the order of items with a comment',
    inObject('Action = [', '  "b", # b', '  "a",', ']'),
    reorder(1, 0),
    undefined,
  ],
  ['the order of items that are made', inObject('Action = [for a in ["b", "a"] : a]'), reorder(0), undefined],
  [
    'statements of lists that are put together',
    'x = jsonencode({\n  Statement = concat([\n    { Effect = "Allow" },\n  ], var.a)\n})\n',
    (_, policy) => appendItem(listAt(policy, 'Statement'), { Effect: 'Deny' }),
    undefined,
  ],
  [
    'statements that begin on the lines of brackets',
    onLine('{\n  Effect = "Allow"\n}'),
    (_, policy) => appendItem(listAt(policy, 'Statement'), { Effect: 'Deny', Action: 'a:b' }),
    onLine('{\n  Effect = "Allow"\n}, {\n  Effect = "Deny"\n  Action = "a:b"\n}'),
  ],
  // Members.
  [
    'a member in front of the only one',
    onLine('{ Effect = "Allow" }'),
    (statement) => insertMemberBefore(memberAt(statement, 'Effect'), 'Sid', 'A'),
    onLine('{ Sid = "A", Effect = "Allow" }'),
  ],
  ['a member on one line', onLine(LINE), add('Sid', 'A'), onLine(LINE.replace(' }', ', Sid = "A" }'))],
  [
    'a member in front of another on one line',
    onLine(LINE),
    (statement) => insertMemberBefore(memberAt(statement, 'Action'), 'Sid', 'A'),
    onLine(LINE.replace('Action', 'Sid = "A", Action')),
  ],
  [
    'an object on one line',
    onLine(LINE),
    add('Condition', { Bool: { 'aws:a': ['true', 'x'] } }),
    onLine(LINE.replace(' }', ', Condition = { Bool = { "aws:a" = ["true", "x"] } } }')),
  ],
  [
    'a member below others',
    inObject('Effect   = "Allow"', 'Resource = "*"'),
    add('Sid', 'A'),
    inObject('Effect   = "Allow"', 'Resource = "*"', 'Sid      = "A"'),
  ],
  [
    'a member in front of others',
    inObject('Effect   = "Allow"', 'Resource = "*"'),
    (statement) => insertMemberBefore(memberAt(statement, 'Effect'), 'Sid', 'A'),
    inObject('Sid      = "A"', 'Effect   = "Allow"', 'Resource = "*"'),
  ],
  ['a member below one over lines', inObject(...LIST), add('Sid', 'A'), inObject(...LIST, 'Sid = "A"')],
  [
    'a member over lines',
    inObject('Resource = "*"'),
    add('Sid', ['a', 'b']),
    inObject('Resource = "*"', 'Sid = [', '  "a",', '  "b",', ']'),
  ],
  [
    'a member behind a comment',
    inObject('Effect = "Allow" # why'),
    add('Sid', 'A'),
    inObject('Effect = "Allow" # why', 'Sid    = "A"'),
  ],
  [
    'a member with commas',
    inObject('"Effect": "Allow",', '"Action": "s3:*"'),
    add('Resource', '*'),
    inObject('"Effect": "Allow",', '"Action": "s3:*",', 'Resource : "*"'),
  ],
  [
    'a member with a mark of its own',
    inObject('Effect : "Allow"', 'Action = "s3:*"'),
    add('Resource', '*'),
    inObject('Effect : "Allow"', 'Action = "s3:*"', 'Resource = "*"'),
  ],
  [
    'a member among commas',
    inObject('Effect = "Allow",', 'Action = "s3:*",'),
    add('Resource', '*'),
    inObject('Effect = "Allow",', 'Action = "s3:*",', 'Resource = "*",'),
  ],
  [
    'a member of an object that is made',
    inObject('Effect = "Allow"', 'Condition = merge({ Bool = { "aws:a" = "true" } }, var.c)'),
    (statement) => appendMember(objectAt(statement, 'Condition'), 'Null', {}),
    undefined,
  ],
  [
    'a member of an empty object',
    inObject('Principal = {}'),
    (statement) => appendMember(objectAt(statement, 'Principal'), 'AWS', ['a', 'b']),
    inObject('Principal = {', '  AWS = [', '    "a",', '    "b",', '  ]', '}'),
  ],
  [
    'the members of an empty object on one line',
    onLine('{ Principal = {} }'),
    (statement) => fillObject(objectAt(statement, 'Principal'), { AWS: 'a', 'b c': 1 }),
    onLine('{ Principal = { AWS = "a", "b c" = 1 } }'),
  ],
  [
    'members that stand below each other, and others between',
    inObject('Effect = "Allow"'),
    add('Condition', { Bool: { a: true }, X: 'y', Null: 'z' }),
    inObject(
      'Effect = "Allow"',
      'Condition = {',
      '  Bool = {',
      '    a = true',
      '  }',
      '  X    = "y"',
      '  Null = "z"',
      '}',
    ),
  ],
  [
    'a reference',
    inObject('Effect = "Allow"'),
    add('Resource', [{ Ref: 'var.a' }]),
    inObject('Effect = "Allow"', 'Resource = [var.a]'),
  ],
  [
    'members of which one is called Ref',
    inObject('Effect = "Allow"'),
    add('A', { Ref: 'x', B: 'y' }),
    inObject('Effect = "Allow"', 'A = {', '  Ref = "x"', '  B   = "y"', '}'),
  ],
  [
    'a member Ref that is no text',
    inObject('Effect = "Allow"'),
    add('A', { Ref: ['x'] }),
    inObject('Effect = "Allow"', 'A = {', '  Ref = ["x"]', '}'),
  ],
  [
    'a function of CloudFormation',
    inObject('Effect = "Allow"'),
    add('Resource', { 'Fn::Sub': 'x' }),
    undefined,
  ],
  [
    'a function of CloudFormation among others',
    inObject('Effect = "Allow"'),
    add('Resource', { a: 'b', 'Fn::Sub': 'x' }),
    undefined,
  ],
  ['what is not known', inObject('Effect = "Allow"'), add('Resource', [null]), undefined],
  [
    'an empty object',
    inObject('Effect = "Allow"'),
    add('Condition', {}),
    inObject('Effect = "Allow"', 'Condition = {}'),
  ],
  // Values.
  ['a text', inObject('Action = "s3:*"'), replace('a:b', 'Action'), inObject('Action = "a:b"')],
  [
    'a whole policy',
    inObject(...GET),
    (_, policy) => replaceValue(policy, { Id: 'a', Version: 'b' }),
    'x = jsonencode({\n  Id      = "a"\n  Version = "b"\n})\n',
  ],
  [
    'a value on one line',
    onLine(LINE),
    replace(['a:b', 'c:d'], 'Resource'),
    onLine(LINE.replace('"*"', '["a:b", "c:d"]')),
  ],
  [
    'a value over lines',
    inObject(...GET),
    replace(['a:b', 'c:d'], 'Action'),
    inObject('Action = [', '  "a:b",', '  "c:d",', ']'),
  ],
  [
    'an item that becomes an object',
    onLine(LINE),
    (_, policy) => replaceValue(itemAt(listAt(policy, 'Statement'), 0), { Effect: 'Deny' }),
    onLine('{ Effect = "Deny" }'),
  ],
  [
    'an item on its lines',
    inObject('Effect = "Allow"'),
    (_, policy) => replaceValue(itemAt(listAt(policy, 'Statement'), 0), { Effect: 'Deny' }),
    inObject('Effect = "Deny"'),
  ],
  ['a list that is made', inObject('Action = [for a in var.a : a]'), replace('*', 'Action'), undefined],
  [
    'an object that is made',
    inObject('Condition = merge({ Bool = {} }, var.c)'),
    replace({}, 'Condition'),
    undefined,
  ],
  ['a list of a value', inObject('Action = "s3:*"'), wrap, inObject('Action = ["s3:*", "s3:PutObject"]')],
  [
    'a list of an object over lines',
    inObject('Action = {', '  a = "b"', '}'),
    (statement) => wrapInArray(valueAt(statement, 'Action'), [{ a: 'c' }]),
    inObject('Action = [{', '  a = "b"', '}, {', '  a = "c"', '}]'),
  ],
  ['the value of a list', inObject(...GET), unwrap, inObject('Action = "s3:GetObject"')],
  ['the value of a list with a comment', inObject('Action = ["a:b" /* why */]'), unwrap, undefined],
  ['the value of a list of two', inObject(...LIST), unwrap, undefined],
  ['the value of a list that is made', inObject('Action = [for a in ["b"] : a]'), unwrap, undefined],
  [
    'the value of a list, over lines',
    inObject('Action = [', '  "a:b",', ']'),
    unwrap,
    inObject('Action = "a:b"'),
  ],
  [
    'the object of a list, on lines of its own',
    inObject('Action = [', '  {', '    a = "b"', '  }', ']'),
    unwrap,
    undefined,
  ],
  [
    'the object of a list, on the line of its bracket',
    inObject('Action = [{', '  a = "b"', '}]'),
    unwrap,
    inObject('Action = {', '  a = "b"', '}'),
  ],
  // Names and texts.
  [
    'a name that needs quotes',
    inObject('Action = "s3:*"'),
    (statement) => renameKey(memberAt(statement, 'Action'), 'aws:a'),
    inObject('"aws:a" = "s3:*"'),
  ],
  [
    'a variable of IAM in a text',
    inObject('Action = "s3:*"'),
    (statement) => replaceValueSlice(textAt(valueAt(statement, 'Action')), 3, 4, '${aws:a}'),
    inObject('Action = "s3:$${aws:a}"'),
  ],
  // What is taken out.
  [
    'an item on its line',
    inObject(...LIST),
    removeActions(0),
    inObject('Action = [', '  "s3:ListBucket",', ']'),
  ],
  [
    'an item at the beginning of its line',
    inObject(...LIST).replaceAll(/^ +/gm, ''),
    removeActions(1),
    inObject('Action = [', '  "s3:GetObject",', ']').replaceAll(/^ +/gm, ''),
  ],
  [
    'an item at the beginning of its line, with its comment',
    inObject(...LIST)
      .replace('ct",', 'ct", # get')
      .replaceAll(/^ +/gm, ''),
    removeActions(0),
    inObject('Action = [', '  "s3:ListBucket",', ']').replaceAll(/^ +/gm, ''),
  ],
  [
    'an item in front of a comment',
    inObject('Action = ["a:b" /* why */, "c:d"]'),
    removeActions(0),
    undefined,
  ],
  ['an item behind a comment', inObject('Action = ["a:b", /* why */ "c:d"]'), removeActions(1), undefined],
  [
    'the last item, on the line of the bracket',
    inObject('Action = ["a:b",', '  "c:d"]'),
    removeActions(1),
    inObject('Action = ["a:b"]'),
  ],
  ['all items', inObject(...LIST), removeActions(0, 1), inObject('Action = []')],
  ['all items with a comment', inObject('Action = [', '  "a:b", # why', ']'), removeActions(0), undefined],
  ['items that are made', inObject('Action = [for a in ["b"] : a]'), removeActions(0), undefined],
  [
    'items of lists that are put together',
    inObject('Action = concat(["b"], ["a"])'),
    removeActions(0),
    undefined,
  ],
  [
    'a member on its line',
    inObject('Effect = "Allow" # why', 'Action = "s3:*"'),
    remove('Effect'),
    inObject('Action = "s3:*"'),
  ],
  ['a member on one line', onLine(LINE), remove('Action'), onLine('{ Effect = "Allow", Resource = "*" }')],
  [
    'the last member on one line',
    onLine(LINE),
    remove('Resource'),
    onLine('{ Effect = "Allow", Action = ["s3:GetObject"] }'),
  ],
  [
    'all members',
    onLine('{ Principal = { AWS = "*" } }'),
    (statement) => removeMember(memberAt(objectAt(statement, 'Principal'), 'AWS')),
    onLine('{ Principal = {} }'),
  ],
  [
    'the last members, one of them on a line with another',
    onLine('{ Effect = "Allow"\n  Action = "a:b", Resource = "*" }'),
    (statement) => removeMembers(statement, [memberAt(statement, 'Action'), memberAt(statement, 'Resource')]),
    onLine('{ Effect = "Allow"\n   }'),
  ],
  [
    'a statement',
    inObject('Effect = "Allow"'),
    (statement) => removeValue(statement),
    'x = jsonencode({\n  Version = "2012-10-17"\n  Statement = []\n})\n',
  ],
];

const DOCUMENTS: readonly Row[] = [
  // Arguments and blocks.
  ['an argument', inData(...DATA), add('Sid', 'A'), inData(...DATA, 'sid = "A"')],
  [
    'an argument in front of another',
    inData(...DATA),
    (statement) => insertMemberBefore(memberAt(statement, 'Action'), 'Sid', 'A'),
    inData('sid = "A"', ...DATA),
  ],
  [
    'an argument behind a comment',
    inData('actions = ["a:b"] # why'),
    add('Resource', '*'),
    inData('actions = ["a:b"] # why', 'resources = ["*"]'),
  ],
  [
    'an argument beside the effect that is not written',
    inData(...DATA),
    (statement) => insertMemberAfter(memberAt(statement, 'Effect'), 'Sid', 'A'),
    inData('sid = "A"', ...DATA),
  ],
  [
    'an argument of a statement on one line',
    inData(...DATA)
      .replace('{\n    actions', '{ actions')
      .replace('\n    resources = ["*"]\n  }', ' }'),
    add('Sid', 'A'),
    undefined,
  ],
  [
    'blocks',
    inData(...DATA),
    add('Condition', { Bool: { 'aws:a': true }, StringLike: { 'aws:b': ['c', USER], 'aws:d': 1 } }),
    inData(
      ...DATA,
      ...[
        'condition {',
        '  test     = "Bool"',
        '  variable = "aws:a"',
        '  values   = ["true"]',
        '}',
        'condition {',
        '  test     = "StringLike"',
        '  variable = "aws:b"',
        '  values = [',
        '    "c",',
        '    "arn:aws:s3:::b/&{aws:userid}",',
        '  ]',
        '}',
        'condition {',
        '  test     = "StringLike"',
        '  variable = "aws:d"',
        '  values   = ["1"]',
        '}',
      ],
    ),
  ],
  [
    'principals',
    inData(...DATA),
    add('Principal', { AWS: ['a', 'b'], Service: 'c' }),
    inData(
      ...DATA,
      'principals {',
      '  type = "AWS"',
      '  identifiers = [',
      '    "a",',
      '    "b",',
      '  ]',
      '}',
      'principals {',
      '  type        = "Service"',
      '  identifiers = ["c"]',
      '}',
    ),
  ],
  [
    'everybody',
    inData(...DATA),
    add('NotPrincipal', '*'),
    inData(...DATA, 'not_principals {', '  type        = "*"', '  identifiers = ["*"]', '}'),
  ],
  ['an element that it does not have', inData(...DATA), add('Version', {}), inData(...DATA, 'version = {}')],
  ['an element that nobody knows', inData(...DATA), add('Other', 'x'), undefined],
  ['a condition that is a reference', inData(...DATA), add('Condition', { Ref: 'var.a' }), undefined],
  ['a condition that is a function', inData(...DATA), add('Condition', { 'Fn::If': [] }), undefined],
  ['a condition that is a list', inData(...DATA), add('Condition', []), undefined],
  ['a condition that is a text', inData(...DATA), add('Condition', 'x'), undefined],
  ['a condition that is not known', inData(...DATA), add('Condition', null), undefined],
  ['principals that are a reference', inData(...DATA), add('Principal', { Ref: 'var.a' }), undefined],
  [
    'principals that are a function among others',
    inData(...DATA),
    add('Principal', { AWS: 'a', 'Fn::If': ['b'] }),
    undefined,
  ],
  [
    'an argument of a block that is read as an object',
    'x {\n  Statement = [{}]\n}\n',
    versioned,
    'x {\n  Version   = "2012-10-17"\n  Statement = [{}]\n}\n',
  ],
  [
    'an argument of such a block whose others have colons, which are wrong there',
    'x {\n  "Statement": [{ Effect = "Allow" }]\n}\n',
    versioned,
    'x {\n  Version = "2012-10-17"\n  "Statement": [{ Effect = "Allow" }]\n}\n',
  ],
  // On one line a block has one argument at most.
  ['an argument of such a block on one line', 'x { Statement = [{}] }\n', versioned, undefined],
  [
    'an argument behind blocks',
    inData('sid = "A"', ...CONDITION, ...CONDITION),
    (statement) => insertMemberAfter(memberAt(statement, 'Condition'), 'Action', 'a:b'),
    inData('sid = "A"', ...CONDITION, ...CONDITION, 'actions = ["a:b"]'),
  ],
  [
    'an argument in front of blocks',
    inData(...CONDITION.slice(1), ...CONDITION),
    (statement) => insertMemberBefore(memberAt(statement, 'Condition'), 'Action', 'a:b'),
    inData('actions = ["a:b"]', ...CONDITION.slice(1), ...CONDITION),
  ],
  [
    'an argument in front of one that shares its line',
    inData(...DATA)
      .replace('{\n    actions', '{ actions')
      .replace('\n    resources = ["*"]\n  }', ' }'),
    (statement) => insertMemberBefore(memberAt(statement, 'Action'), 'Sid', 'A'),
    undefined,
  ],
  [
    'an argument with a variable beside what is not written',
    inData(...DATA),
    (statement) => insertMemberAfter(memberAt(statement, 'Effect'), 'NotResource', USER),
    inData('not_resources = ["arn:aws:s3:::b/&{aws:userid}"]', ...DATA),
  ],
  [
    'an argument of a statement without any',
    'data "aws_iam_policy_document" "x" {\n  statement {}\n}\n',
    add('Sid', 'A'),
    'data "aws_iam_policy_document" "x" {\n  statement {\n    sid = "A"\n  }\n}\n',
  ],
  // Statements.
  [
    'a statement',
    inData(...DATA),
    (_, policy) => appendItem(listAt(policy, 'Statement'), { Sid: 'A', Action: 'a:b' }),
    inData(...DATA).replace(/\}\n$/, '\n  statement {\n    sid     = "A"\n    actions = ["a:b"]\n  }\n}\n'),
  ],
  [
    'statements',
    inData(...DATA),
    (_, policy) => {
      const list = listAt(policy, 'Statement');
      return insertItemsAfter(list, itemAt(list, 0), [{ Action: 'a:b' }, { Action: 'c:d' }]);
    },
    inData(...DATA).replace(
      /\}\n$/,
      '\n  statement {\n    actions = ["a:b"]\n  }\n\n  statement {\n    actions = ["c:d"]\n  }\n}\n',
    ),
  ],
  [
    'a statement that is a text',
    inData(...DATA),
    (_, policy) => appendItem(listAt(policy, 'Statement'), 'x'),
    undefined,
  ],
  [
    'a statement that is a list',
    inData(...DATA),
    (_, policy) => appendItem(listAt(policy, 'Statement'), []),
    undefined,
  ],
  [
    'a statement that is not known',
    inData(...DATA),
    (_, policy) => appendItem(listAt(policy, 'Statement'), null),
    undefined,
  ],
  [
    'members of a statement',
    inData('actions = []'),
    (statement) => fillObject(statement, { Effect: 'Deny', Action: ['a:b'] }),
    inData('effect  = "Deny"', 'actions = ["a:b"]'),
  ],
  [
    'an argument of the document',
    inData(...DATA),
    (_, policy) => insertMemberBefore(memberAt(policy, 'Statement'), 'Id', 'x'),
    inData(...DATA).replace('  statement', '  policy_id = "x"\n  statement'),
  ],
  // Lists.
  [
    'an item',
    inData(...DATA),
    addAction('a:b', USER),
    inData('actions   = ["s3:GetObject", "a:b", "arn:aws:s3:::b/&{aws:userid}"]', 'resources = ["*"]'),
  ],
  ['a list', inData(...DATA), replace('a:b', 'Action'), inData('actions   = ["a:b"]', 'resources = ["*"]')],
  [
    'a list of several',
    inData(...DATA),
    replace(['a:b', 'c:d'], 'Action'),
    inData('actions   = [', '  "a:b",', '  "c:d",', ']', 'resources = ["*"]'),
  ],
  [
    'a list of several in a statement on one line',
    'data "aws_iam_policy_document" "x" {\n  statement { actions = ["a:b"] }\n}\n',
    replace(['a:b', 'c:d'], 'Action'),
    'data "aws_iam_policy_document" "x" {\n  statement { actions = ["a:b", "c:d"] }\n}\n',
  ],
  ['a list is a list, be it of one', inData(...DATA), unwrap, undefined],
  [
    'the identifiers of principals',
    inData(...DATA, ...PRINCIPALS),
    replace('a', 'Principal', 'AWS'),
    inData(...DATA, ...PRINCIPALS).replace('identifiers = ["*"]', 'identifiers = ["a"]'),
  ],
  ['what blocks make', inData(...DATA, ...PRINCIPALS), replace({ AWS: 'a' }, 'Principal'), undefined],
  [
    'what conditions make',
    inData(...DATA, ...CONDITION),
    replace({ 'aws:b': 'c' }, 'Condition', 'Bool'),
    undefined,
  ],
  ['a whole statement', inData(...DATA), (statement) => replaceValue(statement, {}), undefined],
  ['a whole document', inData(...DATA), (_, policy) => replaceValue(policy, {}), undefined],
  ['the effect that is not written', inData(...DATA), replace('Deny', 'Effect'), undefined],
  [
    'a member of principals',
    inData(...DATA, ...PRINCIPALS),
    (statement) => appendMember(objectAt(statement, 'Principal'), 'Service', 'x'),
    undefined,
  ],
  // Names.
  [
    'a name',
    inData(...DATA),
    (statement) => renameKey(memberAt(statement, 'Action'), 'NotAction'),
    inData(...DATA).replace('actions', 'not_actions'),
  ],
  [
    'a name for a block',
    inData(...DATA),
    (statement) => renameKey(memberAt(statement, 'Action'), 'Condition'),
    undefined,
  ],
  [
    'the name of a list for what is none',
    inData(...DATA),
    (statement) => renameKey(memberAt(statement, 'Action'), 'Sid'),
    undefined,
  ],
  // What is taken out.
  ['an argument goes', inData(...DATA), remove('Action'), inData('resources = ["*"]')],
  [
    'an argument with its comment goes',
    inData('actions = ["a:b"] # why', 'sid = "A"'),
    remove('Action'),
    inData('sid = "A"'),
  ],
  [
    'an argument on one line stays',
    inData(...DATA).replace('{\n    actions', '{ actions'),
    remove('Action'),
    undefined,
  ],
  ['what is not written stays', inData(...DATA), remove('Effect'), undefined],
  [
    'a block goes with the blank line above',
    inData(...DATA, ...PRINCIPALS),
    remove('Principal'),
    inData(...DATA),
  ],
  [
    'a block between others leaves one blank line',
    inData(...DATA, ...PRINCIPALS, ...CONDITION),
    remove('Principal'),
    inData(...DATA, ...CONDITION),
  ],
  [
    'a block at the beginning',
    inData(...PRINCIPALS.slice(1), ...CONDITION),
    remove('Principal'),
    inData(...CONDITION),
  ],
  ['a block below a line', inData(...DATA, ...PRINCIPALS.slice(1)), remove('Principal'), inData(...DATA)],
  [
    'a block above a line keeps the blank line',
    inData('sid = "A"', ...PRINCIPALS, ...DATA),
    remove('Principal'),
    inData('sid = "A"', '', ...DATA),
  ],
  ['all blocks of a kind', inData(...DATA, ...CONDITION, ...CONDITION), remove('Condition'), inData(...DATA)],
  [
    'a statement goes',
    inData(...DATA).replace(/\}\n$/, '\n  statement {\n    actions = ["a:b"]\n  }\n}\n'),
    (_, policy) => removeItem(listAt(policy, 'Statement'), 1),
    inData(...DATA),
  ],
];

describe('edits of HCL', () => {
  for (const [kind, rows] of [
    ['objects', OBJECTS],
    ['the data source', DOCUMENTS],
  ] as const) {
    describe(kind, () => {
      for (const [name, before, edits, after] of rows) {
        for (const lineBreak of ['\n', '\r\n']) {
          it(`${name}${after === undefined ? ': refused' : ''}${lineBreak === '\n' ? '' : ', with CRLF'}`, () => {
            const text = before.replaceAll('\n', lineBreak);
            const policy = service.open({ text, language: 'hcl' }).policies[0] ?? assert.fail('no policy');
            const statement = policy.statements.at(-1) ?? assert.fail('no statement');
            assert.equal(
              edited(text, () => edits(statement.node, policy.node)),
              after?.replaceAll('\n', lineBreak),
            );
          });
        }
      }
    });
  }
});
