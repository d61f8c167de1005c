import { type DocumentLanguage, mayHavePolicy } from '../syntax/frontEnds';
import { isJsonLanguage } from '../syntax/languages';
import { policyTooLong } from './fileRules';
import type { Finding } from './finding';
import { type RuleSetting, severityOf } from './severity';

/**
 * With all that an editor asks, memory of a hundred and forty bytes for each character of YAML was taken, and of forty in JSON;
 * several documents may be open. VS Code shows nothing longer than the first number to extensions.
 */
const LONGEST = { json: 50_000_000, other: 10_000_000 } as const;

function longest(language: DocumentLanguage): number {
  return isJsonLanguage(language) ? LONGEST.json : LONGEST.other;
}

/** Whether a document is so long that an editor's server does not read it. */
export function isTooLong(text: string, language: DocumentLanguage): boolean {
  return text.length > longest(language);
}

/** What there is to say of a document that is not read: that this is so, unless nothing in it looks like a policy. */
export function tooLongFindings(
  text: string,
  language: DocumentLanguage,
  settings: readonly RuleSetting[],
): readonly Finding[] {
  const severity = severityOf(policyTooLong, settings);
  if (severity === undefined || !mayHavePolicy(language, text)) {
    return [];
  }
  const { id: rule, category, summary, messages } = policyTooLong;
  const message = (messages.length ?? summary)
    .replace('{length}', inMillions(text.length))
    .replace('{longest}', inMillions(longest(language)));
  return [
    {
      rule,
      accessAnalyzer: undefined,
      category,
      severity,
      message,
      span: { start: 0, end: 0 },
      path: [],
      // Part of every finding; what policies the document has is not known.
      policyType: 'identity',
      fixes: [],
    },
  ];
}

function inMillions(characters: number): string {
  return (Math.ceil(characters / 100_000) / 10).toString();
}
