import assert from 'node:assert/strict';
import fc from 'fast-check';
import { CST, Parser } from 'yaml';
import { memberOf, type StringNode } from '../../../server/src/core/syntax/nodes';
import { parseYaml } from '../../../server/src/core/syntax/yaml/yaml';
import { isPlainSafe, scalarText } from '../../../server/src/core/syntax/yaml/yamlScalars';
import { limit } from '../../support/patience';
import { runs } from '../../support/thorough';

/** What the library makes of the value of `k`; `undefined` where it finds a fault. */
function asTheLibraryReads(text: string): string | undefined {
  const [document] = [...new Parser().parse(text)];
  const map = document?.type === 'document' ? document.value : undefined;
  const value = map?.type === 'block-map' ? map.items[0]?.value : undefined;
  let isFaulty = false;
  const read = CST.isScalar(value)
    ? CST.resolveAsScalar(value, false, () => {
        isFaulty = true;
      })
    : null;
  return isFaulty ? undefined : read?.value;
}

function valueOfK(text: string): StringNode | undefined {
  const { root } = parseYaml(text);
  const value = root?.kind === 'object' ? memberOf(root, 'k')?.value : undefined;
  return value?.kind === 'string' ? value : undefined;
}

const PIECES = [
  'a',
  'b ',
  ' c',
  '\n   ',
  '\n\n   ',
  '  ',
  '\t',
  "''",
  '\\n',
  '\\\n   ',
  '\\ ',
  'x:y',
  'é',
  '\\u00e9',
  '\\U0001F600',
];
const bodies = fc.array(fc.constantFrom(...PIECES), { maxLength: 9 }).map((pieces) => pieces.join(''));
/** The lines of a block scalar: how far each is moved in, and what it holds. */
const lines = fc
  .array(fc.tuple(fc.nat({ max: 5 }), fc.constantFrom('', '', 'a', 'b c', '\td', 'e ', '\t')), {
    maxLength: 7,
  })
  .map((all) => all.map(([indent, content]) => ' '.repeat(indent) + content).join('\n'));
const texts = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('|', '>'),
      fc.constantFrom('', '-', '+', '2', '1-', '-2', '3+'),
      lines,
      fc.constantFrom('\n', '\n\n', '\n \n', '\nz: 1'),
    )
    .map(([style, indicators, body, rest]) => `k: ${style}${indicators}\n${body}${rest}`),
  bodies.map((body) => `k: "${body}"\nz: 1`),
  bodies.map((body) => `k: '${body}'\nz: 1`),
  bodies.map((body) => `k: q${body.replace(/[:']/g, '')}\nz: 1`),
  fc
    .tuple(fc.constantFrom('|', '>'), fc.constantFrom('', '-', '+', '2', '1-', '2+'), bodies)
    .map(([style, indicators, body]) => `k: ${style}${indicators}\n   ${body}\nz: 1`),
);

describe('a scalar of YAML', function () {
  this.timeout(limit(60_000));

  it('has the value that the yaml library gives it, with either line end', () => {
    fc.assert(
      fc.property(texts, fc.boolean(), (lines, isWindows) => {
        const text = isWindows ? lines.replaceAll('\n', '\r\n') : lines;
        const expected = asTheLibraryReads(text);
        // Behind an escaped line break YAML 1.2.2 counts empty lines (7.3.1), and the library takes them for a space.
        fc.pre(!/\\\r?\n[ \t]*\r?\n/.test(text));
        fc.pre(expected !== undefined && !/^(?:true|false|null|~)$/.test(expected));
        assert.equal(valueOfK(text)?.value, expected);
      }),
      { numRuns: runs(3_000) },
    );
  });

  it('knows where each of its characters stands', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const node = valueOfK(text);
        if (node === undefined) {
          return;
        }
        const { value } = node;
        for (let index = 0; index < value.length; index += 1) {
          const offset = node.offsetAt(index);
          // The line breaks that `|+` keeps lie behind what is shown of the scalar.
          assert.ok(offset >= node.span.start && (offset <= node.span.end || /\s/.test(value.charAt(index))));
          assert.ok(index === 0 || offset >= node.offsetAt(index - 1));
          if (/[a-z]/.test(value.charAt(index)) && text.charAt(offset) !== '\\') {
            assert.equal(text.charAt(offset), value.charAt(index));
            assert.equal(node.indexAt(offset), index);
          }
        }
        assert.deepEqual(
          [...node.offsetTable()],
          Array.from({ length: value.length + 1 }, (_, index) => node.offsetAt(index)),
        );
      }),
      { numRuns: runs(1_000) },
    );
  });

  // What is inserted behind an element of JSON is written there: on an empty line it would end the scalar.
  for (const [text, value, breaks] of [
    ['k: |\n a\n\n\n b\n', 'a\n\n\nb\n', [7, 8, 9, 12]],
    ['k: |\n\n\n a\n', '\n\na\n', [5, 6, 9]],
    ['k: >\n a\n\n\n b\n', 'a\n\nb\n', [7, 8, 12]],
    ['k: >\n\n a\n', '\na\n', [5, 8]],
  ] as const) {
    it(`has each line break where its line ends: ${JSON.stringify(text)}`, () => {
      const node = valueOfK(text);
      assert.equal(node?.value, value);
      assert.deepEqual(
        [...value].flatMap((unit, index) => (unit === '\n' ? [node.offsetAt(index)] : [])),
        breaks,
      );
    });
  }

  it('is written so that it reads as what was to be written', () => {
    const characters = fc.string({
      unit: fc.constantFrom(...'aZ09 :#-?*&!|>\'"%@`{}[],.$/\\~=<'),
      maxLength: 12,
    });
    fc.assert(
      fc.property(
        fc.oneof(characters, fc.constantFrom('true', 'null', '012', '1e3', 'yes', '2012-10-17', '')),
        (text) => {
          for (const quote of ['"', "'"] as const) {
            assert.equal(valueOfK(`k: ${scalarText(text, { inFlow: false, quote })}\nz: 1`)?.value, text);
            const list = parseYaml(`[${scalarText(text, { inFlow: true, quote })}, z]`).root;
            const [first] = list?.kind === 'array' ? list.items : [];
            assert.equal(first?.kind === 'string' ? first.value : undefined, text);
          }
          if (isPlainSafe(text)) {
            assert.equal(asTheLibraryReads(`k: ${text}\nz: 1`), text);
          }
        },
      ),
      { numRuns: runs(3_000) },
    );
  });
});
