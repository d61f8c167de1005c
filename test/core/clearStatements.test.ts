import assert from 'node:assert/strict';
import { type DocumentInput, openDocument } from '../../server/src/core/document';
import type { Finding } from '../../server/src/core/lint/finding';
import { lint } from '../../server/src/core/lint/lint';
import type { AnyRule } from '../../server/src/core/lint/rule';
import type { RuleSetting } from '../../server/src/core/lint/severity';
import { policyTypes } from '../../server/src/core/locate/policyType';
import { allRules } from '../../server/src/core/rules/registry';
import { loadIamData } from '../support/iamData';
import { limit } from '../support/patience';
import { examplePolicies } from '../support/rulePages';
import { readIfThere, ruleFiles } from '../support/rules';
import { step } from '../support/thorough';

/** With the rules that are off by default. */
const EVERY_RULE: readonly RuleSetting[] = [{ rule: '*', severity: 'warning' }];

const WITH_VARIABLE =
  '{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/${aws:username}" }';

/** What a policy may be, beside what stands in its statements. */
const STANDINGS: readonly (readonly [string, NonNullable<DocumentInput['override']>])[] = [
  ...policyTypes.map((policyType) => ['2012-10-17', { policyType }] as const),
  ['2008-10-17', { policyType: 'identity' }],
  ['2012-10-17', { policyType: 'resource', resourceType: 'AWS::S3::Bucket' }],
  ['2012-10-17', { policyType: 'resource', resourceType: 'AWS::ApiGateway::RestApi' }],
];

/**
 * A statement on which no rule had anything to say is not shown again. That must never show: whatever was read before,
 * whatever statements are beside it, a policy has the findings it has when it is the first that is ever read.
 */
describe('a statement that was read before', function () {
  this.timeout(limit(60_000));

  const iamData = loadIamData();
  const examples = ruleFiles().flatMap(({ page, furtherCases }) =>
    [readIfThere(page), readIfThere(furtherCases)].flatMap((text) =>
      text === undefined ? [] : examplePolicies(text),
    ),
  );
  /** As the statements are written, each once, in an order that mixes the subjects. */
  const statements = [
    ...new Set(
      examples
        .flatMap((input) => openDocument(input).policies)
        .flatMap((policy) => policy.statements)
        .filter(({ node }) => node.closed && node.source.text.includes('\n'))
        .map(({ node }) => node.text ?? '')
        .filter((text) => text.length < 2_000),
    ),
  ].toSorted((a, b) => scatter(a) - scatter(b));

  const findingsOf = (rules: readonly AnyRule[], input: DocumentInput): readonly string[] => {
    const { policies } = openDocument(input);
    const result = lint({ policies, rules, settings: EVERY_RULE, iamData, text: input.text });
    assert.deepEqual(result.failures, []);
    return result.findings.map(described);
  };

  it('has the findings of one that was not, beside any statements and in every type of policy', () => {
    assert.ok(statements.length > 500, `${statements.length} statements`);
    let silent = 0;
    for (const [index, statement] of statements.entries()) {
      const [second, third] = [1, 2].map((step) => statements[(index * 7 + step * 131) % statements.length]);
      const policy = [[statement], [second, statement, third], [statement, WITH_VARIABLE]][index % 3] ?? [];
      for (const [at, [version, override]] of STANDINGS.entries()) {
        if ((at + index * STANDINGS.length) % step(1, 64) === 0) {
          const text = `{ "Version": "${version}", "Statement": [\n${policy.join(',\n')}\n] }`;
          const input: DocumentInput = { text, language: 'jsonc', override };
          const first = findingsOf([...allRules], input);
          assert.deepEqual(findingsOf(allRules, input), first, text);
          silent += first.length === 0 ? 1 : 0;
        }
      }
    }
    assert.ok(silent > 2, `${silent} policies without a finding`);
  });

  it('has them in the examples of every page, in the order of the pages and backwards', () => {
    // Pairs of examples, since those that stand together have the same statements.
    const some = examples.filter((_, index) => (index >> 1) % step(1, 8) === 0);
    const known = new Map(some.map((input) => [input, findingsOf([...allRules], input)]));
    for (const input of [...some, ...some.toReversed()]) {
      assert.deepEqual(findingsOf(allRules, input), known.get(input), input.text);
    }
  });
});

function described({ rule, span, message, path, fixes }: Finding): string {
  return [
    rule,
    `${span.start}-${span.end}`,
    message,
    path.join('/'),
    ...fixes.map(({ title }) => title),
  ].join(' | ');
}

/** Some number of a text. */
function scatter(text: string): number {
  let number = text.length;
  for (let at = 0; at < text.length; at += 1) {
    number = (Math.imul(number, 31) + text.charCodeAt(at)) | 0;
  }
  return number;
}
