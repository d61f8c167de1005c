import { appendItem, appendMember, replaceString } from '../lint/edits';
import type { Edit } from '../lint/rule';
import { parseJson } from '../syntax/json';
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
