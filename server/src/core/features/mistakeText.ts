import type { KnownMistake } from '../arn/mistakes/mistake';
import { allRules } from '../rules/registry';
import { code, escaped } from './markdown';

/**
 * A mistake in the words of the rule that reports it, so that hover and squiggle say the same. In Markdown: what it quotes
 * of the document is code, unless it is plain words.
 */
export function mistakeText(mistake: KnownMistake): string {
  const id = mistake.kind === 'placeholder' ? mistake.kind : `execute-api-${mistake.kind}`;
  const rule = allRules.find(({ meta }) => meta.id === id);
  const messages = new Map<string, string>(Object.entries(rule?.meta.messages ?? {}));
  const message = messages.get(mistake.message) ?? '"{value}" is not right here.';
  const data = new Map<string, string>(Object.entries(mistake.data));
  return message.replaceAll(/"\{(\w+)\}"|\{(\w+)\}/g, (whole, quoted?: string, plain?: string) => {
    const value = data.get(quoted ?? plain ?? '');
    if (value === undefined) {
      return whole;
    }
    const isPlain = escaped(value) === value;
    return quoted === undefined ? escaped(value) : isPlain ? `"${value}"` : code(value);
  });
}
