import assert from 'node:assert/strict';
import { isNear, nearest } from '../../server/src/core/pattern/nearest';
import { loadIamData } from '../support/iamData';
import { processorTime } from '../support/patience';

describe('nearest', () => {
  const regions = ['eu-central-1', 'eu-west-1', 'us-east-1', 'us-west-2'];

  it('finds the candidate that was probably meant', () => {
    assert.equal(nearest('Resorce', ['Action', 'Resource', 'Principal']), 'Resource');
    assert.equal(nearest('eu-centrall-1', regions), 'eu-central-1');
    assert.equal(nearest('execute-apis', ['execute-api', 'apigateway']), 'execute-api');
    assert.equal(nearest('s33', ['s3', 'sqs']), 's3');
  });

  it('ignores case, and takes a candidate that differs in case alone', () => {
    assert.equal(nearest('statement', ['Statement']), 'Statement');
    assert.equal(nearest('GETOBJCT', ['GetObjectAcl', 'GetObject']), 'GetObject');
  });

  it('finds nothing where every candidate is another word', () => {
    assert.equal(nearest('FetchEverything', ['GetObject', 'PutObject']), undefined);
    assert.equal(nearest('sns', ['ec2', 'iam']), undefined);
    assert.equal(nearest('x', ['y']), undefined);
    assert.equal(nearest('', ['a']), undefined);
    assert.equal(nearest('anything', []), undefined);
  });

  it('guesses at none of several that are equally near', () => {
    assert.equal(nearest('us-east-9', ['us-east-1', 'us-east-2']), undefined);
    assert.equal(nearest('efs', ['ebs', 'ecs', 'ecr']), undefined);
    assert.equal(isNear('us-east-9', ['us-east-1', 'us-east-2']), true);
  });

  it('takes swapped neighbours and a doubled letter for likelier than a wrong one', () => {
    assert.equal(nearest('us-esat-1', ['us-west-1', 'us-east-1', 'us-east-2']), 'us-east-1');
    assert.equal(nearest('awss', ['aoss', 'aws']), 'aws');
    assert.equal(nearest('adress', ['dress', 'address']), 'address');
  });

  it('finds nothing near a name over a hundred characters, nor among such candidates', () => {
    const long = 'a'.repeat(100);
    assert.equal(nearest(`${long.slice(1)}b`, [long]), long);
    assert.equal(nearest(`${long}a`, [long]), undefined);
    assert.equal(nearest(long, [`${long}a`]), undefined);
    assert.equal(isNear(`${long}a`, [long]), false);
  });

  it('is quick about a long name among long candidates', () => {
    const candidates = Array.from({ length: 100 }, (_, index) => `${'x'.repeat(100_000)}${index}`);
    const took = processorTime(() => {
      assert.equal(nearest('y'.repeat(100_000), candidates), undefined);
    });
    assert.ok(took < 1_000, `${took} ms`);
  });

  it('corrects an action among the hundreds of a large service', () => {
    const names = loadIamData().service('ec2')?.actionNames() ?? [];
    assert.equal(nearest('DescribeInstnaces', names), 'DescribeInstances');
  });
});
