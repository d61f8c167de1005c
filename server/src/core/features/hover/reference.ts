import type { PolicyDocument } from '../../document';
import { type FilledValue, namedValue } from '../../locate/terraformModule';
import { usesIn } from '../../locate/terraformUses';
import type { Span } from '../../syntax/nodes';
import { code } from '../markdown';

/** A variable or a local value of Terraform that an expression names, and what it is as far as the document tells. */
export interface NamedValue {
  readonly span: Span;
  /** Markdown. */
  readonly text: string;
}

/**
 * The variable or local value that is named at an offset of a document in HCL, or in a template that a configuration of
 * Terraform fills in; `undefined` where there is none, or where no text or number stands for it.
 */
export function namedValueAt(document: PolicyDocument, offset: number): NamedValue | undefined {
  const { text, tree, override } = document;
  const from = Math.max(text.lastIndexOf('\n', offset - 1) + 1, offset - LONGEST);
  const line = text.slice(from, offset + LONGEST);
  const variables = override?.module?.variables;
  return tree.source.syntax === 'hcl'
    ? inModule(document, line, offset - from, from)
    : variables && inTemplate(variables, line, offset - from, from);
}

/** No line of a policy is looked at further than this. */
const LONGEST = 500;

function inModule(
  { tree: { root }, override }: PolicyDocument,
  line: string,
  at: number,
  from: number,
): NamedValue | undefined {
  for (const found of line.matchAll(/(?<![\w.-])(var|local)\.([A-Za-z_][\w-]*)/g)) {
    const [whole, kind] = found;
    if (found.index <= at && at < found.index + whole.length) {
      const files = [...(root?.kind === 'object' ? [usesIn(root)] : []), ...(override?.module?.others ?? [])];
      const said = namedValue(files, whole);
      return said === undefined
        ? undefined
        : {
            span: { start: from + found.index, end: from + found.index + whole.length },
            text: `${code(whole)} is ${code(said)}${kind === 'var' ? ' by default' : ''}.`,
          };
    }
  }
  return undefined;
}

/** The variables of a template have no word in front of their names. */
function inTemplate(
  variables: ReadonlyMap<string, readonly FilledValue[]>,
  line: string,
  at: number,
  from: number,
): NamedValue | undefined {
  for (const expression of line.matchAll(/(?<!\$)[$%]\{[^{}]*\}/g)) {
    for (const found of expression[0].matchAll(/(?<![\w.-])[A-Za-z_][\w-]*/g)) {
      const start = expression.index + found.index;
      const [name] = found;
      const values = variables.get(name);
      if (start <= at && at < start + name.length && values !== undefined && values.length > 0) {
        const shown = values
          .slice(0, MOST_VALUES)
          .map(({ text, isDefault }) => `${code(text)}${isDefault ? ' by default' : ''}`);
        const rest = values.length > MOST_VALUES ? ' or others' : '';
        return {
          span: { start: from + start, end: from + start + name.length },
          text: `Terraform fills in ${shown.join(' or ')}${rest} for ${code(name)}.`,
        };
      }
    }
  }
  return undefined;
}

const MOST_VALUES = 3;
