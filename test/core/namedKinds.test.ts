import assert from 'node:assert/strict';
import { joinedKind, type NamedKind, NamedKinds } from '../../server/src/core/locate/namedKinds';
import type { PolicyKind } from '../../server/src/core/locate/policyType';
import { NO_USES } from '../../server/src/core/locate/terraformUses';

const kind = (type: PolicyKind['type'], resourceType?: string): PolicyKind => ({
  type,
  resourceType,
  reason: 'a test',
});
const trust = kind('trust');
const bucket = kind('resource', 'AWS::S3::Bucket');
const queue = kind('resource', 'AWS::SQS::Queue');

describe('the kind of what is several things', () => {
  const CASES: readonly (readonly [one: NamedKind, other: NamedKind, both: NamedKind])[] = [
    [undefined, undefined, undefined],
    [trust, undefined, trust],
    [undefined, trust, trust],
    [trust, trust, trust],
    [trust, bucket, 'several'],
    [bucket, queue, 'several'],
    [bucket, kind('resource', 'AWS::S3::Bucket'), bucket],
    ['several', trust, 'several'],
    [trust, 'several', 'several'],
    ['several', undefined, 'several'],
    [undefined, 'several', 'several'],
  ];
  for (const [index, [one, other, both]] of CASES.entries()) {
    it(`is that of all of them, or several (${index + 1})`, () => {
      assert.deepEqual(joinedKind(one, other), both);
    });
  }
});

describe('the kinds of names', () => {
  const kinds = (
    own: Readonly<Record<string, readonly PolicyKind[]>>,
    partOf: Readonly<Record<string, readonly string[]>>,
  ) =>
    new NamedKinds([
      { ...NO_USES, kinds: new Map(Object.entries(own)) },
      { ...NO_USES, partOf: new Map(Object.entries(partOf)) },
    ]);

  it('come of what they are part of, whoever is asked for first', () => {
    const own = { c: [trust] };
    const partOf = { a: ['b'], b: ['c'], x: ['b', 'y'] };
    for (const order of [
      ['a', 'b', 'c', 'x'],
      ['c', 'b', 'a', 'x'],
      ['x', 'a', 'c', 'b'],
    ]) {
      const named = kinds(own, partOf);
      for (const name of order) {
        assert.equal(named.of(name), trust, `${name} of ${order}`);
      }
      assert.equal(named.of('y'), undefined);
    }
  });

  it('are several where they differ, through circles too', () => {
    const named = kinds(
      { b: [trust], c: [bucket], e: [queue, queue] },
      { a: ['b', 'c'], d: ['e', 'd'], e: ['d'] },
    );
    assert.equal(named.of('a'), 'several');
    assert.equal(named.of('d'), queue);
    assert.equal(named.of('b'), trust);
  });
});
