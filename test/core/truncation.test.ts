import assert from 'node:assert/strict';
import type { DocumentInput } from '../../server/src/core/document';
import { createLanguageService } from '../../server/src/core/index';
import type { Finding } from '../../server/src/core/lint/finding';
import { indexAt } from '../../server/src/core/syntax/stringSpans';
import { loadIamData } from '../support/iamData';
import { step } from '../support/thorough';

/** A policy is half-typed most of the time. What stands before the cursor is checked as if the rest were there. */
describe('a document cut at any place', () => {
  const service = createLanguageService({ iamData: loadIamData() });

  const plain = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "a b",
      "effect": "Allow",
      "Action": ["s3:GetObjekt", "s3:Get\\u004fbjects", "s4:\\"x\\"", "GetObject"],
      "Resource": "*",
      "Condition": {}
    },
    {
      "Sid": "a b",
      "Effect": "Allow", "Effect": "Deny",
      "Principal": "*",
      "NotAction": [],
      "Action": "execute-api:InvalidatCache",
      "NotResource": [1, {"x": [{}]}]
    },
    { "Effect": "deny", "Action": "execute-api:*", "Resource": "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/get/pets" },
    { "Effect": "Allow", "Principal": { "Aws": "123456789012" } }
  ]
}
`;
  const samples: Readonly<Record<string, DocumentInput>> = {
    'with escapes': { text: plain, language: 'json', override: { policyType: 'identity' } },
    'with CRLF': {
      text: plain.replaceAll('\n', '\r\n'),
      language: 'json',
      override: { policyType: 'resource' },
    },
    'with comments': {
      text: plain
        .replaceAll('},\n', '}, // "Statement": [\n')
        .replaceAll('"Action":', '/* { "Action": [ */ "Action":'),
      language: 'jsonc',
      override: { policyType: 'identity' },
    },
    'in a string': {
      text: JSON.stringify({ name: 'x', policy: plain }),
      language: 'json',
      override: { policyType: 'trust' },
    },
    'twice in a template': {
      text: `{ "A": { "PolicyDocument": ${plain} }, "B": [${plain}] }`,
      language: 'json',
      override: { policyType: 'identity' },
    },
  };

  for (const [name, input] of Object.entries(samples)) {
    it(`${name} keeps the findings of the statements before the cut`, () => {
      const whole = findingsByEnd(input);
      assert.ok(whole.length > 10);
      for (let cut = 0; cut <= input.text.length; cut += step(1, 4)) {
        const document = service.open({ ...input, text: input.text.slice(0, cut) });
        const { findings, failures } = service.lint(document);
        assert.deepEqual(failures, [], `cut at ${cut}`);
        const present = new Set(findings.map(identity));
        const lost = whole
          .filter(({ end, finding }) => end <= cut && !present.has(identity(finding)))
          .map(({ finding }) => identity(finding));
        assert.deepEqual(lost, [], `cut at ${cut}: …${JSON.stringify(input.text.slice(cut - 20, cut))}`);
      }
    });
  }

  for (const [name, input] of Object.entries(samples)) {
    it(`${name} has its white space counted`, () => {
      for (let cut = 0; cut <= input.text.length; cut += 1) {
        const { policies } = service.open({ ...input, text: input.text.slice(0, cut) });
        for (const { node } of policies) {
          const { source, span } = node;
          const text = source.text.slice(indexAt(source, span.start), indexAt(source, span.end));
          assert.equal(node.blanks, text.replaceAll(/[^\0-\x20]/g, '').length, `cut at ${cut}`);
        }
      }
    });
  }

  /** The findings inside statements, each with the offset at which its statement ends. */
  function findingsByEnd(
    input: DocumentInput,
  ): readonly { readonly end: number; readonly finding: Finding }[] {
    const document = service.open(input);
    const statements = document.policies.flatMap((policy) => policy.statements.map(({ node }) => node.span));
    return service.lint(document).findings.flatMap((finding) => {
      const statement = statements.find(
        ({ start, end }) => finding.span.start >= start && finding.span.end <= end,
      );
      return statement === undefined ? [] : [{ end: statement.end, finding }];
    });
  }

  function identity({ rule, span, message }: Finding): string {
    return `${rule} ${span.start}-${span.end} ${message}`;
  }
});
