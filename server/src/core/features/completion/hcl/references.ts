import type { PolicyDocument } from '../../../document';
import { usesIn } from '../../../locate/terraformUses';
import type { Span } from '../../../syntax/nodes';

/** The names that may stand at a place, and what is replaced by one. */
export interface References {
  readonly span: Span;
  readonly names: readonly { readonly name: string; readonly detail: string }[];
}

/** No line of a policy is looked at further than this. */
const LONGEST = 500;

/** More names than these are found by their first letters. */
const MOST = 500;

/** No value is shown further than this. */
const MOST_SHOWN = 60;

/**
 * The variables and local values of Terraform for which a literal is known, by the document or by another file of its
 * module, where the name of one may stand: in an expression `${…}` of a text of a policy in HCL. `undefined` elsewhere. What
 * follows the cursor of a name is replaced.
 */
export function referencesAt(document: PolicyDocument, offset: number): References | undefined {
  const { text, tree, policies, override } = document;
  const written = /(?<!\$)\$\{(?:[^{}"]*[^\w.{}"-])?([\w.-]*)$/.exec(
    lastLine(text.slice(Math.max(0, offset - LONGEST), offset)),
  )?.[1];
  const isInPolicy = policies.some(({ node: { span } }) => span.start < offset && offset < span.end);
  if (written === undefined || !isInPolicy || tree.source.syntax !== 'hcl') {
    return undefined;
  }
  const rest = /^[\w.-]*/.exec(text.slice(offset, offset + LONGEST))?.[0] ?? '';
  const span = { start: offset - written.length, end: offset + rest.length };
  const own = tree.root?.kind === 'object' ? [usesIn(tree.root)] : [];
  const values = new Map([...(override?.module?.others ?? []), ...own].flatMap((uses) => [...uses.values]));
  const names = [...values]
    .filter(([name]) => name.startsWith(written.slice(0, 1)))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .slice(0, MOST)
    .map(([name, value]) => ({
      name,
      detail: `${shown(value)}${name.startsWith('var.') ? ' by default' : ''}`,
    }));
  return { span, names };
}

function lastLine(text: string): string {
  return text.slice(text.lastIndexOf('\n') + 1);
}

/** On one line. */
function shown(value: string): string {
  const line = value.replaceAll(/\s+/g, ' ');
  return line.length > MOST_SHOWN ? `${line.slice(0, MOST_SHOWN)}…` : line;
}
