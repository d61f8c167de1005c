import type { Evaluation, Hinge, NeedTerm, Term } from '../../evaluate/evaluate';
import { counted, listed } from '../../wording';
import type { Show } from './conditionPhrase';
import { hingeClause, statementName } from './sentences';

/**
 * An answer as one sentence: which statements allow, under which conditions, and unless what; `undefined` where the
 * answer is that an Allow is missing, which `lacks` tell.
 *
 * @param show makes what the policies have written fit to be shown where the sentence goes
 */
export function answerSentence(
  { outcome, deciding, doubts, formula }: Evaluation,
  show: Show = (text) => text,
): string | undefined {
  if (outcome === 'deny') {
    return `Denied by ${namesOf(deciding.map((statement) => statementName(statement, show)))}.`;
  }
  if (formula === undefined) {
    return undefined;
  }
  const { needs, denials } = formula;
  const allowed = needs.map((need) => needText(need, show)).filter((text) => text !== '');
  if (allowed.length === 0) {
    return outcome === 'allow' ? 'This caller needs no Allow for it.' : undefined;
  }
  const sorted = [...new Set(allowed)].sort((a, b) => Number(isConditional(a)) - Number(isConditional(b)));
  const parts = denials.filter(isOfPart);
  const others = denials.filter((term) => !isOfPart(term));
  return [
    `Allowed by ${sorted.join(', and by ')}`,
    ...(others.length === 0 ? [] : [`, unless ${denialsText(others, show)}`]),
    ...(parts.length === 0 ? [] : [`, but denied by ${partsText(parts, show)}`]),
    doubts.length === 0 ? '.' : ', as far as these policies tell.',
  ].join('');
}

/** Whether a part of what was asked is certainly denied: by a statement that depends only on which part is meant. */
export function deniesPart({ formula }: Evaluation): boolean {
  return formula?.denials.some(isOfPart) === true;
}

function isOfPart({ hinges }: Term): boolean {
  return hinges.every(({ kind }) => kind === 'wildcard');
}

function isConditional(text: string): boolean {
  return / (?:if|for the part) /.test(text);
}

function needText({ certain, possible }: NeedTerm, show: Show): string {
  if (certain.length > 0) {
    return namesOf(certain.map((statement) => statementName(statement, show)));
  }
  const shown = possible.slice(0, SHOWN).map((term) => termText(term, show));
  const more = possible.length - shown.length;
  return [...shown, ...(more > 0 ? [counted(more, 'other statement')] : [])].join(', or by ');
}

function termText({ statement, hinges }: Term, show: Show): string {
  const part = hinges.filter(({ kind }) => kind === 'wildcard');
  const rest = hinges.filter(({ kind }) => kind !== 'wildcard');
  return [
    statementName(statement, show),
    ...(part.length === 0 ? [] : [` ${partOf(part, show)}`]),
    ...(rest.length === 0 ? [] : [` if ${clauses(rest, show)}`]),
  ].join('');
}

function denialsText(denials: readonly Term[], show: Show): string {
  const shown = denials.slice(0, SHOWN).map((term) => {
    const part = term.hinges.filter(({ kind }) => kind === 'wildcard');
    const rest = term.hinges.filter(({ kind }) => kind !== 'wildcard');
    const of = part.length === 0 ? '' : ` ${partOf(part, show)}`;
    const name = denials.length === 1 ? '' : ` (${statementName(term.statement, show)})`;
    return `${clauses(rest, show)}${of}${name}`;
  });
  const more = denials.length - shown.length;
  return [
    ...shown,
    ...(more > 0 ? [`${more} other ${more === 1 ? 'statement denies' : 'statements deny'} it`] : []),
  ].join(', or ');
}

function partsText(parts: readonly Term[], show: Show): string {
  const shown = parts
    .slice(0, SHOWN)
    .map(({ statement, hinges }) => `${statementName(statement, show)} ${partOf(hinges, show)}`);
  const more = parts.length - shown.length;
  return [...shown, ...(more > 0 ? [`${counted(more, 'other statement')} for parts`] : [])].join(', and by ');
}

const SHOWN = 3;

/** As in `for the part that s3:Get* matches` and `for the part that s3:Get* and s3:Put* match on arn:aws:s3:::pets/*`. */
function partOf(hinges: readonly Hinge[], show: Show): string {
  const isAction = ({ node, statement }: Hinge): boolean =>
    statement.actions.some(({ entries }) => entries.some((entry) => entry.node === node));
  const actions = textsOf(hinges.filter(isAction), show);
  const resources = textsOf(
    hinges.filter((hinge) => !isAction(hinge)),
    show,
  );
  const [matching, on] = actions.length === 0 ? [resources, ''] : [actions, resources.join(' and ')];
  const verb = matching.length === 1 ? 'matches' : 'match';
  return `for the part that ${matching.join(' and ')} ${verb}${on === '' ? '' : ` on ${on}`}`;
}

function textsOf(hinges: readonly Hinge[], show: Show): readonly string[] {
  return [...new Set(hinges.map(({ text }) => show(text)))].slice(0, SHOWN);
}

function clauses(hinges: readonly Hinge[], show: Show): string {
  return [...new Set(hinges.map((hinge) => hingeClause(hinge, show)))].join(' and ');
}

function namesOf(names: readonly string[]): string {
  const shown = names.slice(0, SHOWN);
  const more = names.length - shown.length;
  return listed(more > 0 ? [...shown, counted(more, 'other statement')] : shown);
}
