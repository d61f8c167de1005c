import assert from 'node:assert/strict';
import { type LspClient, startLspClient } from '../support/lspClient';

const URI = 'file:///policies/role.json';

const policy = (action: string): string => `{
  "Version": "2012-10-17",
  "Statement": [
    { "Sid": "Read", "Effect": "Allow", "Action": ${action}, "Resource": "arn:aws:s3:::b/*" }
  ]
}
`;

describe('what a change grants, in an editor', () => {
  let client: LspClient | undefined;
  afterEach(() => client?.stop());

  async function start(options: Parameters<typeof startLspClient>[0]): Promise<LspClient> {
    client = await startLspClient(options);
    await client.open(URI, policy('["s3:GetObject", "s3:PutObject"]'));
    return client;
  }

  it('is told against the last commit, and against the saved file', async () => {
    const asked: string[] = [];
    const { request } = await start({
      host: {
        committed: async (uri) => {
          asked.push(uri);
          return { text: policy('"s3:GetObject"') };
        },
        files: {
          read: async (uri) =>
            uri === URI ? policy('["s3:GetObject", "s3:PutObject", "s3:DeleteObject"]') : undefined,
          allPolicyFilesBelow: async () => [],
        },
      },
    });
    const commit = await request('iamPolicy/changeReport', { uri: URI, against: 'commit' });
    assert.equal(commit.granted, 1);
    assert.match(commit.report ?? '', /^# What this change grants\n/);
    assert.match(
      commit.report ?? '',
      /## Newly granted\n\n### Allow `Read`, line 4\n\n- \*\*Actions\*\*: `s3:PutObject`\n/,
    );
    assert.match(commit.report ?? '', /- \*\*For example\*\*: `s3:PutObject on arn:aws:s3:::b\/example`\n/);
    assert.deepEqual(asked, [URI]);
    const saved = await request('iamPolicy/changeReport', { uri: URI, against: 'saved' });
    assert.equal(saved.granted, 0);
    assert.match(
      saved.report ?? '',
      /## Taken away\n\n### Allow `Read`, line 4 as it is saved\n\n- \*\*Actions\*\*: `s3:DeleteObject`\n/,
    );
  });

  it('says why there is nothing to compare with', async () => {
    const { request } = await start({
      host: { committed: async () => ({ problem: 'not a git repository' }) },
    });
    assert.deepEqual(await request('iamPolicy/changeReport', { uri: URI, against: 'commit' }), {
      problem: 'not a git repository',
    });
  });

  it('asks no git in a workspace that is not trusted', async () => {
    const { request } = await start({
      initializationOptions: { workspaceTrust: 'untrusted' },
      host: { committed: () => assert.fail('git was asked') },
    });
    const { problem, report } = await request('iamPolicy/changeReport', { uri: URI, against: 'commit' });
    assert.deepEqual([problem, report], ['git is not asked in a workspace that is not trusted', undefined]);
  });
});
