import type { KnownMistake, MistakeKind, Repair } from '../../arn/mistakes/mistake';
import { replaceValueSlice } from '../../lint/edits';
import type { Fix, Report, RuleContext, Visitor } from '../../lint/rule';
import type { ResourceEntry } from '../../model/policy';
import type { StringNode } from '../../syntax/nodes';
import { visible } from './visible';

/**
 * The visitor of a rule that speaks of one kind of mistake in execute-api ARNs. The ARN is read once for all these
 * rules; each reports its own kind, so that no place is reported twice.
 *
 * Conditions are not looked at: the `aws:SourceArn` of a Lambda permission legitimately holds what a request ARN
 * never does, `{id}` and the test stages among it.
 */
export function mistakeVisitor<MessageId extends string>(
  kind: MistakeKind,
  context: RuleContext<MessageId>,
): Visitor {
  return {
    executeApiMistake: ({ entry, mistake }) => {
      if (mistake.kind === kind) {
        context.report(reportOf(entry, mistake));
      }
    },
  };
}

/** @throws never; a mistake's message ids are those its rule declares, which the rule's page proves. */
export function reportOf<MessageId extends string>(
  entry: ResourceEntry,
  mistake: KnownMistake,
): Report<MessageId> {
  return {
    message: mistake.message as MessageId,
    at: { node: entry.node, ...visible(mistake, entry.text) },
    data: mistake.data,
    fixes: mistake.repairs.map((repair) => fixOf(entry.node, repair)),
  };
}

/** Mending an ARN that matched nothing grants what was not granted before, so it is never a safe fix. */
function fixOf(node: StringNode, repair: Repair): Fix {
  return {
    title: repair.title,
    kind: 'suggestion',
    edits: () => [replaceValueSlice(node, repair.from, repair.to, repair.text)],
  };
}
