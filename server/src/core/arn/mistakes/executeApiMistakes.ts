import { memoize } from '../../pattern/memo';
import { masked, templatesIn } from '../../pattern/templates';
import { isSegment } from '../apiSegments';
import { fieldCount, holdsSeveralArns, type Slice, sliceOf, splitArn } from '../arn';
import {
  type ExecuteApiArn,
  isExecuteApiArn,
  readExecuteApiArn,
  requestMethods,
  SHORTHAND_PREFIX,
} from '../executeApi';
import { partitionById, partitions } from '../partitions';
import { type Placeholder, placeholdersIn } from '../placeholders';
import type { PlaceRole } from '../placeholderWords';
import { headerMistakes, isServiceMeant } from './headerMistakes';
import { append, insertBefore, type KnownMistake, mistake, replace } from './mistake';
import { resourceMistakes } from './resourceMistakes';

/** What decides about a resource besides its own text. */
export interface MistakeContext {
  /** The shorthand is expanded only where API Gateway itself saves the policy: in resource policies. */
  readonly shorthand: 'expanded' | 'refused';
  /** An ARN with fewer than six fields is filled up with `*` in identity policies, and nowhere else for certain. */
  readonly shortArn: 'padded' | 'refused';
}

/** Whether a resource string was meant as an execute-api ARN, however far it is from one. */
export function isExecuteApiMeant(text: string): boolean {
  // The ARNs of a policy share a few beginnings, and what stands behind the service cannot make one of execute-api.
  const head = ARN_HEAD.exec(text)?.[0];
  return head === undefined ? isMeantAsWhole(text) : isHeadMeant(head);
}

/** Up to the colon behind the service field. */
const ARN_HEAD = /^arn:[^:${}\s]*:[^:${}\s]*:/;

const isHeadMeant = memoize(isMeantAsWhole);

function isMeantAsWhole(text: string): boolean {
  const trimmed = text.trim();
  if (trimmed === '*') {
    return false;
  }
  const { partition, service } = splitArn(trimmed);
  return (
    isExecuteApiArn(trimmed) ||
    isServiceMeant(service?.text ?? '') ||
    isServiceMeant(partition?.text ?? '') ||
    /^execute-api\s*:/i.test(trimmed) ||
    hostOf(trimmed) !== undefined
  );
}

/**
 * Everything that is wrong with a resource that was meant as an execute-api ARN, in order of place and without
 * overlaps. Empty for one that can match a request and holds no known mistake, and for everything that was not meant so.
 */
export function executeApiMistakes(text: string, context: MistakeContext): readonly KnownMistake[] {
  if (isPlainlyRight(text) || !isExecuteApiMeant(text) || holdsSeveralArns(text)) {
    return [];
  }
  const all = templatesIn(text);
  const known = all.filter(({ from, to }) => isSegment(text.slice(from, to)));
  return known.length === 0
    ? openMistakes(text, all, context)
    : openMistakes(
        filledWithLetters(text, known),
        all.filter((each) => !known.includes(each)),
        context,
        placeholdersIn(text),
      ).map((found) => quoting(found, text, known));
}

/** A text with letters where something is filled in that has no slash. */
function filledWithLetters(text: string, stretches: readonly Stretch[]): string {
  return stretches.reduce(
    (result, { from, to }) => result.slice(0, from) + 'x'.repeat(to - from) + result.slice(to),
    text,
  );
}

/** A mistake that says what stands in the text, where letters were filled in. */
function quoting(found: KnownMistake, text: string, known: readonly Stretch[]): KnownMistake {
  const data = Object.entries(found.data).map(([name, value]) => {
    const said = known.reduce(
      (result, { from, to }) => result.replaceAll('x'.repeat(to - from), () => text.slice(from, to)),
      value,
    );
    return [name, said] as const;
  });
  return { ...found, data: Object.fromEntries(data) };
}

/** @param templates what is filled in, of which nothing is known */
function openMistakes(
  text: string,
  templates: readonly Stretch[],
  context: MistakeContext,
  placeholders: readonly Placeholder[] = placeholdersIn(text),
): readonly KnownMistake[] {
  if (templates.length === 0 && placeholders.length === 0) {
    return plainMistakes(text, context);
  }
  const plain = withFillers(masked(text, templates), placeholders);
  // An ARN may begin in an expression; and where the shorthand is expanded, all of it may be in one.
  if (
    /^[^:]*(?:\$\{|\*\*)/.test(plain) ||
    (context.shorthand === 'expanded' && /^execute-api:(?:\$\{|\*\*)/.test(plain))
  ) {
    return placeholders.map(placeholderMistake);
  }
  const all = plainMistakes(plain, context);
  const certain = all.filter((found) => !touches(templates, found) && !touches(placeholders, found));
  if (placeholders.length === 0) {
    const method = methodBehindHole(text, templates, context);
    if (method !== undefined && certain.every(({ from, to }) => to <= method.from || from >= method.to)) {
      return [...certain, method].sort((a, b) => a.from - b.from);
    }
    const read = readExecuteApiArn(plain);
    // What nothing can fill in so that a request is matched is wrong for certain.
    return certain.length === 0 && all.length > 0 && read.failsAt !== undefined
      ? [unreachable(read)]
      : certain;
  }
  return [
    ...placeholders.map(placeholderMistake),
    ...certain.filter(({ kind }) => kind !== 'unreachable'),
  ].sort((a, b) => a.from - b.from);
}

/**
 * The method that is in lower case behind an API id, or a stage, that a tool fills in. What is filled in there might hold
 * slashes; an expression that is all of the place of an API id is taken for one, and so is one that is called after a stage.
 */
function methodBehindHole(
  text: string,
  templates: readonly Stretch[],
  context: MistakeContext,
): KnownMistake | undefined {
  const filled = filledWithLetters(
    text,
    templates.filter(({ from, to }) => {
      const before = text.charAt(from - 1);
      return (
        text.charAt(to) === '/' &&
        (before === ':' || (before === '/' && /stage|env/i.test(text.slice(from, to))))
      );
    }),
  );
  if (filled === text) {
    return undefined;
  }
  const rest = masked(filled, templatesIn(filled));
  return plainMistakes(rest, context).find(
    (found) => found.kind === 'method-case' && !touches(templates, found),
  );
}

/** The mistakes of a text in which nothing is left to be filled in but variables. */
function plainMistakes(text: string, context: MistakeContext): readonly KnownMistake[] {
  const blanks = blankMistakes(text);
  if (blanks.length > 0) {
    return blanks;
  }
  const url = urlMistake(text);
  if (url !== undefined) {
    return [url];
  }
  const read = readExecuteApiArn(text);
  const known = withoutOverlaps([...formMistakes(read, context), ...resourceMistakes(read)]);
  if (known.length > 0 || read.failsAt === undefined) {
    return known;
  }
  return isCutShort(read) ? (context.shortArn === 'padded' ? [] : [cutShort(read)]) : [unreachable(read)];
}

/**
 * Whether an ARN is written like most, with nothing in it that could be a mistake. Says nothing about other texts; it
 * only saves reading the plain ones, of which a policy may have thousands.
 */
function isPlainlyRight(text: string): boolean {
  const match = PLAIN.exec(text);
  return match?.[1] !== undefined && STANDARD_REGIONS?.has(match[1]) === true && !TELLING.test(text);
}

const PLAIN = new RegExp(
  `^arn:aws:execute-api:([a-z0-9-]+):\\d{12}:[a-z0-9]{10}/[A-Za-z0-9_-]{1,128}/(?:${requestMethods.join('|')})(?:/[A-Za-z0-9._-]+)+(?:/\\*)?$`,
);
/** What placeholders and the stages of API Gateway's own tests have in them. */
const TELLING = /stage|invoke|null|your|path|resource|specif|my[-_]|replace|x{4}|__|change|placeholder/i;
const STANDARD_REGIONS = partitionById('aws')?.regions;

/**
 * Of two mistakes at one place the first is reported; the other appears once that one is fixed.
 *
 * @param mistakes in the order of their places
 */
function withoutOverlaps(mistakes: readonly KnownMistake[]): readonly KnownMistake[] {
  const kept: KnownMistake[] = [];
  for (const next of mistakes) {
    if (next.from >= (kept.at(-1)?.to ?? 0)) {
      kept.push(next);
    }
  }
  return kept;
}

/** Stands where the ARN ends before its resource begins, and could go on. */
function isCutShort(read: ExecuteApiArn): boolean {
  return read.form === 'arn' && read.resource === undefined && read.failsAt === read.text.length;
}

function cutShort({ text, fields }: ExecuteApiArn): KnownMistake {
  const whole = sliceOf(text, 0, text.length);
  const count = fieldCount(fields);
  const rest = ':*'.repeat(6 - count);
  return mistake('incomplete', whole, [append(whole, rest, `Append ${rest} for all that follows`)], {
    message: 'fields',
    data: { count: String(count) },
  });
}

/**
 * A text with its placeholders filled in: in the header with a variable, since what it should be is judged by its words;
 * behind it with letters, so that what stands around one is still read as it was meant.
 */
function withFillers(text: string, placeholders: readonly Placeholder[]): string {
  const open = masked(text, placeholders);
  const resourceFrom = open.startsWith(SHORTHAND_PREFIX) ? 0 : (splitArn(open).resource?.from ?? text.length);
  let filled = open.slice(0, resourceFrom);
  let end = resourceFrom;
  for (const { from, to } of placeholders) {
    if (from >= resourceFrom) {
      filled += open.slice(end, from) + 'x'.repeat(to - from);
      end = to;
    }
  }
  return filled + open.slice(end);
}

interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Whether a mistake concerns one of the stretches, of which nothing is known. */
function touches(stretches: readonly Stretch[], { from, to }: KnownMistake): boolean {
  return stretches.some((stretch) => stretch.from < to && from < stretch.to);
}

/** A value that is left to be filled in. */
export interface MissingValue {
  readonly what: string;
  /** What stands for a value there that is right for many, with the title of the fix that puts it. */
  readonly stand?: { readonly text: string; readonly title: string };
}

/** What is to be put in the place of a placeholder. */
export function valueFor(role: PlaceRole): MissingValue {
  return VALUES.get(role) ?? { what: 'value' };
}

const VALUES: ReadonlyMap<PlaceRole, MissingValue> = new Map([
  ['partition', { what: 'partition', stand: { text: 'aws', title: 'Replace with aws' } }],
  ['region', { what: 'Region', stand: every('Region') }],
  ['account', { what: 'account ID', stand: every('account') }],
  ['apiId', { what: 'API ID', stand: every('API') }],
  ['stage', { what: 'stage', stand: every('stage') }],
  ['method', { what: 'method', stand: every('method') }],
  ['path', { what: 'resource path', stand: every('path') }],
  ['label', { what: 'Region' }],
  ['principal', { what: 'account ID or ARN' }],
  ['bucket', { what: 'name of the bucket' }],
  ['arn', { what: 'ARN' }],
]);

function every(what: string): NonNullable<MissingValue['stand']> {
  return { text: '*', title: `Replace with *, which grants every ${what}` };
}

/** A placeholder's one honest answer is the author's; `*` is offered because that is what testing needs. */
function placeholderMistake(at: Placeholder): KnownMistake {
  const { what, stand } = valueFor(at.role);
  return mistake('placeholder', at, stand && [replace(at, stand.text, stand.title)], { data: { what } });
}

function formMistakes(read: ExecuteApiArn, context: MistakeContext): readonly KnownMistake[] {
  const { fields, text } = read;
  if (read.form === 'shorthand') {
    if (context.shorthand === 'expanded') {
      return [];
    }
    const prefix = sliceOf(text, 0, SHORTHAND_PREFIX.length - 1);
    const full = replace(
      sliceOf(text, 0, SHORTHAND_PREFIX.length),
      'arn:aws:execute-api:*:*:*/',
      'Write the ARN in full, for every API',
    );
    return [mistake('shorthand-misplaced', prefix, [full])];
  }
  // `aws:execute-api:…` lacks its first field; everything else stands one field too early.
  if (fields.service?.text !== 'execute-api' && isServiceMeant(fields.partition?.text ?? '')) {
    return [
      mistake('arn-prefix', fields.prefix, [insertBefore(fields.prefix, 'arn:', 'Insert arn:')], {
        message: 'missing',
      }),
    ];
  }
  return headerMistakes(text, fields);
}

/** Blanks occur in no request ARN, save perhaps in a path, which is sent percent-encoded. */
function blankMistakes(text: string): readonly KnownMistake[] {
  return [...text.matchAll(/\s+/g)].flatMap((match) => {
    const at = sliceOf(text, match.index, match.index + match[0].length);
    const isInPath = text.slice(0, at.from).split('/').length > 3 && at.to < text.length;
    return isInPath
      ? []
      : [
          mistake('blank', at, [replace(at, '', 'Remove the space')], {
            message: at.from === 0 ? 'leading' : 'mistake',
          }),
        ];
  });
}

/** An invoke URL in the place of an ARN: everything but the account and the method is in it. */
function urlMistake(text: string): KnownMistake | undefined {
  const match = /^https?:\/\/([^/]+)(?:\/([^/?#]*))?(?:\/([^?#]*))?/.exec(text);
  const host = hostOf(text);
  if (match === null || host === undefined) {
    return undefined;
  }
  const partition = partitions.find(({ regions }) => regions.has(host.region))?.id ?? 'aws';
  const arn = `arn:${partition}:execute-api:${host.region}:*:${host.api}/${match[2] || '*'}/*/${match[3] ?? '*'}`;
  const whole: Slice = sliceOf(text, 0, text.length);
  return mistake(
    'api-host',
    whole,
    [replace(whole, arn, 'Write it as an ARN, for every account and method')],
    {
      message: 'url',
    },
  );
}

function hostOf(text: string): { readonly api: string; readonly region: string } | undefined {
  const match = /^(?:https?:\/\/)([a-z0-9]+)(?:-vpce-[0-9a-f]+)?\.execute-api\.([a-z0-9-]+)\./.exec(text);
  return match?.[1] === undefined || match[2] === undefined ? undefined : { api: match[1], region: match[2] };
}

/** No known mistake, and yet no request can match: the segment where the text stops being the start of a request ARN. */
function unreachable(read: ExecuteApiArn): KnownMistake {
  const failsAt = read.failsAt ?? 0;
  const { fields } = read;
  const slices = [
    fields.prefix,
    fields.partition,
    fields.service,
    fields.region,
    fields.account,
    ...read.segments,
  ].filter((slice) => slice !== undefined);
  const at = slices.findLast((slice) => slice.from <= failsAt) ?? fields.prefix;
  return mistake('unreachable', at.to > at.from ? at : sliceOf(read.text, Math.max(at.from - 1, 0), at.to));
}
