import assert from 'node:assert/strict';
import { languageService, openJson, policyWith } from '../support/policies';

describe('folding', () => {
  const folded = (text: string) =>
    languageService()
      .foldingSpans(openJson(languageService(), text))
      .map(({ start, end }) => text.slice(start, end).replaceAll(/\s+/g, ' '));

  it('offers each object and list of a document that holds a policy, the outer first', () => {
    const text = policyWith('"Action": [\n"s3:*"\n],\n"Condition": {\n}');
    const found = folded(text);
    assert.equal(found[0], text.replaceAll(/\s+/g, ' '));
    assert.deepEqual(found.slice(3), ['[ "s3:*" ]', '{ }']);
  });

  it('offers what is not closed yet', () => {
    assert.deepEqual(folded('{ "Statement": [{ "Effect": "Allow",\n"Action": [\n"s3:').slice(3), ['[ "s3:']);
  });

  it('leaves other documents to others', () => {
    assert.deepEqual(folded('{\n"a": [\n1\n]\n}'), []);
  });
});
