/**
 * How many questions about AWS's managed policies end in `depends`, and how many still do once the condition keys are told
 * that the answers ask for: `npm run settled`. The policies lie beside the repository (`shared/corpus/managed-policies`).
 * The exit code is 1 if more than 5 of 100 still depend.
 */
import { sharedCorpus } from '../support/repository';
import { settleManagedPolicies } from './managedQuestions';

/** Of 100 questions that depend. */
const MOST_OPEN = 5;

function main(): number {
  const folder = sharedCorpus('managed-policies');
  if (folder === undefined) {
    console.error(
      'shared/corpus/managed-policies does not lie beside the repository: there is nothing to ask.',
    );
    return 2;
  }
  const { questions, depends, open } = settleManagedPolicies(folder);
  const left = [...open.values()].reduce((sum, count) => sum + count, 0);
  const share = (100 * left) / depends;
  console.log(`${questions} questions, ${depends} depend`);
  console.log(
    `${left} of these (${share.toFixed(1)} %) still do with the keys told that the answers ask for`,
  );
  for (const [reason, count] of [...open].sort((a, b) => b[1] - a[1])) {
    console.log(`  ${String(count).padStart(5)}  ${reason}`);
  }
  return share <= MOST_OPEN ? 0 : 1;
}

process.exitCode = main();
