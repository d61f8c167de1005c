import assert from 'node:assert/strict';
import { openDocument } from '../../server/src/core/document';
import { type Evaluation, evaluate } from '../../server/src/core/evaluate/evaluate';
import type { EvaluationRequest } from '../../server/src/core/evaluate/request';
import type { PolicyType } from '../../server/src/core/locate/policyType';
import type { Policy } from '../../server/src/core/model/policy';

type Json = Readonly<Record<string, unknown>>;

/** A policy of an example, by its kind; `key` is a key policy. */
export type ExamplePolicy = readonly [kind: PolicyType | 'key', ...statements: readonly Json[]];

/** What a page says of one request. */
export interface ExampleCase {
  readonly says: string;
  readonly action?: string;
  readonly resource?: string;
  readonly principal?: string;
  readonly owner?: string;
  /** `null` is a key that is not in the request. */
  readonly context?: Readonly<Record<string, string | readonly string[] | null>>;
  readonly outcome: Evaluation['outcome'];
  /** In place of those of the example. */
  readonly policies?: readonly ExamplePolicy[];
}

/** An example of AWS's documentation: policies, and requests of which the page says how they are answered. */
export interface AwsExample {
  readonly title: string;
  readonly source: string;
  readonly policies?: readonly ExamplePolicy[];
  /** What the requests have in common. */
  readonly request?: Omit<ExampleCase, 'says' | 'outcome'>;
  readonly version?: '2008-10-17';
  /** At which level of the organization each service control policy is attached, in order. */
  readonly levels?: readonly string[];
  readonly cases: readonly ExampleCase[];
}

export const USER_GUIDE = 'https://docs.aws.amazon.com/IAM/latest/UserGuide';

/** Makes a test of each request of the examples. */
export function holdsExamples(examples: readonly AwsExample[]): void {
  for (const example of examples) {
    describe(`${example.title} (${example.source})`, () => {
      for (const each of example.cases) {
        it(`${each.says}: ${each.outcome}`, () => {
          const { outcome } = evaluate(...questionOf(example, each));
          assert.equal(outcome, each.outcome);
        });
      }
    });
  }
}

function questionOf(example: AwsExample, each: ExampleCase): [readonly Policy[], EvaluationRequest] {
  const {
    action,
    resource,
    principal,
    owner,
    policies = example.policies ?? [],
  } = {
    ...example.request,
    ...each,
  };
  assert.ok(action !== undefined && resource !== undefined, each.says);
  const opened = policies.flatMap((policy) => openPolicy(policy, example.version ?? '2012-10-17'));
  const scps = opened.filter(({ kind }) => kind.type === 'scp');
  const levels = new Map(
    scps.flatMap((policy, index) => {
      const level = example.levels?.[index];
      return level === undefined ? [] : [[policy, level] as const];
    }),
  );
  const context = { ...example.request?.context, ...each.context };
  return [
    opened,
    {
      action,
      resource,
      principal,
      resourceAccount: owner,
      levels,
      context: new Map(Object.entries(context).map(([key, value]) => [key, valuesOf(value)])),
    },
  ];
}

function valuesOf(value: string | readonly string[] | null): readonly string[] {
  return value === null ? [] : typeof value === 'string' ? [value] : value;
}

function openPolicy([kind, ...statements]: ExamplePolicy, version: string): readonly Policy[] {
  return openDocument({
    text: JSON.stringify({ Version: version, Statement: statements }),
    language: 'json',
    override:
      kind === 'key' ? { policyType: 'resource', resourceType: 'AWS::KMS::Key' } : { policyType: kind },
  }).policies;
}
