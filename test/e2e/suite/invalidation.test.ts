import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import type { CurlArguments } from '../../../client/src/invalidation/curl';
import type { InvalidateCacheArguments, InvalidateCacheOutcome } from '../../../client/src/invalidation/flow';
import type { FlushArguments, StageArguments } from '../../../client/src/invalidation/stage';
import type { FlushStageCacheResult, StageCacheResult } from '../../../server/src/protocol/stage';
import {
  closeEverything,
  openDocument,
  positionOf,
  waitForActivation,
  waitForTab,
  waitForText,
} from '../support';

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
    await waitForTab('API Gateway Invalidation');
    assert.match(result?.report ?? '', new RegExp(`^# ${result?.verdict.title}`));
  });

  it('starts from an invoke URL, and tells no secret of it', async () => {
    const url = 'https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/prod/pets?page=2&token=f9d1c0ffee';
    const result = await invalidate({ url, identity: { kind: 'profile', name: 'invalidator' } });
    assert.equal(result?.verdict.kind, 'accepted');
    assert.match(result.report, /page=2/);
    assert.ok(!`${result.report}${result.json}`.includes('f9d1c0ffee'));
  });

  it('starts from the route at a place of a definition, and asks for no part that was answered', async () => {
    const definition = await openDocument('petstore.yaml');
    const result = await invalidate({
      uri: definition.uri.toString(),
      position: positionOf(definition, '/pets/{petId}', 3),
      answers: { stage: 'prod', path: 'pets/7' },
      identity: { kind: 'profile', name: 'invalidator' },
    });
    assert.equal(result?.verdict.kind, 'accepted');
    assert.match(result.report, /GET\/pets\/7/);
  });

  it('is copied as a command without a secret', async () => {
    const args: CurlArguments = { arn: `${PETS}/prod/GET/pets` };
    const command = await vscode.commands.executeCommand<string>('apiGateway.copyAsCurl', args);
    assert.match(command, /--aws-sigv4 'aws:amz:us-east-1:execute-api'/);
    assert.equal(await vscode.env.clipboard.readText(), command);
  });

  it("is explained by the stage's settings, for those who may read them", async () => {
    const read = async (name: string): Promise<StageCacheResult | undefined> => {
      const args: StageArguments = { arn: `${PETS}/mixed/GET/pets`, identity: { kind: 'profile', name } };
      return vscode.commands.executeCommand('apiGateway.showStageCacheSettings', args);
    };
    assert.equal((await read('manager'))?.settings?.overrides, 3);
    const denied = await read('reader');
    assert.equal(denied?.verdict.reason, 'control-denied');
    assert.equal(denied.settings, undefined);
  });

  it('is done for a whole stage at once', async () => {
    const args: FlushArguments = {
      arn: `${PETS}/prod/GET/pets`,
      identity: { kind: 'profile', name: 'manager' },
      confirmed: true,
    };
    const result = await vscode.commands.executeCommand<FlushStageCacheResult>(
      'apiGateway.flushStageCache',
      args,
    );
    assert.equal(result.verdict.reason, 'stage-flushed');
  });

  it('is granted by the statement that a command inserts', async () => {
    const document = await openDocument('petstore-invoke.json');
    const text = waitForText(document, (now) => now.includes('execute-api:InvalidateCache'));
    await vscode.commands.executeCommand('iamPolicy.insertInvalidateCacheStatement');
    assert.equal(JSON.parse(await text).Statement.length, 2);
  });
});
