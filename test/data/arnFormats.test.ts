import assert from 'node:assert/strict';
import {
  allArnFormats,
  arnFormatOf,
  arnResource,
  fieldSuits,
  literalParts,
  meetsFormat,
  ownArnFormats,
} from '../../server/src/core/iamData/arnFormats';
import { loadIamData } from '../support/iamData';

describe('the ARN formats of the service reference', () => {
  const iamData = loadIamData();
  const formatOf = (service: string, name: string) => {
    const type = iamData.service(service)?.resourceType(name);
    assert.ok(type !== undefined);
    return arnFormatOf(type);
  };

  it('say whether a Region and an account are wanted', () => {
    const fields = (service: string, name: string) => {
      const { region, account } = formatOf(service, name);
      return [region, account];
    };
    assert.deepEqual(fields('sqs', 'queue'), ['wanted', 'wanted']);
    assert.deepEqual(fields('iam', 'role'), ['none', 'wanted']);
    assert.deepEqual(fields('s3', 'bucket'), ['none', 'none']);
    assert.deepEqual(fields('eks', 'access-policy'), ['none', 'free']);
  });

  for (const [text, meets] of [
    ['role/reader', true],
    ['role/*', true],
    ['*', true],
    ['r?le/path/reader', true],
    ['${kind}/reader', true],
    ['role', false],
    ['user/reader', false],
    ['*user/reader', true],
    ['Role/reader', false],
  ] as const) {
    it(`${meets ? 'meet' : 'do not meet'} iam:${text} where they are those of a role`, () => {
      assert.equal(meetsFormat(arnResource(text), formatOf('iam', 'role')), meets);
    });
  }

  for (const [text, meets] of [
    ['topic', true],
    ['${topic}', true],
    ['*', true],
    ['topic:id', true],
  ] as const) {
    it(`${meets ? 'meet' : 'do not meet'} sns:${text} where all of the resource is a name`, () => {
      assert.equal(meetsFormat(arnResource(text), formatOf('sns', 'topic')), meets);
    });
  }

  for (const [text, meets] of [
    ['my-bucket/key', true],
    ['my-bucket', false],
    ['my-*', true],
    ['*/key', true],
  ] as const) {
    it(`${meets ? 'meet' : 'do not meet'} s3:${text} where they are those of an object`, () => {
      assert.equal(meetsFormat(arnResource(text), formatOf('s3', 'object')), meets);
    });
  }

  it('suit a field that is as they require', () => {
    for (const [text, rule, suits] of [
      ['', 'none', true],
      ['us-east-1', 'none', false],
      ['', 'wanted', false],
      ['us-east-1', 'wanted', true],
      ['*', 'wanted', true],
      ['', 'free', true],
      ['aws', 'free', true],
    ] as const) {
      assert.equal(fieldSuits(text, rule), suits, `${text} ${rule}`);
    }
  });

  it('have literal parts between their placeholders', () => {
    assert.deepEqual(literalParts('table/${TableName}/index/${IndexName}'), ['table/', '/index/', '']);
    assert.deepEqual(literalParts('backup/{Date-and-Time-Stamp-of-Backup}'), ['backup/', '']);
    assert.deepEqual(literalParts('*'), ['*']);
  });

  it('are found by the namespace, those that were added too', () => {
    const names = (namespace: string) => allArnFormats(iamData, namespace).map(({ type }) => type.name);
    assert.ok(names('ecs').filter((name) => name === 'service').length > 1);
    assert.ok(names('swf').includes('domain'));
  });

  it('are found by the namespace, also in the tables of other services', () => {
    assert.equal(ownArnFormats(iamData, 'catalog').length, 0);
    assert.ok(allArnFormats(iamData, 'catalog').some(({ lead }) => lead === 'product/'));
    assert.ok(ownArnFormats(iamData, 's3').every(({ namespace }) => namespace === 's3'));
    assert.deepEqual(allArnFormats(iamData, 'no-such-namespace'), []);
  });
});
