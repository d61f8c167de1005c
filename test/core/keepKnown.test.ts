import assert from 'node:assert/strict';
import { createLanguageService } from '../../server/src/core/index';
import { loadIamData } from '../support/iamData';

const service = createLanguageService({ iamData: loadIamData() });

const LONG = 'x'.repeat(14_000);

const policy = (name: string, statements: number): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: Array.from({ length: statements }, (_, index) => ({
      Effect: 'Allow',
      Action: 's3:GetObjct',
      Resource: `arn:aws:s3:::${name}-${index}/${LONG}*`,
    })),
  });

describe('what is known of documents', () => {
  it('is the same after that of others was forgotten', () => {
    const said = (text: string): unknown => {
      const document = service.open({ text, language: 'json' });
      return [
        service.lint(document).findings.map(({ message, span }) => [message, span]),
        service.semanticTokens(document),
      ];
    };
    // Enough that something is forgotten.
    const texts = ['one', 'two'].map((name) => policy(name, 50));
    const before = texts.map(said);
    service.keepOnly(
      texts.slice(1).map((text) => service.open({ text: text.slice(0, 20), language: 'json' })),
    );
    assert.deepEqual(texts.map(said), before);
  });
});
