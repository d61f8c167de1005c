import { strict as assert } from 'node:assert';
import type { Diagnostic, DocumentDiagnosticReport } from 'vscode-languageserver/node';
import { type LspClient, type LspClientOptions, PUSHED_TO, startLspClient } from '../support/lspClient';
import { policyText, serviceWith, POLICY_URI as uri } from './rules';

describe('diagnostics', () => {
  let client: LspClient;
  const start = async (options: LspClientOptions): Promise<void> => {
    client = await startLspClient({ createService: serviceWith(['star']), ...options });
  };
  afterEach(() => client.stop());

  const pull = async (document = uri): Promise<readonly Diagnostic[]> => {
    const report = await client.connection.sendRequest<DocumentDiagnosticReport>('textDocument/diagnostic', {
      textDocument: { uri: document },
    });
    assert.ok(report.kind === 'full');
    return report.items;
  };

  describe('pulled', () => {
    it('carry source, rule, page, severity and the range of the wrong value', async () => {
      await start({});
      await client.open(uri, policyText('s3:GetObject', '*'));
      assert.deepEqual(await pull(), [
        {
          range: { start: { line: 2, character: 63 }, end: { line: 2, character: 66 } },
          severity: 2,
          source: 'iam-policy',
          code: 'test-star',
          codeDescription: { href: 'file:///pages/test-star.md' },
          message: '"*" is every action',
        },
      ]);
    });

    it('lead to the other places of the same problem', async () => {
      await start({ createService: serviceWith(['pair']) });
      await client.open(uri, policyText('s3:GetObject'));
      const [diagnostic, ...others] = await pull();
      assert.deepEqual(others, []);
      assert.equal(diagnostic?.message, 'The action');
      assert.deepEqual(diagnostic?.relatedInformation, [
        {
          location: {
            uri,
            range: { start: { line: 2, character: 37 }, end: { line: 2, character: 45 } },
          },
          message: 'Its element',
        },
      ]);
    });

    it('point to where the client shows the pages, if it says so', async () => {
      await start({ initializationOptions: { rulePages: 'pages:/' } });
      await client.open(uri, policyText('*'));
      assert.deepEqual(
        (await pull()).map(({ codeDescription }) => codeDescription?.href),
        ['pages:/test-star.md'],
      );
    });

    it('follow the document, version by version', async () => {
      await start({});
      await client.open(uri, policyText('*'));
      assert.equal((await pull()).length, 1);
      await client.change(uri, 2, [{ text: policyText('s3:GetObject') }]);
      assert.deepEqual(await pull(), []);
      const star = { line: 2, character: 48 };
      const end = { line: 2, character: 62 };
      await client.change(uri, 3, [{ range: { start: star, end }, text: '"*"' }]);
      assert.deepEqual(
        (await pull()).map(({ range }) => range),
        [{ start: star, end: { line: 2, character: 51 } }],
      );
    });

    it('are computed anew under changed settings, per document', async () => {
      await start({ settings: { rules: { 'test-*': 'error' } } });
      await client.open(uri, policyText('*'));
      assert.deepEqual(
        (await pull()).map(({ severity }) => severity),
        [1],
      );
      await client.configure({ rules: { 'test-*': 'error', 'test-star': 'off' } });
      assert.deepEqual(await pull(), []);
      await client.configure({});
      assert.equal((await pull()).length, 1);
      await client.configure({ enable: false });
      assert.deepEqual(await pull(), []);
    });

    it('come from documents of our languages only', async () => {
      await start({});
      await client.open('file:///a.txt', policyText('*'), 'plaintext');
      await client.open('file:///b.jsonc', `// why\n${policyText('*')}`, 'jsonc');
      assert.deepEqual(await pull('file:///a.txt'), []);
      assert.equal((await pull('file:///b.jsonc')).length, 1);
      assert.deepEqual(await pull('file:///never-opened.json'), []);
    });

    it('of a rule that throws cost nobody else’s, and one log line names rule and document', async () => {
      await start({ createService: serviceWith(['throwing', 'star']) });
      await client.open(uri, policyText('*'));
      assert.deepEqual(
        (await pull()).map(({ code }) => code),
        ['test-star'],
      );
      const { message } = await client.log.next();
      assert.match(
        message,
        /^rule test-throws failed \| file:\/\/\/policies\/policy.json \| TypeError: a rule/,
      );
      assert.doesNotMatch(message, /\n/);
    });

    it('leave JSON syntax to an editor that reports it by itself', async () => {
      const createService = serviceWith(['syntax']);
      await start({ createService, initializationOptions: { builtInJson: true } });
      await client.open(uri, policyText('*'));
      assert.deepEqual(await pull(), []);
      client.stop();
      await start({ createService });
      await client.open(uri, policyText('*'));
      assert.deepEqual(
        (await pull()).map(({ code }) => code),
        ['json-syntax'],
      );
    });

    it('name a setting that is not understood, once, and go on without it', async () => {
      await start({ settings: { rules: { 'test-star': 'loud' } } });
      await client.open(uri, policyText('*'));
      await client.open('file:///other.json', policyText('*'));
      assert.equal((await pull()).length, 1);
      assert.equal((await pull('file:///other.json')).length, 1);
      assert.deepEqual(
        client.log.all.map(({ message }) => message),
        ['The setting iamPolicy.rules has no severity "loud" (for test-star).'],
      );
    });
  });

  describe('pushed', () => {
    it('arrive at once when a document is opened, and then with their version once typing rests', async () => {
      await start({ capabilities: PUSHED_TO });
      assert.equal(client.initialized.capabilities.diagnosticProvider, undefined);
      await client.open(uri, policyText('*', '*'));
      const first = await client.published.next();
      assert.equal(first.version, 1);
      assert.equal(first.diagnostics.length, 2);
      assert.deepEqual(client.timers.delays(), []);
      await client.change(uri, 2, [{ text: policyText('s3:GetObject') }]);
      await client.timers.set(1);
      assert.deepEqual(client.timers.delays(), [150]);
      await client.change(uri, 3, [{ text: policyText('*') }]);
      await client.connection.sendRequest('textDocument/hover', {
        textDocument: { uri },
        position: { line: 0, character: 0 },
      });
      assert.deepEqual(client.timers.delays(), [150], 'the keystroke starts the wait anew');
      client.timers.elapse();
      const { version, diagnostics } = await client.published.next();
      assert.equal(version, 3);
      assert.deepEqual(
        diagnostics.map(({ code }) => code),
        ['test-star'],
      );
    });

    it('arrive at once when a document is opened again', async () => {
      await start({ capabilities: PUSHED_TO });
      await client.open(uri, policyText('s3:GetObject'));
      assert.deepEqual((await client.published.next()).diagnostics, []);
      await client.close(uri);
      assert.deepEqual((await client.published.next()).diagnostics, []);
      await client.open(uri, policyText('*'));
      assert.equal((await client.published.next()).diagnostics.length, 1);
      assert.deepEqual(client.timers.delays(), []);
    });

    it('of a version that has moved on are dropped', async () => {
      await start({ capabilities: PUSHED_TO });
      const release = client.holdConfiguration();
      await client.open(uri, policyText('*'));
      await client.change(uri, 2, [{ text: policyText('s3:GetObject') }]);
      // The one that waits for settings, and the one that waits until typing rests.
      await client.timers.set(2);
      release();
      client.timers.elapse();
      const { version, diagnostics } = await client.published.next();
      assert.equal(version, 2);
      assert.deepEqual(diagnostics, []);
      assert.equal(client.published.all.length, 1);
    });

    it('come by the defaults where settings are not answered, and by the settings once they are', async () => {
      await start({ capabilities: PUSHED_TO, settings: { rules: { '*': 'off' } } });
      const release = client.holdConfiguration();
      await client.open(uri, policyText('*'));
      await client.timers.set(1);
      client.timers.elapse();
      assert.equal((await client.published.next()).diagnostics.length, 1);
      assert.match((await client.log.next()).message, /has not answered workspace\/configuration/);
      // Nobody waits a second time.
      await client.open(`${uri}2`, policyText('*'));
      assert.equal((await client.published.next()).diagnostics.length, 1);
      await client.close(`${uri}2`);
      assert.deepEqual((await client.published.next()).diagnostics, []);
      release();
      await client.timers.set(1);
      client.timers.elapse();
      const { uri: renewed, diagnostics } = await client.published.next();
      assert.deepEqual([renewed, diagnostics], [uri, []]);
    });

    it('of many documents that are opened at once keep no request waiting', async () => {
      const service = serviceWith(['star'])();
      let linted = 0;
      await start({
        capabilities: PUSHED_TO,
        createService: () => ({
          ...service,
          lint: (...args) => {
            linted += 1;
            return service.lint(...args);
          },
        }),
      });
      const uris = Array.from({ length: 200 }, (_, index) => `file:///repo/${index}.json`);
      await Promise.all(uris.map((each) => client.open(each, policyText('*'))));
      await client.connection.sendRequest('textDocument/hover', {
        textDocument: { uri },
        position: { line: 0, character: 0 },
      });
      assert.ok(linted < 20, `${linted} documents were checked before the request was answered`);
      const published = new Set<string>();
      for (const _ of uris) {
        const { uri: one, diagnostics } = await client.published.next();
        assert.equal(diagnostics.length, 1);
        published.add(one);
      }
      assert.equal(published.size, uris.length);
    });

    it('are cleared when the document closes, and nothing comes afterwards', async () => {
      await start({ capabilities: PUSHED_TO });
      await client.open(uri, policyText('*'));
      assert.equal((await client.published.next()).diagnostics.length, 1);
      await client.change(uri, 2, [{ text: policyText('*', 's3:GetObject') }]);
      await client.timers.set(1);
      await client.close(uri);
      assert.deepEqual((await client.published.next()).diagnostics, []);
      assert.deepEqual(client.timers.delays(), []);
    });

    it('follow settings, also those that a client sends along instead of answering', async () => {
      await start({ capabilities: {} });
      await client.open(uri, policyText('*'));
      assert.equal((await client.published.next()).diagnostics.length, 1);
      await client.connection.sendNotification('workspace/didChangeConfiguration', {
        settings: { iamPolicy: { rules: { '*': 'off' } } },
      });
      await client.timers.set(1);
      client.timers.elapse();
      assert.deepEqual((await client.published.next()).diagnostics, []);
    });
  });

  it('survive settings that cannot be had', async () => {
    await start({ capabilities: PUSHED_TO });
    client.connection.onRequest('workspace/configuration', () => {
      throw new Error('no settings today');
    });
    await client.open(uri, policyText('*'));
    assert.equal((await client.published.next()).diagnostics.length, 1);
    assert.match(
      (await client.log.next()).message,
      /^workspace\/configuration failed \| file:.*no settings today/,
    );
  });

  it('work without the service reference, which one log line mentions', async () => {
    client = await startLspClient({
      host: {
        iamDataAssets: () => {
          throw new Error('unreadable');
        },
      },
    });
    await client.open(uri, policyText('s3:GetObject'));
    assert.deepEqual(await pull(), []);
    assert.match((await client.log.next()).message, /^The service reference failed \| Error: unreadable/);
    const { policies, reference } = await client.request('iamPolicy/policyTypes', { uri });
    assert.equal(reference, undefined);
    assert.deepEqual(
      policies.map(({ type }) => type),
      ['identity'],
    );
  });
});
