import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../support/repository';

const read = (name: string): string => readFileSync(join(repositoryRoot, name), 'utf8');

/** The instructions of a Containerfile without comments, lines that go on joined. */
function instructionsOf(text: string): readonly (readonly [word: string, rest: string])[] {
  return text
    .replaceAll(/^\s*#.*\n/gm, '')
    .replaceAll(/\\\n/g, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [, word = '', rest = ''] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? [];
      return [word, rest.trim()];
    });
}

describe('Containerfile', () => {
  const instructions = instructionsOf(read('Containerfile'));
  const of = (word: string): readonly string[] =>
    instructions.flatMap(([each, rest]) => (each === word ? [rest] : []));

  it('has known instructions, and a Node that the package runs on', () => {
    const words = instructions.map(([word]) => word);
    assert.deepEqual(words, ['FROM', 'COPY', 'RUN', 'USER', 'WORKDIR', 'ENTRYPOINT']);
    const [, major = ''] = /^docker\.io\/library\/node:(\d+)-/.exec(of('FROM')[0] ?? '') ?? [];
    const { engines } = JSON.parse(read('package.json')) as { readonly engines: { readonly node: string } };
    assert.equal(engines.node, '>=20');
    assert.ok(Number(major) >= 20);
  });

  it('installs the tarball that is packed, without scripts of others, and starts its command as nobody special', () => {
    const { name } = JSON.parse(read('package.json')) as { readonly name: string };
    assert.deepEqual(of('COPY'), [`${name}-*.tgz /tmp/${name}.tgz`]);
    assert.match(of('RUN')[0] ?? '', /npm install --global --ignore-scripts .*\/tmp\/iam-policy-tools\.tgz/);
    assert.deepEqual(of('USER'), ['node']);
    assert.deepEqual(JSON.parse(of('ENTRYPOINT')[0] ?? ''), ['iam-policy']);
    assert.match(read('server/scripts/package.mjs'), /'iam-policy': \{ script/);
    assert.deepEqual(
      read('.dockerignore')
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith('#')),
      ['*', `!${name}-*.tgz`],
    );
  });
});
