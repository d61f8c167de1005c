import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type InvalidationChoices, joinKnowledge, readKnowledge } from '../../server/src/core/index';
import { bareLanguageService } from '../support/policies';
import { repositoryRoot } from '../support/repository';

const API = 'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5';
const FILES: readonly (readonly [uri: string, text: string])[] = [
  ['file:///w/petstore.yaml', readFileSync(join(repositoryRoot, 'test/workspace/petstore.yaml'), 'utf8')],
  ['file:///w/strict.json', `"${API}/strict/GET/pets"`],
  ['file:///w/other.json', '"arn:aws:execute-api:eu-west-1:123456789012:f6g7h8i9j0/beta/GET/x"'],
  [
    'file:///w/serverless.yml',
    'service: s\nprovider: { name: aws }\nfunctions: { f: { events: [{ httpApi: GET /http }] } }',
  ],
];

describe('what the workspace knows for an invalidation', () => {
  const choices = (arn: string): InvalidationChoices => {
    const service = bareLanguageService();
    const knowledge = joinKnowledge(FILES.map(([uri, text]) => [uri, readKnowledge(uri, text)]));
    return service.invalidationChoices(service.invalidationDraftOf(arn), knowledge);
  };

  it('are stages, methods and paths of the API at hand', () => {
    assert.deepEqual(choices(`${API}/*`), {
      region: ['us-east-1'],
      apiId: ['a1b2c3d4e5'],
      stage: ['prod', 'strict'],
      method: ['GET', 'POST'],
      path: ['', 'pets', 'pets/{petId}', 'public/{proxy+}', 'metered'],
    });
  });

  it('are only what fits the ARN', () => {
    const { stage, path } = choices(`${API}/s*/GET/pets*`);
    assert.deepEqual([stage, path], [['strict'], ['pets', 'pets/{petId}']]);
  });

  it('are the APIs themselves where the ID is open, those without a cache left out', () => {
    const { apiId, region, path } = choices('arn:aws:execute-api:*:123456789012:*/*/GET/*');
    assert.deepEqual(apiId, ['a1b2c3d4e5', 'f6g7h8i9j0']);
    assert.deepEqual(region, ['us-east-1', 'eu-west-1']);
    assert.ok(!path.includes('http'));
  });
});
