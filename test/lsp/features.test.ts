import { strict as assert } from 'node:assert';
import {
  CancellationTokenSource,
  type CodeAction,
  type CodeLens,
  type Command,
  type Hover,
  LSPErrorCodes,
  ResponseError,
  type SemanticTokens,
} from 'vscode-languageserver/node';
import { inOneStep, type LanguageService } from '../../server/src/core/index';
import { type LspClient, type LspClientOptions, PULLING, startLspClient } from '../support/lspClient';
import { policyText, serviceWith, POLICY_URI as uri } from './rules';

const ARN = 'arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/prod/GET/pets';

/** Features whose answers are known: this is about the way there and back. */
const known: Partial<LanguageService> = {
  hover: ({ text }, offset) => ({
    span: { start: offset, end: offset + 1 },
    contents: `**${text[offset]}**`,
  }),
  semanticTokenSteps: ({ text }) =>
    inOneStep(() => [
      { span: spanOf(text, 'Version'), type: 'iamService' },
      { span: spanOf(text, 'Effect'), type: 'arnPath' },
      { span: spanOf(text, 'Allow'), type: 'iamAction' },
    ]),
  codeLenses: ({ text }) => [
    { kind: 'invalidate-cache', span: spanOf(text, 'Allow'), arn: ARN },
    { kind: 'explain', span: spanOf(text, 'Allow'), arn: ARN },
  ],
  arnOffers: ({ text }, { start }) => {
    const span = spanOf(text, 'Allow');
    return span.start <= start && start <= span.end ? [{ kind: 'explain', span, arn: ARN }] : [];
  },
};

describe('language features', () => {
  let client: LspClient;
  const start = async (options: LspClientOptions = {}): Promise<void> => {
    client = await startLspClient({
      createService: serviceWith(['star'], known),
      initializationOptions: { clientCommands: true },
      ...options,
    });
  };
  afterEach(() => client.stop());

  const hover = (character: number) =>
    client.connection.sendRequest<Hover | null>('textDocument/hover', {
      textDocument: { uri },
      position: { line: 1, character },
    });
  const actions = (character: number, only?: string[]) =>
    client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri },
      range: { start: { line: 2, character }, end: { line: 2, character } },
      context: { diagnostics: [], ...(only === undefined ? {} : { only }) },
    });

  it('introduce themselves', async () => {
    await start();
    const { serverInfo, capabilities } = client.initialized;
    assert.deepEqual(serverInfo, { name: 'server-under-test', version: '1.2.3' });
    assert.equal(capabilities.positionEncoding, 'utf-16');
    assert.deepEqual(capabilities.diagnosticProvider, {
      identifier: 'iam-policy',
      interFileDependencies: true,
      workspaceDiagnostics: false,
    });
  });

  it('hover: the position goes in, Markdown and its range come out', async () => {
    await start();
    await client.open(uri, policyText('*'));
    assert.deepEqual(await hover(3), {
      contents: { kind: 'markdown', value: '**V**' },
      range: { start: { line: 1, character: 3 }, end: { line: 1, character: 4 } },
    });
  });

  it('a fix names its finding and edits the version it was made for', async () => {
    await start();
    await client.open(uri, policyText('*'));
    const [fix, ...others] = await actions(49, ['quickfix']);
    assert.deepEqual(others, []);
    assert.equal(fix?.title, 'Name one action');
    assert.equal(fix?.kind, 'quickfix');
    assert.equal(fix?.isPreferred, true);
    assert.deepEqual(
      fix?.diagnostics?.map(({ code }) => code),
      ['test-star'],
    );
    assert.deepEqual(fix?.edit, {
      documentChanges: [
        {
          textDocument: { uri, version: 1 },
          edits: [
            {
              range: { start: { line: 2, character: 48 }, end: { line: 2, character: 51 } },
              newText: '"s3:GetObject"',
            },
          ],
        },
      ],
    });
    assert.deepEqual(await actions(0, ['quickfix']), [], 'nothing is offered away from the finding');
    assert.deepEqual(await actions(0, ['refactor.extract']), []);
  });

  it('a client without versioned edits gets plain ones', async () => {
    await start({ capabilities: { ...PULLING, workspace: { configuration: true } } });
    await client.open(uri, policyText('*'));
    const [fix] = await actions(49);
    assert.deepEqual(Object.keys(fix?.edit?.changes ?? {}), [uri]);
  });

  it('a client that can ask for edits gets them for the action that it takes', async () => {
    const codeAction = { dataSupport: true, resolveSupport: { properties: ['edit'] } };
    await start({
      capabilities: { ...PULLING, textDocument: { ...PULLING.textDocument, codeAction } },
    });
    await client.open(uri, policyText('*'));
    const [fix] = await actions(49, ['quickfix']);
    assert.equal(fix?.title, 'Name one action');
    assert.equal(fix?.edit, undefined);
    const resolve = () => client.connection.sendRequest<CodeAction>('codeAction/resolve', fix);
    const [change] = (await resolve()).edit?.documentChanges ?? [];
    assert.ok(change !== undefined && 'edits' in change);
    assert.deepEqual(
      change.edits.map((edit) => 'newText' in edit && edit.newText),
      ['"s3:GetObject"'],
    );
    await client.change(uri, 2, [{ text: policyText('s3:*') }]);
    assert.equal((await resolve()).edit, undefined, 'an edit for another version would hit something else');
  });

  it('all findings of a rule are fixed at once from one of them, where there are several', async () => {
    await start();
    const offered = async () =>
      (await actions(49, ['quickfix'])).filter(({ title }) => /^Fix all/.test(title));
    await client.open(uri, policyText('*'));
    assert.deepEqual(await offered(), []);
    for (const [index, count] of [2, 3].entries()) {
      const text = policyText(...Array.from({ length: count }, () => '*'));
      await client.change(uri, index + 2, [{ text }]);
      const [all, ...others] = await offered();
      assert.deepEqual(others, []);
      assert.equal(all?.title, `Fix all ${count} of test-star in this document`);
      assert.deepEqual(
        all.diagnostics?.map(({ code }) => code),
        ['test-star'],
      );
      const [change] = all.edit?.documentChanges ?? [];
      assert.ok(change !== undefined && 'edits' in change);
      assert.equal(change.edits.length, count);
    }
  });

  it('fix all joins the safe fixes, for those who ask for it', async () => {
    await start();
    await client.open(uri, policyText('*', 's3:PutObject', '*'));
    const [all, ...others] = await actions(0, ['source.fixAll']);
    assert.deepEqual(others, []);
    assert.equal(all?.kind, 'source.fixAll.iamPolicy');
    const [change] = all?.edit?.documentChanges ?? [];
    assert.ok(change !== undefined && 'edits' in change);
    assert.equal(change.edits.length, 2);
    assert.deepEqual(await actions(0, ['source.organizeImports']), []);
  });

  it('refactorings come by their kind, also to those who ask for one of them', async () => {
    await start();
    await client.open(uri, policyText('*'));
    const kinds = async (only?: string[]) => (await actions(49, only)).map(({ kind }) => kind);
    const list = 'refactor.rewrite.iamPolicy.listToValue';
    assert.deepEqual(await kinds(), ['quickfix', list]);
    assert.deepEqual(await kinds([list]), [list]);
    assert.deepEqual(await kinds(['refactor.rewrite.iamPolicy.sort']), []);
    assert.deepEqual(await kinds(['refactor']), [
      list,
      'refactor.rewrite.iamPolicy.minify',
      'refactor.rewrite.iamPolicy.prettify',
      // As a data source, and as `jsonencode`.
      'refactor.iamPolicy.openAsTerraform',
      'refactor.iamPolicy.openAsTerraform',
    ]);
  });

  it('sort all sorts every list, for those who ask for it', async () => {
    await start();
    await client.open(uri, policyText('s3:PutObject', 's3:GetObject'));
    const [sort, ...others] = await actions(0, ['source.sort']);
    assert.deepEqual(others, []);
    assert.equal(sort?.kind, 'source.sort.iamPolicy');
    const [change] = sort?.edit?.documentChanges ?? [];
    assert.ok(change !== undefined && 'edits' in change);
    assert.deepEqual(
      change.edits.map((edit) => 'newText' in edit && edit.newText),
      ['"s3:GetObject"', '"s3:PutObject"'],
    );
  });

  it('semantic tokens come relative to each other, in the order of the legend', async () => {
    await start();
    await client.open(uri, policyText('*'));
    const { data } = await client.connection.sendRequest<SemanticTokens>('textDocument/semanticTokens/full', {
      textDocument: { uri },
    });
    const types = client.initialized.capabilities.semanticTokensProvider?.legend.tokenTypes ?? [];
    assert.deepEqual(data, [
      ...[1, 3, 7, types.indexOf('iamService'), 0],
      ...[1, 19, 6, types.indexOf('arnPath'), 0],
      ...[0, 10, 5, types.indexOf('iamAction'), 0],
    ]);
  });

  it('a code lens runs the command at the ARN, and a setting takes it away', async () => {
    await start();
    await client.open(uri, policyText('*'));
    const lenses = () =>
      client.connection.sendRequest<CodeLens[]>('textDocument/codeLens', { textDocument: { uri } });
    const range = { start: { line: 2, character: 29 }, end: { line: 2, character: 34 } };
    const place = [{ uri, position: range.start }];
    const commandsOf = (offers: readonly { readonly command?: Command }[]) =>
      offers.map(({ command }) => [command?.title, command?.command, command?.arguments]);
    const found = await lenses();
    assert.deepEqual(
      found.map((lens) => lens.range),
      [range, range],
    );
    assert.deepEqual(commandsOf(found), [
      ['Invalidate cache', 'apiGateway.invalidateCache', place],
      ['Explain', 'iamPolicy.explainArn', place],
    ]);
    assert.ok(found.every(({ command }) => command?.tooltip !== undefined));
    assert.deepEqual(commandsOf(await actions(30)), [['Explain', 'iamPolicy.explainArn', place]]);
    await client.configure({ codeLens: { show: ['explain', 'who-may-invalidate'] } });
    assert.deepEqual(
      (await lenses()).map(({ command }) => command?.title),
      ['Explain'],
    );
    await client.configure({ codeLens: { enable: false } });
    assert.deepEqual(await lenses(), []);
  });

  it('an editor without our commands is not offered them', async () => {
    await start({ initializationOptions: {} });
    assert.equal(client.initialized.capabilities.codeLensProvider, undefined);
    await client.open(uri, policyText('*'));
    assert.deepEqual(await actions(30), []);
  });

  it('the policy types name what a policy is and why; a glob in the settings decides', async () => {
    await start();
    await client.open(uri, policyText('*'));
    const [found] = (await client.request('iamPolicy/policyTypes', { uri })).policies;
    assert.equal(found?.type, 'identity');
    assert.deepEqual(found?.range, { start: { line: 0, character: 0 }, end: { line: 3, character: 1 } });
    await client.configure({ policyTypes: { '**/*.json': 'identity', 'policies/*.json': 'scp' } });
    const [set] = (await client.request('iamPolicy/policyTypes', { uri })).policies;
    assert.equal(set?.type, 'scp');
    assert.equal(set?.reason, 'it was set for this document');
  });

  it('the policy types come from the path where nothing else tells, and the hover says so', async () => {
    await start();
    const there = 'file:///policies/SCPs/deny.json';
    await client.open(there, policyText('*'));
    const [found] = (await client.request('iamPolicy/policyTypes', { uri: there })).policies;
    assert.equal(found?.type, 'scp');
    assert.equal(found?.reason, 'it is in a folder called "SCPs"');
  });

  it('a handler that throws answers with nothing, and one log line says which and where', async () => {
    await start({
      createService: serviceWith([], {
        hover: () => {
          throw new RangeError('out of bounds');
        },
      }),
    });
    await client.open(uri, policyText('*'));
    assert.equal(await hover(3), null);
    const { message } = await client.log.next();
    assert.match(message, /^textDocument\/hover failed \| file:\/\/\/policies\/policy.json \| RangeError/);
    assert.deepEqual((await client.request('iamPolicy/policyTypes', { uri })).policies.length, 1);
  });

  it('a cancelled request settles as cancelled, without the work', async () => {
    let hovered = 0;
    await start({
      createService: serviceWith([], {
        hover: () => {
          hovered += 1;
          return undefined;
        },
      }),
    });
    await client.open(uri, policyText('*'));
    const source = new CancellationTokenSource();
    const request = client.connection.sendRequest(
      'textDocument/hover',
      { textDocument: { uri }, position: { line: 1, character: 3 } },
      source.token,
    );
    source.cancel();
    await assert.rejects(request, (error: unknown) => {
      assert.ok(error instanceof ResponseError);
      assert.equal(error.code, LSPErrorCodes.RequestCancelled);
      return true;
    });
    assert.equal(hovered, 0);
  });
});

function spanOf(text: string, part: string) {
  const start = text.indexOf(part);
  assert.notEqual(start, -1);
  return { start, end: start + part.length };
}
