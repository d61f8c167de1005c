import type { PolicyDocument } from '../document';
import { commentMark, ignoreText } from '../lint/commentSuppressions';
import { appendItem, appendMember, replaceString } from '../lint/edits';
import type { Finding } from '../lint/finding';
import type { Edit } from '../lint/rule';
import { statementFinder } from '../lint/suppress';
import { parseJson } from '../syntax/json';
import { isProgramLanguage } from '../syntax/languages';
import { memberOf } from '../syntax/nodes';

/** What a new suppression is about. */
export interface SuppressionTarget {
  readonly rule: string;
  /** From the folder of the configuration file, with forward slashes. */
  readonly files: string;
  readonly sid: string | undefined;
}

/**
 * The edits that add a suppression to a configuration file, in offsets of its text; an empty or absent file is
 * written anew. The reason stays empty, and the file is faulty until the author has filled it in: nobody else knows.
 *
 * @returns `undefined` where the file has something else in the place of the suppressions
 */
export function suppressionEdits(text: string, target: SuppressionTarget): readonly Edit[] | undefined {
  const { rule, files, sid } = target;
  const entry = { rule, files, ...(sid === undefined ? {} : { sid }), reason: '' };
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
 * rule there. The reason stays empty, and the comment is faulty until the author has filled it in: nobody else knows.
 *
 * @returns `undefined` where the language has no comments, or the statement stands in a string, which has none
 */
export function commentEdit(
  document: PolicyDocument,
  finding: Pick<Finding, 'rule' | 'span'>,
): Edit | undefined {
  const mark = commentMark(document);
  const statement = statementFinder(document)(finding);
  const { text } = document;
  const isInString = document.policies.some(
    ({ node }) =>
      node.source.text !== text &&
      node.span.start <= finding.span.start &&
      finding.span.start <= node.span.end,
  );
  // Into a program nothing is written but letters of its strings.
  if (mark === undefined || isInString || isProgramLanguage(document.language)) {
    return undefined;
  }
  const at = statement?.node.span.start ?? finding.span.start;
  const lineStart = text.lastIndexOf('\n', at - 1) + 1;
  const indent = /^[ \t]*/.exec(text.slice(lineStart))?.[0] ?? '';
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  return {
    span: { start: lineStart, end: lineStart },
    text: `${indent}${mark} ${ignoreText(finding.rule, '')}${lineBreak}`,
  };
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
