import assert from 'node:assert/strict';
import { CONDITION_OPERATORS, operatorTraits } from '../../server/src/core/model/conditionOperators';
import { languageService, openJson, policyWith } from '../support/policies';

describe('condition operators', () => {
  it('are the 27 of the IAM User Guide, each once', () => {
    const names = CONDITION_OPERATORS.map(({ name }) => name);
    assert.equal(new Set(names.map((name) => name.toLowerCase())).size, 27);
    assert.equal(names.length, 27);
  });

  it('are negated by name, and know wildcards as Like and as ARN operators', () => {
    const negated = CONDITION_OPERATORS.filter((operator) => operator.negated).map(({ name }) => name);
    assert.equal(negated.length, 8);
    assert.ok(negated.every((name) => name.includes('Not')));
    assert.equal(operatorTraits('arnequals')?.wildcards, true);
    assert.equal(operatorTraits('StringEquals')?.wildcards, false);
    assert.equal(operatorTraits('StringMatches'), undefined);
  });

  for (const [written, qualifier, base, ifExists] of [
    ['StringEquals', undefined, 'StringEquals', false],
    ['ForAllValues:StringLikeIfExists', 'ForAllValues', 'StringLike', true],
    ['foranyvalue:arnlikeifexists', 'ForAnyValue', 'ArnLike', true],
    ['NullIfExists', undefined, 'Null', true],
    ['ForSomeValues:StringLike', undefined, undefined, false],
    ['', undefined, undefined, false],
  ] as const) {
    it(`are read from "${written}"`, () => {
      const text = policyWith(`"Condition": { "${written}": { "aws:username": "jo" } }`);
      const operator = openJson(languageService(), text).policies[0]?.statements[0]?.operators[0];
      assert.equal(operator?.qualifier, qualifier);
      assert.equal(operator?.traits?.name, base);
      assert.equal(operator?.ifExists, ifExists);
    });
  }
});
