import type { PolicyDocument } from '../document';
import { slipsOf } from '../lint/slips';
import type { ResourceEntry } from '../model/policy';
import { reachableArnOf } from '../rules/support/executeApiUse';
import type { Span } from '../syntax/nodes';
import { contentSpan } from '../syntax/stringSpans';
import { segmentsByRole } from './explainExecuteApi';

/** An offer above a line. The shell knows the command's name and title for each kind. */
export interface CodeLens {
  readonly kind: 'invalidate-cache';
  /** The ARN's string without its quotes. */
  readonly span: Span;
  readonly arn: string;
}

/**
 * "Invalidate cache" for each execute-api ARN in a Resource or NotResource of an Allow statement that can match a
 * request whose response a REST API may cache; the first of them where a line has several.
 */
export function codeLenses(document: PolicyDocument): readonly CodeLens[] {
  const lenses: CodeLens[] = [];
  for (const policy of document.policies) {
    for (const statement of policy.statements) {
      if (statement.effect?.value !== 'Allow') {
        continue;
      }
      for (const entry of statement.resources.flatMap(({ entries }) => entries)) {
        if (slipsOf(entry).length === 0 && canNameCachedRequest(entry)) {
          lenses.push({ kind: 'invalidate-cache', span: contentSpan(entry.node), arn: entry.text });
        }
      }
    }
  }
  lenses.sort((a, b) => a.span.start - b.span.start);
  return lenses.filter((lens, index) => !sharesLine(lens, lenses[index - 1], document.text));
}

/** Only REST APIs have a cache; `$default` is a stage of HTTP APIs, and connections are of WebSocket APIs. */
function canNameCachedRequest(entry: ResourceEntry): boolean {
  const read = reachableArnOf(entry);
  return (
    read?.shapes.has('method') === true &&
    segmentsByRole(read).every(
      ({ role, text }) => role !== 'connections' && !(role === 'stage' && text === '$default'),
    )
  );
}

function sharesLine(lens: CodeLens, previous: CodeLens | undefined, text: string): boolean {
  return previous !== undefined && !/[\r\n]/.test(text.slice(previous.span.end, lens.span.start));
}
