import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ServiceFactory } from '../../server/src/cli/services';
import { createLanguageService } from '../../server/src/core/index';
import { iamDataAssets } from '../support/iamData';
import { limit } from '../support/patience';
import { type PolicyEdit, policyEdits } from '../support/policyEdits';
import { repositoryRoot } from '../support/repository';
import { type CliRun, type CliWorld, runCli } from './memoryIo';

function compare(options: readonly string[], world: CliWorld): Promise<CliRun> {
  return runCli(['compare', ...options], {
    createService: createLanguageService,
    ...world,
    io: { iamDataAssets, ...world.io },
  });
}

const policy = (statements: readonly object[]): string =>
  `${JSON.stringify({ Version: '2012-10-17', Statement: statements }, undefined, 2)}\n`;

const READ = { Sid: 'Read', Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' };
const OLD = policy([READ]);
const NEW = policy([{ ...READ, Action: ['s3:GetObject', 's3:PutObject'] }]);

describe('iam-policy compare', () => {
  it('exits 0 where nothing is newly granted, and 1 where something is', async () => {
    const files = { 'old.json': OLD, 'new.json': NEW };
    const same = await compare(['old.json', 'old.json'], { files });
    assert.deepEqual([same.exitCode, same.stdout], [0, 'nothing is newly granted\n']);
    const more = await compare(['old.json', 'new.json'], { files });
    assert.equal(more.exitCode, 1);
    assert.match(
      more.stdout,
      /new\.json:4:5 Allow "Read" \(identity policy\)\n {4}actions: {4}s3:PutObject\n/,
    );
    const less = await compare(['new.json', 'old.json'], { files });
    assert.equal(less.exitCode, 0);
    assert.match(less.stdout, /^nothing is newly granted, and something is taken away\n\nTaken away\n/);
  });

  it('tells the same in JSON, with a request that can be asked again', async () => {
    const { stdout, exitCode } = await compare(['old.json', 'new.json', '--format', 'json'], {
      files: { 'old.json': OLD, 'new.json': NEW },
    });
    assert.equal(exitCode, 1);
    assert.deepEqual(JSON.parse(stdout), {
      old: 'old.json',
      new: 'new.json',
      granted: [
        {
          certain: true,
          undecided: null,
          kind: 'other',
          escalation: null,
          actions: ['s3:PutObject'],
          futureActions: false,
          resources: ['arn:aws:s3:::b/*'],
          part: false,
          principals: ['whoever holds the policy'],
          conditions: [],
          witness: {
            action: 's3:PutObject',
            resource: 'arn:aws:s3:::b/example',
            principal: null,
            context: {},
          },
          statement: {
            file: 'new.json',
            line: 4,
            column: 5,
            endLine: 12,
            endColumn: 6,
            sid: 'Read',
            effect: 'Allow',
            policyType: 'identity',
          },
          noLongerDeniedBy: null,
        },
      ],
      removed: [],
    });
  });

  it('says of what cannot be decided why, after what is certain', async () => {
    for (const [isCutShort, undecided] of [
      [true, 'too-large'],
      [false, 'unknown'],
    ] as const) {
      const createService: ServiceFactory = (dependencies) => {
        const service = createLanguageService(dependencies);
        return {
          ...service,
          compare: (...sides) => {
            const { granted, removed } = service.compare(...sides);
            const open = granted.map((each) => ({
              ...each,
              isCertain: false,
              isCutShort,
              witness: undefined,
            }));
            return { granted: [...granted, ...open], removed };
          },
        };
      };
      const files = { 'old.json': OLD, 'new.json': NEW };
      const text = await compare(['old.json', 'new.json'], { files, createService });
      assert.match(
        text.stdout,
        /^newly granted in 2 ways\n\nNewly granted\n[\s\S]*\n\nPerhaps newly granted\n/,
      );
      assert.match(text.stdout, /^ {4}no example: /m);
      const json = await compare(['old.json', 'new.json', '--format', 'json'], { files, createService });
      assert.deepEqual(
        JSON.parse(json.stdout).granted.map(({ certain, undecided: why }: Record<string, unknown>) => [
          certain,
          why,
        ]),
        [
          [true, null],
          [false, undecided],
        ],
      );
      assert.deepEqual([text.exitCode, json.exitCode], [1, 1]);
    }
  });

  it('reads one file as it was in a revision', async () => {
    const asked: string[][] = [];
    const world: CliWorld = {
      files: { 'a/policy.json': NEW },
      io: {
        gitFile: async (revision, path) => {
          asked.push([revision, path]);
          return revision === 'HEAD' ? { bytes: Buffer.from(OLD) } : { problem: `no such revision` };
        },
      },
    };
    for (const options of [
      ['--git', 'HEAD', 'a/policy.json'],
      ['HEAD:a/policy.json', 'a/policy.json'],
    ]) {
      const run = await compare(options, world);
      assert.equal(run.exitCode, 1, run.stderr);
      assert.match(run.stdout, /s3:PutObject/);
    }
    assert.deepEqual(asked, [
      ['HEAD', 'a/policy.json'],
      ['HEAD', 'a/policy.json'],
    ]);
    const gone = await compare(['--git', 'gone', 'a/policy.json'], world);
    assert.deepEqual(
      [gone.exitCode, gone.stderr],
      [2, 'iam-policy: cannot read gone:a/policy.json: no such revision\n'],
    );
  });

  it('names a file of a revision from the root of the repository, as Git does', async () => {
    const cases = [
      ['HEAD:a/policy.json', '/home/a/policy.json'],
      ['HEAD:./a/policy.json', './a/policy.json'],
      ['HEAD:../a/policy.json', '../a/policy.json'],
      ['HEAD:.a/policy.json', '/home/.a/policy.json'],
    ] as const;
    for (const [name, path] of cases) {
      const asked: string[] = [];
      const { exitCode, stderr } = await compare([name, 'new.json'], {
        files: { 'new.json': NEW },
        io: {
          repositoryFolder: () => '/home',
          gitFile: async (_, of) => {
            asked.push(of);
            return { bytes: Buffer.from(OLD) };
          },
        },
      });
      assert.deepEqual([asked, exitCode], [[path], 1], stderr);
    }
  });

  it('takes an empty file for no policy, and gives no answer for others without one', async () => {
    const files = {
      'old.json': '',
      'new.json': OLD,
      'none.json': '{}',
      'refused.json': OLD.replace('Effect', 'Efect'),
    };
    assert.equal((await compare(['old.json', 'new.json'], { files })).exitCode, 1);
    const none = await compare(['none.json', 'new.json'], { files });
    assert.deepEqual([none.exitCode, none.stderr], [2, 'iam-policy: none.json holds no policy\n']);
    const refused = await compare(['refused.json', 'new.json'], { files });
    assert.equal(refused.exitCode, 2);
    assert.match(refused.stderr, /AWS would refuse this identity policy/);
  });

  it('refuses what cannot be meant', async () => {
    for (const options of [
      ['a.json'],
      ['a.json', 'b.json', '--git', 'HEAD'],
      ['-', '-'],
      ['-', '--git', 'HEAD'],
    ]) {
      assert.equal((await compare(options, { files: {} })).exitCode, 2, options.join(' '));
    }
  });

  it('compares the policies of a template by the resources that they are attached to', async () => {
    const template = (roles: Readonly<Record<string, readonly object[]>>): string =>
      JSON.stringify({
        AWSTemplateFormatVersion: '2010-09-09',
        Resources: Object.fromEntries(
          Object.entries(roles).map(([name, statements]) => [
            name,
            {
              Type: 'AWS::IAM::ManagedPolicy',
              Properties: { PolicyDocument: { Version: '2012-10-17', Statement: statements } },
            },
          ]),
        ),
      });
    const write = { ...READ, Sid: 'Write', Action: 's3:PutObject' };
    const { exitCode, stdout } = await compare(['old.json', 'new.json'], {
      files: {
        'old.json': template({ Reader: [READ], Writer: [write] }),
        'new.json': template({ Writer: [write, READ], Reader: [READ] }),
      },
    });
    assert.equal(exitCode, 1, 'what the one may do is no news for the other');
    assert.equal(stdout.match(/ {4}actions:/g)?.length, 1, stdout);
  });

  it('misses nothing that is granted on resources that a program names', async () => {
    const program = (actions: string, resources: string): string =>
      `role.addToPolicy(new iam.PolicyStatement({ actions: ['${actions}'], resources: [${resources}] }));\n`;
    const cases: readonly (readonly [old: string, now: string, first: string])[] = [
      [program('sts:AssumeRole', 'a.roleArn'), program('sts:*', 'a.roleArn'), 'newly granted in 1 way'],
      [
        program('sts:*', 'a.roleArn'),
        program('sts:AssumeRole', 'a.roleArn'),
        'nothing is newly granted, and something is taken away',
      ],
      [
        program('sts:AssumeRole', 'a.roleArn'),
        program('sts:AssumeRole', 'b.roleArn'),
        'newly granted in 1 way, and something is taken away',
      ],
      [
        program('sts:AssumeRole', 'a.roleArn'),
        program('sts:AssumeRole', ' a.roleArn '),
        'nothing is newly granted',
      ],
      [
        program('sts:AssumeRole', "'*'"),
        program('sts:AssumeRole', 'a.roleArn'),
        'nothing is newly granted, and something is taken away',
      ],
    ];
    for (const [old, now, first] of cases) {
      const { stdout } = await compare(['old.ts', 'new.ts'], { files: { 'old.ts': old, 'new.ts': now } });
      assert.equal(stdout.split('\n')[0], first, `${old}${now}${stdout}`);
    }
  });
});

describe('server/docs/compare.md', () => {
  const path = join(repositoryRoot, 'server', 'docs', 'compare.md');
  const HEADING = '## Twenty edits\n';

  it('shows what comes of twenty edits as it is', async function () {
    this.timeout(limit(20_000));
    const text = readFileSync(path, 'utf8');
    const [head] = text.split(HEADING);
    const sections: string[] = [];
    for (const edit of policyEdits) {
      sections.push(await sectionOf(edit));
    }
    const expected = `${head}${HEADING}\n${sections.join('\n')}`;
    if (process.env.UPDATE === '1') {
      writeFileSync(path, expected);
    }
    assert.equal(readFileSync(path, 'utf8'), expected, 'UPDATE=1 writes it');
    assert.equal(policyEdits.length, 20);
  });
});

async function sectionOf({ title, type, before, after }: PolicyEdit): Promise<string> {
  const { stdout } = await compare(
    ['old.json', 'new.json', ...(type === undefined ? [] : ['--policy-type', type])],
    {
      files: { 'old.json': policy(before), 'new.json': policy(after) },
    },
  );
  return [
    `### ${title}`,
    '',
    '```diff',
    ...differences(before, after),
    '```',
    '',
    '```text',
    stdout.trimEnd(),
    '```',
    '',
  ].join('\n');
}

/** The statements that differ, one a line. */
function differences(before: readonly object[], after: readonly object[]): readonly string[] {
  const [was, is] = [before, after].map((list) => list.map((statement) => JSON.stringify(statement)));
  const kept = new Set((was ?? []).filter((line) => is?.includes(line)));
  return [
    ...[...kept].map((line) => `  ${line}`),
    ...(was ?? []).filter((line) => !kept.has(line)).map((line) => `- ${line}`),
    ...(is ?? []).filter((line) => !kept.has(line)).map((line) => `+ ${line}`),
  ];
}
