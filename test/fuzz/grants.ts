import type { PolicyDocument } from '../../server/src/core/index';
import { isBesideUnreportedFault } from '../../server/src/core/syntax/unreported';
import { answer, probesOf } from '../support/probes';

/** So many requests are asked about each policy before and after an edit that is to change no grant. */
const MOST_PROBES = 12;

/** What an edit that is to change nothing has changed. */
interface Wrong {
  readonly what: string;
  readonly detail: string;
}

/**
 * Whether a document still says what it did: it parses no worse, has as many policies, and each gives the same answers to
 * requests that it speaks of.
 */
export function checkGrants(before: PolicyDocument, after: PolicyDocument): Wrong | undefined {
  if (after.tree.faults.length > before.tree.faults.length) {
    return { what: 'faults', detail: after.tree.faults.map(({ code }) => code).join(', ') };
  }
  const unreported = after.tree.source.unreportedFaults?.() ?? [];
  if (unreported.length > (before.tree.source.unreportedFaults?.().length ?? 0)) {
    return { what: 'faults', detail: `at ${unreported.join(', ')}` };
  }
  // Beside a fault, what was read is a guess.
  if (
    before.tree.faults.length > 0 ||
    before.policies.some(({ faults, node }) => faults.length > 0 || isBesideUnreportedFault(node))
  ) {
    return undefined;
  }
  if (after.policies.length !== before.policies.length) {
    return {
      what: 'number of policies',
      detail: `${after.policies.length} of ${before.policies.length}`,
    };
  }
  for (const [index, policy] of before.policies.entries()) {
    const now = after.policies[index];
    if (now !== undefined && isBesideUnreportedFault(now.node)) {
      continue;
    }
    const probes = probesOf(policy).filter(
      ({ action, resource, principal = '' }) => !NAMED_BY_PLACE.test(action + resource + principal),
    );
    const step = Math.max(1, Math.floor(probes.length / MOST_PROBES));
    for (const probe of probes.filter((_, at) => at % step === 0)) {
      const then = answer(policy, probe);
      const since = now && answer(now, probe);
      if (since === undefined || !isSame(then, since)) {
        return {
          what: 'grants',
          detail: `${JSON.stringify(probe)} ${JSON.stringify(then)} is ${JSON.stringify(since)}`,
        };
      }
    }
  }
  return undefined;
}

type Answered = ReturnType<typeof answer>;

/**
 * Whether two answers are one. An answer names all conditions and expressions that any of the entries hangs on, so that one
 * fewer is no change where another pattern covers the one that had it.
 */
function isSame(then: Answered, since: Answered): boolean {
  const [before, after] = [hingesOf(then), hingesOf(since)];
  return then.outcome === since.outcome && after.every((hinge) => before.includes(hinge));
}

/** What nobody has named is named by its place, which an edit moves. */
const NAMED_BY_PLACE = /#\d+/;

function hingesOf({ hinges }: Answered): readonly string[] {
  return hinges.map((hinge) => hinge.replace(new RegExp(NAMED_BY_PLACE, 'g'), '#'));
}
