import assert from 'node:assert/strict';
import type { DocumentLanguage } from '../../server/src/core/index';
import { languageService } from '../support/policies';

const service = languageService();

/** The findings on execute-api ARNs, each with the text that it marks. */
function found(text: string, language: DocumentLanguage): readonly string[] {
  return service
    .lint(service.open({ text, language }))
    .findings.filter(({ rule }) => rule.startsWith('execute-api-'))
    .map(({ rule, span }) => `${rule} ${text.slice(span.start, span.end)}`);
}

const inTemplate = (resource: string): string => `Resources:
  P:
    Type: AWS::IAM::Policy
    Properties:
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Action: execute-api:Invoke
            Resource: !Sub arn:aws:execute-api:\${AWS::Region}:\${AWS::AccountId}:${resource}
`;

const inProgram = (resource: string): string => `role.addToPolicy(new iam.PolicyStatement({
  actions: ['execute-api:Invoke'],
  resources: [\`arn:aws:execute-api:\${this.region}:\${this.account}:${resource}\`],
}));
`;

describe('what is filled in as one segment of an execute-api ARN', () => {
  for (const [resource, ...expected] of [
    ['${ServerlessRestApi}/Prod/GTE/pets', 'execute-api-method-unknown GTE'],
    ['${ServerlessHttpApi}/Prod/pets/1', 'execute-api-method-unknown pets'],
    ['${ApiGatewayRestApi}/dev/GET//pets', 'execute-api-path-leading-slash /'],
    ['${Api.RestApiId}/prod/pets/1', 'execute-api-method-unknown pets'],
    ['${MyApi.ApiId}/prod/GTE/pets', 'execute-api-method-unknown GTE'],
    ['${MyApi.ApiId}/Prod/$connect'],
    ['${ServerlessRestApi}/*/GET/pets'],
    // The whole of what follows the account, a part of a segment, or a wildcard, may be in these.
    ['${Api}/prod/pets/1'],
    ['${Prefix}${Api.ApiId}/prod/pets/1'],
    ['${Api.ApiId}${Rest}/prod/pets/1'],
    ['${api.Outputs.ApiId}/prod/pets/1'],
    ['${Api.Arn}/prod/pets/1'],
    ['${ServerlessRestApi}/${Stage}/pets/1'],
  ] as const) {
    it(`of a template: ${resource} is ${expected.join(', ') || 'fine'}`, () => {
      assert.deepEqual(found(inTemplate(resource), 'yaml'), expected);
    });
  }

  for (const [resource, ...expected] of [
    ['${this.api.restApiId}/prod/pets/1', 'execute-api-method-unknown pets'],
    ['${httpApi.apiId}/prod/GTE/pets', 'execute-api-method-unknown GTE'],
    ['${props.restApiId}/prod/pets/1'],
    ['${apiProps.restApiId}/prod/pets/1'],
    ['${this.api.url}/prod/pets/1'],
    ['${restApiId}/prod/pets/1'],
  ] as const) {
    it(`of a program: ${resource} is ${expected.join(', ') || 'fine'}`, () => {
      assert.deepEqual(found(inProgram(resource), 'typescript'), expected);
    });
  }
});
