import assert from 'node:assert/strict';
import { type Answer, answersByAccessAnalyzer } from './answers';
import { disagreements, score, total } from './scores';

describe('the comparison with Access Analyzer', () => {
  const a: Answer = { policy: 'p', code: 'X', path: ['Statement', 0] };
  const b: Answer = { policy: 'p', code: 'X', path: ['Statement', 1] };
  const c: Answer = { policy: 'q', code: 'Y', path: [] };

  it('tells apart agreement on the policy and on the path', () => {
    const [x] = score([a], [b, b]);
    assert.deepEqual(x?.byCode, { expected: 1, found: 1, both: 1, precision: 1, recall: 1, f1: 1 });
    assert.deepEqual(x?.byPath, { expected: 1, found: 1, both: 0, precision: 0, recall: 0, f1: 0 });
    assert.deepEqual(disagreements('X', [a], [b]), { missed: [a], extra: [b] });
  });

  it('counts a code that only one side has, unless it is left out', () => {
    const scores = score([a, b], [a, b, c]);
    assert.equal(total('all', scores).byPath.precision, 2 / 3);
    assert.equal(total('all', scores).byPath.recall, 1);
    assert.equal(total('but Y', scores, new Set(['Y'])).byPath.f1, 1);
  });

  it('expects the covered entries of a list and not the ones that cover them', () => {
    const action = ['s3:Get*', 'ec2:RunInstances', 'S3:GetObject', 's3:getobject', 'ec2:runinstances'];
    const policies = new Map([['p', { text: '', value: { Action: action } }]]);
    const jsonl = action
      .map((_, index) =>
        JSON.stringify({ policy: 'p', issueCode: 'REDUNDANT_ACTION', path: ['Action', index] }),
      )
      .join('\n');
    assert.deepEqual(
      answersByAccessAnalyzer(jsonl, policies).map(({ path }) => path.at(-1)),
      [2, 3, 4],
    );
  });
});
