import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { limit } from '../support/patience';
import { languageService, openJson } from '../support/policies';
import { sharedCorpus } from '../support/repository';
import { skip } from '../support/skip';

describe('features on the managed policies of AWS', () => {
  const folder = sharedCorpus('managed-policies');
  const files = folder === undefined ? [] : readdirSync(folder).filter((file) => file.endsWith('.json'));
  const read = (file: string): string => readFileSync(join(folder ?? '', file), 'utf8');

  beforeEach(function () {
    if (folder === undefined) {
      skip(this, 'the corpus of managed policies is not beside the repository');
    }
  });

  it('colour every action and resource, and call none malformed', function () {
    this.timeout(limit(30_000));
    for (const file of files) {
      const document = openJson(languageService(), read(file));
      const tokens = languageService().semanticTokens(document);
      assert.ok(tokens.length > 0, file);
      assert.deepEqual(
        tokens.filter(({ type }) => type === 'arnMalformed'),
        [],
        file,
      );
    }
  });

  it('have something to say, and no problem, about each resource of execute-api', () => {
    let resources = 0;
    for (const file of files) {
      const text = read(file);
      if (!text.includes(':execute-api:')) {
        continue;
      }
      const document = openJson(languageService(), text);
      for (const match of text.matchAll(/arn:[^"]*:execute-api:[^"]*/g)) {
        resources += 1;
        const hover = languageService().hover(document, match.index + match[0].length - 1);
        assert.match(hover?.contents ?? '', /The whole ARN/, `${file}: ${match[0]}`);
        assert.doesNotMatch(hover?.contents ?? '', /Problem/, `${file}: ${match[0]}`);
      }
    }
    assert.ok(resources > 0);
  });
});
