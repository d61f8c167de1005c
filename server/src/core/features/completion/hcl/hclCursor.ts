import type { PolicyDocument } from '../../../document';
import { isPolicyHolder, kindFromHolder, kindOf, type TypeOverride } from '../../../locate/kind';
import { locatePolicies } from '../../../locate/locate';
import type { PolicyKind } from '../../../locate/policyType';
import { StatementsPolicy } from '../../../locate/statementsPolicy';
import { lowerPolicy } from '../../../model/lower';
import type { Policy } from '../../../model/policy';
import { parseHclSource } from '../../../syntax/hcl/hcl';
import { HclString } from '../../../syntax/hcl/hclStrings';
import { PolicyDocument as DataSource, DocumentStatement } from '../../../syntax/hcl/policyDocument';
import {
  type MemberNode,
  type ObjectNode,
  type SourceText,
  type Span,
  type SyntaxNode,
  type SyntaxTree,
  stringWhere,
} from '../../../syntax/nodes';
import { documentSource, indexAt } from '../../../syntax/stringSpans';
import { type Cursor, cursorOf } from '../cursor';
import { type Container, type Site, wordSite } from '../site';

/** Where text goes in HCL. */
export interface HclSite extends Site {
  /** Whether it is part of the data source of policies, and what of it the names are of. */
  readonly document: 'policy' | 'statement' | 'block' | undefined;
  /** Between the quotes of the string that the cursor is in, if it has both; indices of the source. */
  readonly inner: Span | undefined;
  /** Of what a name may be, by what stands behind it. */
  readonly names: 'all' | 'of-arguments' | 'of-blocks';
  /** The names that the data source has at a place for one of them. */
  readonly written: ReadonlySet<string> | undefined;
}

export interface HclCursor {
  readonly cursor: Cursor;
  readonly site: HclSite;
}

/** The place of a whole policy: the value of what takes one. */
export interface HclPolicySite {
  readonly site: HclSite;
  readonly kind: PolicyKind | undefined;
}

/** No word of a policy, and no key or value that anybody would write. */
const MARK = 'iamPolicyCursorMark';

/**
 * What stands at an offset of a document in HCL; `undefined` outside of policies and where nothing can go. What is typed
 * there may be nothing yet, so a text in quotes is put in the place of the word at the cursor, and the document is read
 * with it: where the text ends up is where the word will be.
 */
export function hclCursorAt(document: PolicyDocument, offset: number): HclCursor | HclPolicySite | undefined {
  const { tree, policies, override = {} } = document;
  const around = policies.find(
    ({ node: { source, span } }) => source.syntax === 'hcl' && span.start < offset && offset < span.end,
  );
  // One that stands in an expression within a string, or alone in a file for a template, is read by itself.
  const inExpression = around?.node.source.text === tree.source.text ? undefined : around;
  const { source } = inExpression?.node ?? tree;
  const root = inExpression?.node ?? tree.root;
  if (source.syntax !== 'hcl') {
    return undefined;
  }
  const { text } = source;
  const word = wordAt(root, source, offset);
  if (word === undefined) {
    return undefined;
  }
  const found = markedName(text, word) ?? markedWord(text, word);
  const { mark, read } = found ?? {};
  const parent = mark?.parent;
  if (found === undefined || mark === undefined || read === undefined || parent === undefined) {
    return undefined;
  }
  const isKey = parent.kind === 'member' && parent.key === mark;
  const container: Container = parent.kind === 'member' ? parent.parent : parent;
  const member = parent.kind === 'member' ? parent : undefined;
  const site = siteOf(source, found.word, { isKey, container, member });
  const policy =
    inExpression === undefined
      ? (policyAround(read, mark, isKey && container.kind === 'object' ? container : undefined, override) ??
        (around && samePolicy(around, mark)))
      : samePolicy(inExpression, mark);
  if (policy === undefined) {
    return member !== undefined && !isKey && !word.quoted && isPolicyHolder(member, override.module)
      ? { site, kind: kindFromHolder(member, override.module) }
      : undefined;
  }
  const cursor = cursorOf(policy, container, { member, node: mark, site });
  return cursor && { cursor, site };
}

interface Marked {
  readonly read: SyntaxTree;
  readonly mark: SyntaxNode;
  readonly word: Word;
}

/** The text with the mark in the place of the word at the cursor. */
function markedWord(text: string, word: Word): Marked | undefined {
  return marked(`${text.slice(0, word.from)}"${MARK}"${text.slice(word.to)}`, word);
}

/**
 * The text with the mark before a block of which the word is the name: an unknown one, and no name of an argument, has no
 * place in the data source. `undefined` where the word is no such name.
 */
function markedName(text: string, word: Word): Marked | undefined {
  const { from, to, quoted } = word;
  const [behind] = BLOCK_BEHIND.exec(text.slice(to, to + FAR)) ?? [];
  if (quoted || behind === undefined) {
    return undefined;
  }
  const before = text.slice(Math.max(0, from - FAR), from);
  const [begins] = (behind.startsWith('"') ? DYNAMIC : to > from ? BLANK : NOTHING).exec(before) ?? [];
  if (begins === undefined) {
    return undefined;
  }
  const start = from - begins.length;
  const found = marked(
    `${text.slice(0, start)}\n"${MARK}"\n${OTHER}${text.slice(to + behind.length - 1)}`,
    word,
  );
  const parent = found?.mark.parent;
  const isInDocument = parent?.kind === 'member' && documentPart(parent.parent) !== undefined;
  return isInDocument && parent.key === found?.mark ? found : undefined;
}

const BLOCK_BEHIND = /^"?[ \t]*\{/;

/** What may stand before the name: only blanks on its line, or the word for a block that is repeated. */
const BLANK = /(?<=^|\n)[ \t]*$/;
const DYNAMIC = /(?<![\w"])dynamic[ \t]{1,20}"$/;
const NOTHING = /(?!)/;

/** A block of no meaning. */
const OTHER = 'iamPolicyOther';

/** How far to look around a word. */
const FAR = 200;

function marked(text: string, word: Word): Marked | undefined {
  const read = parseHclSource(documentSource(text, 'hcl'), { keepsUnknown: true });
  const mark = read.root && stringWhere(read.root, ({ value }) => value === MARK);
  return mark && { read, mark, word };
}

/** The policy that a mark is in, or that is being written where the mark is a name in an object. */
function policyAround(
  tree: SyntaxTree,
  mark: SyntaxNode,
  named: ObjectNode | undefined,
  override: TypeOverride,
): Policy | undefined {
  const steps = new Set(stepsUp(mark));
  const located = locatePolicies(tree, override).find(
    ({ node }) => steps.has(node) || (node.held !== undefined && steps.has(node.held)),
  );
  return located === undefined ? named && policyToCome(named, override) : lowerPolicy(located);
}

/** A policy as it reads with the mark in it. */
function samePolicy({ node: { source, span, held }, kind }: Policy, mark: SyntaxNode): Policy | undefined {
  const start = indexAt(source, span.start);
  const step = stepsUp(mark).find(
    (each) => each.kind === (held === undefined ? 'object' : 'member') && each.span.start === start,
  );
  const node = step?.kind === 'member' ? new StatementsPolicy(step) : step;
  return node?.kind === 'object' ? lowerPolicy({ node, kind, faults: [] }) : undefined;
}

/** The policy of which a name is being typed, where one is to stand. */
function policyToCome(container: ObjectNode, override: TypeOverride): Policy | undefined {
  const holder = container.parent?.kind === 'member' ? container.parent : undefined;
  return holder !== undefined && (container instanceof DataSource || isPolicyHolder(holder, override.module))
    ? lowerPolicy({ node: container, kind: kindOf(container, override, holder), faults: [] })
    : undefined;
}

interface Word {
  readonly from: number;
  readonly to: number;
  readonly before: string;
  readonly after: string;
  readonly quoted: boolean;
  /** Between the quotes of a string that has both; indices of the source. */
  readonly inner: Span | undefined;
}

/** The string that the cursor is in, or the word there; `undefined` in an expression of a string. */
function wordAt(root: SyntaxNode | undefined, source: SourceText, offset: number): Word | undefined {
  const { text } = source;
  const at = indexAt(source, offset);
  const string = root && stringAt(root, offset);
  if (string !== undefined) {
    const index = string.indexAt(offset);
    const written = text.slice(indexAt(source, string.content.start), at);
    return isInExpression(written)
      ? undefined
      : {
          from: string.start,
          to: string.end,
          before: string.value.slice(0, index),
          after: string.value.slice(index),
          quoted: true,
          inner: string.closed
            ? {
                start: indexAt(source, string.content.start),
                end: indexAt(source, string.content.end),
              }
            : undefined,
        };
  }
  const before = /[\w:*-]{0,200}$/.exec(text.slice(Math.max(0, at - 200), at))?.[0] ?? '';
  const after = /^[\w:*-]*/.exec(text.slice(at))?.[0] ?? '';
  return { from: at - before.length, to: at + after.length, before, after, quoted: false, inner: undefined };
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
  source: SourceText,
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
  const names = namesBefore(source.text.slice(word.to, word.to + FAR));
  const hasValue =
    isKey &&
    (isArgument ||
      member?.value !== undefined ||
      names !== 'all' ||
      /^[ \t]*:/.test(source.text.slice(word.to)));
  return {
    ...wordSite(source, word, {
      role: isKey ? 'name' : 'value',
      holder: container.kind === 'array' ? 'list' : 'member',
      quoted: word.quoted,
      value: hasValue ? 'present' : 'absent',
    }),
    document,
    inner: word.inner,
    names,
    written: container instanceof DataSource ? container.names : undefined,
  };
}

function namesBefore(behind: string): HclSite['names'] {
  const [sign] = /[={]/.exec(/^"?[ \t]*[={]/.exec(behind)?.[0] ?? '') ?? [];
  return sign === undefined ? 'all' : sign === '=' ? 'of-arguments' : 'of-blocks';
}

/** What of the data source of policies the names of a container are of. */
export function documentPart(container: Container): HclSite['document'] {
  if (container instanceof DataSource) {
    return 'policy';
  }
  if (container instanceof DocumentStatement) {
    return 'statement';
  }
  const steps = stepsUp(container);
  return steps.some((step) => step instanceof DataSource) ? 'block' : undefined;
}
