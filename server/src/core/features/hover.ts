import type { PolicyDocument } from '../document';
import type { IamData } from '../iamData/iamData';
import type { Span } from '../syntax/nodes';

export interface Hover {
  /** What the text is about. */
  readonly span: Span;
  /** Markdown. */
  readonly contents: string;
}

/** What there is to say about the thing at an offset of a document. */
export function hover(
  _document: PolicyDocument,
  _offset: number,
  _iamData: IamData | undefined,
): Hover | undefined {
  return undefined;
}
