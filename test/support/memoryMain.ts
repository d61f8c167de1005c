/**
 * Prints how many bytes are kept of fifty versions of a document, and how many characters were read. A process of its
 * own, in which nothing else comes and goes.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createLanguageService } from '../../server/src/core/index';
import { loadIamData } from './iamData';
import { openJson } from './policies';

const service = createLanguageService({ iamData: loadIamData() });
const filling = Array.from({ length: 3 }, (_, index) => statement('Allow', `a-rather-long-filling-${index}`));
// What is noted of two statements is some 25 KB by now: a document that is kept must be told from that. Blanks make it long
// and take no time.
const BLANKS = ' '.repeat(200_000);
const VERSIONS = 50;

// Until the code is compiled and what is remembered of everything but the two statements is there.
usedBy(0, 20);
const used = usedBy(1_000, 1_000 + VERSIONS);
console.log(JSON.stringify({ used, read: VERSIONS * read(0) }));

/** Lints the document with names of its own, and gives its length. */
function read(version: number): number {
  const name = `a-rather-long-name-${version}`;
  const policy = {
    Version: '2012-10-17',
    Statement: [...filling, statement('Deny', name), statement('Allow', name)],
  };
  const text = `${JSON.stringify(policy, undefined, 2).slice(0, -1)}${BLANKS}}`;
  service.lint(openJson(service, text));
  return text.length;
}

function usedBy(from: number, to: number): number {
  const before = usedMemory();
  for (let version = from; version < to; version += 1) {
    read(version);
  }
  return usedMemory() - before;
}

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
