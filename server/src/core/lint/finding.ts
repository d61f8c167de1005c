import type { PolicyType } from '../locate/policyType';
import type { Policy } from '../model/policy';
import { own } from '../own';
import {
  type ArrayNode,
  type ObjectNode,
  type PathStep,
  pathFrom,
  placesOf,
  type Span,
  type SyntaxName,
} from '../syntax/nodes';
import { indexAt, spanOfValue } from '../syntax/stringSpans';
import type { Fix, Place, Report, Rule } from './rule';
import type { Category, Severity } from './ruleMeta';
import { ifWritable } from './writers/writer';

/** One thing that is wrong, at the smallest span that is. */
export interface Finding {
  /** The rule's id. */
  readonly rule: string;
  readonly accessAnalyzer: string | undefined;
  readonly category: Category;
  readonly severity: Severity;
  /** One sentence, placeholders filled in. */
  readonly message: string;
  /** Document offsets; never crosses a line break. */
  readonly span: Span;
  /** Member names and indexes from the policy's root to the flagged value. */
  readonly path: readonly PathStep[];
  readonly policyType: PolicyType;
  /** Where else the same problem lies; absent for most. */
  readonly also?: readonly OtherPlace[];
  readonly fixes: readonly Fix[];
}

/** A finding that is suppressed. */
export interface SuppressedFinding {
  readonly finding: Finding;
  readonly reason: string;
  /** Where that was written: in a comment of the document, or in a configuration file. */
  readonly by: 'comment' | 'configuration';
}

/** Another place of a finding, with what is to be said there. */
export type OtherPlace = Pick<Finding, 'message' | 'span' | 'path'>;

/**
 * A message without the day of the service reference, which is the same for newer data: for what is compared from run to
 * run.
 */
export function undated(message: string): string {
  return message.replaceAll(/(?<=service reference) of \d{4}-\d{2}-\d{2}/g, '');
}

/**
 * What a rule reported, with all that the rule does not know. The spans are those of the document that has `text`.
 *
 * @param referenceDay the day on which the service reference was collected, which `{referenceDay}` in a message stands for
 */
export function toFinding(
  rule: Rule,
  severity: Severity,
  policy: Policy,
  report: Report<string>,
  text: string,
  referenceDay: string | undefined,
): Finding {
  const { meta } = rule;
  const placed = (place: Pick<Report<string>, 'message' | 'at' | 'data'>): OtherPlace => ({
    message: fill(own(meta.messages, place.message) ?? place.message, place.data ?? {}, referenceDay),
    span: withinLine(spanOfPlace(place.at), text),
    path: pathFrom(policy.node, nodeOfPlace(place.at)),
  });
  const also = [
    ...otherPlacesOf(report.at).map((at) => placed({ message: AGAIN, at })),
    ...(report.also?.map(placed) ?? []),
  ];
  return {
    rule: meta.id,
    accessAnalyzer: new Map(Object.entries(meta.codes ?? {})).get(report.message) ?? meta.accessAnalyzer,
    category: meta.category,
    severity,
    ...placed(report),
    policyType: policy.kind.type,
    ...(also.length === 0 ? {} : { also }),
    fixes:
      report.fixes === undefined
        ? NO_FIXES
        : report.fixes.map((fix) => writable(fix, policy.node.source.syntax)),
  };
}

const AGAIN = 'Written again here.';

/** Where else a name is written that is reported. */
function otherPlacesOf(place: Place): readonly Place[] {
  const node = nodeOfPlace(place);
  const key = node.kind === 'member' ? node.key : node;
  return key.kind !== 'string' || ('span' in place && !('kind' in place))
    ? []
    : placesOf(key)
        .slice(1)
        .map((other) => ('from' in place ? { ...place, node: other } : other));
}

const NO_FIXES: readonly Fix[] = [];

/** What cannot be written where the finding stands has no edits, and is not offered. */
function writable(fix: Fix, syntax: SyntaxName): Fix {
  return { ...fix, edits: () => ifWritable(syntax, fix.edits) ?? [] };
}

/** A member is marked by its key, a container by its opening bracket, so that no squiggle covers half a screen. */
function spanOfPlace(place: Place): Span {
  if ('span' in place && !('kind' in place)) {
    return place.span;
  }
  if (!('kind' in place)) {
    return spanOfValue(place.node, place.from, place.to);
  }
  switch (place.kind) {
    case 'member':
      return place.key.span;
    case 'object':
    case 'array':
      return openingOf(place);
    default:
      return place.span;
  }
}

/** The opening bracket, which may be written in several letters; a collection without one is marked by the first name in it. */
function openingOf(place: ObjectNode | ArrayNode): Span {
  const { source, span } = place;
  const index = indexAt(source, span.start);
  if (place.kind === 'object' && !source.text.startsWith('{', index)) {
    const [first] = place.members;
    return first === undefined ? span : first.key.span;
  }
  const end = source.isReadOnly === true ? source.offsetAt(index + 1) : span.start + 1;
  return { start: span.start, end: Math.min(end, span.end) };
}

function nodeOfPlace(place: Place): Parameters<typeof pathFrom>[1] {
  return 'kind' in place ? place : place.node;
}

function withinLine(span: Span, text: string): Span {
  for (let at = span.start; at < span.end; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x0a || code === 0x0d) {
      return { start: span.start, end: Math.max(at, span.start) };
    }
  }
  return span;
}

function fill(
  message: string,
  data: Readonly<Record<string, string | number>>,
  referenceDay: string | undefined,
): string {
  return message.replaceAll(/\{(\w+)\}/g, (whole, name: string) =>
    String(own(data, name) ?? (name === 'referenceDay' ? referenceDay : undefined) ?? whole),
  );
}
