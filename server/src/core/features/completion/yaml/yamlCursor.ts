import type { PolicyDocument } from '../../../document';
import { isPolicyHolder, kindFromHolder, kindOf } from '../../../locate/kind';
import { locatePolicies } from '../../../locate/locate';
import type { PolicyKind } from '../../../locate/policyType';
import { lowerPolicy } from '../../../model/lower';
import type { Policy } from '../../../model/policy';
import {
  type MemberNode,
  type ObjectNode,
  type StringNode,
  type SyntaxNode,
  stringWhere,
} from '../../../syntax/nodes';
import { parseYaml } from '../../../syntax/yaml/yaml';
import { YamlArray, YamlObject } from '../../../syntax/yaml/yamlNodes';
import { YamlString } from '../../../syntax/yaml/yamlStrings';
import { type Cursor, type Place, placeOf } from '../cursor';
import { type Container, type Site, wordSite } from '../site';

/**
 * What stands at the cursor in YAML. What is typed there so far may be no YAML yet, or mean something else than it will,
 * so the word at the cursor is taken for a mark, and the text with it is read: where the mark ends up is where the word
 * will be.
 */
export interface YamlSite extends Site {
  /** A container that stands where the text will; of the text with the mark in it. */
  readonly around: Container;
  /** Where what is below the text is moved in from: the column of its key or dash. */
  readonly column: number;
  readonly inFlow: boolean;
  /** The quote at the beginning of what is replaced, whether it is closed or not. */
  readonly quote: '"' | "'" | undefined;
  /** What has to stand in front of the text: a space behind a colon or a dash. */
  readonly lead: string;
}

export interface YamlCursor extends Omit<Cursor, 'site'> {
  readonly site: YamlSite;
  /** Where the first name of a statement is to stand, and so all of it may: as an item, or in a list that begins here. */
  readonly newStatement?: 'item' | 'list' | undefined;
}

/** The place of a whole policy: the value of what holds one. */
export interface YamlPolicySite {
  readonly site: YamlSite;
  readonly kind: PolicyKind | undefined;
}

/** No word of a policy, and no key or value that anybody would write. */
const MARK = 'iamPolicyCursorMark';

/** What stands at an offset of a YAML document; `undefined` outside of policies and where nothing can go. */
export function yamlCursorAt(
  document: PolicyDocument,
  offset: number,
): YamlCursor | YamlPolicySite | undefined {
  const { text } = document;
  if (isInComment(text, offset)) {
    return undefined;
  }
  const word = wordAt(document, offset);
  const found = readAt(document, word);
  // `s3:` is a value that is being typed where actions stand, and `Effect:` a name with its value to come.
  if (word.quote === undefined && word.before.endsWith(':') && (found === undefined || isName(found))) {
    return readAt(document, { ...word, from: offset, before: '', lead: ' ' });
  }
  return found === undefined && word.quote === undefined && isBelowName(text, word.from)
    ? listAt(document, word)
    : found;
}

/** Whether nothing stands in front of an offset on its line, and a name without a value above it. */
function isBelowName(text: string, at: number): boolean {
  return /(?:^|\n)[^\n#]*:[ \t]*\r?\n[ \t\r\n]*$/.test(text.slice(Math.max(0, at - MOST_ABOVE), at));
}

const MOST_ABOVE = 1_000;

/** Where a list of statements is to begin, and nothing but its items would tell that it is one. */
function listAt(document: PolicyDocument, word: Word): YamlCursor | undefined {
  const found = readAt(document, { ...word, lead: '- ' });
  return found !== undefined && 'place' in found && found.newStatement === 'item' ? found : undefined;
}

function isName(found: YamlCursor | YamlPolicySite): boolean {
  return found.site.role === 'name';
}

interface Word {
  readonly from: number;
  readonly to: number;
  readonly before: string;
  readonly after: string;
  readonly quote: '"' | "'" | undefined;
  readonly lead: string;
}

/** The scalar that the cursor touches, as far as it stands on the cursor's line, or the word there. */
function wordAt({ text, tree }: PolicyDocument, offset: number): Word {
  const string = tree.root === undefined ? undefined : stringAt(tree.root, offset);
  if (string !== undefined && !text.slice(string.span.start, string.span.end).includes('\n')) {
    const quote = string.style === 'double' ? '"' : string.style === 'single' ? "'" : undefined;
    const index = string.indexAt(offset);
    const { span, value } = string;
    if (quote === undefined || (offset > span.start && (offset < span.end || !string.closed))) {
      return {
        from: span.start,
        to: span.end,
        before: value.slice(0, index),
        after: value.slice(index),
        quote,
        lead: '',
      };
    }
  }
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const before = /(?<![\w:*?.@/${}-])[\w:*?.@/${}-]*$/.exec(text.slice(lineStart, offset))?.[0] ?? '';
  const isDash = /^-*$/.test(before) && text.slice(lineStart, offset).trim() === before;
  const own = isDash ? '' : before;
  const after = /^[\w*?.@/$-]*/.exec(text.slice(offset))?.[0] ?? '';
  const lead = own === '' && /[:-]$/.test(text.slice(lineStart, offset)) ? ' ' : '';
  return { from: offset - own.length, to: offset + after.length, before: own, after, quote: undefined, lead };
}

/** The scalar around an offset that is written on one line or more. */
function stringAt(root: SyntaxNode, offset: number): YamlString | undefined {
  let node: SyntaxNode | undefined = root;
  while (node !== undefined) {
    if (node instanceof YamlString) {
      return node.style === 'block' ? undefined : node;
    }
    const children: readonly SyntaxNode[] =
      node.kind === 'object'
        ? node.members.flatMap(({ key, value }) => (value === undefined ? [key] : [key, value]))
        : node.kind === 'array'
          ? node.items
          : [];
    node = children.find(({ span }) => span.start <= offset && offset <= span.end);
  }
  return undefined;
}

function isInComment(text: string, offset: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return /(?:^|\s)#/.test(line.replaceAll(/"(?:[^"\\]|\\.)*"|'[^']*'/g, ''));
}

function readAt(document: PolicyDocument, word: Word): YamlCursor | YamlPolicySite | undefined {
  const { text, override = {} } = document;
  const marked = `${text.slice(0, word.from)}${word.lead}${MARK}${text.slice(word.to)}`;
  const tree = parseYaml(marked);
  const mark = tree.root && stringWhere(tree.root, ({ value }) => value === MARK);
  if (mark === undefined) {
    return undefined;
  }
  const { parent } = mark;
  const isKey = parent?.kind === 'member' && parent.key === mark;
  const container = parent?.kind === 'member' ? parent.parent : parent;
  if (container === undefined) {
    return undefined;
  }
  const located = locatePolicies(tree, override);
  const steps = stepsUp(mark);
  const policy = located.map(lowerPolicy).find(({ node }) => steps.some((step) => isRootOf(node, step)));
  const base = siteOf(document, word, { mark, marked, isKey, container });
  if (policy !== undefined) {
    return cursorIn(policy, {
      base,
      container,
      member: parent?.kind === 'member' ? parent : undefined,
      isKey,
    });
  }
  const held = isKey ? undefined : heldBy(mark);
  if (held !== undefined) {
    return { site: base, kind: kindFromHolder(held) };
  }
  // The names of a policy that is nothing yet but names.
  const holder = container.parent?.kind === 'member' ? container.parent : undefined;
  if (isKey && container.kind === 'object' && holder !== undefined && isPolicyHolder(holder)) {
    const toCome = lowerPolicy({ node: container, kind: kindOf(container, override, holder), faults: [] });
    return cursorIn(toCome, { base, container, member: parent, isKey });
  }
  return undefined;
}

/** The member that holds a whole policy where a node stands: as its value, or as one of a list of policies in AWS SAM. */
function heldBy({ parent }: SyntaxNode): MemberNode | undefined {
  const holder = parent?.kind === 'array' ? parent.parent : parent;
  return holder?.kind === 'member' &&
    isPolicyHolder(holder) &&
    (parent?.kind === 'member' || holder.name === 'Policies')
    ? holder
    : undefined;
}

type Step = SyntaxNode | MemberNode;

function stepsUp(node: SyntaxNode): readonly Step[] {
  const steps: Step[] = [];
  let current: Step | undefined = node;
  while (current !== undefined) {
    steps.push(current);
    current = current.parent;
  }
  return steps;
}

function isRootOf(policy: ObjectNode, step: Step): boolean {
  return step === policy || (policy.held !== undefined && step === policy.held);
}

interface Marked {
  readonly mark: StringNode;
  readonly marked: string;
  readonly isKey: boolean;
  readonly container: Container;
}

function siteOf(document: PolicyDocument, word: Word, { mark, marked, isKey, container }: Marked): YamlSite {
  const { text, tree } = document;
  const lineStart = marked.lastIndexOf('\n', mark.span.start - 1) + 1;
  const ownLine = /^[ \t]*(?:-[ \t]+)*$/.test(marked.slice(lineStart, mark.span.start));
  const owner =
    mark.parent?.kind === 'member' && !isKey && !ownLine ? mark.parent.key.span.start : mark.span.start;
  const behind = text.slice(word.to);
  return {
    ...wordSite(tree.source, word, {
      role: isKey ? 'name' : 'value',
      holder: container.kind === 'array' ? 'list' : 'member',
      quoted: word.quote !== undefined,
      value: isKey && /^[ \t]*:/.test(behind) ? 'present' : 'absent',
    }),
    around: container,
    column: owner - (marked.lastIndexOf('\n', owner - 1) + 1),
    inFlow: (container instanceof YamlObject || container instanceof YamlArray) && container.isFlow,
    quote: word.quote,
    lead: word.lead,
  };
}

function cursorIn(
  policy: Policy,
  {
    base,
    container,
    member,
    isKey,
  }: { base: YamlSite; container: Container; member: MemberNode | undefined; isKey: boolean },
): YamlCursor | undefined {
  const containerPath = pathTo(container, policy.node);
  const isNamed = member !== undefined && !isKey && !member.name.startsWith('Fn::');
  const path = [...containerPath, ...(isNamed ? [member.name] : [])];
  // What stands on a line of its own where a mapping goes is the first name in it.
  const asName =
    !isKey && (container.kind === 'array' || isAloneOnLine(base)) ? placeOf(path, nameSite(base)) : undefined;
  const isMapping = asName !== undefined && MAPPINGS.has(placeOf(path, base) ?? asName);
  const site = isMapping ? nameSite(base) : base;
  const place = isMapping ? asName : placeOf(path, site);
  if (place === undefined) {
    return undefined;
  }
  const statement = policy.statements.find(
    ({ node }) => node.span.start <= container.span.start && container.span.end <= node.span.end,
  );
  const operatorName = path[2];
  return {
    place,
    policy,
    statement: isMapping && place === 'statement-element' ? undefined : statement,
    path,
    siblings: new Set(
      isMapping
        ? []
        : container.kind === 'array'
          ? container.items.flatMap((item) =>
              item.kind === 'string' && item.value !== MARK ? [item.value] : [],
            )
          : container.members.flatMap(({ name }) => (name === MARK || name === member?.name ? [] : [name])),
    ),
    held: isKey ? member?.value : undefined,
    newStatement:
      isMapping && place === 'statement-element' ? (container.kind === 'array' ? 'item' : 'list') : undefined,
    operator:
      path[1] === 'Condition' && operatorName !== undefined
        ? statement?.operators.find(({ node }) => node.value === operatorName)
        : undefined,
    site,
  };
}

/** Where a mapping stands, and so the name of its first member. */
const MAPPINGS: ReadonlySet<Place> = new Set<Place>([
  'statement',
  'condition',
  'operator-value',
  'principal',
]);

function nameSite(site: YamlSite): YamlSite {
  return { ...site, role: 'name', holder: 'member' };
}

/** Whether nothing but its indentation stands in front of what is typed at a site. */
export function isAloneOnLine(site: YamlSite): boolean {
  return site.column === columnOf(site) && !site.inFlow;
}

function columnOf({ source: { text }, from }: YamlSite): number {
  return from - (text.lastIndexOf('\n', from - 1) + 1);
}

/** The names of the members from the policy down to a container; lists have none. */
function pathTo(container: Container, root: ObjectNode): readonly string[] {
  const path: string[] = [];
  let current: Step | undefined = container;
  while (current !== undefined && current !== root) {
    if (current.kind === 'member') {
      if (root.held === current) {
        path.unshift('Statement');
        break;
      }
      // What a function gives stands where the function does.
      if (!current.name.startsWith('Fn::')) {
        path.unshift(current.name);
      }
    }
    current = current.parent;
  }
  return path;
}
