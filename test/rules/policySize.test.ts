import assert from 'node:assert/strict';
import { languageService } from '../support/policies';

/** A resource control policy of 60 statements, laid out or not. */
function policy(indentation: number): string {
  const statement = { Effect: 'Deny', Principal: '*', Action: 's3:GetObject', Resource: '*' };
  return JSON.stringify(
    { Version: '2012-10-17', Statement: Array(60).fill(statement) },
    undefined,
    indentation,
  );
}

describe('the size of a policy whose white space counts', () => {
  const service = languageService();
  const said = (text: string): readonly string[] => {
    const document = service.open({ text, language: 'json', override: { policyType: 'rcp' } });
    return service
      .lint(document)
      .findings.filter(({ rule }) => rule === 'policy-size-rcp')
      .map(({ message }) => message);
  };

  it('is said with and without it where it is what is too much', () => {
    const [message = ''] = said(policy(4));
    assert.match(
      message,
      /^The policy has [\d,]+ characters \(4,\d{3} without white space\); .* can have 5,120\.$/,
    );
    assert.deepEqual(said(policy(0)), []);
  });

  it('leaves out the white space in texts, be there escapes in them or not', () => {
    for (const value of ['a b  c', '\\u0061 b  c', '\\" \\"']) {
      const text = policy(4).replace('"Principal"', `"Sid": "${value}", "Principal"`);
      const [, without = ''] = /\(([\d,]+) without white space\)/.exec(said(text)[0] ?? '') ?? [];
      assert.equal(Number(without.replace(',', '')), text.replaceAll(/\s/g, '').length, value);
    }
  });
});
