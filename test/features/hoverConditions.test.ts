import assert from 'node:assert/strict';
import { CONDITION_OPERATORS } from '../../server/src/core/model/conditionOperators';
import { checkHover, type HoverCase, hoverAt } from '../support/hovers';
import { languageService, policyWith } from '../support/policies';

/** A statement with one condition; the cursor stands in it. */
function condition(operator: string, key: string, value = 'x', effect = 'Allow'): string {
  return policyWith(
    `"Action": "s3:ListBucket", "Resource": "*", "Condition": { "${operator}": { "${key}": "${value}" } }`,
    `"Effect": "${effect}",`,
  );
}

const onOperators: readonly HoverCase[] = [
  {
    title: 'what is compared, and that a missing key fails',
    fixture: condition('String$0Equals', 'aws:username'),
    on: 'StringEquals',
    says: [
      /^\*\*StringEquals\*\*\n\nHolds for exactly/,
      /lacks the key, this does not hold: .*not allowed/,
      /one is enough/,
    ],
  },
  {
    title: 'that a negated operator holds without the key',
    fixture: condition('String$0NotEquals', 'aws:username'),
    says: [/holds, since it is negated: such requests are allowed too/, /none may match/],
  },
  {
    title: 'what that means in a Deny',
    fixture: condition('NotIp$0Address', 'aws:SourceIp', '203.0.113.0/24', 'Deny'),
    says: [/holds, since it is negated: such requests are denied too/],
  },
  {
    title: 'that a Deny misses requests without the key',
    fixture: condition('Bo$0ol', 'aws:MultiFactorAuthPresent', 'false', 'Deny'),
    says: [/does not hold: such requests are not denied/],
    saysNot: [/Of several/],
  },
  {
    title: 'IfExists',
    fixture: condition('StringEquals$0IfExists', 'aws:username'),
    says: [/holds, because of `IfExists`/],
  },
  {
    title: 'the trap of ForAllValues',
    fixture: condition('ForAllValues:String$0Equals', 'aws:TagKeys'),
    says: [
      /every value that the request has/,
      /add `Null` with `false`/,
      /holds, since it has no value that could fail/,
    ],
  },
  {
    title: 'ForAnyValue, which fails without the key even when negated',
    fixture: condition('ForAnyValue:String$0NotEquals', 'aws:TagKeys'),
    says: [/at least one value.*be none of these/, /this does not hold/],
  },
  {
    title: 'Null, which asks for the key and nothing else',
    fixture: condition('Nu$0ll', 'aws:TokenIssueTime', 'true'),
    says: [/`true` holds for requests that lack the key/],
    saysNot: [/When a request/, /Of several/],
  },
  {
    title: 'an operator in another case',
    fixture: condition('string$0equals', 'aws:username'),
    says: [/Holds for exactly this text/],
  },
];

const onKeys: readonly HoverCase[] = [
  {
    title: 'a global key, and who lacks it',
    fixture: condition('IpAddress', 'aws:Source$0Ip', '203.0.113.0/24'),
    on: 'aws:SourceIp',
    says: [
      /^\*\*aws:SourceIp\*\*, IPAddress, \[global key\]\(https:/,
      /public address/,
      /through a VPC endpoint lack it/,
    ],
  },
  {
    title: 'a key that every request has',
    fixture: condition('StringEquals', 'aws:Requested$0Region'),
    says: [/Every request has it/],
  },
  {
    title: 'a key in another case',
    fixture: condition('Bool', 'AWS:multifactorauth$0present', 'true'),
    says: [/\*\*aws:MultiFactorAuthPresent\*\*/, /absent there and not `false`/],
  },
  {
    title: 'a tag key',
    fixture: condition('StringEquals', 'aws:PrincipalTag/te$0am'),
    says: [/value of a tag of the caller/],
  },
  {
    title: 'a key of several values',
    fixture: condition('ForAnyValue:StringEquals', 'aws:Tag$0Keys'),
    says: [/Holds several values/],
  },
  {
    title: 'a key that the caller makes up',
    fixture: condition('StringLike', 'aws:User$0Agent'),
    says: [/proves nothing/],
  },
  {
    title: 'a key of a service, by what the service says',
    fixture: condition('StringEquals', 's3:pre$0fix'),
    says: [/\*\*s3:prefix\*\*, String, key of Amazon S3/, /Filters access/],
    saysNot: [/global/],
  },
  {
    title: 'a claim of an identity provider',
    fixture: condition('StringLike', 'token.actions.githubusercontent.com:s$0ub'),
    says: [/claim `sub` of the token that `token.actions.githubusercontent.com` issued/],
  },
  {
    title: 'a key that needs IAM authorization, in the policy of an API',
    fixture:
      '{ "Statement": { "Effect": "Allow", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "execute-api:/*", "Condition": { "StringEquals": { "aws:PrincipalOrg$0ID": "o-a1b2c3d4e5" } } } }',
    says: [/only requests to methods with IAM authorization have it/],
  },
  {
    title: 'the Region that a value names',
    fixture: condition('StringEquals', 'aws:RequestedRegion', 'eu-cen$0tral-1'),
    on: 'eu-central-1',
    says: [/Europe \(Frankfurt\)/],
  },
];

describe('hover in conditions', () => {
  describe('on an operator explains', () => {
    for (const each of onOperators) {
      checkHover(each, languageService);
    }

    it('each operator of the language', () => {
      for (const { name } of CONDITION_OPERATORS) {
        const text = hoverAt(languageService(), condition(`$0${name}`, 'aws:username'));
        assert.match(text ?? '', /\n\n.*[Hh]olds/, name);
      }
    });
  });

  describe('on a key or value explains', () => {
    for (const each of onKeys) {
      checkHover(each, languageService);
    }

    it('nothing that it does not know', () => {
      assert.equal(hoverAt(languageService(), condition('StringEquals', 's3:nonsens$0e')), undefined);
      assert.equal(hoverAt(languageService(), condition('StringEquals', 'aws:username', 'jo$0e')), undefined);
    });
  });
});
