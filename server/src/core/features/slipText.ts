import type { Slip } from '../arn/slips/slip';
import { allRules } from '../rules/registry';

/** A slip in the words of the rule that reports it, so that hover and squiggle say the same. */
export function slipText(slip: Slip): string {
  const id = slip.kind === 'placeholder' ? slip.kind : `execute-api-${slip.kind}`;
  const rule = allRules.find(({ meta }) => meta.id === id);
  const messages: Readonly<Record<string, string>> = rule?.meta.messages ?? {};
  const message = messages[slip.message] ?? '"{value}" is not right here.';
  return message.replaceAll(/\{(\w+)\}/g, (whole, name: string) => slip.data[name] ?? whole);
}
