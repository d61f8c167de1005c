import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createIamData,
  type IamData,
  type IamDataAssets,
  linesOf,
} from '../../server/src/core/iamData/iamData';
import { repositoryRoot } from './repository';

let loaded: IamData | undefined;

/** The compiled service reference, opened once for all tests of a run. */
export function loadIamData(): IamData {
  loaded ??= createIamData(iamDataAssets());
  return loaded;
}

/** The compiled texts, for tests that open the reference themselves. */
export function iamDataAssets(): IamDataAssets {
  return {
    index: readCompiled('index.json'),
    facts: linesOf(() => readCompiled('facts.jsonl')),
    prose: linesOf(() => readCompiled('prose.jsonl')),
  };
}

/** The text of one file of `server/data`. */
export function readCompiled(name: 'index.json' | 'facts.jsonl' | 'prose.jsonl'): string {
  const path = join(repositoryRoot, 'server', 'data', name);
  if (!existsSync(path)) {
    throw new Error(`server/data/${name} is missing: run "npm run build:data" first.`);
  }
  return readFileSync(path, 'latin1');
}
