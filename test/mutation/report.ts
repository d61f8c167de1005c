import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { repositoryRoot } from '../support/repository';
import { grouped } from './grouped';

/** So much of the mutants that are not equivalent is to be noticed. */
const ENOUGH = 0.95;

/** What came of a mutant. */
export interface Judged {
  /** From the root of the repository. */
  readonly source: string;
  /** Of the source, from 1. */
  readonly line: number;
  /** What stands on that line. */
  readonly text: string;
  readonly change: string;
  /** Tells mutants of one line apart, in their order. */
  readonly column: number;
  /** `unreached` where no test runs it. */
  readonly outcome: 'noticed' | 'survived' | 'unreached';
}

/** A mutant that no test can notice, since nothing that anybody can see is different. */
export interface Equivalent {
  readonly source: string;
  /** The line of the source as it stands, so that a changed one is looked at again. */
  readonly text: string;
  readonly change: string;
  readonly reason: string;
}

/** Those that were looked at. */
export function equivalents(): readonly Equivalent[] {
  return JSON.parse(readFileSync(join(repositoryRoot, 'test/mutation/equivalent.json'), 'utf8'));
}

/** For people: what was not noticed, and a table by folders. */
export function reportOf(
  judged: readonly Judged[],
  known: readonly Equivalent[] = equivalents(),
): { readonly text: string; readonly isEnough: boolean } {
  const isKnown = ({ source, text, change }: Judged): boolean =>
    known.some((each) => each.source === source && each.text === text && each.change === change);
  const left = judged.filter(({ outcome }) => outcome !== 'noticed');
  const open = left
    .filter((each) => !isKnown(each))
    .sort((a, b) => (a.source < b.source ? -1 : a.source > b.source ? 1 : a.column - b.column));
  const folders = [...grouped(judged, ({ source }) => dirname(source))].sort();
  const rows = [...folders, ['all', judged] as const].map(([folder, mutants]) => {
    const noticed = mutants.filter(({ outcome }) => outcome === 'noticed').length;
    const equivalent = mutants.filter((each) => each.outcome !== 'noticed' && isKnown(each)).length;
    const unreached = mutants.filter((each) => each.outcome === 'unreached' && !isKnown(each)).length;
    const counted = mutants.length - equivalent;
    const share = counted === 0 ? 1 : noticed / counted;
    return {
      share,
      row: `| ${folder} | ${mutants.length} | ${noticed} | ${equivalent} | ${unreached} | ${(share * 100).toFixed(1)} % |`,
    };
  });
  return {
    text: [
      ...open.map(({ source, line, change, outcome, text }) =>
        [`${source}:${line}: ${change} (${outcome})`, `    ${text}`].join('\n'),
      ),
      '',
      '| folder | mutants | noticed | equivalent | unreached | noticed of the others |',
      '| --- | --- | --- | --- | --- | --- |',
      ...rows.map(({ row }) => row),
    ].join('\n'),
    isEnough: (rows.at(-1)?.share ?? 1) >= ENOUGH,
  };
}
