import type { Repair, Slip, SlipKind } from '../../arn/slips/slip';
import { replaceValueSlice } from '../../lint/edits';
import type { Fix, Report, RuleContext, Visitor } from '../../lint/rule';
import type { ResourceEntry } from '../../model/policy';
import type { StringNode } from '../../syntax/nodes';

/**
 * The visitor of a rule that speaks of one kind of slip in execute-api ARNs. The ARN is read once for all these
 * rules; each reports its own kind, so that no place is reported twice.
 *
 * Conditions are not looked at: the `aws:SourceArn` of a Lambda permission legitimately holds what a request ARN
 * never does, `{id}` and the test stages among it.
 */
export function slipVisitor<MessageId extends string>(
  kind: SlipKind,
  context: RuleContext<MessageId>,
): Visitor {
  return {
    executeApiSlip: ({ entry, slip }) => {
      if (slip.kind === kind) {
        context.report(reportOf(entry, slip));
      }
    },
  };
}

/** @throws never; a slip's message ids are those its rule declares, which the rule's page proves. */
export function reportOf<MessageId extends string>(entry: ResourceEntry, slip: Slip): Report<MessageId> {
  return {
    message: slip.message as MessageId,
    at: { node: entry.node, ...visible(slip, entry.text) },
    data: slip.data,
    fixes: slip.repairs.map((repair) => fixOf(entry.node, repair)),
  };
}

/** An empty field is shown by the separators around it: nobody sees a squiggle of no width. */
function visible(slip: Slip, text: string): { readonly from: number; readonly to: number } {
  return slip.from < slip.to
    ? { from: slip.from, to: slip.to }
    : { from: Math.max(slip.from - 1, 0), to: Math.min(slip.to + 1, text.length) };
}

/** Mending an ARN that matched nothing grants what was not granted before, so it is never a safe fix. */
function fixOf(node: StringNode, repair: Repair): Fix {
  return {
    title: repair.title,
    kind: 'suggestion',
    edits: () => [replaceValueSlice(node, repair.from, repair.to, repair.text)],
  };
}
