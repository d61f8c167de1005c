import assert from 'node:assert/strict';
import { nearest } from '../../server/src/core/pattern/nearest';
import { loadIamData } from '../support/iamData';

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

  it('takes the first of several that are equally near', () => {
    assert.equal(nearest('us-east-9', ['us-east-1', 'us-east-2']), 'us-east-1');
  });

  it('corrects an action among the hundreds of a large service', () => {
    const names = loadIamData().service('ec2')?.actionNames() ?? [];
    assert.equal(nearest('DescribeInstnaces', names), 'DescribeInstances');
  });
});
