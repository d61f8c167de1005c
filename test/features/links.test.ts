import assert from 'node:assert/strict';
import { languageService, openJson, policyWith } from '../support/policies';

describe('document links', () => {
  it('lead from managed policies to their pages, and leave the rest to the hover', () => {
    const text = policyWith(
      `"Action": "iam:AttachRolePolicy",
      "NotResource": "arn:aws:iam::*:role/\${aws:username}",
      "Condition": {
        "ArnEqualsIfExists": { "iam:PolicyARN": "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole" },
        "Bool": { "aws:multifactorauthpresent": "true" }
      }`,
    );
    const links = languageService().documentLinks(openJson(languageService(), text));
    assert.deepEqual(
      links.map(({ span, target }) => [text.slice(span.start, span.end), target]),
      [
        [
          'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole',
          'https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSLambdaBasicExecutionRole.html',
        ],
      ],
    );
  });

  it('lead nowhere where there may be no page', () => {
    const text = `{ "Version": "2008-10-17", "Statement": [{
      "effect": "Allow", "Resources": "x", "Action": "s3:GetObject",
      "Resource": ["arn:aws:iam::aws:policy/*", "arn:aws-cn:iam::aws:policy/ReadOnlyAccess", "arn:aws:iam::123456789012:policy/Own", "arn:aws:s3:::\${aws:username}"],
      "Condition": { "StringIs": { "s3:prefix": "x", "aws:None": "y" } }
    }] }`;
    const targets = languageService()
      .documentLinks(openJson(languageService(), text))
      .map(({ target }) => target.slice(target.lastIndexOf('/') + 1));
    assert.deepEqual(targets, []);
  });

  it('do not underline what stands in every statement', () => {
    const text = policyWith('"Sid": "x", "Action": "s3:*", "Resource": "*"');
    const links = languageService().documentLinks(openJson(languageService(), text));
    assert.deepEqual(links, []);
  });
});
