import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { DocumentLanguage } from '../../server/src/core/index';
import { limit, processorTime } from '../support/patience';
import { languageService } from '../support/policies';

const service = languageService();
const POLICY = '{"Statement": [{"Effect": "Allow", "Action": "s3:GetObjekt", "Resource": "*"}]}';
const LANGUAGES: readonly DocumentLanguage[] = ['typescript', 'javascript', 'python'];

function unknownActionsIn(text: string, language: DocumentLanguage): number {
  const { findings, failures } = service.lint(service.open({ text, language }));
  assert.deepEqual(failures, []);
  return findings.filter(({ rule }) => rule === 'action-unknown').length;
}

/** Of some of these the parser's time grows with the square: asterisks took eight seconds at 24,000 characters. */
const SHAPES = [
  '*',
  '<',
  '</',
  '${',
  '`${',
  'f"{',
  '"',
  '\\',
  '}]',
  ')',
  '=>',
  'a<',
  '<a>',
  'async (',
  'if x:\n ',
];
const LENGTH = 60_000;
/** The slowest takes half a second by itself. */
const MOST_MS = 3_000;

describe('a program that is none', function () {
  this.timeout(limit(60_000));
  for (const language of LANGUAGES) {
    for (const shape of SHAPES) {
      it(`is given up in ${language} among ${JSON.stringify(shape)}, and the policy before is read`, () => {
        const text = `x = ${POLICY};\n${shape.repeat(LENGTH / shape.length)}`;
        let found = 0;
        const ms = processorTime(() => {
          found = unknownActionsIn(text, language);
        });
        assert.equal(found, 1);
        assert.ok(ms < MOST_MS, `${Math.round(ms)} ms`);
      });
    }
  }
});

/** In a new thread V8 has optimized nothing, and calls within calls need several times the stack. */
const COLD = `
  const { parentPort, workerData } = require('node:worker_threads');
  const { languageService } = require(workerData.support);
  const service = languageService();
  const lost = workerData.cases.filter(([language, text]) => service.open({ text, language }).policies.length !== 1);
  parentPort.postMessage(lost.map(([language, text]) => language + ': ' + text.slice(-20)));
`;

describe('a program with levels by the thousand', function () {
  this.timeout(limit(60_000));
  it('keeps the policy before them, with three quarters of the usual stack', async () => {
    const deep = [
      `${'('.repeat(5_000)}1${')'.repeat(5_000)}`,
      `${'['.repeat(5_000)}1${']'.repeat(5_000)}`,
      `${'f('.repeat(5_000)}1${')'.repeat(5_000)}`,
      `${'"a" + '.repeat(10_000)}1`,
      `a${'.b'.repeat(10_000)}`,
      '<a>'.repeat(20_000),
      '`${'.repeat(20_000),
    ];
    const cases = LANGUAGES.flatMap((language) =>
      deep.map((tail) => [language, `x = ${POLICY};\ny = ${tail}`]),
    );
    const worker = new Worker(COLD, {
      eval: true,
      workerData: { support: require.resolve('../support/policies'), cases },
      resourceLimits: { stackSizeMb: 0.75 },
    });
    const [lost] = (await once(worker, 'message')) as [readonly string[]];
    await worker.terminate();
    assert.deepEqual(lost, []);
  });
});

describe('a program that can be read in several ways', () => {
  for (const [levels, found] of [
    [100, 1],
    [900, 0],
  ] as const) {
    // At each step all levels that are open are copied for each of them.
    it(`is ${found === 1 ? 'read to its end' : 'given up'}, ${levels} levels deep`, () => {
      const deep = `${'['.repeat(levels)}${'x = ({a}), '.repeat(1_500)}${']'.repeat(levels)}`;
      assert.equal(unknownActionsIn(`x = ${deep};\ny = ${POLICY};\n`, 'typescript'), found);
    });
  }
});

describe('a long program', () => {
  for (const language of LANGUAGES) {
    it(`is read to its end, in ${language}`, () => {
      const text = `${'x = [1]\n'.repeat(20_000)}policy = ${POLICY}\n`;
      assert.equal(unknownActionsIn(text, language), 1);
    });
  }
});

describe('a program with faults', () => {
  for (const [language, fault] of [
    ['typescript', 'const a = = 1;\n'],
    ['typescript', 'function is(value: any): asserts value is Map<string, {}> & { [key in keyof A]-?: 1 }\n'],
    ['javascript', 'let 1a = 2;\n'],
    ['python', 'if x ==:\n    pass\n'],
  ] as const) {
    it(`is read to its end in ${language}, behind a hundred of ${JSON.stringify(fault)}`, () => {
      assert.equal(unknownActionsIn(`${fault.repeat(100)}\nx = ${POLICY}\n`, language), 1);
    });
  }
});
