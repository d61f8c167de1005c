import assert from 'node:assert/strict';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { iamDataAssets, readCompiled } from '../support/iamData';
import { repositoryRoot } from '../support/repository';

interface Texts {
  readonly index: string;
  readonly facts: string;
}

interface Facts {
  readonly keys: readonly (readonly [string, string])[];
  readonly types: readonly (readonly [string, string, number])[];
  readonly actions: readonly unknown[];
  readonly lists: readonly (readonly number[])[];
}

/** The texts that the compiler would write for some services. */
function compiled(
  date: string,
  services: Readonly<Record<string, Facts>>,
  globalKeys: readonly (readonly [string, string, string])[] = [],
): Texts {
  let facts = '';
  const rows = Object.entries(services).map(([prefix, service]) => {
    const row = [prefix, `Amazon ${prefix.toUpperCase()}`, service.actions.length, facts.length, 0];
    facts += `${JSON.stringify(service)}\n`;
    return row;
  });
  return { index: JSON.stringify({ version: `1.${date}`, date, services: rows, globalKeys }), facts };
}

const BUCKET: Facts = {
  keys: [['s3:prefix', 'String']],
  types: [['bucket', 'arn:${Partition}:s3:::${BucketName}', 0]],
  actions: [
    ['GetObject', 'R', 0, [[0, 1, 0]]],
    ['ListBucket', 'L', 1, [[0, 1, 0]]],
  ],
  lists: [[], [0]],
};

describe('what a new service reference changes', () => {
  let describeChanges: (before: Texts, after: Texts) => string;

  before(async () => {
    const script = join(repositoryRoot, 'server', 'scripts', 'dataChanges.mjs');
    ({ describeChanges } = await import(pathToFileURL(script).href));
  });

  it('is told in words, by service', () => {
    const before = compiled('2026-01-01', { s3: BUCKET, old: BUCKET }, [['aws:Old', 'String', 'request']]);
    const after = compiled(
      '2026-02-01',
      {
        s3: {
          ...BUCKET,
          keys: [
            ['s3:prefix', 'ArrayOfString'],
            ['s3:versionid', 'String'],
          ],
          types: [...BUCKET.types, ['object', 'arn:${Partition}:s3:::${BucketName}/${ObjectName}', 0]],
          actions: [
            ['GetObject', 'RT', 0, [[0, 1, 0]]],
            ['PutObject', 'W', 0, []],
          ],
        },
        young: BUCKET,
      },
      [['aws:New', 'String', 'request']],
    );
    assert.deepEqual(describeChanges(before, after).split('\n'), [
      'Service reference 1.2026-01-01 of 2026-01-01 -> 1.2026-02-01 of 2026-02-01',
      '',
      'Actions: 3 added, 3 removed, 4 in all.',
      'Condition keys of services: 2 added, 1 removed, 3 in all.',
      'Resource types: 2 added, 1 removed, 3 in all.',
      '',
      'Services: 1 service added: young (Amazon YOUNG)',
      'Services: 1 service removed: old (Amazon OLD)',
      'Global condition keys: 1 key added: aws:New',
      'Global condition keys: 1 key removed: aws:Old',
      's3: 1 action added: PutObject',
      's3: 1 action removed: ListBucket',
      's3: 1 action changed: GetObject',
      's3: 1 condition key added: s3:versionid',
      's3: 1 condition key changed: s3:prefix',
      's3: 1 resource type added: object',
    ]);
  });

  it('is cut where there is much of it', () => {
    const many = Array.from({ length: 30 }, (_, at) => [`Action${at}`, 'R', 0, []]);
    const text = describeChanges(
      compiled('2026-01-01', { s3: BUCKET }),
      compiled('2026-02-01', { s3: { ...BUCKET, actions: [...BUCKET.actions, ...many] } }),
    );
    assert.match(text, /^s3: 30 actions added: Action0, .*, Action11 and 18 more$/m);
  });

  it('is nothing between equal ones, and the one that is installed can be read', () => {
    const texts = { index: iamDataAssets().index, facts: readCompiled('facts.jsonl') };
    assert.match(
      describeChanges(texts, texts),
      /Actions: 0 added, 0 removed, \d{5} in all\.[\s\S]*\nNothing else changed\.$/,
    );
  });
});
