import assert from 'node:assert/strict';
import type { CodeLens } from '../../server/src/core/index';
import { withLineEndings } from '../support/fixtures';
import { languageService, openJson, policyWith, policyWithResource } from '../support/policies';

const API = 'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5';

const offered: readonly string[] = [
  `${API}/prod/GET/pets`,
  `${API}/prod/GET/`,
  `${API}/prod/*/pets/*`,
  `${API}/*`,
  'arn:aws:execute-api:*:*:*',
  'arn:aws:execute-api:us-*:*:*/*/GET/',
  'arn:aws:execute-api:*:*:*/prod/*/put-metric-data',
  `${API}/prod/GET/pets:batch`,
  String.raw`${API}\/prod\u002fGET\/pets`,
];

/** By why there is nothing to invalidate. */
const refused: Readonly<Record<string, string>> = {
  'a lower-case method': `${API}/prod/get/pets`,
  'a path parameter': `${API}/prod/GET/pets/{id}`,
  'no stage': `${API}/GET/pets`,
  'a WebSocket route': `${API}/prod/$connect`,
  'connections of a WebSocket API': `${API}/prod/POST/@connections/*`,
  'connections behind a wildcard': 'arn:aws:execute-api:*:*:*/@connections/*',
  'the stage of an HTTP API': `${API}/$default/GET/pets`,
  'a custom domain name': 'arn:aws:execute-api:us-east-1:123456789012:/domainnames/api.example.com+abc123',
  'the short form outside a resource policy': 'execute-api:/prod/GET/pets',
  'a stage that only the console has': `${API}/test-invoke-stage/GET/pets`,
  'another service': 'arn:aws:s3:::bucket/prod/GET/pets',
  'the control plane': 'arn:aws:apigateway:us-east-1::/restapis/a1b2c3d4e5/stages/prod',
  'every resource': '*',
};

describe('code lens', () => {
  for (const arn of offered) {
    for (const { name, text } of withLineEndings(policyWithResource(arn))) {
      it(`offers to invalidate ${arn} (${name})`, () => {
        const lenses = lensesOf(text);
        assert.deepEqual(
          lenses.map(({ kind }) => kind),
          ['invalidate-cache', 'who-may-invalidate', 'explain'],
        );
        for (const lens of lenses) {
          assert.equal(text.slice(lens.span.start, lens.span.end), arn);
          assert.equal(lens.arn, JSON.parse(`"${arn}"`));
        }
      });
    }
  }

  for (const [reason, arn] of Object.entries(refused)) {
    it(`explains at the most, for ${reason}`, () => {
      const kinds = lensesOf(policyWithResource(arn)).map(({ kind }) => kind);
      assert.deepEqual(kinds, /execute-api/.test(arn) ? ['explain'] : []);
    });
  }

  it('offers the short form in the resource policy of an API', () => {
    const text = policyWith(
      '"Principal": "*", "Action": "execute-api:Invoke", "Resource": "execute-api:/prod/GET/pets"',
    );
    assert.equal(lensesOf(text)[0]?.kind, 'invalidate-cache');
  });

  it('does not start an invalidation from what is denied, and leaves principals and conditions alone', () => {
    const deny = policyWith(`"Resource": "${API}/prod/GET/pets"`, '"Effect": "Deny",');
    const elsewhere = policyWith(
      `"Principal": { "AWS": "${API}/prod/GET/pets" }, "Condition": { "ArnLike": { "aws:SourceArn": "${API}/prod/GET/pets" } }`,
    );
    assert.deepEqual(
      lensesOf(deny).map(({ kind }) => kind),
      ['who-may-invalidate', 'explain'],
    );
    assert.deepEqual(lensesOf(elsewhere), []);
  });

  it('stands once on a line, in the order of the document', () => {
    const text = policyWith(
      `"Resource": ["${API}/a/GET/", "${API}/b/GET/",\n"${API}/c/GET/"], "NotResource": "${API}/d/GET/"`,
    );
    assert.deepEqual(stagesOf(lensesOf(text)), ['a', 'c']);
  });

  it('stands above a long list only once; the light bulb has the offers for every ARN', () => {
    const arns = [...'abcdefghi'].map((stage) => `"${API}/${stage}/GET/"`);
    const text = policyWith(`"Resource": [\n${arns.join(',\n')}\n]`);
    assert.deepEqual(stagesOf(lensesOf(text)), ['a']);
    const at = text.indexOf('/g/GET');
    const document = openJson(languageService(), text);
    assert.deepEqual(stagesOf(languageService().arnOffers(document, { start: at, end: at })), ['g']);
    assert.deepEqual(languageService().arnOffers(document, { start: 0, end: text.length }), []);
  });

  it('has the offers for an ARN also where it stands outside of its statement, which names it', () => {
    const text = `Arns:\n  - &pets ${API}/prod/GET/pets\nStatement:\n  - Effect: Allow\n    Action: execute-api:Invoke\n    Resource: *pets\n`;
    const document = languageService().open({ text, language: 'yaml' });
    const at = text.indexOf('/GET');
    assert.deepEqual(stagesOf(languageService().arnOffers(document, { start: at, end: at })), ['prod']);
  });
});

function lensesOf(text: string): readonly CodeLens[] {
  return languageService().codeLenses(openJson(languageService(), text));
}

function stagesOf(lenses: readonly CodeLens[]): readonly (string | undefined)[] {
  return [...new Set(lenses.map(({ arn }) => arn.split('/')[1]))];
}
