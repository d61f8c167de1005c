import { HclArray, HclFunction, HclObjectNode } from '../../../syntax/hcl/hclNodes';
import { HclString } from '../../../syntax/hcl/hclStrings';
import { holesOf } from '../../../syntax/hcl/hclTemplates';
import type { ArrayNode, ObjectNode, StringNode, SyntaxNode } from '../../../syntax/nodes';
import type { Form, WrittenPolicy } from './written';

/**
 * Which expressions of Terraform can be taken along when a policy is written in another form. An object takes whatever an
 * expression gives, a list or a number too; the data source makes texts of all, and wants lists where the object may have
 * one value; JSON takes the letters as they are.
 */

/** Whether each expression in a policy means the same in another form. */
export function canMove(
  { form, policy, source, start, end }: WrittenPolicy,
  to: Form,
  texts: readonly string[],
): boolean {
  const holes = holesOf(source);
  const written = source.text.slice(start, end);
  // What reads as a hole and is none could not be told from it.
  for (const [, name] of written.matchAll(/(?:\$\$|&)(\{[^{}]*\})/g)) {
    if (holes.has(`$${name}`)) {
      return false;
    }
  }
  const isText = (reference: string) => isTextReference(reference, texts);
  return everyText(policy.node, (node) => {
    if (node.kind === 'object') {
      const reference = referenceOf(node);
      return reference !== undefined && canMoveWhole(reference, node, form, to, isText);
    }
    const found = Array.from(node.value.matchAll(/\$\{[^{}]*\}/g), ([hole]) => holes.get(hole)).filter(
      (hole) => hole !== undefined,
    );
    const [only] = found;
    if (only !== undefined && holes.get(node.value) === only) {
      const reference = /^\$\{([^{}]*)\}$/.exec(only)?.[1];
      return reference !== undefined && canMoveWhole(reference, node, form, to, isText);
    }
    // Quotes in what an expression gives would end the string of JSON.
    return to !== 'json' || found.every((hole) => isText(/^\$\{([^{}]*)\}$/.exec(hole)?.[1] ?? ''));
  });
}

function canMoveWhole(
  reference: string,
  node: SyntaxNode,
  form: Form,
  to: Form,
  isText: (reference: string) => boolean,
): boolean {
  if (isText(reference)) {
    return true;
  }
  const isPlain = /^[a-z][\w-]*(?:\.[\w-]+|\[[\w".-]+\])+$/.test(reference);
  if (form === 'json' && to === 'document') {
    return isPlain;
  }
  if (form === 'json') {
    // Strings of JSON hold no lists, and attributes of resources that stand in policies are texts.
    return /^(?:aws_\w+|data|self)\.[\w.-]+(?:\[\d+\]\.[\w-]+)?$/.test(reference);
  }
  // In a list of the data source all are texts. Of what is no text AWS takes no action and no resource.
  const list = node.parent?.kind === 'array' ? node.parent : undefined;
  return (
    isPlain &&
    list !== undefined &&
    ((form === 'object' && to === 'document') ||
      (form === 'document' && to === 'object' && /^(?:Not)?(?:Action|Resource)$/.test(nameOfList(list))))
  );
}

function nameOfList({ parent }: ArrayNode): string {
  return parent?.kind === 'member' ? parent.name : '';
}

/** Whether expressions of a policy name what is known only in the block around it: one of several, or a `self`. */
export function isBoundToBlock({ source, start, end }: WrittenPolicy): boolean {
  return /\b(?:each|count|self)\./.test(source.text.slice(start, end));
}

/** Whether all strings and expressions of a node pass; what is neither has no text. */
function everyText(
  node: SyntaxNode,
  test: (node: Extract<SyntaxNode, { kind: 'string' | 'object' }>) => boolean,
): boolean {
  switch (node.kind) {
    case 'string':
      return node.closed && test(node);
    case 'object':
      return node instanceof HclFunction
        ? test(node)
        : node.closed &&
            isWritten(node) &&
            node.members.every(
              ({ key, value }) =>
                !isExpression(key) && test(key) && value !== undefined && everyText(value, test),
            );
    case 'array':
      return node.closed && isWritten(node) && node.items.every((item) => everyText(item, test));
    default:
      return node.kind === 'number' || node.kind === 'boolean';
  }
}

/** Whether a list or an object stands in brackets of its own, and is not what a function makes, or else what blocks say. */
function isWritten(node: ArrayNode | ObjectNode): boolean {
  const isMade =
    (node instanceof HclArray && node.source.text.charAt(node.start) !== '[') ||
    (node instanceof HclObjectNode && node.isCall);
  return !isMade;
}

/** Whether a key is an expression in parentheses. */
function isExpression(key: StringNode): boolean {
  return key instanceof HclString && key.isRenamed && key.value.startsWith('${');
}

/** What a traversal is written as; `undefined` for every other expression. */
function referenceOf(node: SyntaxNode): string | undefined {
  const [member] = node.kind === 'object' ? node.members : [];
  return member?.name === 'Ref' && member.value?.kind === 'string' ? member.value.value : undefined;
}

/**
 * Whether a reference gives a text without quotes, and no list: an attribute by a name that such attributes have, or a
 * variable that is declared as a text and named like one of them.
 */
function isTextReference(reference: string, texts: readonly string[]): boolean {
  const attribute = /^(?:data\.)?[a-z]\w*\.[\w-]+(?:\[[\w".-]+\])?\.(?:[\w-]+\.)*(\w+)(?:\[0\])?$/.exec(
    reference,
  );
  if (attribute !== null) {
    return !/^(?:each|self|path|terraform)\./.test(reference) && TEXT_ATTRIBUTE.test(attribute[1] ?? '');
  }
  const variable = /^var\.([\w-]+)$/.exec(reference)?.[1];
  if (variable !== undefined) {
    return (
      TEXT_ATTRIBUTE.test(variable) &&
      texts.some((text) =>
        new RegExp(`\\bvariable\\s+"${variable}"\\s*\\{[^{}]*?\\btype\\s*=\\s*string\\b`).test(text),
      )
    );
  }
  const local = /^local\.([\w-]+)$/.exec(reference)?.[1];
  return local !== undefined && /(?:^|_)arn$/.test(local);
}

const TEXT_ATTRIBUTE =
  /(?:^|_)(?:arn|id|name|bucket|url|endpoint|domain|issuer|region|partition|account|prefix|suffix|environment|env|stage|dns_suffix|user_id|execution_arn|arn_prefix)$/;
