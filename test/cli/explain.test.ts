import assert from 'node:assert/strict';
import { type ArnExplanation, createLanguageService } from '../../server/src/core/index';
import { iamDataAssets } from '../support/iamData';
import { runCli } from './memoryIo';

const EXPLANATION: ArnExplanation = {
  arn: 'arn:aws:execute-api:::id/prod/get',
  summary: 'Matches nothing.',
  segments: [
    { name: 'Partition', text: 'aws', from: 4, to: 7, meaning: 'The commercial one', legal: 'aws, aws-cn' },
    {
      name: 'Region',
      text: '',
      from: 20,
      to: 20,
      meaning: 'None',
      legal: 'A Region',
      problem: 'It is missing',
    },
    {
      name: 'Method',
      text: 'get',
      from: 30,
      to: 33,
      meaning: '',
      legal: 'GET',
      problem: 'It is in lower case',
    },
  ],
};

function explain(explanation: ArnExplanation, ...options: readonly string[]) {
  return runCli(['explain', explanation.arn, ...options], {
    createService: (dependencies) => ({
      ...createLanguageService(dependencies),
      explainArn: () => explanation,
    }),
  });
}

describe('iam-policy explain', () => {
  it('prints an aligned table with each problem under its segment, and exits 1 for one', async () => {
    const run = await explain(EXPLANATION);
    assert.equal(
      run.stdout,
      [
        'arn:aws:execute-api:::id/prod/get',
        '',
        '  Partition  aws      The commercial one',
        '  Region     (empty)  None',
        '             ^^^^^^^ It is missing',
        '             legal: A Region',
        '  Method     get',
        '             ^^^ It is in lower case',
        '             legal: GET',
        '',
        'Matches nothing.',
        '',
      ].join('\n'),
    );
    assert.deepEqual([run.stderr, run.exitCode], ['', 1]);
  });

  for (const [arn, exitCode] of [
    ['*', 0],
    ['arn:aws:s3:::bucket/*', 0],
    ['arn:aws:iam::aws:policy/ReadOnlyAccess', 0],
    ['arn:aws:ec2:us-east-1:${aws:PrincipalAccount}:*', 0],
    ['arn:*', 0],
    ['arn:aws:s3:*', 0],
    ['arn:a?s:s3:::b', 0],
    ['arn:aws', 1],
    ['arn:aws:s3', 1],
    ['arn:aws:s3:::', 1],
    ['arn:awz:s3:::b', 1],
    ['arn::s3:::b', 1],
    ['arn:aws::::b', 1],
    ['arn:aws:iam::12:role/x', 1],
    ['bucket', 1],
  ] as const) {
    it(`exits ${exitCode} for ${arn}, whose service is none of API Gateway's`, async () => {
      const run = await runCli(['explain', arn]);
      assert.equal(run.exitCode, exitCode, run.stdout);
      assert.equal(/\^ /.test(run.stdout), exitCode === 1, run.stdout);
    });
  }

  it('finds a Region and an account where ARNs of the kind have none', async () => {
    const argv = ['explain', '--format', 'json', 'arn:aws:s3:us-east-1:123456789012:b'];
    const { stdout, exitCode } = await runCli(argv, {
      createService: createLanguageService,
      io: { iamDataAssets },
    });
    const { segments }: ArnExplanation = JSON.parse(stdout);
    const problems = segments.flatMap(({ name, problem }) => (problem ? [`${name}: ${problem}`] : []));
    assert.equal(exitCode, 1);
    assert.deepEqual(problems, [
      'Region: ARNs of this kind have no Region: this matches nothing.',
      'Account: ARNs of this kind have no account: this matches nothing.',
    ]);
  });

  it('exits 0 when nothing is malformed', async () => {
    const run = await explain({ ...EXPLANATION, segments: EXPLANATION.segments.slice(0, 1) });
    assert.equal(run.exitCode, 0);
  });

  it('prints JSON with the same facts', async () => {
    const run = await explain(EXPLANATION, '--format', 'json');
    const json = JSON.parse(run.stdout);
    assert.deepEqual(Object.keys(json), ['arn', 'summary', 'segments']);
    assert.deepEqual(json.segments[0], { ...EXPLANATION.segments[0], problem: null });
    assert.deepEqual(json.segments[2], EXPLANATION.segments[2]);
    assert.equal(run.exitCode, 1);
  });

  it('exits 2 without an ARN and with two', async () => {
    assert.equal((await runCli(['explain'])).exitCode, 2);
    assert.equal((await runCli(['explain', 'arn:a', 'arn:b'])).exitCode, 2);
  });
});
