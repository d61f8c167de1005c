import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  applyEdits,
  joinKnowledge,
  readKnowledge,
  type WorkspaceKnowledge,
} from '../../server/src/core/index';
import { languageService, openJson } from '../support/policies';
import { repositoryRoot } from '../support/repository';

const workspace = join(repositoryRoot, 'test/workspace');
const read = (name: string): string => readFileSync(join(workspace, name), 'utf8');

const KNOWLEDGE: WorkspaceKnowledge = joinKnowledge(
  ['petstore.yaml', 'petstore-invoke.json', 'petstore-strict.json'].map((name) => {
    const uri = `file:///${name}`;
    return [uri, readKnowledge(uri, read(name))] as const;
  }),
);

function offersAt(text: string, at: string, knowledge: WorkspaceKnowledge | undefined = KNOWLEDGE) {
  const service = languageService();
  const document = openJson(service, text);
  const offset = text.indexOf(at) + 1;
  const span = { start: offset, end: offset };
  const actions = service.codeActions(document, span, service.lint(document).findings, undefined, knowledge);
  return actions
    .filter(({ kind }) => kind === 'quickfix')
    .map(({ title, edits }) => ({ title, text: applyEdits(text, edits()) }));
}

const policy = (arn: string): string =>
  `{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "execute-api:InvalidateCache", "Resource": "${arn}" }] }`;

describe('placeholders in an execute-api ARN', () => {
  const seed = read('seed.json');

  it('are filled in all at once with what the workspace knows, first of all', () => {
    for (const segment of ['region:', 'account-id', 'api-id/', 'stage-name', 'resource-path-specifier']) {
      const [first] = offersAt(seed, segment);
      assert.match(
        first?.text ?? '',
        /"arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5\/prod\/GET\/pets"/,
        segment,
      );
      assert.match(first?.title ?? '', /^Use arn:aws:execute-api:us-east-1\S+ \(GET \/pets of petstore\)$/);
    }
  });

  it('leave a policy without findings when that is taken', () => {
    const [first] = offersAt(seed, 'region:');
    const service = languageService();
    const { findings } = service.lint(openJson(service, first?.text ?? ''));
    assert.deepEqual(
      findings.filter(({ severity }) => severity !== 'info').map(({ rule }) => rule),
      [],
    );
  });

  it('are filled in one by one after that, and by a wildcard last, which says what it grants', () => {
    const titles = offersAt(seed, 'region:').map(({ title }) => title);
    assert.ok(
      titles.indexOf('Replace with us-east-1 (petstore)') >
        titles.findLastIndex((title) => title.startsWith('Use ')),
    );
    assert.equal(titles.at(-1), 'Replace with *, which grants every Region');
    const stages = offersAt(seed, 'stage-name').map(({ title }) => title);
    assert.ok(
      stages.includes('Replace with prod (petstore)') && stages.includes('Replace with strict (petstore)'),
    );
    assert.equal(stages.at(-1), 'Replace with *, which grants every stage');
  });

  it('keep what the ARN says already', () => {
    const offers = offersAt(
      policy('arn:aws:execute-api:us-east-1:123456789012:api-id/prod/POST/pets'),
      'api-id',
    );
    assert.match(offers[0]?.text ?? '', /:a1b2c3d4e5\/prod\/POST\/pets"/);
    const elsewhere = offersAt(
      policy('arn:aws:execute-api:eu-west-1:123456789012:api-id/prod/GET/pets'),
      'api-id',
    );
    assert.ok(!elsewhere.some(({ title }) => title.startsWith('Use ')));
  });

  it('have no such offer where nothing is known, or nothing is wrong', () => {
    assert.deepEqual(
      offersAt(seed, 'region:', { accounts: [], apis: [] }).map(({ title }) => title),
      ['Replace with *, which grants every Region'],
    );
    assert.deepEqual(
      offersAt(read('petstore-invoke.json'), 'execute-api:us').filter(({ title }) =>
        title.startsWith('Use '),
      ),
      [],
    );
  });
});
