import { openDocument, type PolicyDocument } from '../../document';
import type { Evaluation } from '../../evaluate/evaluate';
import type { EvaluationRequest } from '../../evaluate/request';
import { applyEdits } from '../../lint/edits';
import type { Edit } from '../../lint/rule';
import { breadthOf, evaluateAll, type Option, type Other, optionsFor, PLACES } from './grantOptions';

/** A change of the policies after which they allow what they did not. */
export interface Grant {
  readonly title: string;
  /** What else the change grants, or what it leaves open; a sentence. */
  readonly note: string | undefined;
  readonly changes: readonly Change[];
}

export interface Change {
  readonly document: PolicyDocument;
  /** Non-overlapping replacements in document offsets. */
  readonly edits: readonly Edit[];
}

/**
 * The smallest changes that would grant a request for which an Allow is missing, smallest first: its action added to
 * a statement that speaks of its resource, or a statement of its own. Neither holds a wildcard that the request does
 * not have. Where a Deny decides there is nothing to add, nor where the principal is needed and not known.
 *
 * Each change has been tried: what is offered makes the policies allow the request, perhaps under conditions.
 */
export function grantsOf(documents: readonly PolicyDocument[], request: EvaluationRequest): readonly Grant[] {
  const { outcome, lacks } = evaluateAll(documents, request);
  if (outcome !== 'implicit-deny' || !NAMED_ACTION.test(request.action)) {
    return [];
  }
  const places = new Set(lacks.flatMap((lack) => PLACES[lack]));
  const candidates = optionsFor(documents, request, [...places]);
  const alone = narrowest(candidates, mostTried(documents)).flatMap((option) =>
    tried(documents, request, [option]),
  );
  // Where several kinds of policy must allow, each needs its own change.
  const options = lacks.map((lack) => narrowest(optionsFor(documents, request, PLACES[lack]), COMBINED));
  const together = alone.length > 0 ? [] : narrowestGranting(combinations(options), documents, request);
  return [...alone, ...together].sort((a, b) => a.breadth - b.breadth).map(({ grant }) => grant);
}

const NAMED_ACTION = /^[a-z0-9-]+:[a-z0-9]+$/i;

interface Tried {
  readonly grant: Grant;
  readonly breadth: number;
}

/** What becomes of the policies with the changes made; nothing where that does not grant what was asked. */
function tried(
  documents: readonly PolicyDocument[],
  request: EvaluationRequest,
  options: readonly Option[],
): readonly Tried[] {
  const changes = [...new Set(options.map(({ document }) => document))].map((document) => ({
    document,
    edits: options.filter((option) => option.document === document).flatMap(({ edits }) => edits),
  }));
  const after = documents.map((document) => {
    const edits = changes.find((change) => change.document === document)?.edits;
    const { text, language, override } = document;
    return edits === undefined
      ? document
      : openDocument({ text: applyEdits(text, edits), language, ...(override && { override }) });
  });
  const evaluation = evaluateAll(after, { ...request, levels: levelsAfter(documents, after, request) });
  const isWhole = after.every(
    ({ tree }, index) => tree.faults.length <= (documents[index]?.tree.faults.length ?? 0),
  );
  if (!isWhole || !isGranted(evaluation)) {
    return [];
  }
  const beyond = [...new Set(options.flatMap((option) => option.beyond))];
  const others = options.flatMap((option) => option.others);
  const holders = options.flatMap((option) => option.holders ?? []);
  const bypasses = [...new Set(options.flatMap((option) => option.bypasses))];
  const title = options.map((option) => option.title).join(', and ');
  const grant = { title, note: noteOn(request, evaluation, { beyond, others, holders, bypasses }), changes };
  return [{ grant, breadth: breadthOf(options) + (evaluation.outcome === 'allow' ? 0 : 1) }];
}

/** A document that was opened again has other policies, of the same levels. */
function levelsAfter(
  before: readonly PolicyDocument[],
  after: readonly PolicyDocument[],
  { levels }: EvaluationRequest,
): EvaluationRequest['levels'] {
  return (
    levels &&
    new Map(
      before.flatMap((document, at) =>
        document.policies.flatMap((policy, index) => {
          const level = levels.get(policy);
          const again = after[at]?.policies[index];
          return level === undefined || again === undefined ? [] : [[again, level] as const];
        }),
      ),
    )
  );
}

/** An Allow with conditions counts as one; an Allow of a part of what was asked does not. */
function isGranted({ outcome, hinges }: Evaluation): boolean {
  return (
    outcome === 'allow' ||
    (outcome === 'depends' && hinges.every(({ kind }) => kind === 'condition' || kind === 'principal'))
  );
}

interface Gains {
  readonly beyond: readonly string[];
  readonly others: readonly Other[];
  readonly holders: readonly string[];
  readonly bypasses: readonly string[];
}

function noteOn(
  { action }: EvaluationRequest,
  { outcome }: Evaluation,
  { beyond, others, holders, bypasses }: Gains,
): string | undefined {
  const gaining = [...new Set(others.map(({ text }) => text))];
  const notes = [
    ...(gaining.length === 0 ? [] : [`Also grants ${action} to ${gaining.join(', ')}.`]),
    ...(beyond.length === 0
      ? []
      : [`Grants ${action} on all that the statement names: ${beyond.join(', ')}.`]),
    ...(bypasses.length === 0 ? [] : [`Grants without the conditions of ${bypasses.join(', ')}.`]),
    ...new Set(holders),
    ...(outcome === 'allow' ? [] : ['Whether it is allowed then depends on conditions or on who asks.']),
  ];
  return notes.length === 0 ? undefined : notes.join(' ');
}

function combinations(lists: readonly (readonly Option[])[]): readonly (readonly Option[])[] {
  return lists.length < 2
    ? []
    : lists.reduce<readonly (readonly Option[])[]>(
        (heads, list) => heads.flatMap((head) => list.map((option) => [...head, option])),
        [[]],
      );
}

/** So many options of a kind of policy are combined with those of others: the rest are wider than these. */
const COMBINED = 6;

/** Each trial reads and judges the policies again, so that of large ones fewer are made. */
function mostTried(documents: readonly PolicyDocument[]): number {
  const length = documents.reduce((sum, { text }) => sum + text.length, 0);
  return Math.max(FEWEST_TRIED, Math.min(MOST_TRIED, Math.floor(TRIED_LENGTH / (length + 1))));
}

const FEWEST_TRIED = 3;
const MOST_TRIED = 40;
const TRIED_LENGTH = 1_000_000;

function narrowest(options: readonly Option[], most: number): readonly Option[] {
  return options.toSorted((a, b) => breadthOf([a]) - breadthOf([b])).slice(0, most);
}

/** The first combination that grants the request, the narrowest tried first. */
function narrowestGranting(
  candidates: readonly (readonly Option[])[],
  documents: readonly PolicyDocument[],
  request: EvaluationRequest,
): readonly Tried[] {
  for (const candidate of candidates.toSorted((a, b) => breadthOf(a) - breadthOf(b))) {
    const [first] = tried(documents, request, candidate);
    if (first !== undefined) {
      return [first];
    }
  }
  return [];
}
