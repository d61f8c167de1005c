import type { Slip } from '../arn/slips/slip';
import { allRules } from '../rules/registry';

/** A slip in the words of the rule that reports it, so that hover and squiggle say the same. */
export function slipText(slip: Slip): string {
  const messages: Readonly<Record<string, string>> | undefined = allRules.find(
    (rule) => rule.meta.id === `execute-api-${slip.kind}`,
  )?.meta.messages;
  const message = messages?.[slip.message];
  if (message !== undefined) {
    return message.replaceAll(/\{(\w+)\}/g, (whole, name: string) => slip.data[name] ?? whole);
  }
  const [repair] = slip.repairs;
  const advice = repair === undefined ? '' : ` ${repair.title}.`;
  return `"${slip.data.value ?? ''}" is not right here.${advice}`;
}
