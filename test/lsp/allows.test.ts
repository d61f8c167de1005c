import { strict as assert } from 'node:assert';
import { type LspClient, startLspClient } from '../support/lspClient';

const IDENTITY = 'file:///policies/identity.json';
const RESOURCE = 'file:///policies/resource.json';
const PETS = 'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/pets';
const ROLE = 'arn:aws:iam::123456789012:role/reader';

const identity = `{
  "Version": "2012-10-17",
  "Statement": [
    { "Sid": "Read", "Effect": "Allow", "Action": "execute-api:Invoke", "Resource": "${PETS}" }
  ]
}
`;

const resource = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Deny",
      "Principal": { "AWS": "${ROLE}" },
      "Action": "execute-api:*",
      "Resource": "${PETS}",
      "Condition": { "Bool": { "aws:SecureTransport": "false" } }
    }
  ]
}
`;

describe('questions to policies', () => {
  let client: LspClient;
  beforeEach(async () => {
    client = await startLspClient();
    await client.open(IDENTITY, identity);
    await client.open(RESOURCE, resource);
  });
  afterEach(() => client.stop());

  it('the verdict comes with the places that decide', async () => {
    const answer = await client.request('iamPolicy/allows', {
      uris: [IDENTITY],
      action: 'execute-api:Invoke',
      resource: PETS,
    });
    assert.equal(answer.outcome, 'allow');
    assert.deepEqual(answer.deciding, [
      {
        uri: IDENTITY,
        range: { start: { line: 3, character: 4 }, end: { line: 3, character: 155 } },
        name: '"Read"',
        effect: 'Allow',
        policyType: 'identity',
        hinges: [],
      },
    ]);
    assert.deepEqual(answer.grants, []);
    assert.deepEqual(answer.refusals, []);
  });

  it('what makes AWS refuse a policy comes with the verdict, in each of the documents', async () => {
    const uri = 'file:///policies/refused.json';
    await client.open(uri, `{ "Statement": [\n  { "Effect": "deny", "Action": "*", "Resource": "*" }\n] }`);
    const { outcome, refusals } = await client.request('iamPolicy/allows', {
      uris: [IDENTITY, uri],
      action: 'execute-api:Invoke',
      resource: PETS,
    });
    assert.equal(outcome, 'allow');
    assert.deepEqual(refusals, [
      {
        uri,
        range: { start: { line: 1, character: 14 }, end: { line: 1, character: 20 } },
        text: 'Effect must be exactly "Allow" or "Deny", and not "deny".',
      },
    ]);
  });

  it('several documents are asked together, and each place names its own', async () => {
    const { outcome, deciding } = await client.request('iamPolicy/allows', {
      uris: [IDENTITY, RESOURCE],
      action: 'execute-api:Invoke',
      resource: PETS,
      principal: ROLE,
    });
    assert.equal(outcome, 'depends');
    const [statement] = deciding;
    assert.equal(statement?.uri, RESOURCE);
    assert.deepEqual(
      statement?.hinges.map(({ uri, text, range }) => [uri, text, range.start]),
      [[RESOURCE, 'if aws:SecureTransport is false', { line: 8, character: 31 }]],
    );
  });

  it('an answer that depends names the condition keys that settle it, and takes what is told of them', async () => {
    const question = {
      uris: [IDENTITY, RESOURCE],
      action: 'execute-api:Invoke',
      resource: PETS,
      principal: ROLE,
    };
    const open = await client.request('iamPolicy/allows', question);
    assert.deepEqual(open.asks, [
      { key: 'aws:SecureTransport', values: ['false'], choices: ['true', 'false'] },
    ]);
    assert.match(open.sentence ?? '', /^Allowed by .*, unless aws:SecureTransport is false\.$/);
    assert.deepEqual(open.sides, [
      'allowed if aws:SecureTransport is true or is not in the request',
      'denied if aws:SecureTransport is false',
    ]);
    const told = async (...values: readonly string[]) =>
      client.request('iamPolicy/allows', { ...question, context: [{ key: 'aws:SecureTransport', values }] });
    const [safe, unsafe, absent] = await Promise.all([told('true'), told('false'), told()]);
    assert.deepEqual([safe.outcome, unsafe.outcome, absent.outcome], ['allow', 'deny', 'allow']);
    assert.deepEqual([safe.asks, unsafe.asks], [[], []]);
    // Nothing is kept of it.
    assert.equal((await client.request('iamPolicy/allows', question)).outcome, 'depends');
  });

  it('a no comes with the change that would grant it, for the version that was judged', async () => {
    const { outcome, lacks, grants } = await client.request('iamPolicy/allows', {
      uris: [IDENTITY],
      action: 'execute-api:InvalidateCache',
      resource: PETS,
    });
    assert.equal(outcome, 'implicit-deny');
    assert.deepEqual(lacks, ['no identity policy and no resource policy allows it']);
    const [change] = grants[0]?.changes ?? [];
    assert.equal(change?.uri, IDENTITY);
    assert.equal(change?.version, 1);
    assert.ok(change?.edits.some(({ newText }) => newText.includes('execute-api:InvalidateCache')));
  });

  it('the choices are those of all documents, and the cursor is in the first', async () => {
    const choices = await client.request('iamPolicy/questionChoices', {
      uris: [IDENTITY, RESOURCE],
      position: { line: 3, character: 20 },
    });
    assert.deepEqual(choices.here, { action: 'execute-api:Invoke', resource: PETS });
    assert.deepEqual(choices.principals, [ROLE]);
    assert.equal(choices.asksPrincipal, true);
  });

  it('who may invalidate is told for the ARN at a position', async () => {
    const { arn, policies } = await client.request('iamPolicy/whoMayInvalidate', {
      uri: IDENTITY,
      position: { line: 3, character: 110 },
    });
    assert.equal(arn, PETS);
    assert.deepEqual(
      policies.map(({ policyType, role, callers }) => [
        policyType,
        role,
        callers.map(({ principal, invalidateCache, invoke }) => [
          principal,
          invalidateCache.answer,
          invoke.answer,
        ]),
      ]),
      [['identity', 'grants', [[undefined, 'no', 'yes']]]],
    );
  });

  it('a document that holds no policy, or is not open, has no answer', async () => {
    const uri = 'file:///policies/other.json';
    await client.open(uri, '{ "a": 1 }');
    const question = { action: 's3:GetObject', resource: 'arn:aws:s3:::a/b' };
    for (const uris of [[uri], ['file:///nowhere.json'], []]) {
      const answer = await client.request('iamPolicy/allows', { uris, ...question });
      assert.deepEqual(answer, {
        deciding: [],
        lacks: [],
        asks: [],
        sides: [],
        refusals: [],
        grants: [],
      });
    }
    assert.deepEqual(
      await client.request('iamPolicy/whoMayInvalidate', { uri, position: { line: 0, character: 2 } }),
      { policies: [] },
    );
  });
});
