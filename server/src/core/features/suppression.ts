import type { PolicyDocument } from '../document';
import { ignoreText } from '../lint/commentSuppressions';
import { appendItem, appendMember, replaceString } from '../lint/edits';
import type { Finding } from '../lint/finding';
import type { Edit } from '../lint/rule';
import { countUpTo, statementFinder } from '../lint/suppress';
import type { Policy } from '../model/policy';
import { firstIndex } from '../pattern/bisect';
import { rememberLast } from '../pattern/memo';
import { parseJson } from '../syntax/json';
import { commentMark, isProgramLanguage } from '../syntax/languages';
import { memberOf, type Span } from '../syntax/nodes';

/** What a new suppression is about. */
export interface SuppressionTarget {
  readonly rule: string;
  /** From the folder of the configuration file, with forward slashes. */
  readonly files: string;
  readonly sid: string | undefined;
  /** Empty when left out. */
  readonly reason?: string;
}

/**
 * The edits that add a suppression to a configuration file, in offsets of its text; an empty or absent file is
 * written anew. A file with an empty reason is faulty until the author has filled it in: nobody else knows.
 *
 * @returns `undefined` where the file has something else in the place of the suppressions
 */
export function suppressionEdits(text: string, target: SuppressionTarget): readonly Edit[] | undefined {
  const { rule, files, sid, reason = '' } = target;
  const entry = { rule, files, ...(sid === undefined ? {} : { sid }), reason };
  const { root } = parseJson(text, 'jsonc');
  if (root === undefined) {
    const whole = JSON.stringify({ suppressions: [entry] }, undefined, 2);
    return [{ span: { start: text.length, end: text.length }, text: `${whole}\n` }];
  }
  if (root.kind !== 'object') {
    return undefined;
  }
  const section = memberOf(root, 'suppressions');
  if (section === undefined) {
    return [appendMember(root, 'suppressions', [entry])];
  }
  return section.value?.kind === 'array' ? [appendItem(section.value, entry)] : undefined;
}

/**
 * The edit that writes a comment above the statement of a finding, or else above its line, which suppresses the finding's
 * rule there. A comment with an empty reason is faulty until the author has filled it in: nobody else knows. Of a finding
 * only the start counts.
 *
 * @returns `undefined` where the language has no comments, or the statement stands in a string, which has none
 */
export function commentEdit(
  document: PolicyDocument,
  finding: Pick<Finding, 'rule' | 'span'>,
  reason = '',
): Edit | undefined {
  const mark = commentMark(document);
  const statement = statementFinder(document)(finding);
  const { text } = document;
  const isInString = isInAny(stringsWithPolicies(document), finding.span.start);
  // Into a program nothing is written but letters of its strings.
  if (mark === undefined || isInString || isProgramLanguage(document.language)) {
    return undefined;
  }
  const at = statement?.node.span.start ?? finding.span.start;
  const starts = lineStartsIn(text);
  const lineStart = starts[firstIndex(starts.length, (line) => (starts[line] ?? 0) > at) - 1] ?? 0;
  const indent = /^[ \t]*/.exec(text.slice(lineStart))?.[0] ?? '';
  return {
    span: { start: lineStart, end: lineStart },
    text: `${indent}${mark} ${ignoreText(finding.rule, reason.replaceAll(/\s+/g, ' '))}${lineBreakIn(text)}`,
  };
}

const lineBreakIn = rememberLast((text: string) => (text.includes('\r\n') ? '\r\n' : '\n'));

/** Where lines begin: a comment is offered for each finding, of which a long line may have thousands. */
const lineStartsIn = rememberLast((text: string): readonly number[] => {
  const starts = [0];
  for (const { index, 0: lineBreak } of text.matchAll(/\r\n?|\n/g)) {
    starts.push(index + lineBreak.length);
  }
  return starts;
});

/** Where policies stand that are strings of a document, by start; each with the furthest end of all up to it. */
function stringsWithPolicies({ policies, tree }: PolicyDocument): readonly Span[] {
  let found = strings.get(policies);
  if (found === undefined) {
    let end = -1;
    found = policies
      .filter(({ node }) => node.source.text !== tree.source.text)
      .map(({ node }) => node.span)
      .sort((a, b) => a.start - b.start)
      .map((span) => {
        end = Math.max(end, span.end);
        return { start: span.start, end };
      });
    strings.set(policies, found);
  }
  return found;
}

const strings = new WeakMap<readonly Policy[], readonly Span[]>();

function isInAny(spans: readonly Span[], offset: number): boolean {
  const last = spans[countUpTo(spans, offset) - 1];
  return last !== undefined && offset <= last.end;
}

/** The edits that set the severity of a rule in a configuration file, under the same conditions. */
export function severityEdits(
  text: string,
  { rule, severity }: { readonly rule: string; readonly severity: string },
): readonly Edit[] | undefined {
  const { root } = parseJson(text, 'jsonc');
  if (root === undefined) {
    const whole = JSON.stringify({ rules: { [rule]: severity } }, undefined, 2);
    return [{ span: { start: text.length, end: text.length }, text: `${whole}\n` }];
  }
  if (root.kind !== 'object') {
    return undefined;
  }
  const section = memberOf(root, 'rules');
  if (section === undefined) {
    return [appendMember(root, 'rules', { [rule]: severity })];
  }
  if (section.value?.kind !== 'object') {
    return undefined;
  }
  const known = memberOf(section.value, rule);
  // The last of several that fit wins: an entry that is there already is changed in its place.
  return known?.value?.kind === 'string'
    ? [replaceString(known.value, severity)]
    : known === undefined
      ? [appendMember(section.value, rule, severity)]
      : undefined;
}
