import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DocumentInput, LanguageService } from '../../server/src/core/index';
import { limit } from '../support/patience';
import { languageService } from '../support/policies';
import { repositoryRoot } from '../support/repository';
import { runs } from '../support/thorough';
import { documentOf, failureOf, report, runCase } from './cases';
import { minimize } from './minimize';
import { randomOf } from './random';
import { seedsOf } from './seeds';

/** So many cases take a second; `npm run fuzz` goes on where they end. */
const CASES = runs(120);
/** Each document that failed once is asked at so many sets of offsets. */
const TURNS = 2;

/** Documents that failed, as short as they could be made, and what they failed by. */
const FOUND = JSON.parse(
  readFileSync(join(repositoryRoot, 'test/fuzz/found.json'), 'utf8'),
) as readonly (DocumentInput & { readonly about: string })[];

describe('every feature about documents that nobody would write', function () {
  this.timeout(limit(60_000));

  const asked = new Set<string>();
  const service = recorded(languageService(), asked);

  it(`fails on none of ${CASES}`, () => {
    const seeds = seedsOf(false);
    for (let index = 0; index < CASES; index += 1) {
      const failed = runCase(service, { seed: 0, index }, seeds);
      assert.equal(failed && report(failed), undefined);
    }
  });

  it('fails on none that failed once', () => {
    for (const { about, ...input } of FOUND) {
      for (let turn = 0; turn < TURNS; turn += 1) {
        const failure = failureOf(service, input, input, randomOf(turn));
        assert.equal(failure?.message, undefined, about);
      }
    }
  });

  it('is asked of every feature', () => {
    assert.deepEqual(
      methodsOf(service).filter((name) => !asked.has(name)),
      [],
    );
  });

  it('is shown the same documents by the same seed', () => {
    const seeds = seedsOf(false);
    for (let index = 0; index < 12; index += 1) {
      assert.deepEqual(documentOf({ seed: 5, index }, seeds), documentOf({ seed: 5, index }, seeds));
    }
  });
});

describe('what failed', () => {
  it('is made as short as it can be', () => {
    const long = `${'x'.repeat(300)}ab${'y'.repeat(500)}c${'z'.repeat(100)}`;
    const isWrong = (text: string): boolean => /a.*b.*c/.test(text);
    assert.equal(minimize(long, isWrong), 'abc');
  });
});

function methodsOf(service: LanguageService): readonly string[] {
  return Object.entries(service).flatMap(([name, value]) => (typeof value === 'function' ? [name] : []));
}

/** The same service, and a note of what is asked of it. */
function recorded(service: LanguageService, asked: Set<string>): LanguageService {
  return new Proxy(service, {
    get: (target, name, receiver): unknown => {
      asked.add(String(name));
      return Reflect.get(target, name, receiver);
    },
  });
}
