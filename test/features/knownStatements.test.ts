import assert from 'node:assert/strict';
import { policyOf } from '../bench/documents';
import { SHAPES } from '../bench/shapes';
import { languageService } from '../support/policies';

/**
 * In JSON, what a statement's text has come to is moved to where it stands; in YAML, of which JSON is a part, it is worked
 * out each time.
 */
describe('what is known of a statement', () => {
  const service = languageService();
  const texts: readonly (readonly [name: string, text: string])[] = [
    ['policy', policyOf(60)],
    ...SHAPES.filter(
      ({ languageId, name }) => languageId === 'json' && !/missing|equal elements/.test(name),
    ).map(({ name, textOf }) => [name, textOf(12)] as const),
  ];
  for (const [name, text] of texts) {
    it(`says the same as when it is worked out: ${name}`, () => {
      const shift = '\n\n ';
      const open = (language: 'json' | 'yaml', before = '') =>
        service.open({ text: before + text, language, override: { policyType: 'identity' } });
      const [fresh, known, moved] = [open('yaml'), open('json'), open('json', shift)];
      assert.equal(fresh.policies.length, known.policies.length);
      for (let round = 0; round < 2; round += 1) {
        assert.deepEqual(service.semanticTokens(known), service.semanticTokens(fresh));
        assert.deepEqual(service.documentSymbols(known), service.documentSymbols(fresh));
        assert.deepEqual(service.codeLenses(known), service.codeLenses(fresh));
      }
      for (let offset = 0; offset < text.length; offset += 97) {
        assert.deepEqual(service.highlights(known, offset), service.highlights(fresh, offset));
      }
      assert.deepEqual(
        service
          .semanticTokens(moved)
          .map(({ span }) => text.slice(span.start - shift.length, span.end - shift.length)),
        service.semanticTokens(known).map(({ span }) => text.slice(span.start, span.end)),
      );
    });
  }
});
