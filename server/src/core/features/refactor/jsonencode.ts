import { isCopyable, plainValue } from '../../lint/layout';
import { type HclPlace, valueText } from '../../lint/writers/hclText';
import { HclString } from '../../syntax/hcl/hclStrings';
import { holesOf } from '../../syntax/hcl/hclTemplates';
import type { ObjectNode, SyntaxNode } from '../../syntax/nodes';
import type { Refactor } from './refactoring';

/**
 * Writes a policy that stands as JSON in a heredoc or in quotes of Terraform as an object in `jsonencode`, which makes the
 * same JSON of it (Terraform language, function `jsonencode`). Not where expressions write parts of the JSON that are no
 * text, and not behind a fault.
 */
export const toJsonencode: Refactor = ({ document, policy }) => {
  const { node, faults } = policy;
  const { root, source } = document.tree;
  if (source.syntax !== 'hcl' || node.source.syntax !== 'json' || node.parent !== undefined) {
    return [];
  }
  const string = root && stringAround(root, node);
  if (string === undefined || string.isPartial || faults.length > 0 || !node.closed || !isCopyable(node)) {
    return [];
  }
  if (mayLoseQuotes(node, holesOf(string.source))) {
    return [];
  }
  return [
    {
      title: 'Write the policy as an object in jsonencode',
      edits: () => [
        {
          span: string.span,
          text: source.encode(`jsonencode(${valueText(plainValue(node), placeOf(string))})`),
        },
      ],
    },
  ];
};

/**
 * Whether a text is nothing but an expression that may give a number or a list: in an object of HCL such a text is what the
 * expression gives. Attributes of resources that stand in policies are texts.
 */
function mayLoseQuotes(root: SyntaxNode, holes: ReadonlyMap<string, string>): boolean {
  switch (root.kind) {
    case 'object':
      return root.members.some(({ value }) => value !== undefined && mayLoseQuotes(value, holes));
    case 'array':
      return root.items.some((item) => mayLoseQuotes(item, holes));
    case 'string': {
      const written = /^\$\{[^{}]*\}$/.test(root.value) ? holes.get(root.value) : undefined;
      return (
        written !== undefined && !/^\$\{(?:aws_\w+|data|self)\.[\w.-]+(?:\[\d+\]\.[\w-]+)?\}$/.test(written)
      );
    }
    default:
      return false;
  }
}

/** The string that a policy is all of. */
function stringAround(root: SyntaxNode, { span }: ObjectNode): HclString | undefined {
  const open: SyntaxNode[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node instanceof HclString) {
      const { start, end } = node.content;
      if (start <= span.start && span.end <= end) {
        return node;
      }
    } else if (node.span.start <= span.start && span.end <= node.span.end) {
      const inner = node.kind === 'object' ? node.members.map(({ value }) => value) : [];
      open.push(
        ...[...inner, ...(node.kind === 'array' ? node.items : [])].filter((each) => each !== undefined),
      );
    }
  }
  return undefined;
}

function placeOf({ source, start }: HclString): HclPlace {
  const { text } = source;
  const line = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  return {
    source,
    lineBreak: text.includes('\r\n') ? '\r\n' : '\n',
    indentation: /^[ \t]*/.exec(line)?.[0] ?? '',
    step: /\n\t/.test(text) ? '\t' : '  ',
    isOneLine: false,
    isDocument: false,
  };
}
