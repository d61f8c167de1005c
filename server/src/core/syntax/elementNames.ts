import { nearest } from '../pattern/nearest';

/** The elements of a policy, in the order in which AWS documents them. IAM User Guide, "Grammar of the IAM JSON policy language". */
export const POLICY_ELEMENTS: readonly string[] = ['Version', 'Id', 'Statement'];

/**
 * The elements of a statement, in the order in which AWS documents them.
 * IAM User Guide, "Grammar of the IAM JSON policy language". Names are case-sensitive.
 */
export const STATEMENT_ELEMENTS: readonly string[] = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
];

/**
 * Whether a name is Statement with a mistake in its letters. In lower case, or in the plural, it may be right: other
 * notations of policies, and objects that programs make policies of, have it so.
 */
export function isMisspeltStatement(name: string): boolean {
  return !/^statements?$/i.test(name.trim()) && nearest(name.trim(), POLICY_ELEMENTS) === 'Statement';
}
