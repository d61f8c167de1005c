import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDocument } from '../../server/src/core/document';
import { type Evaluation, evaluate } from '../../server/src/core/evaluate/evaluate';
import type { EvaluationRequest } from '../../server/src/core/evaluate/request';
import { sharedCorpus } from '../support/repository';
import { skip } from '../support/skip';

const ACCOUNT = '123456789012';

/** A text that a pattern of a policy stands for. */
const example = (pattern: string): string =>
  pattern
    .replaceAll(/\$\{[^}]*\}/g, 'x')
    .replaceAll('*', 'example')
    .replaceAll('?', 'x');

/** Answers with all told that the answer asks for, as often as it asks. */
function settled(ask: (context: NonNullable<EvaluationRequest['context']>) => Evaluation): Evaluation {
  const context = new Map<string, readonly string[]>();
  let answer = ask(context);
  for (let round = 0; round < 20 && answer.outcome === 'depends' && answer.asks.length > 0; round += 1) {
    for (const { key, values } of answer.asks) {
      context.set(key, [example(values[0] ?? 'example')]);
    }
    answer = ask(context);
  }
  return answer;
}

describe('questions to managed policies', function () {
  this.timeout(120_000);

  it('depend in 5 of 100 cases at most once the answer has what it asks for', function () {
    const corpus = sharedCorpus('managed-policies');
    if (corpus === undefined) {
      skip(this, 'the corpus of managed policies is not beside the repository');
    }
    let [depends, open] = [0, 0];
    for (const file of readdirSync(corpus).filter((name) => name.endsWith('.json'))) {
      const { policies } = openDocument({ text: readFileSync(join(corpus, file), 'utf8'), language: 'json' });
      for (const { actions, resources } of policies.flatMap(({ statements }) => statements.slice(0, 12))) {
        const action = actions[0]?.entries[0]?.text;
        const pattern = resources[0]?.entries[0]?.text;
        if (action === undefined || pattern === undefined || !action.includes(':')) {
          continue;
        }
        const service = action.split(':')[0] ?? '';
        const fields = (pattern === '*' ? `arn:aws:${service}:us-east-1::x` : example(pattern)).split(':');
        if (fields[4] !== undefined && fields[4] !== '' && fields[4] !== 'aws') {
          fields[4] = ACCOUNT;
        }
        const request = {
          action: example(action),
          resource: fields.join(':'),
          principal: `arn:aws:iam::${ACCOUNT}:user/ann`,
        };
        if (evaluate(policies, request).outcome !== 'depends') {
          continue;
        }
        depends += 1;
        open +=
          settled((context) => evaluate(policies, { ...request, context })).outcome === 'depends' ? 1 : 0;
      }
    }
    assert.ok(depends > 1000, `${depends} depend`);
    assert.ok(open / depends <= 0.05, `${open} of ${depends}`);
  });
});
