import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import type { InvalidateCacheArguments, InvalidateCacheOutcome } from '../../../client/src/invalidation/flow';
import { closeEverything, openDocument, positionOf, waitForActivation, waitForText } from '../support';

const PETS = 'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5';

describe('invalidation', () => {
  before(async () => {
    await openDocument('petstore-invoke.json');
    await waitForActivation();
  });
  afterEach(closeEverything);

  const invalidate = (args: InvalidateCacheArguments): Thenable<InvalidateCacheOutcome> =>
    vscode.commands.executeCommand('apiGateway.invalidateCache', { confirmed: true, ...args });
  const verdictOf = async (profile: string, stage: string): Promise<string | undefined> => {
    const identity = { kind: 'profile', name: profile } as const;
    return (await invalidate({ arn: `${PETS}/${stage}/GET/pets`, identity }))?.verdict.kind;
  };

  it('is accepted, ignored or refused, as the caller and the stage have it', async () => {
    assert.equal(await verdictOf('invalidator', 'prod'), 'accepted');
    assert.equal(await verdictOf('reader', 'prod'), 'ignored');
    assert.equal(await verdictOf('reader', 'strict'), 'refused');
  });

  it('starts from the ARN in a document, with answers for what it leaves open', async () => {
    const document = await openDocument('petstore-invoke.json');
    const result = await invalidate({
      uri: document.uri.toString(),
      position: positionOf(document, 'a1b2c3d4e5'),
      answers: { path: 'pets?page=2' },
      identity: { kind: 'default' },
    });
    assert.equal(result?.verdict.kind, 'accepted');
    assert.match(result?.report ?? '', /page=2/);
  });

  it('leaves a report that can be read', async () => {
    const result = await invalidate({
      arn: `${PETS}/prod/GET/pets`,
      identity: { kind: 'profile', name: 'invalidator' },
    });
    await vscode.commands.executeCommand('apiGateway.showLastReport');
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    assert.ok(
      tabs.some(({ label }) => label.includes('API Gateway Invalidation.md')),
      JSON.stringify(tabs.map(({ label }) => label)),
    );
    assert.match(result?.report ?? '', new RegExp(`^# ${result?.verdict.title}`));
  });

  it('is granted by the statement that a command inserts', async () => {
    const document = await openDocument('petstore-invoke.json');
    const text = waitForText(document, (now) => now.includes('execute-api:InvalidateCache'));
    await vscode.commands.executeCommand('iamPolicy.insertInvalidateCacheStatement');
    assert.equal(JSON.parse(await text).Statement.length, 2);
  });
});
