import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDocument } from '../../server/src/core/document';
import { type Evaluation, evaluate } from '../../server/src/core/evaluate/evaluate';
import type { EvaluationRequest } from '../../server/src/core/evaluate/request';

/** What became of the questions about some policies. */
export interface Settled {
  readonly questions: number;
  /** How many depend while nothing is told. */
  readonly depends: number;
  /** Of these the ones that still do once all is told that the answers ask for, by what they hang on. */
  readonly open: ReadonlyMap<string, number>;
}

const ACCOUNT = '123456789012';

/**
 * Puts questions to AWS's managed policies, one for each statement: by a user of some account, on what the statement names
 * first. Those that depend are asked again with a value for each key that the answer asks for, as often as it asks.
 *
 * @param folder of the policies, one a file
 * @param everyNth how many files to go on by, so that a few stand for all
 */
export function settleManagedPolicies(folder: string, everyNth = 1): Settled {
  let [questions, depends] = [0, 0];
  const open = new Map<string, number>();
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  for (const file of files.filter((_, index) => index % everyNth === 0)) {
    const { policies } = openDocument({ text: readFileSync(join(folder, file), 'utf8'), language: 'json' });
    for (const { actions, resources } of policies.flatMap(({ statements }) => statements)) {
      const action = actions[0]?.entries[0]?.text;
      const pattern = resources[0]?.entries[0]?.text;
      if (action === undefined || pattern === undefined || !action.includes(':')) {
        continue;
      }
      questions += 1;
      const request = {
        action: example(action),
        resource: resourceLike(pattern, action),
        principal: `arn:aws:iam::${ACCOUNT}:user/ann`,
      };
      if (evaluate(policies, request).outcome !== 'depends') {
        continue;
      }
      depends += 1;
      const answer = settled((context) => evaluate(policies, { ...request, context }));
      if (answer.outcome === 'depends') {
        const reason = reasonOf(answer);
        open.set(reason, (open.get(reason) ?? 0) + 1);
      }
    }
  }
  return { questions, depends, open };
}

/** A text that a pattern of a policy stands for. */
function example(pattern: string): string {
  return pattern
    .replaceAll(/\$\{[^}]*\}/g, 'x')
    .replaceAll('*', 'example')
    .replaceAll('?', 'x');
}

function resourceLike(pattern: string, action: string): string {
  const service = action.split(':')[0] ?? '';
  const fields = (pattern === '*' ? `arn:aws:${service}:us-east-1::x` : example(pattern)).split(':');
  if (fields[4] !== undefined && fields[4] !== '' && fields[4] !== 'aws') {
    fields[4] = ACCOUNT;
  }
  return fields.join(':');
}

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

function reasonOf({ doubts, hinges }: Evaluation): string {
  const [doubt] = doubts;
  const [hinge] = hinges;
  return doubt ?? (hinge === undefined ? 'nothing' : hinge.kind);
}
