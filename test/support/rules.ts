import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from './repository';

/** One rule's file under `server/src/core/rules/<group>`. */
export interface RuleFile {
  readonly id: string;
  readonly group: string;
  /** Absolute, existing or not. */
  readonly page: string;
  readonly furtherCases: string;
}

const rulesFolder = join(repositoryRoot, 'server', 'src', 'core', 'rules');
export const pagesFolder: string = join(repositoryRoot, 'server', 'docs', 'rules');

/** The rules by their files, in order of id. A file whose name is no rule id holds what several rules share. */
export function ruleFiles(): readonly RuleFile[] {
  return readdirSync(rulesFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'support')
    .flatMap(({ name: group }) =>
      readdirSync(join(rulesFolder, group))
        .filter((file) => file.endsWith('.ts'))
        .map((file) => {
          const id = file.slice(0, -'.ts'.length);
          return {
            id,
            group,
            page: join(pagesFolder, `${id}.md`),
            furtherCases: join(repositoryRoot, 'test', 'rules', group, `${id}.md`),
          };
        }),
    )
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The text of a file; `undefined` where there is none. */
export function readIfThere(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}
