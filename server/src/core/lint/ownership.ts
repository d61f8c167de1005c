import type { Policy, Statement } from '../model/policy';
import { firstIndex } from '../pattern/bisect';
import type { Span } from '../syntax/nodes';
import type { AnyRule } from './rule';
import type { RuleMeta } from './ruleMeta';

/** Whether a finding lies on what another rule owns, so that it is left out. */
export type Ownership = (rule: RuleMeta, span: Span, policy: Policy) => boolean;

/** Asks the rules that own something, whether they are on or not. Only what is reported is looked at. */
export function ownershipOf(rules: readonly AnyRule[]): Ownership {
  const owners = rules.flatMap((rule) =>
    rule.owns === undefined ? [] : [{ id: rule.meta.id, owned: spansOf(rule.owns) }],
  );
  return owners.length === 0
    ? () => false
    : ({ id, comparesTexts }, span, { statements }) => {
        const statement = comparesTexts ? undefined : statementAt(statements, span.start);
        return (
          statement !== undefined &&
          owners.some(
            (owner) => owner.id !== id && owner.owned(statement).some((other) => overlap(span, other)),
          )
        );
      };
}

/** What a rule owns of a statement is asked once, however much is reported there. */
function spansOf(owns: (statement: Statement) => readonly Span[]): (statement: Statement) => readonly Span[] {
  const known = new WeakMap<Statement, readonly Span[]>();
  return (statement) => {
    let spans = known.get(statement);
    if (spans === undefined) {
      spans = owns(statement);
      known.set(statement, spans);
    }
    return spans;
  };
}

function overlap(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}

/** The statement that an offset lies in. They stand in source order, and none lies in another. */
function statementAt(statements: readonly Statement[], offset: number): Statement | undefined {
  const behind = firstIndex(
    statements.length,
    (index) => (statements[index]?.node.span.start ?? offset) > offset,
  );
  const statement = statements[behind - 1];
  return statement !== undefined && offset < statement.node.span.end ? statement : undefined;
}
