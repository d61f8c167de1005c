import assert from 'node:assert/strict';
import { type Side, sideOf } from '../../server/src/core/compare/sides';
import { openDocument } from '../../server/src/core/document';
import type { NaivePolicy } from './naiveEvaluation';

/** A policy of the naive evaluation as a side of a comparison. */
export function sideOfNaive({ type, version, statements }: NaivePolicy): Side {
  assert.ok(type === 'identity' || type === 'resource');
  return sideOf(
    type,
    openDocument({
      text: JSON.stringify({ Version: version, Statement: statements }),
      language: 'json',
      override: { policyType: type },
    }).policies,
  );
}
