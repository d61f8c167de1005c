import assert from 'node:assert/strict';
import { mistakeContextOf } from '../../server/src/core/lint/mistakes';
import type { PolicyType } from '../../server/src/core/locate/policyType';

type Row = readonly [type: PolicyType, resourceType: string | undefined, shorthand: string, shortArn: string];

/** Whether the shorthand is expanded and a short ARN padded, by the type of the policy and of what it belongs to. */
const ROWS: readonly Row[] = [
  ['resource', undefined, 'expanded', 'refused'],
  ['resource', 'AWS::ApiGateway::RestApi', 'expanded', 'refused'],
  ['resource', 'AWS::ApiGateway::DomainNameV2', 'expanded', 'refused'],
  ['resource', 'AWS::S3::Bucket', 'refused', 'refused'],
  ['session', undefined, 'refused', 'refused'],
  ['identity', undefined, 'refused', 'padded'],
  ['scp', undefined, 'refused', 'padded'],
  ['boundary', 'AWS::ApiGateway::RestApi', 'refused', 'padded'],
];

describe('an ARN of execute-api without all of its parts', () => {
  for (const [type, resourceType, shorthand, shortArn] of ROWS) {
    it(`is read as the policy's type has it: ${type}${resourceType === undefined ? '' : ` of ${resourceType}`}`, () => {
      const kind = { type, resourceType, reason: 'it was told' };
      assert.deepEqual(mistakeContextOf(kind), { shorthand, shortArn });
    });
  }
});
