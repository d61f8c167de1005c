import type { PolicyDocument } from '../../../document';
import { isPolicyHolder, kindOf } from '../../../locate/kind';
import { locatePolicies } from '../../../locate/locate';
import type { PolicyType } from '../../../locate/policyType';
import { lowerPolicy } from '../../../model/lower';
import type { Policy } from '../../../model/policy';
import { parseHclSource } from '../../../syntax/hcl/hcl';
import { HclString } from '../../../syntax/hcl/hclStrings';
import { PolicyDocument as DataSource, DocumentStatement } from '../../../syntax/hcl/policyDocument';
import { type MemberNode, type ObjectNode, type SyntaxNode, stringWhere } from '../../../syntax/nodes';
import { documentSource } from '../../../syntax/stringSpans';
import { type Cursor, cursorOf } from '../cursor';
import type { Container, Site } from '../site';

/** Where text goes in HCL. */
export interface HclSite extends Site {
  /** Whether it is part of the data source of policies, and what of it the names are of. */
  readonly document: 'policy' | 'statement' | 'block' | undefined;
}

export interface HclCursor {
  readonly cursor: Cursor;
  readonly site: HclSite;
}

/** The place of a whole policy: the value of what takes one. */
export interface HclPolicySite {
  readonly site: HclSite;
  readonly type: PolicyType | undefined;
}

/** No word of a policy, and no key or value that anybody would write. */
const MARK = 'iamPolicyCursorMark';

/**
 * What stands at an offset of a document in HCL; `undefined` outside of policies and where nothing can go. What is typed
 * there may be nothing yet, so a text in quotes is put in the place of the word at the cursor, and the document is read
 * with it: where the text ends up is where the word will be.
 */
export function hclCursorAt(document: PolicyDocument, offset: number): HclCursor | HclPolicySite | undefined {
  const word = wordAt(document, offset);
  if (word === undefined) {
    return undefined;
  }
  const { text, override = {} } = document;
  const marked = `${text.slice(0, word.from)}"${MARK}"${text.slice(word.to)}`;
  const tree = parseHclSource(documentSource(marked, 'hcl'), { keepsUnknown: true });
  const mark = tree.root && stringWhere(tree.root, ({ value }) => value === MARK);
  const parent = mark?.parent;
  if (mark === undefined || parent === undefined) {
    return undefined;
  }
  const isKey = parent.kind === 'member' && parent.key === mark;
  const container: Container = parent.kind === 'member' ? parent.parent : parent;
  const member = parent.kind === 'member' ? parent : undefined;
  const site = siteOf(document, word, { isKey, container, member });
  const steps = new Set(stepsUp(mark));
  const located = locatePolicies(tree, override).find(({ node }) => steps.has(node));
  const policy =
    located === undefined
      ? isKey && container.kind === 'object'
        ? policyToCome(container, override)
        : undefined
      : lowerPolicy(located);
  if (policy === undefined) {
    return member !== undefined && !isKey && !word.quoted && isPolicyHolder(member, override.module)
      ? { site, type: member.name === 'assume_role_policy' ? 'trust' : undefined }
      : undefined;
  }
  const cursor = cursorOf(policy, container, { member, node: mark, site });
  return cursor && { cursor, site };
}

/** The policy of which a name is being typed, where one is to stand. */
function policyToCome(container: ObjectNode, override: PolicyDocument['override']): Policy | undefined {
  const holder = container.parent?.kind === 'member' ? container.parent : undefined;
  return holder !== undefined && (container instanceof DataSource || isPolicyHolder(holder, override?.module))
    ? lowerPolicy({ node: container, kind: kindOf(container, override ?? {}, holder), faults: [] })
    : undefined;
}

interface Word {
  readonly from: number;
  readonly to: number;
  readonly before: string;
  readonly after: string;
  readonly quoted: boolean;
}

/** The string that the cursor is in, or the word there; `undefined` in an expression of a string. */
function wordAt({ text, tree }: PolicyDocument, offset: number): Word | undefined {
  const string = tree.root && stringAt(tree.root, offset);
  if (string !== undefined) {
    const index = string.indexAt(offset);
    const written = text.slice(string.content.start, offset);
    return isInExpression(written)
      ? undefined
      : {
          from: string.start,
          to: string.end,
          before: string.value.slice(0, index),
          after: string.value.slice(index),
          quoted: true,
        };
  }
  const before = /[\w:*-]{0,200}$/.exec(text.slice(Math.max(0, offset - 200), offset))?.[0] ?? '';
  const after = /^[\w:*-]*/.exec(text.slice(offset))?.[0] ?? '';
  return { from: offset - before.length, to: offset + after.length, before, after, quoted: false };
}

/** Whether a text ends within an expression of a template. */
function isInExpression(written: string): boolean {
  const at = written.search(/(?<!\$)\$\{[^{}]*$/);
  return at >= 0 && !written.slice(at).includes('}');
}

/** The text in quotes that an offset is in. */
function stringAt(root: SyntaxNode, offset: number): HclString | undefined {
  const found = stringWhere(root, (node) => {
    const { start, end } = node.content;
    return node instanceof HclString && node.style === 'quoted' && start <= offset && offset <= end;
  });
  return found instanceof HclString ? found : undefined;
}

function stepsUp(node: SyntaxNode): readonly (SyntaxNode | MemberNode)[] {
  const steps: (SyntaxNode | MemberNode)[] = [];
  let current: SyntaxNode | MemberNode | undefined = node;
  while (current !== undefined) {
    steps.push(current);
    current = current.parent;
  }
  return steps;
}

function siteOf(
  { text, tree }: PolicyDocument,
  word: Word,
  {
    isKey,
    container,
    member,
  }: { readonly isKey: boolean; readonly container: Container; readonly member: MemberNode | undefined },
): HclSite {
  const document = documentPart(container);
  // The key of a condition or the type of a principal is the value of an argument.
  const isArgument = document === 'block' && isKey;
  return {
    source: tree.source,
    role: isKey ? 'name' : 'value',
    holder: container.kind === 'array' ? 'list' : 'member',
    string: undefined,
    quoted: word.quoted,
    from: word.from,
    to: word.to,
    before: word.before,
    after: word.after,
    missing: undefined,
    commaAfter: false,
    value:
      isKey && (isArgument || member?.value !== undefined || /^[ \t]*[=:{]/.test(text.slice(word.to)))
        ? 'present'
        : 'absent',
    document,
  };
}

function documentPart(container: Container): HclSite['document'] {
  if (container instanceof DataSource) {
    return 'policy';
  }
  if (container instanceof DocumentStatement) {
    return 'statement';
  }
  const steps = stepsUp(container);
  return steps.some((step) => step instanceof DataSource) ? 'block' : undefined;
}
