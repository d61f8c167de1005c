import type { PolicyDocument } from '../document';
import type { Policy, Statement } from '../model/policy';
import { firstIndex } from '../pattern/bisect';
import type { Span } from '../syntax/nodes';
import type { Configured, Suppression } from './config';
import type { Finding, SuppressedFinding } from './finding';
import { fitsRule } from './severity';

/** Takes out the findings that the configuration suppresses, and tells which they are and which of its entries did so. */
export function suppress(
  findings: readonly Finding[],
  document: PolicyDocument,
  { config, path }: Configured,
): {
  readonly findings: readonly Finding[];
  readonly suppressed: readonly SuppressedFinding[];
  readonly used: ReadonlySet<Suppression>;
} {
  const used = new Set<Suppression>();
  const concerned = config.suppressions.filter((suppression) => suppression.fits(path));
  if (concerned.length === 0) {
    return { findings, suppressed: [], used };
  }
  const sidOf = statementFinder(document);
  const suppressed: SuppressedFinding[] = [];
  const kept = findings.filter((finding) => {
    const fitting = concerned.filter(
      (suppression) =>
        fitsRule(suppression, finding.rule) &&
        (suppression.sid === undefined || sidOf(finding)?.sid?.value === suppression.sid),
    );
    for (const suppression of fitting) {
      used.add(suppression);
    }
    const [first] = fitting;
    if (first !== undefined) {
      suppressed.push({ finding, reason: first.reason, by: 'configuration' });
    }
    return first === undefined;
  });
  return { findings: kept, suppressed, used };
}

/** The statement that a finding lies in; `undefined` for what concerns a whole policy. */
export function statementFinder(
  document: Pick<PolicyDocument, 'policies'>,
): (finding: Pick<Finding, 'span'>) => Statement | undefined {
  const statements = statementsIn(document.policies);
  return ({ span }) => {
    const at = countUpTo(statements.starts, span.start);
    const statement = statements.inOrder[at - 1];
    return statement !== undefined && span.start < statement.node.span.end ? statement : undefined;
  };
}

interface Statements {
  readonly inOrder: readonly Statement[];
  readonly starts: readonly Pick<Span, 'start'>[];
}

/** Put in order once for each document: each finding of thousands may ask. */
function statementsIn(policies: readonly Policy[]): Statements {
  let found = statementsOf.get(policies);
  if (found === undefined) {
    const inOrder = policies
      .flatMap((policy) => policy.statements)
      .sort((a, b) => a.node.span.start - b.node.span.start);
    found = { inOrder, starts: inOrder.map(({ node }) => node.span) };
    statementsOf.set(policies, found);
  }
  return found;
}

const statementsOf = new WeakMap<readonly Policy[], Statements>();

/** How many of some spans, in order of their starts, begin at or before an offset. */
export function countUpTo(spans: readonly Pick<Span, 'start'>[], offset: number): number {
  return firstIndex(spans.length, (index) => (spans[index]?.start ?? offset) > offset);
}
