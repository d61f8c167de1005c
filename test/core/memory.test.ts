import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createLanguageService } from '../../server/src/core/index';
import { loadIamData } from '../support/iamData';
import { limit } from '../support/patience';
import { openJson } from '../support/policies';

/**
 * A piece that is cut out of a text keeps the whole text in memory. What is remembered of statements and names lives
 * for days, and would so keep each version of a document that was ever typed.
 */
describe('what is remembered', () => {
  it('keeps no version of a document', function () {
    this.timeout(limit(60_000));
    const service = createLanguageService({ iamData: loadIamData() });
    // What is noted of two statements is some 25 KB by now: a document that is kept must be told from that.
    const filling = Array.from({ length: 300 }, (_, index) =>
      statement('Allow', `a-rather-long-filling-${index}`),
    );
    const read = (version: number): number => {
      const name = `a-rather-long-name-${version}`;
      const text = JSON.stringify(
        { Version: '2012-10-17', Statement: [...filling, statement('Deny', name), statement('Allow', name)] },
        undefined,
        2,
      );
      service.lint(openJson(service, text));
      return text.length;
    };
    const usedBy = (from: number, to: number): number => {
      const before = usedMemory();
      for (let version = from; version < to; version += 1) {
        read(version);
      }
      return usedMemory() - before;
    };
    // Until the code is compiled and what is remembered of everything but the two statements is there.
    usedBy(0, 20);
    const versions = 100;
    assert.ok(usedBy(1_000, 1_000 + versions) < (versions * read(0)) / 4);
  });
});

/** Everything in it is in lower case, as nothing is copied of a text that is folded already. */
function statement(effect: string, name: string): object {
  return {
    Sid: name,
    Effect: effect,
    Action: [`execute-api:invoke`, `s3:${name}`],
    Resource: [`arn:aws:s3:::${name}/*`, `arn:aws:execute-api:us-east-1:123456789012:${name}/prod/GET/pets`],
    ...(effect === 'Allow' && { Condition: { stringlike: { [`aws:requesttag/${name}`]: name } } }),
  };
}

function usedMemory(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  return process.memoryUsage().heapUsed;
}
