import assert from 'node:assert/strict';
import { gainsOf } from '../../server/src/core/compare/gains';
import { sideOf } from '../../server/src/core/compare/sides';
import { openDocument } from '../../server/src/core/document';
import { loadIamData } from '../support/iamData';
import { limit } from '../support/patience';

type Json = Readonly<Record<string, unknown>>;
type Answer = 'public' | 'perhaps' | 'not';

const OWNER = '111122223333';
const QUEUE = `arn:aws:sqs:eu-west-1:${OWNER}:q`;

/** Whether the public may send messages to a queue, by the conditions of its policy in a template. */
function answerOf(...statements: readonly Json[]): Answer {
  const PolicyDocument = {
    Version: '2012-10-17',
    Statement: statements.map((more) => ({
      Effect: 'Allow',
      Principal: '*',
      Action: 'sqs:SendMessage',
      Resource: QUEUE,
      ...more,
    })),
  };
  const text = JSON.stringify({
    Resources: { Q: { Type: 'AWS::SQS::QueuePolicy', Properties: { PolicyDocument } } },
  });
  const { policies } = openDocument({ text, language: 'json' });
  const gains = gainsOf(sideOf('resource', policies), sideOf('resource', []), {
    iamData: loadIamData(),
    onlyPublic: true,
  });
  return gains.some(({ isPublic, isCertain }) => isPublic && isCertain)
    ? 'public'
    : gains.length > 0
      ? 'perhaps'
      : 'not';
}

const when = (operator: string, key: string, value: unknown): Json => ({
  Condition: { [operator]: { [key]: value } },
});

/**
 * Which conditions keep the public out. Amazon S3 User Guide, "The meaning of 'public'": a fixed value has no wildcard and no
 * policy variable, and a CIDR block broader than /8 of IPv4 or /32 of IPv6 does not count.
 */
const ANSWERS: readonly (readonly [operator: string, key: string, value: unknown, answer: Answer])[] = [
  ['StringEquals', 'aws:SourceVpce', 'vpce-1', 'not'],
  ['StringEquals', 'AWS:sourcevpce', ['vpce-1', 'vpce-2'], 'not'],
  ['StringEqualsIgnoreCase', 'aws:SourceVpce', 'VPCE-1', 'not'],
  ['StringLike', 'aws:SourceVpce', 'vpce-1', 'not'],
  ['StringLike', 'aws:SourceVpce', 'vpce-*', 'public'],
  ['StringLike', 'aws:SourceVpce', ['vpce-1', 'vpce-?'], 'public'],
  ['StringNotEquals', 'aws:SourceVpce', 'vpce-1', 'public'],
  ['StringEqualsIfExists', 'aws:SourceVpce', 'vpce-1', 'public'],
  ['Null', 'aws:SourceVpce', 'false', 'public'],
  ['StringEquals', 'aws:Referer', 'x', 'public'],
  ['StringEquals', 'aws:SourceAccount', OWNER, 'not'],
  ['StringEquals', 'aws:PrincipalAccount', OWNER, 'not'],
  ['StringEquals', 'aws:PrincipalAccount', 'anonymous', 'public'],
  ['StringEquals', 'aws:PrincipalAccount', [OWNER, 'anonymous'], 'public'],
  ['StringEquals', 'aws:PrincipalOrgID', 'o-a1b2c3d4e5', 'not'],
  ['StringEquals', 'aws:PrincipalOrgID', '${aws:ResourceOrgID}', 'public'],
  ['ForAnyValue:StringLike', 'aws:PrincipalOrgPaths', 'o-a1b2c3d4e5/*', 'not'],
  ['ForAnyValue:StringLike', 'aws:PrincipalOrgPaths', 'o-a1b2c3d4e5/r-ab12/ou-ab12-*', 'not'],
  ['ForAnyValue:StringLike', 'aws:PrincipalOrgPaths', 'o-*/r-ab12/', 'public'],
  ['ArnLike', 'aws:SourceArn', `arn:aws:sns:*:${OWNER}:*`, 'not'],
  ['ArnLike', 'aws:SourceArn', 'arn:aws:sns:eu-west-1:*:topic', 'public'],
  ['ArnLike', 'aws:SourceArn', 'arn:aws:s3:::b', 'not'],
  ['ArnLike', 'aws:SourceArn', 'arn:*:s3:::b', 'not'],
  ['ArnLike', 'aws:SourceArn', 'arn:*:s3:::b*', 'public'],
  ['ArnLike', 'aws:SourceArn', 'arn:aws:s3:*:*:b', 'public'],
  ['ArnLike', 'aws:SourceArn', 'arn:aws:s3:::b?', 'public'],
  ['ArnLike', 'aws:SourceArn', ['arn:aws:s3:::b', 'arn:aws:s3:::*'], 'public'],
  ['ArnEquals', 'aws:PrincipalArn', `arn:aws:iam::${OWNER}:role/*`, 'not'],
  ['ArnEquals', 'aws:PrincipalArn', 'arn:aws:iam::*:role/x', 'public'],
  ['IpAddress', 'aws:SourceIp', '203.0.113.0/24', 'not'],
  ['IpAddress', 'aws:SourceIp', '10.0.0.0/8', 'not'],
  ['IpAddress', 'aws:SourceIp', '10.0.0.0/7', 'public'],
  ['IpAddress', 'aws:SourceIp', '0.0.0.0/0', 'public'],
  ['IpAddress', 'aws:SourceIp', '2001:db8::/32', 'not'],
  ['IpAddress', 'aws:SourceIp', '2001:db8::/31', 'public'],
  ['IpAddress', 'aws:SourceIp', '203.0.113.7', 'not'],
  ['NotIpAddress', 'aws:SourceIp', '203.0.113.0/24', 'public'],
  // What a template fills in.
  ['StringEquals', 'aws:SourceAccount', { Ref: 'A' }, 'not'],
  ['StringEquals', 'aws:SourceAccount', [{ Ref: 'A' }, OWNER], 'not'],
  ['StringEquals', 'aws:PrincipalAccount', [{ Ref: 'A' }, 'anonymous'], 'public'],
  ['StringLike', 'aws:SourceAccount', { Ref: 'A' }, 'perhaps'],
  ['StringLike', 'aws:SourceAccount', { Ref: 'AWS::AccountId' }, 'not'],
  ['StringNotEquals', 'aws:SourceAccount', { Ref: 'A' }, 'public'],
  ['ForAllValues:StringEquals', 'aws:SourceAccount', { Ref: 'A' }, 'public'],
  ['StringEquals', 'aws:Referer', { Ref: 'A' }, 'perhaps'],
  ['IpAddress', 'aws:SourceIp', { Ref: 'A' }, 'perhaps'],
  ['ArnLike', 'aws:SourceArn', { 'Fn::GetAtt': ['T', 'Arn'] }, 'not'],
  ['ArnLike', 'aws:SourceArn', [{ 'Fn::GetAtt': ['T', 'Arn'] }, 'arn:aws:sns:*:*:*'], 'public'],
  ['ArnLike', 'aws:SourceArn', [{ 'Fn::GetAtt': ['T', 'Arn'] }, `arn:aws:sns:*:${OWNER}:*`], 'not'],
  ['StringEquals', 'aws:SourceAccount', { 'Fn::If': ['C', { Ref: 'A' }, OWNER] }, 'perhaps'],
];

describe('gains of the public', function () {
  this.timeout(limit(20_000));

  for (const [operator, key, value, answer] of ANSWERS) {
    it(`are ${answer}: ${operator} ${key} ${JSON.stringify(value)}`, () => {
      assert.equal(answerOf(when(operator, key, value)), answer);
    });
  }

  it('are perhaps there where the condition stands in a branch of a template', () => {
    const condition = when('StringEquals', 'aws:SourceVpce', 'vpce-1').Condition;
    const nothing = { Ref: 'AWS::NoValue' };
    assert.equal(answerOf({ Condition: { 'Fn::If': ['C', condition, nothing] } }), 'perhaps');
    const inner = { StringEquals: { 'Fn::If': ['C', { 'aws:SourceVpce': 'vpce-1' }, nothing] } };
    assert.equal(answerOf({ Condition: inner }), 'perhaps');
  });

  it('are there where a Deny leaves them out', () => {
    assert.equal(
      answerOf({}, { Effect: 'Deny', ...when('StringNotEquals', 'aws:SourceVpce', 'vpce-1') }),
      'not',
    );
    assert.equal(
      answerOf({}, { Effect: 'Deny', ...when('StringEquals', 'aws:SourceVpce', 'vpce-1') }),
      'public',
    );
    assert.equal(answerOf({}, { Effect: 'Deny' }), 'not');
  });

  it('are not those of the account that owns the queue, however conditions name its roles', () => {
    const Condition = {
      StringEquals: { 'aws:PrincipalAccount': '${aws:ResourceAccount}' },
      ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/app*' },
    };
    for (const owner of [OWNER, '222233334444']) {
      const Resource = QUEUE.replace(OWNER, owner);
      assert.equal(answerOf({ Resource, Condition }), 'not', owner);
      assert.equal(answerOf({ Resource, Condition: { ArnLike: Condition.ArnLike } }), 'public', owner);
    }
  });
});
