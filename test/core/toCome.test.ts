import assert from 'node:assert/strict';
import { openDocument } from '../../server/src/core/document';
import { policyToComeAt } from '../../server/src/core/locate/toCome';

const IN_TEMPLATE = (value: string) =>
  `{"Resources":{"R":{"Type":"AWS::IAM::Role","Properties":{"AssumeRolePolicyDocument":${value}}}}}`;

describe('the policy that is being written at a place', () => {
  // A bar is the cursor, and `<` and `>` stand around the object that is to be a policy.
  const CASES: readonly string[] = [
    '<{|}>',
    '<{ "V|" }>',
    '<{ "V|": "" }>',
    '<{ "|": "" }>',
    '<{ "Version": "|" }>',
    '<{ "Version": "20|" }>',
    '<{ "Version": "2012-10-17", | }>',
    '<{ "version": "2012-10-17", | }>',
    '<{ "Version": "2012-10-17", "St|" }>',
    '<{ "Version": "2008-10-17", "Id": "x", | }>',
    '<{ "Statement": [|] }>',
    '<{ "Statement": [{|}] }>',
    '<{ "Statement": [{ "Eff|" }] }>',
    '<{ "Statement": [{ "x|": 1 }] }>',
    '<{ "Statement": { "Effect": "Allow", | } }>',
    '<{ "Version": "2012-10-17", "Statement": [|',
    '<{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow"|',
    '<{ |"Vx": "" }>',
    '<{ "Vx"|: "" }>',
    '<{ "Version": "2008", | }>',
    '{ "PolicyDocument": |<{}> }',
    '{ "PolicyDocument": <{}>| }',
    '[[<{ "Version": "2012-10-17"   |',
    '{ "a": [<{ "Version": "2012-10-17"   |',
    // What is there says something else.
    '{ "x|": 1 }',
    '{ "x|": "filled" }',
    '{ "Id": "2012-10-17", | }',
    '{ "a": { "Version": "2012-10-17" }  | }',
    '[{ "Version": "2012-10-17" }  |',
    '{ "name": "x", | }',
    '{ "Version": "3", | }',
    '{ "Version": "1", | }',
    '{ "Version": "2011", | }',
    '{ "Version": 1, | }',
    '{ "version": "20", | }',
    '{ "Id": "x", | }',
    '{ "Version": "2012-10-17", "name": "x", | }',
    '{ "Statement": [1], | }',
    '{ "Statement": [{ "a": 1, "b|": 2 }] }',
    '{ "statement": [], | }',
    '{ "x": 1, "V|" }',
    '{ "a": { | } }',
    '{ "a": { "Statement": [|] } }',
    // Its version tells anywhere.
    '{ "a": <{ "Version": "2012-10-17", | }> }',
    '{ "a": [1, <{ "Version": "2012-10-17", | }>, 2] }',
    '{ "a": { "Version": "2012-10-17" }, "b": {|} }',
    '[<{ "Version": "2012-10-17", | }>]',
    '[{|}]',
    '[<{ "Version": "2012-10-17", |',
    // Where a template has a policy.
    '{ "PolicyDocument": <{|}> }',
    '{ "PolicyDocument": <{ "S|" }> }',
    '{ "PolicyDocument": { "name": "x", | } }',
    '{ "Other": {|} }',
    IN_TEMPLATE('<{|}>'),
    IN_TEMPLATE('<{ "Statement": [|'),
    IN_TEMPLATE('[{|}]'),
    '{ "a": 1 }|',
    '|',
  ];
  for (const written of CASES) {
    it(`is${written.includes('<') ? '' : ' none'} in ${written}`, () => {
      const start = written.replace('|', '').indexOf('<');
      const offset = written.replace(/[<>]/g, '').indexOf('|');
      const text = written.replace(/[<>|]/g, '');
      const { tree } = openDocument({ text, language: 'json' });
      const found = policyToComeAt(tree, offset);
      assert.equal(found?.node.span.start, start < 0 ? undefined : start);
      if (written.includes('>')) {
        assert.equal(found?.node.span.end, written.replace(/[<|]/g, '').indexOf('>'));
      }
    });
  }

  it('has the kind of its place, and the faults within it', () => {
    const text = `{ "x": [1 2], "y": ${IN_TEMPLATE('{ "Statement": [}')} }`;
    const { tree } = openDocument({ text, language: 'json' });
    const found = policyToComeAt(tree, text.indexOf('[}') + 1);
    assert.equal(found?.kind.type, 'trust');
    assert.ok(found.faults.length > 0 && found.faults.length < tree.faults.length);
    const told = policyToComeAt(openDocument({ text: '{}', language: 'json' }).tree, 1, {
      policyType: 'scp',
    });
    assert.equal(told?.kind.type, 'scp');
  });
});
