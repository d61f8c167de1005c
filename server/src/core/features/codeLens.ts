import { isExecuteApiArn, readExecuteApiArn } from '../arn/executeApi';
import { executeApiSlips } from '../arn/slips/executeApiSlips';
import type { PolicyDocument } from '../document';
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
    const shorthand = policy.kind.type === 'resource' ? 'expanded' : 'refused';
    for (const statement of policy.statements) {
      if (statement.effect?.value !== 'Allow') {
        continue;
      }
      for (const { node, text } of statement.resources.flatMap(({ entries }) => entries)) {
        if (canNameCachedRequest(text) && executeApiSlips(text, { shorthand }).length === 0) {
          lenses.push({ kind: 'invalidate-cache', span: contentSpan(node), arn: text });
        }
      }
    }
  }
  lenses.sort((a, b) => a.span.start - b.span.start);
  return lenses.filter((lens, index) => !sharesLine(lens, lenses[index - 1], document.text));
}

/** Only REST APIs have a cache; `$default` is a stage of HTTP APIs, and connections are of WebSocket APIs. */
function canNameCachedRequest(text: string): boolean {
  if (!isExecuteApiArn(text)) {
    return false;
  }
  const read = readExecuteApiArn(text);
  return (
    read.shapes.has('method') &&
    segmentsByRole(read).every(
      ({ role, text: part }) => role !== 'connections' && !(role === 'stage' && part === '$default'),
    )
  );
}

function sharesLine(lens: CodeLens, previous: CodeLens | undefined, text: string): boolean {
  return previous !== undefined && !/[\r\n]/.test(text.slice(previous.span.end, lens.span.start));
}
