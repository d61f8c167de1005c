import { nearest } from '../pattern/nearest';
import { fitsRule } from './severity';

/** What is wrong with a rule id or a glob over ids that speaks of no rule, in one sentence; else `undefined`. */
export function unknownRule(rule: string, ids: readonly string[]): string | undefined {
  if (ids.some((id) => fitsRule({ rule }, id))) {
    return undefined;
  }
  const what = /[*?]/.test(rule) ? `No rule matches "${rule}".` : `There is no rule "${rule}".`;
  const meant = nearest(rule, ids);
  return meant === undefined ? what : `${what} Did you mean ${meant}?`;
}
