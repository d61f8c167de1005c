import assert from 'node:assert/strict';
import { openDocument } from '../../server/src/core/document';
import type { DocumentLanguage } from '../../server/src/core/syntax/documentLanguage';
import type { SyntaxNode } from '../../server/src/core/syntax/nodes';
import { limit, processorTime } from '../support/patience';

const FEW = 1000;
const MANY = 8 * FEW;

/** Eight times the text takes about eight times as long; where it takes the square it takes sixty-four times. */
const MOST_TIMES_LONGER = 26;

/** So often it may look like the square. */
const TRIES = 4;

/** What is done in less is too short to be measured. */
const SHORT_MS = 60;

/** What is half typed or stands on one line, many times over: each took the square of its length. */
const TEXTS: readonly (readonly [
  title: string,
  language: DocumentLanguage,
  write: (count: number) => string,
])[] = [
  ['quoted lines, YAML', 'yaml', (count) => `a: "x${'\n  x'.repeat(20 * count)}"\n`],
  ['quotes within quotes on one line, YAML', 'yaml', (count) => `a: [${"'it''s', ".repeat(4 * count)}]`],
  ['escapes on one line, YAML', 'yaml', (count) => `a: [${'"x\\ty", '.repeat(2 * count)}]`],
  ['open expressions on one line, JSON', 'template', (count) => `[${'"${a", '.repeat(2 * count)}1]`],
  ['open marks on one line, JSON', 'template', (count) => `[${'"{% a", '.repeat(2 * count)}1]`],
  ['open comments, HCL', 'hcl', (count) => '/* a\nb = 1\n'.repeat(4 * count)],
  ['open directives, HCL', 'hcl', (count) => `a = <<EOF\n${'%{ if b\n'.repeat(2 * count)}EOF\n`],
  [
    'nested directives, HCL',
    'hcl',
    (count) => `a = <<EOF\n${'%{ if b }\n'.repeat(count)}${'%{ endif }\n'.repeat(count)}EOF\n`,
  ],
  [
    'additions to one statement, TypeScript',
    'typescript',
    (count) => `const a = new PolicyStatement();\n${'a.addActions("s3:GetObject");\n'.repeat(2 * count)}`,
  ],
  [
    'policies of many names, TypeScript',
    'typescript',
    (count) =>
      Array.from(
        { length: 3 * count },
        (_, index) => `const p${index} = {Version: "2012-10-17", Statement: [{Effect: "Allow"}]};`,
      ).join('\n'),
  ],
];

describe('the time to read a text', function () {
  this.timeout(limit(60_000));
  for (const [title, language, write] of TEXTS) {
    it(`grows no faster than the text: ${title}`, () => {
      const [few, many] = [write(FEW), write(MANY)];
      // Collecting garbage may have fallen into one of them: what takes the square does so each time.
      const tries: string[] = [];
      for (let left = TRIES; left > 0; left -= 1) {
        const long = timeOf(many, language);
        const short = Math.max(timeOf(few, language), SHORT_MS / 8);
        if (long < SHORT_MS || long < short * MOST_TIMES_LONGER) {
          return;
        }
        tries.push(`${long} ms, and ${short} ms for an eighth`);
      }
      assert.fail(tries.join('; '));
    });
  }
});

function timeOf(text: string, language: DocumentLanguage): number {
  return processorTime(() => {
    readAll(openDocument({ text, language }).tree.root);
  });
}

/** Asks for every value: what a scalar stands for is worked out only then. */
function readAll(node: SyntaxNode | undefined): number {
  switch (node?.kind) {
    case 'string':
      return node.value.length;
    case 'array':
      return node.items.reduce((sum, item) => sum + readAll(item), 0);
    case 'object':
      return node.members.reduce((sum, { value }) => sum + readAll(value), 0);
    default:
      return 0;
  }
}
