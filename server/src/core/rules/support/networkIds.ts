import type { RuleContext, Visitor } from '../../lint/rule';
import type { Condition } from '../../model/policy';
import { conditionOn, hasAllValues } from './conditions';
import { keyValueVisitor } from './keyValues';

/** The keys that hold an id of a network, with how their ids begin. */
const PREFIXES = { 'aws:SourceVpc': 'vpc-', 'aws:SourceVpce': 'vpce-' } as const;

type NetworkKey = keyof typeof PREFIXES;

/**
 * Reports the values of a key that are no ids of its network: its prefix and 8 or 17 hexadecimal digits, in lower case.
 * Access Analyzer, INVALID_VPC_FORMAT and INVALID_VPCE_FORMAT, takes any letter for a digit, and so does this.
 */
export function networkIdVisitor(context: RuleContext<'wrong'>, key: NetworkKey): Visitor {
  const other = key === 'aws:SourceVpc' ? 'aws:SourceVpce' : 'aws:SourceVpc';
  return keyValueVisitor(context, {
    keys: new Set([key.toLowerCase()]),
    isWrong: (text, { operator }) =>
      !isIdFor(key, /IgnoreCase$/i.test(operator.base) ? text.toLowerCase() : text),
    meant: (text) =>
      text !== text.toLowerCase() && isIdFor(key, text.toLowerCase()) ? text.toLowerCase() : undefined,
    meantKey: (condition) => (isMeantFor(other, condition) ? other : undefined),
  });
}

function isIdFor(key: NetworkKey, text: string): boolean {
  return (
    text.startsWith(PREFIXES[key]) && /^(?:[0-9a-z]{8}|[0-9a-z]{17})$/.test(text.slice(PREFIXES[key].length))
  );
}

/** All values are ids of the other network, and its key is not there yet. */
function isMeantFor(key: NetworkKey, condition: Condition): boolean {
  return (
    hasAllValues(condition) &&
    condition.values.every(({ text }) => isIdFor(key, text)) &&
    conditionOn(condition.statement, key.toLowerCase()) === undefined
  );
}
