import assert from 'node:assert/strict';
import { branchesOf, branchText, functionCall, isInBranch } from '../../server/src/core/syntax/functions';
import { filledText, textNodeOf } from '../../server/src/core/syntax/functionTexts';
import { parseJson } from '../../server/src/core/syntax/json';
import type { StringNode, SyntaxNode, WrittenSlice } from '../../server/src/core/syntax/nodes';
import { spanOfValue } from '../../server/src/core/syntax/stringSpans';
import { shown } from '../support/shownTree';

/** The value of the member `a` of a document in JSON. */
function valueIn(written: string): { readonly text: string; readonly node: SyntaxNode } {
  const text = `{"a": ${written}, "b": 0}`;
  const { root } = parseJson(text, 'json');
  const node = root?.kind === 'object' ? root.members[0]?.value : undefined;
  assert.ok(node);
  return { text, node };
}

function textIn(written: string): { readonly text: string; readonly node: StringNode } {
  const { text, node } = valueIn(written);
  const read = textNodeOf(node);
  assert.ok(read, written);
  return { text, node: read };
}

/**
 * What functions of CloudFormation give (User Guide, "Intrinsic function reference"); `#` stands for what tells those apart
 * that name nothing. Nothing is given where that is no text.
 */
const TEXTS: readonly (readonly [written: string, text: string | undefined])[] = [
  ['"x"', 'x'],
  ['1', undefined],
  ['["x"]', undefined],
  ['{}', undefined],
  ['{"Ref": "A", "x": 1}', undefined],
  ['{"Refs": "A"}', undefined],
  ['{"XRef": "A"}', undefined],
  ['{"Fn::": "A"}', undefined],
  ['{"Condition": "A"}', undefined],
  ['{"Ref": "A"}', '${A}'],
  ['{"Ref": "A{$}B"}', '${AB}'],
  ['{"Ref": 1}', '${Ref#}'],
  ['{"Ref": ["A", 1]}', '${Ref#}'],
  ['{"Fn::GetAtt": ["A", "Arn"]}', '${A.Arn}'],
  ['{"Fn::GetAtt": "A.Arn"}', '${A.Arn}'],
  ['{"Fn::GetAtt": ["A", {"Ref": "B"}]}', '${Fn::GetAtt#}'],
  ['{"Fn::ImportValue": "A"}', '${Fn::ImportValue A}'],
  ['{"Fn::FindInMap": ["A", "B", "C"]}', '${Fn::FindInMap A B C}'],
  ['{"Fn::Sub": "x${A}y"}', 'x${A}y'],
  ['{"Fn::Sub": ["x${A}y", {"A": "b"}]}', 'x${A}y'],
  ['{"Fn::Sub": "${!A}"}', '${A}'],
  ['{"Fn::Sub": "x${!A}y${!B}${C}z"}', 'x${A}y${B}${C}z'],
  ['{"Fn::Sub": "${!${!"}', '${${'],
  ['{"Fn::Sub": ""}', ''],
  ['{"Fn::Sub": 1}', undefined],
  ['{"Fn::Sub": []}', undefined],
  ['{"Fn::Join": ["-", ["a", "b", "c"]]}', 'a-b-c'],
  ['{"Fn::Join": ["", ["a"]]}', 'a'],
  ['{"Fn::Join": [":", []]}', ''],
  ['{"Fn::Join": ["-", ["a", {"Ref": "B"}, "c"]]}', 'a-${B}-c'],
  ['{"Fn::Join": ["-", [1, true, null, "a"]]}', '${#}-${#}-${#}-a'],
  ['{"Fn::Join": ["-", [{"Fn::Sub": "x${!y}"}, {"Fn::Join": ["+", ["a", "b"]]}]]}', 'x${y}-a+b'],
  ['{"Fn::Join": ["-", {"Ref": "L"}]}', '${Fn::Join#}'],
  ['{"Fn::Join": ["-"]}', '${Fn::Join#}'],
  ['{"Fn::Join": [{"Ref": "D"}, ["a"]]}', undefined],
  ['{"Fn::Join": "a"}', undefined],
  ['{"Fn::If": ["C", "a", "b"]}', undefined],
];

/** What stands at a place, by the branches of conditions. */
const BRANCHES: readonly (readonly [written: string, branches: string])[] = [
  ['"x"', '"x"'],
  ['{"Ref": "A"}', '{Ref: "A"}'],
  ['{"Ref": "AWS::NoValue"}', ''],
  ['{"Ref": "AWS::NoValue", "x": 1}', '{Ref: "AWS::NoValue", x: 1}'],
  ['{"Fn::GetAtt": "AWS::NoValue"}', '{Fn::GetAtt: "AWS::NoValue"}'],
  ['{"Fn::If": ["C", "a", "b"]}', '"a" "b"'],
  ['{"Fn::If": ["C", "a", {"Ref": "AWS::NoValue"}]}', '"a"'],
  ['{"Fn::If": ["C", {"Fn::If": ["D", "a", "b"]}, ["c"]]}', '"a" "b" ["c"]'],
  ['{"Fn::If": ["C"]}', ''],
  ['{"Fn::If": "C"}', ''],
];

describe('the text that a function of CloudFormation gives', () => {
  for (const [written, text] of TEXTS) {
    it(`is ${text ?? 'none'} for ${written}`, () => {
      assert.equal(textNodeOf(valueIn(written).node)?.value.replace(/#\w+/g, '#'), text);
    });
  }

  it('is the same for the same function wherever it stands, and another one for another', () => {
    const functions = [
      '{"Fn::Split": [",", {"Ref": "A"}]}',
      '{"Fn::Split": [",", {"Ref": "B"}]}',
      '{"Fn::Split": [{"Ref": "A"}, ","]}',
      '{"Fn::Split": [",", {"Ref": ["A"]}]}',
      '{"Fn::Split": [",", {"Ref": "A", "B": 1}]}',
      '{"Fn::Split": [",", {"Ref": "A", "B": "1"}]}',
      '{"Fn::Split": [",", {"RefA": ""}]}',
      '{"Fn::Join": [",", {"Ref": "A"}]}',
      '{"Fn::Join": [",", {"Ref": "B"}]}',
      '{"Fn::Join": [",", [1]]}',
      '{"Fn::Join": [",", [2]]}',
      '{"Fn::Join": [",", [true]]}',
    ];
    const texts = functions.map((each) => textIn(each).node.value);
    assert.equal(new Set(texts).size, functions.length, texts.join());
    for (const [index, each] of functions.entries()) {
      const moved = `\n\t${each.replaceAll(' ', '')}`;
      assert.equal(textIn(moved).node.value, texts[index], moved);
    }
    // What is too long to be looked at whole is told by its place.
    const long = (end: string): string =>
      textIn(`{"Fn::Split": [{"Ref": "${'x'.repeat(2_000)}${end}"}]}`).node.value;
    assert.equal(long('a'), '${Fn::Split#20}');
    assert.equal(long('b'), '${Fn::Split#20}');
  });

  it('knows of each letter that is written where it stands', () => {
    for (const [written] of TEXTS) {
      const { text, node } = valueIn(written);
      const read = textNodeOf(node);
      if (read === undefined) {
        continue;
      }
      const { value, content } = read;
      const table = [...read.offsetTable()];
      assert.deepEqual(
        table,
        table.map((_, index) => read.offsetAt(index)),
        written,
      );
      assert.equal(table.length, value.length + 1, written);
      assert.equal(table.at(-1), content.end, written);
      for (let index = 0; index < value.length; index += 1) {
        const at = read.offsetAt(index);
        assert.ok(read.span.start <= at && at <= read.span.end, written);
        const slice: WrittenSlice | undefined = read.writtenSlice?.(index, index + 1);
        if (slice !== undefined) {
          assert.equal(slice.node.value.slice(slice.from, slice.to), value.charAt(index), written);
          assert.equal(text.charAt(at), value.charAt(index), written);
          assert.equal(read.indexAt(at), index, written);
          assert.deepEqual(spanOfValue(read, index, index + 1), { start: at, end: at + 1 }, written);
        }
      }
    }
  });

  it('lies on the function as a whole, but for what is written in one string', () => {
    const sub = textIn('{"Fn::Sub": "x${!A}"}');
    assert.equal(sub.text.slice(sub.node.content.start, sub.node.content.end), 'x${!A}');
    const joined = textIn('{"Fn::Join": ["-", ["ab", "cd"]]}');
    assert.equal(
      joined.text.slice(joined.node.content.start, joined.node.content.end),
      '{"Fn::Join": ["-", ["ab", "cd"]]}',
    );
    for (const { text, node } of [sub, joined]) {
      assert.ok(node.call?.kind === 'object' && node.call.parent === node.parent && node.closed);
      assert.deepEqual(node.span, node.call.span);
      assert.ok(text.startsWith('{"Fn::', node.span.start));
    }
  });

  it('gives what is written of its slices, and nothing across two strings', () => {
    const { node } = textIn('{"Fn::Join": ["-", ["ab", "cd", {"Ref": "E"}]]}');
    const written = (from: number, to: number) => {
      const slice = node.writtenSlice?.(from, to);
      return slice && `${slice.node.value} ${slice.from} ${slice.to}`;
    };
    assert.equal(written(0, 2), 'ab 0 2');
    assert.equal(written(1, 2), 'ab 1 2');
    assert.equal(written(3, 5), 'cd 0 2');
    assert.equal(written(4, 5), 'cd 1 2');
    for (const [from, to] of [
      [0, 3],
      [1, 4],
      [2, 4],
      [2, 3],
      [5, 6],
      [6, 10],
    ] as const) {
      assert.equal(written(from, to), undefined, `${from} ${to}`);
    }
    assert.equal(node.writtenSlice?.(0, 1)?.escaped('${aws:userid}'), '${aws:userid}');
    const sub = textIn('{"Fn::Sub": "x${!A}yz"}').node;
    const slice = sub.writtenSlice?.(4, 6);
    assert.deepEqual([slice?.from, slice?.to], [5, 7]);
    assert.deepEqual([sub.writtenSlice?.(0, 7)?.from, sub.writtenSlice?.(0, 7)?.to], [0, 8]);
    assert.equal(slice?.escaped('${aws:userid}'), '${!aws:userid}');
    // What is put in between two letters stands in front of the second, behind a mark that is between them.
    for (const [index, at] of [
      [0, 0],
      [3, 4],
      [6, 7],
    ] as const) {
      assert.deepEqual(
        [sub.writtenSlice?.(index, index)?.from, sub.writtenSlice?.(index, index)?.to],
        [at, at],
      );
    }
  });

  it('lies between its neighbours where nothing of it is written', () => {
    const { text, node } = textIn('{"Fn::Join": ["-", ["ab", {"Ref": "E"}, "cd"]]}');
    const behind = text.indexOf('ab') + 2;
    assert.deepEqual(
      Array.from({ length: node.value.length + 1 }, (_, index) => node.offsetAt(index)),
      [
        behind - 2,
        behind - 1,
        ...Array(6).fill(behind),
        text.indexOf('cd'),
        text.indexOf('cd') + 1,
        node.span.end,
      ],
    );
    // It ends where the last of its letters does, and not where the next begins.
    assert.equal(node.endAt?.(2), behind);
    assert.equal(node.endAt?.(10), text.indexOf('cd') + 2);
    assert.deepEqual(spanOfValue(node, 8, 10), { start: text.indexOf('cd'), end: text.indexOf('cd') + 2 });
    // Where nothing is, it begins where it ends.
    for (let index = 0; index <= node.value.length; index += 1) {
      const at = node.offsetAt(index);
      assert.deepEqual(spanOfValue(node, index, index), { start: at, end: at });
    }
    assert.equal(node.indexAt(text.indexOf('ab')), 0);
    assert.equal(node.indexAt(text.indexOf('cd') + 1), 9);
    assert.equal(node.indexAt(0), 0);
    // A string of no letters is no place where anything ends.
    const sparse = textIn('{"Fn::Join": ["", [{"Ref": "E"}, "", "cd"]]}');
    assert.equal(sparse.node.endAt?.(4), sparse.text.indexOf('cd'));
  });

  it('is written with the mark that keeps variables of IAM from being put in', () => {
    const sub = textIn('{"Fn::Sub": "x"}').node;
    for (const [plain, written] of [
      ['${aws:username}"', '${!aws:username}\\"'],
      ['${A}', '${A}'],
      ['${AWS::Region}', '${AWS::Region}'],
      ['${A.Arn}', '${A.Arn}'],
      ['${accounts.google.com:sub}', '${!accounts.google.com:sub}'],
      ['${s3:x}${aws:y}', '${!s3:x}${!aws:y}'],
    ] as const) {
      assert.equal(sub.encode(plain), written);
    }
    assert.equal(textIn('{"Fn::Sub": ["x${A}", {"A": "b"}]}').node.encode('${aws:a}'), '${!aws:a}');
  });

  it('has no such mark where nothing but Fn::Sub reads one', () => {
    const VARIABLE = '${aws:username}';
    const joined = textIn('{"Fn::Join": ["-", ["x", {"Ref": "A"}]]}').node;
    assert.equal(joined.encode(VARIABLE), VARIABLE);
    assert.equal(joined.isReadOnly, false);
    const mixed = textIn('{"Fn::Join": ["-", ["xy", {"Fn::Sub": "zw"}]]}').node;
    assert.equal(mixed.writtenSlice?.(0, 1)?.escaped(VARIABLE), VARIABLE);
    assert.equal(mixed.writtenSlice?.(3, 4)?.escaped(VARIABLE), '${!aws:username}');
    assert.equal(mixed.isReadOnly, true);
    const all = textIn('{"Fn::Join": ["-", [{"Fn::Sub": "x"}, {"Fn::Sub": "y"}, {"Ref": "A"}]]}').node;
    assert.equal(all.encode(VARIABLE), '${!aws:username}');
    assert.equal(all.isReadOnly, false);
  });

  it('has a variable that CloudFormation replaces where only Fn::Sub has it', () => {
    const read = (written: string) => textIn(written).node.expressionOf?.('${aws:username}')?.language;
    assert.equal(read('{"Fn::Join": ["", ["x", {"Fn::Sub": "${aws:username}"}]]}'), 'cloudformation');
    assert.equal(read('{"Fn::Join": ["", ["${aws:username}", {"Fn::Sub": "${A}"}]]}'), undefined);
    assert.equal(read('{"Fn::Join": ["", ["${aws:username}", {"Fn::Sub": "${aws:username}"}]]}'), undefined);
    assert.equal(read('{"Fn::Join": ["", ["${aws:username}"]]}'), undefined);
  });
});

describe('the values at a place', () => {
  for (const [written, branches] of BRANCHES) {
    it(`are ${branches || 'none'} for ${written}`, () => {
      assert.equal(branchesOf(valueIn(written).node).map(shown).join(' '), branches);
    });
  }

  it('may be there or not in a branch', () => {
    const { node } = valueIn('{"c": {"Fn::If": ["C", ["a"], "b"]}, "d": ["e"]}');
    assert.ok(node.kind === 'object');
    const [condition, plain] = node.members;
    const call = functionCall(condition?.value);
    const branch = call?.value?.kind === 'array' ? call.value.items[1] : undefined;
    assert.ok(branch?.kind === 'array' && branch.items[0] && plain?.value && condition && call);
    assert.equal(isInBranch(branch.items[0], undefined), true);
    assert.equal(isInBranch(branch.items[0], condition), true);
    assert.equal(isInBranch(branch.items[0], call), false);
    assert.equal(isInBranch(plain.value, undefined), false);
    const { node: text } = valueIn('{"Fn::If": "no list of branches"}');
    assert.ok(text.kind === 'object' && text.members[0]?.value);
    assert.equal(isInBranch(text.members[0].value, undefined), false);
    assert.equal(isInBranch(call, undefined), false);
  });
});

/** The same with what Fn::Sub is given for its own variables. */
const FILLED: readonly (readonly [written: string, text: string | undefined])[] = [
  ['"x"', 'x'],
  ['1', undefined],
  ['{"Fn::Sub": "x${A}y${!B}"}', 'x${A}y${B}'],
  ['{"Fn::Sub": ["x${A}y${B}z${!A}", {"A": "b"}]}', 'xby${B}z${A}'],
  ['{"Fn::Sub": ["${A}${B}${C}", {"A": 1, "B": true, "C": {"Ref": "D"}}]}', '1true${D}'],
  ['{"Fn::Sub": ["${A}", {"A": {"Fn::If": ["C", "x", "y"]}}]}', '${A#}'],
  ['{"Fn::Sub": ["${A}", {"A": {"Fn::Sub": ["${B}", {"B": "c"}]}}]}', 'c'],
  ['{"Fn::Sub": ["${A}", "A"]}', '${A}'],
  ['{"Fn::Sub": [1, {"A": "b"}]}', undefined],
  ['{"Fn::Join": ["-", [{"Fn::Sub": ["${A}", {"A": "b"}]}, "c", 1]]}', 'b-c-${#}'],
  ['{"Fn::Join": ["-", {"Ref": "L"}]}', '${Fn::Join#}'],
  ['{"Fn::If": ["C", "x", "y"]}', undefined],
];

describe('filledText', () => {
  for (const [written, text] of FILLED) {
    it(`reads ${written} as ${text}`, () => {
      assert.equal(filledText(valueIn(written).node)?.replace(/#\w+/g, '#'), text);
    });
  }

  it('tells what is given apart by what is written there', () => {
    const of = (value: string): string | undefined =>
      filledText(valueIn(`{"Fn::Sub": ["\${A}", {"A": {"Fn::If": ["C", "x", "${value}"]}}]}`).node);
    assert.notEqual(of('y'), of('z'));
    assert.equal(of('y'), of('y'));
  });

  it('fills in no more than an ARN has', () => {
    let text = '"xxxxxxxxxx"';
    for (let level = 0; level < 40; level += 1) {
      text = `{"Fn::Sub": ["\${A}\${A}", {"A": ${text}}]}`;
    }
    assert.ok((filledText(valueIn(text).node)?.length ?? 0) < 5_000);
  });
});

describe('branchText', () => {
  const ifs = '{"Fn::If": ["C", ["a", {"Fn::If": ["D", "b", "c"]}], "d"]}';
  const { node } = valueIn(`["x", ${ifs}]`);
  const strings = new Map<string, string>();
  const visit = (each: SyntaxNode): void => {
    if (each.kind === 'string') {
      strings.set(each.value, branchText(each, node));
    } else if (each.kind === 'array') {
      each.items.forEach(visit);
    } else if (each.kind === 'object') {
      each.members.flatMap(({ value }) => value ?? []).forEach(visit);
    }
  };
  visit(node);

  it('is empty outside of branches', () => {
    assert.equal(strings.get('x'), '');
  });

  it('tells the branches of each condition', () => {
    assert.deepEqual(
      ['a', 'b', 'c', 'd'].map((text) => strings.get(text)),
      ['C 1;', 'D 1;C 1;', 'D 2;C 1;', 'C 2;'],
    );
  });
});
