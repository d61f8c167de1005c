import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of this project's package.json, found upwards from the compiled test. */
export const repositoryRoot: string = findRoot(__dirname);

/**
 * The path of a test corpus that lies beside the repository, or undefined where there is none. Corpora are not part
 * of the project, so a test that wants one prints that it is missing and does without.
 */
export function sharedCorpus(name: string): string | undefined {
  return shared('corpus', name);
}

/** Likewise a file of the facts that the project goes by. */
export function sharedFacts(name: string): string | undefined {
  return shared('facts', name);
}

function shared(...names: readonly string[]): string | undefined {
  const path = join(repositoryRoot, '..', 'shared', ...names);
  return existsSync(path) ? path : undefined;
}

function findRoot(from: string): string {
  const manifest = join(from, 'package.json');
  if (existsSync(manifest) && /"name":\s*"iam-policy-tools"/.test(readFileSync(manifest, 'utf8'))) {
    return from;
  }
  const parent = dirname(from);
  if (parent === from) {
    throw new Error('The tests lie outside the repository: no package.json of iam-policy-tools above them.');
  }
  return findRoot(parent);
}

/** The folders of the corpus of formats whose languages are read; what a file is was told by pattern. */
export const CORPUS_FORMS: readonly string[] = [
  'cfn-json',
  'cfn-yaml',
  'cli-json',
  'json-in-json',
  'k8s-yaml',
  'openapi',
  'plain-json',
  'plain-yaml',
  'sam-yaml',
  'serverless-yml',
  'tf-document',
  'tf-heredoc',
  'tf-jsonencode',
  'tf-plan',
  'tf-template',
];
