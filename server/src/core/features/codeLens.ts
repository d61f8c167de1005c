import { isExecuteApiArn } from '../arn/executeApi';
import { type PolicyDocument, standsAsJson } from '../document';
import { isMeantForExecuteApi, mistakesOf } from '../lint/mistakes';
import type { ResourceEntry, Statement } from '../model/policy';
import { notedOf } from '../pattern/internedText';
import { reachableArnOf } from '../rules/support/executeApiUse';
import { touches } from '../spans';
import type { Span } from '../syntax/nodes';
import { contentSpan } from '../syntax/stringSpans';
import { type ArnOfferKind, arnOfferKinds } from './codeLensKinds';
import { segmentsByRole } from './explain/executeApiSegments';

/** An offer about an execute-api ARN. The shell knows the command's name and title for each kind. */
export interface CodeLens {
  readonly kind: ArnOfferKind;
  /** The ARN's string without its quotes. */
  readonly span: Span;
  readonly arn: string;
}

/** A list of more ARNs than this would be pulled apart by a line above each of them. */
const LONG_LIST = 8;

/**
 * What stands above the lines of a document: the offers for the first ARN of each line, and of a long list for its
 * first ARN alone. The others are offered where the cursor is (`arnOffers`).
 */
export function codeLenses(document: PolicyDocument): readonly CodeLens[] {
  const lenses = document.policies
    .flatMap(({ statements }) => statements.filter(hasOffers).flatMap(({ resources }) => resources))
    .flatMap(({ entries }) => {
      const offered = entries.map(offersOf).filter((offers) => offers.length > 0);
      return entries.length > LONG_LIST ? offered.slice(0, 1) : offered;
    })
    .sort(([a], [b]) => startOf(a) - startOf(b));
  return lenses.filter((offers, index) => !sharesLine(offers, lenses[index - 1], document.text)).flat();
}

/** The offers for the ARN that a span touches; of several, nobody could tell whose is whose. */
export function arnOffers(document: PolicyDocument, span: Span): readonly CodeLens[] {
  const [offers = [], ...others] = document.policies
    .flatMap(({ statements }) =>
      statements.filter(
        (statement) =>
          // Elsewhere a resource may stand outside of its statement.
          (!standsAsJson(document, statement.node) || touches(statement.node.span, span)) &&
          hasOffers(statement),
      ),
    )
    .flatMap(({ resources }) => resources)
    .flatMap(({ entries }) => entries.filter(({ node }) => touches(node.span, span)))
    .map(offersOf)
    .filter((offered) => offered.length > 0);
  return others.length === 0 ? offers : [];
}

/** Whether something may be offered in a statement, by its text: in most there is no such ARN. */
const hasOffers = notedOf(({ resources }: Statement): boolean =>
  resources.some(({ entries }) => entries.some(isOfExecuteApi)),
);

function isOfExecuteApi({ text, interned }: ResourceEntry): boolean {
  return isExecuteApiArn(text) || isMeantForExecuteApi(interned);
}

/**
 * Explaining is offered for every ARN of execute-api, invalidating for one that can match a request whose response a
 * REST API may cache; what a statement denies is nothing to start an invalidation from.
 */
function offersOf(entry: ResourceEntry): readonly CodeLens[] {
  const { text, node, element } = entry;
  if (!isOfExecuteApi(entry)) {
    return [];
  }
  const isCacheable = mistakesOf(entry).length === 0 && canNameCachedRequest(entry);
  const allows = element.statement.effect?.value === 'Allow';
  const offered: Readonly<Record<ArnOfferKind, boolean>> = {
    'invalidate-cache': isCacheable && allows,
    'who-may-invalidate': isCacheable,
    explain: true,
  };
  return arnOfferKinds
    .filter((kind) => offered[kind])
    .map((kind) => ({ kind, span: contentSpan(node), arn: text }));
}

/** Only REST APIs have a cache; `$default` is a stage of HTTP APIs, and connections are of WebSocket APIs. */
function canNameCachedRequest(entry: ResourceEntry): boolean {
  const read = reachableArnOf(entry);
  return (
    read?.shapes.has('method') === true &&
    segmentsByRole(read).every(
      ({ role, text }) => role !== 'connections' && !(role === 'stage' && text === '$default'),
    )
  );
}

function sharesLine(
  [lens]: readonly CodeLens[],
  previous: readonly CodeLens[] | undefined,
  text: string,
): boolean {
  const before = previous?.[0];
  return (
    lens !== undefined && before !== undefined && !/[\r\n]/.test(text.slice(before.span.end, lens.span.start))
  );
}

function startOf(lens: CodeLens | undefined): number {
  return lens?.span.start ?? 0;
}
