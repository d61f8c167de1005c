import assert from 'node:assert/strict';
import { createLanguageService } from '../../server/src/core/index';
import { loadIamData } from '../support/iamData';

/** The policy that Amazon API Gateway's documentation shows for granting cache invalidation, less its placeholders. */
const DOCUMENTED = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": ["execute-api:InvalidateCache"],
      "Resource": ["arn:aws:execute-api:region:account-id:api-id/stage-name/GET/resource-path-specifier"]
    }
  ]
}`;

describe('the documented policy for cache invalidation', () => {
  it('is right in its grammar', () => {
    const service = createLanguageService({ iamData: loadIamData() });
    const { findings, failures } = service.lint(service.open({ text: DOCUMENTED, language: 'json' }));
    assert.deepEqual(failures, []);
    assert.deepEqual(
      findings.filter(({ rule }) => rule !== 'placeholder'),
      [],
    );
  });
});
