import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isPolicyType, type PolicyType } from '../../server/src/core/index';
import { languageService } from '../support/policies';
import { repositoryRoot } from '../support/repository';

interface Snippet {
  readonly prefix: string;
  readonly description: string;
  readonly policyType?: string;
  readonly body: readonly string[];
}

function snippetsOf(name: string): readonly (readonly [name: string, snippet: Snippet])[] {
  const file = join(repositoryRoot, 'server/templates', `${name}.json`);
  return Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, Snippet>);
}

const policies = snippetsOf('policies');
const statements = snippetsOf('statements');

describe('templates and snippets', () => {
  for (const [name, snippet] of policies) {
    const { policyType = '' } = snippet;
    it(`${name} is clean as it is inserted, as what it is found to be and as what it is for`, () => {
      assert.ok(isPolicyType(policyType), `no such type: ${policyType}`);
      for (const text of textsOf(snippet)) {
        assertClean(text, undefined);
        assertClean(text, policyType);
      }
    });
  }

  for (const [name, snippet] of statements) {
    it(`${name} is clean in a policy`, () => {
      for (const text of textsOf(snippet)) {
        assertClean(`{ "Version": "2012-10-17", "Statement": [${inStatement(text)}] }`, undefined);
      }
    });
  }

  it('start all with iam-, and each with a prefix and a description of its own', () => {
    const all = [...policies, ...statements].map(([, snippet]) => snippet);
    assert.deepEqual(
      all.filter(({ prefix }) => !/^iam-[a-z0-9-]+$/.test(prefix)),
      [],
    );
    for (const text of [
      all.map(({ prefix }) => prefix),
      all.map(({ description }) => description),
      [...policies, ...statements].map(([name]) => name),
    ]) {
      assert.deepEqual(
        text.filter((each, index) => text.indexOf(each) !== index),
        [],
      );
    }
  });
});

function assertClean(text: string, policyType: PolicyType | undefined): void {
  const service = languageService();
  const document = service.open({ text, language: 'json', override: { policyType } });
  assert.equal(document.policies.length, 1, text);
  const { findings, failures } = service.lint(document);
  assert.deepEqual(failures, []);
  assert.deepEqual(
    findings.filter(({ severity }) => severity !== 'info').map(({ rule, message }) => `${rule}: ${message}`),
    [],
    text,
  );
}

/** A statement as it is, a member among the others of a statement. */
function inStatement(text: string): string {
  return text.startsWith('{')
    ? text
    : `{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::amzn-s3-demo-bucket/*", ${text} }`;
}

/** What stands there when nothing is filled in, once for each choice that a part offers. */
function textsOf({ body }: Snippet): readonly string[] {
  const snippet = body.join('\n');
  assert.doesNotMatch(
    snippet.replaceAll(/\$\{\d+(?::[^$}]*|\|[^}]*\|)\}/g, ''),
    /[$}]\w|\$\{/,
    'a part that is no tab stop',
  );
  const choices = [...snippet.matchAll(/\|([^}]*)\|/g)].map(([, list = '']) => list.split(',').length);
  return Array.from({ length: Math.max(1, ...choices) }, (_, index) =>
    snippet
      .replaceAll(/\$\{\d+:([^}]*)\}/g, '$1')
      .replaceAll(/\$\{\d+\|([^}]*)\|\}/g, (_match, list: string) => {
        const options = list.split(',');
        return options[index % options.length] ?? '';
      }),
  );
}
