import assert from 'node:assert/strict';
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
