import type { EvaluationRequest } from '../../evaluate/request';

/** A request in one line, as in `s3:GetObject on arn:aws:s3:::b/x by anonymous, with aws:SourceVpce vpce-1`. */
export function witnessPhrase({ action, resource, principal, context }: EvaluationRequest): string {
  const who = principal === undefined ? '' : ` by ${principal}`;
  const told = [...(context ?? [])].map(([key, values]) =>
    values.length === 0 ? `without ${key}` : `${key} ${values.join(' and ')}`,
  );
  const having = told.filter((text) => !text.startsWith('without '));
  const lacking = told.filter((text) => text.startsWith('without '));
  const conditions = [...(having.length > 0 ? [`with ${having.join(', ')}`] : []), ...lacking];
  const what = resource === '*' ? '' : ` on ${resource}`;
  return `${action}${what}${who}${conditions.length === 0 ? '' : `, ${conditions.join(', ')}`}`;
}

/** Why no request is shown. */
export function withoutExample({ isCutShort }: { readonly isCutShort: boolean }): string {
  return isCutShort
    ? 'not decided, since the policies are too large to compare to the end'
    : 'it depends on what is not known here';
}

/** What of the resources of a change is on the other side too, behind their names; empty where nothing is. */
export function partPhrase(
  { isPart }: { readonly isPart: boolean },
  direction: 'granted' | 'removed',
): string {
  return isPart ? (direction === 'granted' ? ' (partly granted before)' : ' (partly still granted)') : '';
}
