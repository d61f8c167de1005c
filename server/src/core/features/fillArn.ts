import type { Slice } from '../arn/arn';
import { isExecuteApiArn, readExecuteApiArn, requestMethods, type SegmentRole } from '../arn/executeApi';
import { placeholdersIn } from '../arn/placeholders';
import type { PolicyDocument } from '../document';
import type { KnownApi, KnownRoute, WorkspaceKnowledge } from '../knowledge/knowledge';
import { apisNamed } from '../knowledge/routes';
import { replaceString, replaceValueSlice } from '../lint/edits';
import type { Finding } from '../lint/finding';
import type { ResourceEntry, Statement } from '../model/policy';
import { touches } from '../spans';
import type { Span } from '../syntax/nodes';
import type { CodeAction } from './codeAction';
import { idsOf, isStage, pathPattern } from './completion/arns/executeApiDrafts';

/** Most whole ARNs that are offered; completion has the rest. */
const MOST_WHOLE = 5;
const MOST_VALUES = 3;

/**
 * What the workspace knows for the placeholders of an execute-api ARN: whole ARNs of its APIs first, then values for the
 * segment at the span. Offered where a finding in the ARN touches the span.
 */
export function fillArnActions(
  { policies }: PolicyDocument,
  span: Span,
  findings: readonly Finding[],
  knowledge: WorkspaceKnowledge,
): readonly CodeAction[] {
  const around = findings.filter((each) => touches(each.span, span));
  if (around.length === 0) {
    return [];
  }
  const holds = ({ node }: Pick<ResourceEntry, 'node'> | Pick<Statement, 'node'>) =>
    node.span.start <= span.start && span.end <= node.span.end;
  const entryIn = (statements: readonly Statement[]) =>
    statements.flatMap(({ resources }) => resources.flatMap(({ entries }) => entries)).find(holds);
  const statements = policies.flatMap((policy) => policy.statements);
  // What an alias of YAML stands for may be written outside of all statements.
  const entry = entryIn(statements.filter(holds)) ?? entryIn(statements);
  const finding = entry && around.find((each) => touches(each.span, entry.node.span));
  if (entry === undefined || finding === undefined || !isExecuteApiArn(entry.text)) {
    return [];
  }
  const open = openParts(entry.text);
  const action = (title: string, edits: CodeAction['edits']): CodeAction => ({
    title,
    kind: 'quickfix',
    finding,
    fixKind: 'suggestion',
    edits,
  });
  const known = { ...knowledge, apis: apisFor(entry.text, open, knowledge.apis) };
  const wholes = open.length === 0 ? [] : wholeArns(entry.text, open, known);
  const part = open.find(({ slice }) => isIn(entry, slice, finding));
  const values = part === undefined ? [] : valuesFor(entry.text, part.role, known);
  return [
    ...wholes.map(({ text, from }) =>
      action(`Use ${text} (${from})`, () => [replaceString(entry.node, text)]),
    ),
    ...values.map(({ text, from }) =>
      action(`Replace with ${text} (${from})`, () => [
        replaceValueSlice(entry.node, part?.slice.from ?? 0, part?.slice.to ?? 0, text),
      ]),
    ),
  ];
}

interface Part {
  readonly role: SegmentRole;
  readonly slice: Slice;
}

/** The parts of an ARN that are placeholders, in their order; a path is one part. */
function openParts(text: string): readonly Part[] {
  const { fields, segments, resource } = readExecuteApiArn(text);
  const path = segments.find(({ role }) => role === 'path');
  const parts: readonly (Part | undefined)[] = [
    fields.region && { role: 'region', slice: fields.region },
    fields.account && { role: 'account', slice: fields.account },
    ...segments
      .filter(({ role }) => role !== 'path')
      .map((segment) => ({ role: segment.role, slice: segment })),
    path &&
      resource && {
        role: 'path',
        slice: { text: text.slice(path.from, resource.to), from: path.from, to: resource.to },
      },
  ];
  const placeholders = placeholdersIn(text);
  return parts.filter(
    (part): part is Part =>
      part !== undefined &&
      placeholders.some(({ from, to }) => from === part.slice.from && to === part.slice.to),
  );
}

interface Filled {
  readonly text: string;
  /** What the workspace calls it. */
  readonly from: string;
}

/** The ARN with all that is known of an API, for each route that fits; what nobody knows stays. */
function wholeArns(text: string, open: readonly Part[], knowledge: WorkspaceKnowledge): readonly Filled[] {
  const roles = new Set(open.map(({ role }) => role));
  const found = knowledge.apis.flatMap((api) => {
    if (api.kind === 'websocket' || (roles.has('apiId') && idsOf(api).length === 0)) {
      return [];
    }
    const stages = roles.has('stage') ? api.stages.filter(isStage) : [];
    const routes = roles.has('path') || roles.has('method') ? routesFor(text, api) : [];
    return combinations(stages, routes).map(([stage, route]): Filled => {
      const values = new Map<SegmentRole, string | undefined>([
        ['region', api.regions[0]],
        ['account', knowledge.accounts[0]],
        ['apiId', idsOf(api)[0]],
        ['stage', stage],
        ['method', route && (route.method === 'ANY' ? '*' : route.method)],
        ['path', route && pathPattern(route.path)],
      ]);
      const filled = open.reduceRight((result, { role, slice }) => {
        const value = values.get(role);
        return value === undefined ? result : result.slice(0, slice.from) + value + result.slice(slice.to);
      }, text);
      return {
        text: filled,
        from: route === undefined ? api.name : `${route.method} ${route.path} of ${api.name}`,
      };
    });
  });
  const seen = new Set([text]);
  return found.filter((each) => !seen.has(each.text) && seen.add(each.text)).slice(0, MOST_WHOLE);
}

/** The first stage with every route, then the other stages with the first. */
function combinations(
  stages: readonly string[],
  routes: readonly KnownRoute[],
): readonly (readonly [stage: string | undefined, route: KnownRoute | undefined])[] {
  const [stage, ...others] = stages;
  const [route, ...more] = routes.slice(0, MOST_WHOLE - 1);
  return [
    [stage, route],
    ...more.map((each) => [stage, each] as const),
    ...others.map((each) => [each, route] as const),
  ];
}

/**
 * The APIs that the ARN may be about, by what it says already: the id, which says all where a document tells whose it is,
 * the Region, and a method, which a WebSocket API does not have.
 */
function apisFor(text: string, open: readonly Part[], apis: readonly KnownApi[]): readonly KnownApi[] {
  const arn = readExecuteApiArn(text);
  const isOpen = (role: SegmentRole): boolean => open.some((part) => part.role === role);
  const region = arn.fields.region?.text ?? '*';
  const isAnyRegion = isOpen('region') || /[*?$]/.test(region);
  return (isOpen('apiId') ? apis : apisNamed(arn, apis)).filter(
    ({ kind, regions }) =>
      (isAnyRegion || regions.length === 0 || regions.includes(region)) &&
      !(kind === 'websocket' && requestMethods.includes(methodOf(text).toUpperCase())),
  );
}

function methodOf(text: string): string {
  return readExecuteApiArn(text).segments.find(({ role }) => role === 'method')?.text ?? '*';
}

/** Routes of the ARN's method, where it has one; the root, which few mean, comes last. */
function routesFor(text: string, { routes }: KnownApi): readonly KnownRoute[] {
  const method = methodOf(text).toUpperCase();
  const isAny = !requestMethods.includes(method);
  return routes
    .filter((route) => isAny || route.method === method || route.method === 'ANY')
    .toSorted((a, b) => Number(a.path === '/') - Number(b.path === '/'));
}

function valuesFor(
  arn: string,
  role: SegmentRole,
  { apis, accounts }: WorkspaceKnowledge,
): readonly Filled[] {
  const of = (values: (api: KnownApi) => readonly string[]): readonly Filled[] =>
    apis.flatMap((api) => values(api).map((text) => ({ text, from: api.name })));
  const pathsOf = (api: KnownApi): readonly string[] =>
    api.kind === 'websocket' ? [] : routesFor(arn, api).map(({ path }) => pathPattern(path));
  const all: readonly Filled[] =
    role === 'region'
      ? of(({ regions }) => regions)
      : role === 'account'
        ? accounts.map((text) => ({ text, from: 'seen in the workspace' }))
        : role === 'apiId'
          ? of(idsOf)
          : role === 'stage'
            ? of(({ stages }) => stages.filter(isStage))
            : role === 'path'
              ? of(pathsOf).filter(({ text }) => text !== '')
              : [];
  const seen = new Set<string>();
  return all.filter(({ text }) => !seen.has(text) && seen.add(text)).slice(0, MOST_VALUES);
}

/** Whether the finding lies on a slice of the ARN. */
function isIn({ node }: ResourceEntry, { from, to }: Slice, { span }: Finding): boolean {
  return span.start < node.offsetAt(to) && node.offsetAt(from) < span.end;
}
