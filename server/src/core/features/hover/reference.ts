import type { PolicyDocument } from '../../document';
import { memberOf, type ObjectNode, type Span, type SyntaxNode } from '../../syntax/nodes';
import { code } from '../markdown';

/** A variable or a local value of Terraform that an expression names, and what it is as far as the document tells. */
export interface NamedValue {
  readonly span: Span;
  /** Markdown. */
  readonly text: string;
}

/**
 * The variable or local value that is named at an offset of a document in HCL; `undefined` where there is none, or where no
 * text or number stands for it.
 */
export function namedValueAt({ text, tree }: PolicyDocument, offset: number): NamedValue | undefined {
  const { root } = tree;
  if (tree.source.syntax !== 'hcl' || root?.kind !== 'object') {
    return undefined;
  }
  const from = Math.max(text.lastIndexOf('\n', offset - 1) + 1, offset - LONGEST);
  const line = text.slice(from, offset + LONGEST);
  for (const found of line.matchAll(/(?<![\w.-])(var|local)\.([A-Za-z_][\w-]*)/g)) {
    const start = from + found.index;
    const span = { start, end: start + found[0].length };
    if (span.start <= offset && offset < span.end) {
      const [whole, kind, name = ''] = found;
      const value = kind === 'var' ? defaultOf(root, name) : localOf(root, name);
      const said = value && scalarOf(value);
      return said === undefined
        ? undefined
        : { span, text: `${code(whole)} is ${code(said)}${kind === 'var' ? ' by default' : ''}.` };
    }
  }
  return undefined;
}

/** No line of a policy is looked at further than this. */
const LONGEST = 500;

function defaultOf(root: ObjectNode, name: string): SyntaxNode | undefined {
  for (const variables of bodiesOf(root, 'variable')) {
    const variable = memberOf(variables, name)?.value;
    if (variable?.kind === 'object') {
      return memberOf(variable, 'default')?.value;
    }
  }
  return undefined;
}

function localOf(root: ObjectNode, name: string): SyntaxNode | undefined {
  for (const locals of bodiesOf(root, 'locals')) {
    const value = memberOf(locals, name)?.value;
    if (value !== undefined) {
      return value;
    }
  }
  return undefined;
}

function bodiesOf(root: ObjectNode, block: string): readonly ObjectNode[] {
  return root.members
    .filter(({ name }) => name === block)
    .flatMap(({ value }) => (value?.kind === 'object' ? [value] : []));
}

/** What a value says on one line; nothing where an expression does. */
function scalarOf(value: SyntaxNode): string | undefined {
  if (value.kind === 'number' || value.kind === 'boolean') {
    return String(value.value);
  }
  return value.kind === 'string' && value.value.length <= MOST_SHOWN && !/[\r\n]/.test(value.value)
    ? value.value
    : undefined;
}

const MOST_SHOWN = 200;
