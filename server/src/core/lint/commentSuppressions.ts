import type { PolicyDocument } from '../document';
import type { Statement } from '../model/policy';
import { commentMark } from '../syntax/languages';
import type { Span } from '../syntax/nodes';
import { findingOf, type Mistake } from './configFinding';
import type { Finding, SuppressedFinding } from './finding';
import { fitsRule, type RuleSetting } from './severity';

/**
 * Suppressions by comment, in languages that have comments: `# iam-policy-ignore rule-id: reason`, `//` in JSON with
 * comments. A comment on a line of its own is about the statement that begins below it, or else about the next line; one
 * at the end of a line is about the statement that begins there, or else about that line.
 */
export interface CommentSuppression {
  /** A rule id or a glob over ids. */
  readonly rule: string;
  readonly reason: string;
  /** Where the rule stands in the comment. */
  readonly at: Span;
  /** What it is about: findings that begin here. */
  readonly scope: Span;
}

/** The word that begins such a comment. */
const IGNORE = 'iam-policy-ignore';

/** The comment that suppresses a rule, without what begins a comment in the language. */
export function ignoreText(rule: string, reason: string): string {
  return `${IGNORE} ${rule}: ${reason}`;
}

/** The suppressions that comments of a document ask for, in source order. */
export function commentSuppressions(document: PolicyDocument): readonly CommentSuppression[] {
  const mark = commentMark(document);
  if (mark === undefined || !document.text.includes(IGNORE)) {
    return [];
  }
  // A carriage return alone ends a line too, and one before a line feed may as well.
  const text = document.text.replaceAll('\r', '\n');
  const statements = document.policies.flatMap((policy) => policy.statements);
  const found: CommentSuppression[] = [];
  for (let at = text.indexOf(IGNORE); at >= 0; at = text.indexOf(IGNORE, at + IGNORE.length)) {
    const lineStart = text.lastIndexOf('\n', at) + 1;
    const before = text.slice(lineStart, at).trimEnd();
    if (!before.endsWith(mark)) {
      continue;
    }
    const isAlone = before.slice(0, -mark.length).trim() === '';
    const lineEnd = endOfLine(text, at);
    const asked = /^([\w*-]+)\s*(?::(.*))?$/.exec(text.slice(at + IGNORE.length, lineEnd).trim());
    const rule = asked?.[1] ?? '';
    const ruleStart = rule === '' ? at : text.indexOf(rule, at + IGNORE.length);
    const line = isAlone ? nextLine(text, lineEnd, mark) : { start: lineStart, end: lineEnd };
    found.push({
      rule,
      reason: asked?.[2]?.trim() ?? '',
      at: { start: ruleStart, end: rule === '' ? at + IGNORE.length : ruleStart + rule.length },
      scope: scopeOf(line, statements),
    });
  }
  return found;
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

/** The next line that is neither blank nor nothing but a comment. */
function nextLine(text: string, lineEnd: number, mark: string): Span {
  let start = lineEnd + 1;
  while (start < text.length) {
    const end = endOfLine(text, start);
    const line = text.slice(start, end).trim();
    if (line !== '' && !line.startsWith(mark)) {
      return { start, end };
    }
    start = end + 1;
  }
  return { start: text.length, end: text.length };
}

/** The statement that begins on a line, with the whole of the line; or the line. */
function scopeOf(line: Span, statements: readonly Statement[]): Span {
  const begins = statements.find(({ node: { span } }) => line.start <= span.start && span.start < line.end);
  return begins === undefined ? line : { start: line.start, end: Math.max(line.end, begins.node.span.end) };
}

/**
 * Takes out the findings that comments of the document suppress, and says of comments that give no reason, name no rule
 * that exists, or suppress nothing.
 *
 * @param ran whether a rule was at work, so that a comment about it can be judged
 */
export function suppressByComments(
  findings: readonly Finding[],
  document: PolicyDocument,
  {
    settings,
    ids,
    ran,
  }: {
    readonly settings: readonly RuleSetting[];
    readonly ids: readonly string[];
    readonly ran: (rule: string) => boolean;
  },
): { readonly findings: readonly Finding[]; readonly suppressed: readonly SuppressedFinding[] } {
  const suppressions = commentSuppressions(document);
  if (suppressions.length === 0) {
    return { findings, suppressed: [] };
  }
  const suppressed: SuppressedFinding[] = [];
  const used = new Set<CommentSuppression>();
  const kept = findings.filter((finding) => {
    const fitting = suppressions.filter(
      (suppression) =>
        suppression.reason !== '' && isIn(finding, suppression) && fitsRule(suppression, finding.rule),
    );
    for (const suppression of fitting) {
      used.add(suppression);
    }
    const [first] = fitting;
    if (first !== undefined) {
      suppressed.push({ finding, reason: first.reason, by: 'comment' });
    }
    return first === undefined;
  });
  const isDoubtful = document.policies.some(({ faults }) => faults.length > 0);
  const told = suppressions.flatMap((suppression) => {
    const mistake = mistakeOf(
      suppression,
      ids,
      !isDoubtful && !used.has(suppression) && ran(suppression.rule),
    );
    return (mistake && findingOf(mistake, settings)) ?? [];
  });
  const left = told.length === 0 ? kept : [...kept, ...told].sort((a, b) => a.span.start - b.span.start);
  return { findings: left, suppressed };
}

function isIn({ span }: Finding, { scope }: CommentSuppression): boolean {
  return scope.start <= span.start && span.start < scope.end;
}

function mistakeOf(
  suppression: CommentSuppression,
  ids: readonly string[],
  isUnused: boolean,
): Mistake | undefined {
  const { rule, reason, at } = suppression;
  if (!ids.some((id) => fitsRule(suppression, id))) {
    const message =
      rule === ''
        ? `The comment names no rule: write "${IGNORE} rule-id: reason".`
        : `There is no rule "${rule.slice(0, 60)}", so this comment suppresses nothing.`;
    return { rule: 'config-rule-unknown', at, message };
  }
  if (reason === '') {
    const message = `The comment does not say why, so it suppresses nothing: write "${IGNORE} ${rule}: reason".`;
    return { rule: 'suppression-reason-missing', at, message };
  }
  return isUnused
    ? {
        rule: 'suppression-unused',
        at,
        message: `The comment suppresses nothing: "${rule}" has no finding here.`,
      }
    : undefined;
}
