import assert from 'node:assert/strict';
import { openDocument } from '../../../server/src/core/document';
import { hasComment } from '../../../server/src/core/lint/layout';

/** Whether the statement of a policy has a comment in it. */
function found(text: string): boolean | undefined {
  const [policy] = openDocument({
    text: `Version: "2012-10-17"\nStatement:\n${text}`,
    language: 'yaml',
  }).policies;
  const node = policy?.statements[0]?.node;
  return node && hasComment(node);
}

describe('comments in YAML', () => {
  it('are found behind a value and on a line of their own', () => {
    assert.equal(found('  - Effect: Allow\n    Action: s3:GetObject # read\n    Resource: "*"\n'), true);
    assert.equal(
      found("  - Effect: Allow\n    # it's for all\n    Action: s3:GetObject\n    Resource: '*'\n"),
      true,
    );
  });

  it('are not what stands in a string, or has no blank before it', () => {
    assert.equal(
      found(
        '  - Effect: Allow\n    Action: s3:GetObject\n    Resource: [arn:aws:s3:::b/*, "arn:aws:s3:::b/ #", arn:aws:s3:::b#c]\n',
      ),
      false,
    );
    assert.equal(
      found("  - Effect: Allow\n    Action: s3:GetObject\n    Resource: 'arn:aws:s3:::it''s #1'\n"),
      false,
    );
  });
});
