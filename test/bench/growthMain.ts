import { ASKED, timesOf } from './growth';
import { SHAPES } from './shapes';

/*
 * Times what an editor asks of one shape, at some sizes, in a process of its own: what other documents left behind
 * makes each collection of garbage more expensive, and more so the larger the document. Prints a list of `[question,
 * times by size]`.
 *
 *   node growthMain.js NAME ROUNDS SIZE SIZE …
 */

async function main(): Promise<void> {
  const [name, rounds, ...sizes] = process.argv.slice(2);
  const shape = SHAPES.find((candidate) => candidate.name === name);
  if (shape === undefined) {
    throw new Error(`There is no shape called ${name}.`);
  }
  // Until V8 has compiled what is asked for, the smaller size would take too long.
  await timesOf(shape, Number(sizes[0]) / 4, ASKED);
  const times: (readonly (number | undefined)[])[] = [];
  for (const size of sizes) {
    const each = await timesOf(shape, Number(size), ASKED, { rounds: Number(rounds) });
    times.push(ASKED.map((asked) => each.get(asked)));
  }
  process.stdout.write(
    JSON.stringify(ASKED.map((asked, index) => [asked, times.map((each) => each[index])])),
  );
  process.exit();
}

void main();
