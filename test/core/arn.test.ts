import assert from 'node:assert/strict';
import { fieldCount, holdsSeveralArns, separateArns, splitArn } from '../../server/src/core/arn/arn';
import {
  isOptInRegion,
  nearestRegion,
  partitionOfRegion,
  partitions,
} from '../../server/src/core/arn/partitions';

describe('the fields of an ARN', () => {
  const rows: readonly (readonly [arn: string, fields: readonly string[]])[] = [
    ['', ['']],
    ['arn', ['arn']],
    ['arn:', ['arn', '']],
    ['arn:aws:s3:::bucket/key', ['arn', 'aws', 's3', '', '', 'bucket/key']],
    [
      'arn:aws:sns:us-east-1:123456789012:topic:id',
      ['arn', 'aws', 'sns', 'us-east-1', '123456789012', 'topic:id'],
    ],
    ['arn:aws:execute-api:us-east-1', ['arn', 'aws', 'execute-api', 'us-east-1']],
    // A colon in what a tool fills in divides nothing, wherever the expression stands.
    ['${AWS::Partition}', ['${AWS::Partition}']],
    ['arn:${AWS::Partition}:s3:::b', ['arn', '${AWS::Partition}', 's3', '', '', 'b']],
    ['arn:aws:iam::${AWS::AccountId}', ['arn', 'aws', 'iam', '', '${AWS::AccountId}']],
    ['arn:aws:iam::x${a:b}:root', ['arn', 'aws', 'iam', '', 'x${a:b}', 'root']],
    ['arn:aws:iam::{{ a:b }}:root', ['arn', 'aws', 'iam', '', '{{ a:b }}', 'root']],
    ['arn:aws:iam::$(a:b):root', ['arn', 'aws', 'iam', '', '$(a:b)', 'root']],
    ['arn:aws:iam::%{a:b}:root', ['arn', 'aws', 'iam', '', '%{a:b}', 'root']],
    // One without an end hides nothing.
    ['arn:aws:iam::${a:b', ['arn', 'aws', 'iam', '', '${a', 'b']],
    ['arn:${a:s3:::${AWS::x}', ['arn', '${a', 's3', '', '', '${AWS::x}']],
  ];
  for (const [arn, expected] of rows) {
    it(`of ${arn} are ${expected.map((field) => JSON.stringify(field)).join(', ')}`, () => {
      const { prefix, partition, service, region, account, resource } = splitArn(arn);
      const fields = [prefix, partition, service, region, account, resource].filter(
        (field) => field !== undefined,
      );
      assert.deepEqual(
        fields.map(({ text }) => text),
        expected,
      );
      assert.deepEqual(
        fields.map(({ from, to }) => arn.slice(from, to)),
        expected,
      );
      assert.equal(fieldCount(splitArn(arn)), expected.length);
    });
  }
});

describe('several ARNs in one string', () => {
  const rows: readonly (readonly [text: string, arns: readonly string[] | undefined])[] = [
    ['arn:aws:s3:::a', undefined],
    ['arn:aws:s3:::a b', undefined],
    ['arn:aws:s3:::arn:b', undefined],
    ['x, arn:aws:s3:::a', undefined],
    ['arn:aws:s3:::a, arn:aws:s3:::b', ['arn:aws:s3:::a', 'arn:aws:s3:::b']],
    ['arn:aws:s3:::a arn:aws:s3:::b', ['arn:aws:s3:::a', 'arn:aws:s3:::b']],
    [' arn:aws:s3:::a;\narn:aws:s3:::b; ', ['arn:aws:s3:::a', 'arn:aws:s3:::b']],
    ['arn:aws:s3:::a,,arn:aws:s3:::b,', ['arn:aws:s3:::a', 'arn:aws:s3:::b']],
  ];
  for (const [text, expected] of rows) {
    it(`are ${expected?.length ?? 'not'} in ${JSON.stringify(text)}`, () => {
      assert.equal(holdsSeveralArns(text), expected !== undefined);
      if (expected !== undefined) {
        assert.deepEqual(separateArns(text), expected);
      }
    });
  }
});

describe('Regions', () => {
  it('have to be switched on where they are younger than those of every account', () => {
    for (const [partition, region, expected] of [
      ['aws', 'us-east-1', false],
      ['aws', 'eu-central-1', false],
      ['aws', 'eu-central-2', true],
      ['aws', 'af-south-1', true],
      ['aws', 'us-gulf-1', false],
      ['aws', '*', false],
      ['aws-cn', 'cn-north-1', false],
      ['aws-us-gov', 'us-gov-west-1', false],
    ] as const) {
      assert.equal(isOptInRegion(partition, region), expected, `${partition} ${region}`);
    }
  });

  it('belong to the partition that lists them, or whose names are like theirs', () => {
    for (const [region, expected] of [
      ['us-east-1', 'aws'],
      ['cn-northwest-1', 'aws-cn'],
      ['us-gov-west-1', 'aws-us-gov'],
      ['us-isob-east-1', 'aws-iso-b'],
      ['eu-west-9', 'aws'],
      ['us-gulf-1', 'aws'],
      ['us-gov-south-1', 'aws-us-gov'],
      ['us-isof-west-7', 'aws-iso-f'],
      ['cn-south-1', 'aws-cn'],
      ['us-esat-1', undefined],
      ['us-east', undefined],
      ['xx-east-1', undefined],
      ['', undefined],
      ['*', undefined],
    ] as const) {
      assert.equal(partitionOfRegion(region)?.id, expected, region);
    }
  });

  it('are what a misspelt one or a zone was meant to be', () => {
    for (const [region, expected] of [
      ['us-esat-1', 'us-east-1'],
      ['us-east-1a', 'us-east-1'],
      ['us-east-1f', 'us-east-1'],
      ['eu-central-2c', 'eu-central-2'],
      ['us-east-9a', undefined],
      ['us_west_2', 'us-west-2'],
      ['somewhere', undefined],
    ] as const) {
      assert.equal(nearestRegion(region, partitions), expected, region);
    }
  });
});
