import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { applySafeFixes } from '../../server/src/cli/fix';
import type { DocumentInput } from '../../server/src/core/document';
import { limit } from '../support/patience';
import { languageService } from '../support/policies';
import { answer, probesOf } from '../support/probes';
import { sharedCorpus } from '../support/repository';
import { badPolicies } from '../support/rulePages';
import { readIfThere, ruleFiles } from '../support/rules';
import { step } from '../support/thorough';

interface Sample extends DocumentInput {
  readonly name: string;
}

/** One policy in so many; primes, so that no series of like-named policies is left out as a whole. */
const STEPS = { 'access-analyzer': step(7, 4), 'managed-policies': step(13, 4) } as const;

describe('every safe fix', function () {
  this.timeout(limit(60_000));
  const service = languageService();
  /** Also the rules that are off by default: whoever turns one on may fix with it. */
  const rules = [{ rule: '*', severity: 'default' }] as const;

  function check(samples: readonly Sample[]): number {
    let fixed = 0;
    for (const sample of samples) {
      const open = (text: string) => service.open({ ...sample, text });
      const fix = (text: string) => applySafeFixes(text, (each) => service.lint(open(each), { rules }));
      const before = open(sample.text);
      const outcome = fix(sample.text);
      if (outcome.applied === 0) {
        continue;
      }
      fixed += 1;
      const after = open(outcome.text);
      assert.equal(
        fix(outcome.text).applied,
        0,
        `${sample.name}: there is no end of fixing:\n${outcome.text}`,
      );
      assert.ok(
        after.tree.faults.length <= before.tree.faults.length,
        `${sample.name} does not parse as before:\n${outcome.text}`,
      );
      assert.deepEqual(
        after.policies.map(({ kind }) => kind.type),
        before.policies.map(({ kind }) => kind.type),
        `${sample.name}: not the same policies`,
      );
      // Each by itself: together one policy could hide what has become of another.
      for (const [index, policy] of before.policies.entries()) {
        const now = after.policies[index];
        for (const probe of probesOf(policy)) {
          assert.deepEqual(
            now && answer(now, probe),
            answer(policy, probe),
            `${sample.name}: ${JSON.stringify(probe)}\n${sample.text}\nbecomes\n${outcome.text}`,
          );
        }
      }
    }
    return fixed;
  }

  it('ends and grants the same on the bad examples of the rule pages', () => {
    const samples = ruleFiles()
      .flatMap(({ id, page, furtherCases }) =>
        [page, furtherCases].flatMap((path) =>
          badPolicies(readIfThere(path) ?? '').map((policy, index) => ({
            ...policy,
            name: `${id} ${index}`,
          })),
        ),
      )
      .filter((_, index) => index % step(1, 2) === 0);
    const fixed = check(samples);
    assert.ok(fixed > 5, `only ${fixed} of ${samples.length} have a safe fix`);
  });

  it('ends and grants the same on policies that AWS has judged and on managed ones, as they are and with faults', () => {
    const folders = [
      ['access-analyzer', sharedCorpus(join('access-analyzer', 'policies'))],
      ['managed-policies', sharedCorpus('managed-policies')],
    ] as const;
    for (const [name, folder] of folders) {
      if (folder === undefined) {
        console.log(`    corpus ${name} is not here: its safe fixes are not tried`);
        continue;
      }
      const samples = readdirSync(folder)
        .filter((file) => file.endsWith('.json'))
        .filter((_, index) => index % STEPS[name] === 0)
        .map((file) => ({
          name: file,
          text: readFileSync(join(folder, file), 'utf8'),
          language: 'json' as const,
        }));
      const woundedSamples = samples.map((sample, index) => ({
        ...sample,
        text: wounded(sample.text, index),
      }));
      check(samples);
      const fixed = check(woundedSamples);
      console.log(`    ${name}: safe fixes mended ${fixed} of ${samples.length} policies`);
      assert.ok(fixed > samples.length / 2);
    }
  });
});

/** A policy with something in it for the safe fixes to mend, none of which says anything about what is granted. */
function wounded(text: string, index: number): string {
  const { Statement, Version, ...rest } = JSON.parse(text) as Readonly<Record<string, unknown>>;
  const statements = [Statement].flat().map((statement, at) => ({
    ...WOUNDS[(index + at) % WOUNDS.length],
    ...(statement as object),
    ...(at % 2 === 0 ? { Sid: ['', 'not-a-Sid', 'Twice'][index % 3] } : {}),
  }));
  const version = [{ Version }, {}, { Version: '2008-10-17' }][index % 3];
  const written = JSON.stringify({ ...version, ...rest, Statement: statements }, undefined, index % 4);
  return index % 5 === 0 ? written.replace(/\}(\s*)\]/, '},$1]') : written;
}

const WOUNDS: readonly object[] = [
  { Condition: {} },
  {},
  { Condition: { StringEquals: {} } },
  { Condition: { Bool: { 'aws:SecureTransport': 'true' }, StringLike: {} } },
];
