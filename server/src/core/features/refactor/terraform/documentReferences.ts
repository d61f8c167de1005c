import { DOCUMENT_TYPE } from '../../../syntax/hcl/documentNames';
import { HclFunction } from '../../../syntax/hcl/hclNodes';
import type { SyntaxNode } from '../../../syntax/nodes';
import { documentAddress } from './written';

/** Where a module names a data source of policies. */

/** A reference to the policy of a data source: half-open indexes into the text of the file. */
export interface DocumentReference {
  readonly start: number;
  readonly end: number;
}

/**
 * The references to a data source in a file; `undefined` where one of them takes anything but the policy as JSON.
 *
 * @param from where the block of the data source begins, in which it is not named
 * @param to where the block ends
 */
export function referencesTo(
  text: string,
  name: string,
  { start: from, end: to }: DocumentReference,
): readonly DocumentReference[] | undefined {
  const found: DocumentReference[] = [];
  for (const { index } of text.matchAll(addressPattern(name))) {
    const attribute = /^\.(?:minified_)?json(?![\w.[-])/.exec(
      text.slice(index + documentAddress(name).length).slice(0, 40),
    );
    if (attribute === null || (from <= index && index < to)) {
      return undefined;
    }
    found.push({ start: index, end: index + documentAddress(name).length + attribute[0].length });
  }
  return found;
}

/** Whether a text names a data source, or has one of that name. */
export function mentionsDocument(text: string, name: string): boolean {
  return (
    addressPattern(name).test(text) ||
    new RegExp(`"?${DOCUMENT_TYPE}"?[\\s:{]+"?${name}"?[\\s:]*\\{`).test(text)
  );
}

/** Whether a text has a local value of that name, or names one; also where that cannot be told. */
export function mayHaveLocal(text: string, name: string): boolean {
  return new RegExp(`\\blocal\\.${name}(?![\\w-])|(?<![\\w-])"?${name}"?\\s*[=:]`).test(text);
}

function addressPattern(name: string): RegExp {
  return new RegExp(`(?<![\\w.-])data\\.${DOCUMENT_TYPE}\\.${name}(?![\\w-])`, 'g');
}

/** Whether a reference is all of an expression, so that any other may stand there. */
export function isExpression(root: SyntaxNode, { start, end }: DocumentReference): boolean {
  const open: SyntaxNode[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node instanceof HclFunction && node.start === start && node.end === end) {
      return true;
    }
    if (node.span.start <= start && end <= node.span.end) {
      const inner = node.kind === 'object' ? node.members.map(({ value }) => value) : [];
      open.push(
        ...[...inner, ...(node.kind === 'array' ? node.items : [])].filter((each) => each !== undefined),
      );
    }
  }
  return false;
}
