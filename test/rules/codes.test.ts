import assert from 'node:assert/strict';
import { languageService } from '../support/policies';

/** Findings on execute-api ARNs that repeat a check of Access Analyzer carry its code, as those on other ARNs do. */
describe('the codes of findings on ARNs', () => {
  const service = languageService();
  const codesOf = (resource: string, type: 'identity' | 'resource'): readonly string[] => {
    const statement = {
      Effect: 'Allow',
      ...(type === 'resource' && { Principal: { AWS: 'arn:aws:iam::111122223333:root' } }),
      Action: 'execute-api:Invoke',
      Resource: resource,
    };
    return service
      .lint(
        service.open({
          text: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
          language: 'json',
          override: { policyType: type },
        }),
      )
      .findings.map(({ accessAnalyzer }) => accessAnalyzer ?? 'none');
  };

  for (const [resource, code, type = 'identity'] of [
    ['arn:aws:execute-api:us-east-1:12345:a1b2c3d4e5/prod/GET/x', 'INVALID_ARN_ACCOUNT'],
    ['arn:aws:execute-api:us-east-1:ACCOUNT_ID:a1b2c3d4e5/prod/GET/x', 'INVALID_ARN_ACCOUNT'],
    ['arn:aws:execute-api:us-east-1::a1b2c3d4e5/prod/GET/x', 'MISSING_ARN_ACCOUNT'],
    ['arn:aws:execute-api:us-esat-1:123456789012:a1b2c3d4e5/prod/GET/x', 'INVALID_ARN_REGION'],
    ['arn:aws:execute-api:cn-north-1:123456789012:a1b2c3d4e5/prod/GET/x', 'INVALID_ARN_REGION'],
    ['arn:aws:execute-api:<region>:123456789012:a1b2c3d4e5/prod/GET/x', 'INVALID_ARN_REGION'],
    ['arn:aws:execute-api::123456789012:a1b2c3d4e5/prod/GET/x', 'MISSING_ARN_REGION'],
    ['arn:awz:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/x', 'INVALID_PARTITION'],
    ['arn:aws:Execute-Api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/x', 'INVALID_ARN_SERVICE_CASE'],
    ['arn:aws:execute_api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/x', 'INVALID_SERVICE'],
    ['ARN:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/x', 'INVALID_ARN_PREFIX'],
    ['aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/x', 'INVALID_ARN_PREFIX'],
    ['https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/prod', 'INVALID_ARN_PREFIX'],
    ['execute-api:/prod/GET/x', 'INVALID_ARN_PREFIX'],
    ['arn:aws:execute-api:us-east-1:123456789012/a1b2c3d4e5/prod/GET/x', 'MISSING_ARN_FIELD'],
    ['arn:aws:execute-api:us-east-1:123456789012', 'MISSING_ARN_FIELD'],
    ['arn:aws:execute-api:us-east-1:123456789012', 'MISSING_ARN_FIELD', 'resource'],
    ['arn:aws:sqs:us-east-1:123456789012', 'MISSING_ARN_FIELD', 'resource'],
    ['arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/get/x', 'none'],
  ] as const) {
    it(`${code} for ${resource} in a policy of type ${type}`, () => {
      assert.deepEqual(codesOf(resource, type), [code]);
    });
  }
});
