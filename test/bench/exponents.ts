import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Asked } from './growth';
import { QUESTION_SIZES, questionCosts } from './questions';
import { SHAPES } from './shapes';
import { ms, row } from './table';

/** Time may grow with this power of the size: of how many there are of whatever a shape has many of. */
const MOST_EXPONENT = 1.2;
const SIZES = [1_000, 4_000] as const;
const QUICK_SIZES = [400, 1_600] as const;

/** Of what takes less, the clock and the collection of garbage say more than the size. */
const LEAST_MS = 60;

/**
 * For each shape the question whose time grows fastest with the size. The largest of so many exponents is often the one in
 * whose larger size garbage was collected: what seems to grow too fast is measured again, and the shortest times count.
 */
export function exponentRows(isQuick: boolean): void {
  const sizes = isQuick ? QUICK_SIZES : SIZES;
  const growthOfShape = (shape: string): readonly Growth[] => growthOf(shape, sizes, isQuick ? 1 : 3);
  for (const shape of SHAPES) {
    let growth = growthOfShape(shape.name);
    for (let times = 1; times < MOST_MEASUREMENTS && fastest(growth).exponent > MOST_EXPONENT; times += 1) {
      const again = growthOfShape(shape.name);
      growth = growth.map(({ asked, few, many }, index) => ({
        asked,
        few: Math.min(few, again[index]?.few ?? few),
        many: Math.min(many, again[index]?.many ?? many),
      }));
    }
    const { asked, few, many, exponent } = fastest(growth);
    const edit = growth.find((each) => each.asked === 'edit');
    row(
      `growth: ${shape.name}`,
      [asked, `edit ${ms(edit?.many ?? 0)}`, `${sizes[0]}: ${ms(few)}`, `${sizes[1]}: ${ms(many)}`],
      exponent,
      MOST_EXPONENT,
      '^',
    );
  }
}

const MOST_MEASUREMENTS = 3;

/** The time of a question at both sizes. */
interface Growth {
  readonly asked: Asked;
  readonly few: number;
  readonly many: number;
}

function fastest(growth: readonly Growth[]): Growth & { readonly exponent: number } {
  const [worst] = growth
    .map((each) => ({ ...each, exponent: exponentOf(each) }))
    .sort((a, b) => b.exponent - a.exponent);
  if (worst === undefined) {
    throw new Error('Nothing was asked.');
  }
  return worst;
}

function exponentOf({ few, many }: Growth): number {
  return many < LEAST_MS ? 0 : Math.log(many / few) / Math.log(SIZES[1] / SIZES[0]);
}

/** All questions, in a process of its own. */
function growthOf(shape: string, sizes: readonly number[], rounds: number): readonly Growth[] {
  const told = execFileSync(
    process.execPath,
    [join(__dirname, 'growthMain.js'), shape, `${rounds}`, ...sizes.map(String)],
    { encoding: 'utf8' },
  );
  const times = JSON.parse(told) as readonly (readonly [Asked, readonly [number, number]])[];
  return times.map(([asked, [few, many]]) => ({ asked, few, many }));
}

/** What the commands that put questions to policies cost, on policies of which nothing was read before. */
export function questionRows(): void {
  for (const { name, times, exponent } of questionCosts()) {
    row(
      `question: ${name}`,
      ['', ...times.map((time, index) => `${QUESTION_SIZES[index]}: ${ms(time)}`)],
      (times.at(-1) ?? 0) < LEAST_MS ? 0 : exponent,
      MOST_EXPONENT,
      '^',
    );
  }
}
