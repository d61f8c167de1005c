import { strict as assert } from 'node:assert';
import { type DocumentLanguage, openDocument, type PolicyDocument } from '../../server/src/core/document';
import { atOnce } from '../../server/src/core/steps';
import { moduleOf, programOf, templateOf } from '../bench/documents';

const TEXTS: readonly (readonly [DocumentLanguage, string])[] = [
  ['hcl', moduleOf(60_000)],
  ['yaml', templateOf(60_000)],
  ['typescript', programOf(60_000, 'with')],
];

/** Takes so many parts. */
function take(steps: Generator<void, void, void>, count: number): boolean {
  for (let taken = 0; taken < count; taken += 1) {
    if (steps.next().done === true) {
      return true;
    }
  }
  return false;
}

const policiesOf = ({ policies }: PolicyDocument) =>
  policies.map(({ node, kind, statements }) => [node.span, kind.type, statements.length]);

describe('a document read in parts', () => {
  for (const [language, text] of TEXTS) {
    const atOnceRead = policiesOf(openDocument({ text, language }));

    it(`${language}: is left often, and gives what it gives at once`, () => {
      const document = openDocument({ text, language });
      let parts = 0;
      for (const _ of document.readSteps()) {
        parts += 1;
      }
      assert.ok(parts > 5, `${parts} parts`);
      assert.deepEqual(policiesOf(document), atOnceRead);
    });

    it(`${language}: gives everything to who cannot wait`, () => {
      const document = openDocument({ text, language });
      const steps = document.readSteps();
      assert.equal(take(steps, 5), false);
      assert.deepEqual(policiesOf(document), atOnceRead);
      atOnce(steps);
      assert.deepEqual(policiesOf(document), atOnceRead);
    });

    it(`${language}: is parsed once, whatever else becomes known of it`, () => {
      const before = openDocument({ text, language });
      const first = before.readSteps();
      assert.equal(take(first, 5), false);
      const after = openDocument({ text, language, override: { policyType: 'resource' } }, before);
      const second = after.readSteps();
      while (![first.next(), second.next()].every(({ done }) => done === true)) {
        // In turns.
      }
      assert.equal(after.tree, before.tree);
      assert.deepEqual(policiesOf(before), atOnceRead);
      assert.deepEqual(
        policiesOf(after).map(([span]) => span),
        atOnceRead.map(([span]) => span),
      );
    });
  }

  it('is parsed again where its text or its language is another', () => {
    const [text, other] = ['statement = 1\n', 'statement = 2\n'];
    const before = openDocument({ text, language: 'hcl' });
    assert.notEqual(openDocument({ text: other, language: 'hcl' }, before).tree, before.tree);
    assert.notEqual(openDocument({ text, language: 'yaml' }, before).tree, before.tree);
    assert.equal(openDocument({ text, language: 'hcl' }, before).tree, before.tree);
  });
});
