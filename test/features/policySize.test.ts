import assert from 'node:assert/strict';
import type { PolicyType } from '../../server/src/core/index';
import { languageService, policyWith } from '../support/policies';

describe('the size of a policy', () => {
  const sizeOf = (text: string, policyType?: PolicyType) => {
    const service = languageService();
    const document = service.open({
      text,
      language: 'json',
      ...(policyType && { override: { policyType } }),
    });
    const [policy] = document.policies;
    assert.ok(policy);
    return service.policySize(policy);
  };

  it('leaves white space out where the quota does', () => {
    const text = policyWith('"Action": "s3:GetObject",\n"Resource": "*"');
    const size = sizeOf(text);
    assert.equal(size?.characters, text.replaceAll(/\s/g, '').length);
    assert.equal(size?.quota.characters, 6_144);
  });

  it('counts white space where the quota does, and only within the policy', () => {
    const text = policyWith('"Action": "s3:GetObject",\n"Resource": "*"');
    assert.equal(sizeOf(`\n\n${text}\n`, 'scp')?.characters, text.length);
  });

  it('holds a session policy to what AWS STS takes, white space included', () => {
    const text = policyWith('"Action": "s3:GetObject",\n"Resource": "*"');
    const { characters, quota } = sizeOf(text, 'session') ?? {};
    assert.deepEqual([characters, quota?.characters], [text.length, 2_048]);
  });

  it('counts a policy in a string as the policy that it is', () => {
    const text = policyWith('"Action": "s3:GetObject"');
    assert.equal(sizeOf(JSON.stringify({ policy: text }))?.characters, text.replaceAll(/\s/g, '').length);
  });

  it('goes by the inline quota once the policy is too long to be managed', () => {
    const ofLength = (length: number) => {
      const text = JSON.stringify({ Version: '2012-10-17', Statement: [], Id: '' });
      return sizeOf(text.replace('""', `"${'x'.repeat(length - text.length)}"`), 'identity');
    };
    assert.equal(ofLength(6_144)?.quota.holder, 'a managed policy');
    assert.equal(ofLength(6_145)?.quota.characters, 10_240);
    assert.deepEqual([ofLength(20_000)?.characters, ofLength(20_000)?.quota.characters], [20_000, 10_240]);
  });

  it('is not known where a template adds to it, or where there is no quota', () => {
    const template = policyWith('"Action": "s3:GetObject", "Resource": { "Fn::Sub": "x" }');
    assert.equal(sizeOf(template), undefined);
    assert.equal(sizeOf(policyWith('"Principal": "*", "Action": "sns:Publish"'), 'resource'), undefined);
  });
});
