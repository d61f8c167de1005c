import { firstIndex } from '../pattern/bisect';
import {
  buildLanguage,
  chars,
  either,
  type Language,
  type Overlay,
  overlay,
  type Part,
  repeat,
  sequence,
  text,
} from '../pattern/language';
import { compilePattern, type Pattern } from '../pattern/pattern';
import { type ArnFields, type Slice, sliceOf, splitArn, splitSlice } from './arn';
import { partitionById, partitions, regionStanding } from './partitions';

/**
 * The grammar of execute-api ARNs, as API Gateway builds them for a request, and what a pattern can match of it.
 *
 * Sources: API Gateway Developer Guide, "Amazon Resource Name (ARN) format reference", "Control access for invoking an
 * API", "Control access to a WebSocket API with IAM authorization", "Private custom domain names"; Service
 * Authorization Reference, "API Gateway Management". What is said there about each part stands at the part below.
 */

/** What kind of request an ARN stands for. */
export type RequestShape =
  /** A method of a REST or HTTP API: `API/STAGE/METHOD/PATH`. */
  | 'method'
  /** A route of a WebSocket API: `API/STAGE/ROUTE`, no method and no further slash. */
  | 'route'
  /** The management of WebSocket connections: `API/STAGE/METHOD/@connections/ID`. */
  | 'connection'
  /** A private custom domain: `/domainnames/NAME+ID`. */
  | 'domain';

/** What a character of an execute-api ARN belongs to. */
export type SegmentRole =
  | 'prefix'
  | 'partition'
  | 'service'
  | 'region'
  | 'account'
  | 'apiId'
  | 'stage'
  | 'method'
  | 'path'
  | 'route'
  | 'connections'
  | 'connectionId'
  | 'domain'
  | 'separator';

/** Methods API Gateway can carry in a request ARN. ANY is a word for definitions and never among them. */
export const requestMethods: readonly string[] = ['GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT', 'DELETE'];

/** The route keys WebSocket APIs predefine. */
export const predefinedRoutes: readonly string[] = ['$connect', '$disconnect', '$default'];

/** How an execute-api ARN in a policy is read. */
export interface ExecuteApiArn {
  readonly text: string;
  /** The shorthand leaves out everything before the stage; API Gateway fills it in when a resource policy is saved. */
  readonly form: 'arn' | 'shorthand';
  readonly fields: ArnFields;
  /** The resource field, or what follows `execute-api:/` in the shorthand. */
  readonly resource: Slice | undefined;
  /**
   * The resource split at its slashes and read from left to right as if each wildcard stayed within its segment,
   * which is what its author most likely had in mind.
   */
  readonly segments: readonly Segment[];
  /** The kinds of request it can match; empty for an ARN that matches nothing. */
  readonly shapes: ReadonlySet<RequestShape>;
  /** Where it stops being the beginning of any request ARN; `undefined` when it matches something. */
  readonly failsAt: number | undefined;
  /** What a character at an index can be part of, over all the requests that are matched. */
  rolesAt(index: number): ReadonlySet<SegmentRole>;
}

export interface Segment extends Slice {
  readonly role: SegmentRole;
}

/**
 * Reads a text as an execute-api ARN. Any text is taken, so that a malformed one can be explained where it is wrong;
 * `isExecuteApiArn` tells whether it was meant as one.
 */
export function readExecuteApiArn(arn: string): ExecuteApiArn {
  const form = arn.startsWith(SHORTHAND_PREFIX) ? 'shorthand' : 'arn';
  const fields = splitArn(arn);
  const resource = form === 'shorthand' ? sliceOf(arn, SHORTHAND_PREFIX.length, arn.length) : fields.resource;
  const whole = lazily(() => layOver(arn, form === 'shorthand' ? shorthandLanguage() : requestLanguage()));
  // In ordinary ARNs the resource decides alone. Its indexes begin at its own first character.
  const decider = isOrdinaryHeader(fields) ? resource : undefined;
  const alone = lazily(() => (decider === undefined ? undefined : layOver(decider.text, resourceLanguage())));
  const judged = lazily(() => {
    const laid = alone();
    return laid?.laid.meets === true ? laid : whole();
  });
  const isPlain = decider !== undefined && PLAIN_METHOD.test(decider.text);
  return {
    text: arn,
    form,
    fields,
    resource,
    segments: resource === undefined ? [] : segmentsOf(resource, form),
    shapes: isPlain ? METHOD_ONLY : shapesOf(judged().laid),
    failsAt: isPlain ? undefined : judged().laid.failsAt,
    rolesAt: (index) => {
      const from = judged() === alone() ? (resource?.from ?? 0) : 0;
      const [{ laid, pattern }, at] = index < from ? [whole(), index] : [judged(), index - from];
      return new Set([...(laid.roles[tokenAt(pattern, at)] ?? [])].map(plainRole));
    },
  };
}

/**
 * `API/STAGE/METHOD/PATH` without anything special: plainly in the language of requests, as most ARNs are, so that
 * nothing has to be laid over it.
 */
const PLAIN_METHOD = new RegExp(
  `^[a-z0-9]+/[A-Za-z0-9_-]+/(?:${requestMethods.join('|')})(?:/[A-Za-z0-9._-]+)+(?:/\\*)?$`,
);
const METHOD_ONLY: ReadonlySet<RequestShape> = new Set(['method']);

/** The index of the token that an index into the text falls on; their number behind the last. */
function tokenAt({ tokens }: Pattern, at: number): number {
  return firstIndex(tokens.length, (index) => (tokens[index]?.end ?? 0) > at);
}

interface Laid {
  readonly pattern: Pattern;
  readonly laid: Overlay<TaggedRole>;
}

function layOver(pattern: string, language: Language<TaggedRole>): Laid {
  const compiled = compilePattern(pattern, { variables: 'substitute' });
  return { pattern: compiled, laid: overlay(compiled, language) };
}

/**
 * Whether the five fields before the resource are each right by themselves, as in nearly every ARN; the resource then
 * decides alone, which is several times cheaper than laying the whole ARN over the whole language.
 */
function isOrdinaryHeader(fields: ArnFields): boolean {
  const partition = partitionById(fields.partition?.text ?? '');
  const region = fields.region?.text ?? '';
  return (
    fields.prefix.text === 'arn' &&
    fields.service?.text === 'execute-api' &&
    partition !== undefined &&
    (region === '*' || regionStanding(partition, region) === 'known') &&
    /^(\*|\d{12})$/.test(fields.account?.text ?? '')
  );
}

function shapesOf(laid: Overlay<TaggedRole>): ReadonlySet<RequestShape> {
  const shapes = new Set<RequestShape>();
  for (const roles of laid.roles) {
    for (const role of roles) {
      const shape = shapeOfRole(role);
      if (shape !== undefined) {
        shapes.add(shape);
      }
    }
  }
  return shapes;
}

/** Whether an ARN pattern can match any request at all. */
export function overlayMeets(arn: string): boolean {
  return layOver(arn, requestLanguage()).laid.meets;
}

/** Whether a text is written as an execute-api ARN or its shorthand, well-formed or not. */
export function isExecuteApiArn(arn: string): boolean {
  // A look for the word spares most ARNs from being split.
  return (
    arn.includes('execute-api') &&
    (arn.startsWith(SHORTHAND_PREFIX) || splitArn(arn).service?.text === 'execute-api')
  );
}

export const SHORTHAND_PREFIX = 'execute-api:/';

/** Roles inside the automaton also tell the kind of request: `method/path`. */
type TaggedRole = SegmentRole | `${RequestShape}/${SegmentRole}`;

function shapeOfRole(role: TaggedRole): RequestShape | undefined {
  return role.includes('/') ? (role.slice(0, role.indexOf('/')) as RequestShape) : undefined;
}

function plainRole(role: TaggedRole): SegmentRole {
  return role.slice(role.indexOf('/') + 1) as SegmentRole;
}

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;
const isLower = (code: number): boolean => code >= 0x61 && code <= 0x7a;
const isUpper = (code: number): boolean => code >= 0x41 && code <= 0x5a;
const isWord = (code: number): boolean => isDigit(code) || isLower(code) || isUpper(code) || code === 0x5f;
const isLetterOrDigit = (code: number): boolean => isDigit(code) || isLower(code) || isUpper(code);

/**
 * AWS issues ten lower-case letters and digits; emulators let one choose, with dashes and capitals. No charset is
 * documented, so only what no tool produces is left out.
 */
const isApiIdCharacter = (code: number): boolean => isLetterOrDigit(code) || code === 0x2d;

/** "Stage names can only contain alphanumeric characters, hyphens, and underscores", API Gateway important notes. */
const isStageCharacter = (code: number): boolean => isWord(code) || code === 0x2d;

/**
 * A request's path: no control character, no brace, which only definitions have, and nothing that begins a query. Whether
 * IAM compares it as it is sent or decoded is not documented, so it may hold what clients percent-encode.
 */
export const isPathCharacter = (code: number): boolean =>
  code >= 0x20 && code !== 0x7f && !FORBIDDEN_IN_PATH.has(String.fromCharCode(code));
const FORBIDDEN_IN_PATH = new Set([...'?{}']);

/** The same of a part of a path between slashes. */
export const isSegmentCharacter = (code: number): boolean => isPathCharacter(code) && code !== SLASH;
const isDomainCharacter = (code: number): boolean =>
  isLower(code) || isDigit(code) || code === 0x2d || code === 0x2e;
const SLASH = 0x2f;

function header(): Part<TaggedRole> {
  const separator = text<TaggedRole>('separator', ':');
  return sequence<TaggedRole>(
    text('prefix', 'arn'),
    separator,
    either(
      ...partitions.map((partition) =>
        sequence<TaggedRole>(
          text('partition', partition.id),
          separator,
          text('service', 'execute-api'),
          separator,
          either(
            ...[...partition.regions.keys()].map((region) => text<TaggedRole>('region', region)),
            ...partition.regionPrefixes.map((prefix) =>
              sequence<TaggedRole>(
                text('region', `${prefix}-`),
                repeat(chars('region', isWord), 1),
                text('region', '-'),
                repeat(chars('region', isDigit), 1),
              ),
            ),
          ),
        ),
      ),
    ),
    separator,
    repeat(chars('account', isDigit), 12, 12),
    separator,
  );
}

function stage(shape: RequestShape): Part<TaggedRole> {
  const role: TaggedRole = `${shape}/stage`;
  // `$default` is the one stage name with a dollar sign (ApiGatewayV2 API reference, StageName).
  return either(repeat(chars(role, isStageCharacter), 1), text(role, '$default'));
}

function apiAndStage(shape: RequestShape): Part<TaggedRole> {
  return sequence(
    repeat(chars<TaggedRole>(`${shape}/apiId`, isApiIdCharacter), 1),
    slash(shape),
    stage(shape),
    slash(shape),
  );
}

function slash(shape: RequestShape): Part<TaggedRole> {
  return text(`${shape}/separator`, '/');
}

function methodAndPath(): Part<TaggedRole> {
  return sequence<TaggedRole>(
    either(...requestMethods.map((method) => text<TaggedRole>('method/method', method))),
    slash('method'),
    either<TaggedRole>(
      sequence<TaggedRole>(),
      sequence<TaggedRole>(
        chars('method/path', isSegmentCharacter),
        repeat(chars('method/path', isPathCharacter), 0),
      ),
    ),
  );
}

function route(): Part<TaggedRole> {
  return repeat(chars<TaggedRole>('route/route', isSegmentCharacter), 1);
}

/** ApiGatewayManagementApi: POST, GET and DELETE on `/@connections/{connectionId}`. */
function connection(): Part<TaggedRole> {
  return sequence<TaggedRole>(
    either(...['POST', 'GET', 'DELETE'].map((method) => text<TaggedRole>('connection/method', method))),
    slash('connection'),
    text('connection/connections', '@connections'),
    slash('connection'),
    repeat(chars('connection/connectionId', isSegmentCharacter), 1),
  );
}

function domain(): Part<TaggedRole> {
  return sequence<TaggedRole>(
    text('domain/separator', '/'),
    text('domain/domain', 'domainnames/'),
    repeat(chars('domain/domain', isDomainCharacter), 1),
    text('domain/domain', '+'),
    repeat(chars('domain/domain', isLetterOrDigit), 1),
  );
}

function resourceOfRequest(): Part<TaggedRole> {
  return either(
    sequence(apiAndStage('method'), methodAndPath()),
    sequence(apiAndStage('route'), route()),
    sequence(apiAndStage('connection'), connection()),
    domain(),
  );
}

const requestLanguage = lazily(() => buildLanguage<TaggedRole>(sequence(header(), resourceOfRequest())));
const resourceLanguage = lazily(() => buildLanguage<TaggedRole>(resourceOfRequest()));

/** `execute-api:/STAGE/METHOD/PATH`; resource policies exist for REST APIs only, so there are no routes. */
const shorthandLanguage = lazily(() =>
  buildLanguage<TaggedRole>(
    sequence(
      text('service', 'execute-api'),
      text('separator', ':'),
      slash('method'),
      stage('method'),
      slash('method'),
      methodAndPath(),
    ),
  ),
);

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** The positional reading. The path is one segment, slashes and all. */
function segmentsOf(resource: Slice, form: ExecuteApiArn['form']): readonly Segment[] {
  if (resource.text.startsWith('/domainnames/')) {
    return [{ ...resource, role: 'domain' }];
  }
  const pieces = splitSlice(resource, '/');
  const roles: readonly SegmentRole[] =
    form === 'shorthand' ? ['stage', 'method'] : ['apiId', 'stage', 'method'];
  const [, , third] = pieces;
  if (form === 'arn' && pieces.length === 3 && third !== undefined && !looksLikeMethod(third.text)) {
    return pieces.map((piece, index) => ({
      ...piece,
      role: index === 2 ? 'route' : (roles[index] ?? 'path'),
    }));
  }
  const head = pieces
    .slice(0, roles.length)
    .map((piece, index) => ({ ...piece, role: roles[index] ?? 'path' }));
  const first = pieces[roles.length];
  if (first === undefined) {
    return head;
  }
  if (first.text === '@connections') {
    const id = pieces[roles.length + 1];
    return [
      ...head,
      { ...first, role: 'connections' },
      ...(id === undefined ? [] : [{ ...remainder(resource, id), role: 'connectionId' as const }]),
    ];
  }
  return [...head, { ...remainder(resource, first), role: 'path' }];
}

function remainder(whole: Slice, first: Slice): Slice {
  return { from: first.from, to: whole.to, text: whole.text.slice(first.from - whole.from) };
}

/** A third and last segment is a WebSocket route unless it reads as an HTTP method or covers both with a wildcard. */
function looksLikeMethod(segment: string): boolean {
  return /^[*?]+$/.test(segment) || segment === 'ANY' || requestMethods.includes(segment.toUpperCase());
}
