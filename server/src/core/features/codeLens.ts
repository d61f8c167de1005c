import type { PolicyDocument } from '../document';
import type { Span } from '../syntax/nodes';

/** An offer above a line. The shell knows the command's name and title for each kind. */
export interface CodeLens {
  readonly kind: 'invalidate-cache';
  /** The ARN's string without its quotes. */
  readonly span: Span;
  readonly arn: string;
}

/** "Invalidate cache" for each execute-api ARN that names something that can be cached. */
export function codeLenses(_document: PolicyDocument): readonly CodeLens[] {
  return [];
}
