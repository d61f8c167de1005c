import { type InternedText, noted } from '../pattern/internedText';
import { masked, templatesIn } from '../pattern/templates';
import { type Slice, sliceOf, splitArn, splitSlice } from './arn';
import { SHORTHAND_PREFIX } from './executeApi';
import {
  isCapitalPlaceholder,
  isMadeOfWords,
  isPlaceholderWord,
  isRequest,
  type PlaceRole,
} from './placeholderWords';

/** Text that its author, or documentation, left to be filled in by hand. Indexes are UTF-16, half-open. */
export interface Placeholder extends Slice {
  readonly role: PlaceRole;
}

/**
 * How much is taken for a placeholder. `strict`: every form there is. `names`: no words, save those that ask to be
 * replaced, where names are written as constants are. `path`: the same, and no braces, which are the parameter of a path.
 * `free`: only what nobody writes for its own sake.
 */
export type Manner = 'strict' | 'names' | 'path' | 'free';

/** A part of a text that is judged by itself. */
interface Zone {
  readonly at: Slice;
  readonly role: PlaceRole;
  readonly manner: Manner;
}

/**
 * The placeholders of a text, in order and without overlaps: `<x>`, `{x}`, `[x]`, `$X`, `%X%`, `@X@`, `__X__`, `XXXX`, and
 * words such as ACCOUNT_ID that stand in documentation where a value belongs. An ARN is read field by field. There are
 * none in what a template engine fills in.
 *
 * @param role what a text that is no ARN stands for
 */
export function placeholdersIn(
  text: string,
  role: PlaceRole = 'text',
  manner: Manner = 'strict',
): readonly Placeholder[] {
  if ((role === 'text' || role === 'arn') && !mayHold(text)) {
    return NONE;
  }
  const plain = masked(text, templatesIn(text));
  const marks = marksIn(plain);
  const bare = masked(plain, marks);
  const hasRuns = RUN.test(bare);
  let found: Placeholder[] | undefined;
  for (const zone of zonesOf(bare, role, manner)) {
    const { at } = zone;
    const isWord = isPlaceholderWord(zone.role, at.text);
    if (!isWord && !hasRuns && marks.length === 0) {
      continue;
    }
    const stretches = isWord
      ? [at]
      : [
          ...marks.filter(
            (mark) => mark.from >= at.from && mark.from < at.to && isMeant(mark.text, zone.manner),
          ),
          ...(hasRuns ? wordsIn(zone) : NO_SLICES),
        ];
    for (const { from, to } of stretches) {
      const slice = sliceOf(text, from, to);
      found ??= [];
      const isAll = to - from === at.text.length && zone.role !== 'label';
      found.push({ ...slice, role: isAll ? zone.role : roleByName(slice.text) });
    }
  }
  return found === undefined ? NONE : found.sort((a, b) => a.from - b.from);
}

const NONE: readonly Placeholder[] = [];

/** The placeholders of a resource, which several rules use. */
export const placeholdersInResource: (interned: InternedText) => readonly Placeholder[] = noted((text) =>
  placeholdersIn(text, 'arn'),
);

/** Whether a text has a placeholder between marks in it, wherever it stands. */
export function holdsMark(text: string): boolean {
  return marksIn(masked(text, templatesIn(text))).length > 0;
}

const NO_SLICES: readonly Slice[] = [];

/** What a placeholder stands for that fills only a part of its place: its own words say it, or nothing does. */
function roleByName(text: string): PlaceRole {
  return ROLES_BY_NAME.find(([name]) => name.test(text))?.[1] ?? 'text';
}

const ROLES_BY_NAME: readonly (readonly [name: RegExp, role: PlaceRole])[] = [
  [/region/i, 'region'],
  [/acc(?:oun)?t/i, 'account'],
  [/partition/i, 'partition'],
  [/arns?$/i, 'arn'],
];

/** A quick look that spares most texts the reading. */
function mayHold(text: string): boolean {
  return (
    SIGNS.test(text) ||
    (text.startsWith('arn:') ? WORDS.test(text) && HEADER_WORDS.test(text) : /arn|region/i.test(text))
  );
}

const SIGNS = /[<[{$%@#\u2026]|__|[xX]{2}|[Yy]our|nsert[-_]|[A-Z][-_]?[A-Z]|\.{2}/;
/** Of those below, wherever they stand: most ARNs have none, and it is quick to see. */
const WORDS = /partition|region|acc|:execute-api:/i;
const HEADER_WORDS = /^arn:(?:[^:]*:){0,3}[^:]*(?:partition|region|acc)|:execute-api:/i;

/**
 * The text of a placeholder is put between such marks; names in them are no longer than a few words. Signs in the middle of
 * a word mark only what is written in capitals.
 */
const MARKS = new RegExp(
  [
    /<(\w{1,40})>[^<>]{0,80}<\/\1>/,
    /<{1,3}[^<>"]{0,80}>{1,3}/,
    /\[{1,2}[^[\]{}"]{1,80}\]{1,2}/,
    /@?\{[^{}"]{0,80}\}/,
    /(?<![A-Za-z0-9])%{1,2}[A-Za-z_][\w.-]{0,60}%{1,2}/,
    /%[A-Z][A-Z0-9_.-]{1,60}%/,
    /(?<![A-Za-z0-9])@{1,2}[A-Za-z_][\w.-]{0,60}@{1,2}(?![A-Za-z0-9])/,
    /@{1,2}[A-Z][A-Z0-9_.-]{1,60}@{1,2}/,
    /__[A-Za-z][A-Za-z0-9_.-]{0,60}?__(?!_)/,
    /(?<![\w$])\$[A-Za-z_]\w{0,60}(?!\w|\$)/,
    /\$[A-Z][A-Z0-9_]{1,60}(?![\w$])/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'g',
);

/** What stands between marks, in a text without template expressions. */
function marksIn(plain: string): readonly Slice[] {
  if (!/[<[{$%@]|__/.test(plain)) {
    return NO_SLICES;
  }
  const marks: Slice[] = [];
  for (const match of plain.matchAll(MARKS)) {
    const [text] = match;
    if (isPlaceholderMark(text, plain, match.index)) {
      marks.push({ from: match.index, to: match.index + text.length, text });
    }
  }
  return marks;
}

/** Whether what stands between marks is a placeholder at all, and not something that AWS or a habit writes so. */
function isPlaceholderMark(mark: string, text: string, at: number): boolean {
  const name = nameOf(mark);
  switch (mark.charAt(0)) {
    case '<':
      return true;
    case '{':
      // The braces of a variable, `{a,b}` of shells, `{12}` of regular expressions.
      return !/[$#%]/.test(text.charAt(at - 1)) && /^$|^\d$|^[^\d\s,|][^,|]*$/.test(name);
    case '[':
      // `[a-z]` and `[0-9]` are classes of characters.
      return /^[A-Za-z_][^,]*$/.test(name) && !/^(?:\w-\w)+\W*$/.test(name);
    case '%':
      // `%C3%A9` are two characters, percent-encoded.
      return !/^[0-9A-Fa-f]{2}/.test(name) || !/^[0-9A-Fa-f]{2}/.test(text.slice(at + mark.length));
    case '_': {
      const isApart = !/\w/.test(text.charAt(at - 1)) && !/\w/.test(text.charAt(at + mark.length));
      // `__pycache__` and `PROD__ORDERS__V1` are names.
      return (isApart && !/[a-z]/.test(name) && name !== 'HIVE_DEFAULT_PARTITION') || isMadeOfWords(name);
    }
    case '$':
      return !LEGAL_DOLLARS.has(name) && (!/[a-z]/.test(name) || isMadeOfWords(name));
    default:
      return true;
  }
}

/**
 * Names that begin with a dollar sign and mean themselves: the routes of WebSocket APIs, the versions of Lambda, of
 * Systems Manager and of EC2's launch templates, the topics of AWS IoT.
 */
const LEGAL_DOLLARS: ReadonlySet<string> = new Set([
  'LATEST',
  'DEFAULT',
  'Latest',
  'Default',
  'aws',
  'default',
]);

function nameOf(mark: string): string {
  return mark
    .replace(/^(?:<+|\[+|@?\{|%+|@+|__|\$)/, '')
    .replace(/(?:(?<!>)>+|(?<!\])\]+|\}|(?<!%)%+|(?<!@)@+|__)$/, '');
}

/** In free text brackets and signs may mean themselves, save around words that say what is to be filled in. */
function isMeant(mark: string, manner: Manner): boolean {
  if (manner === 'path' && /^@?\{/.test(mark)) {
    return false;
  }
  const name = nameOf(mark);
  return (
    manner !== 'free' ||
    (mark.startsWith('<') && /^[A-Za-z][\w .-]*$/.test(name)) ||
    // `{id}` and `[slug]` are names of files and parts of paths.
    (isMadeOfWords(name) && (!/[a-z]/.test(name) || /[-_ :]|[a-z][A-Z]/.test(name)))
  );
}

/** The words in a zone that stand for a value. */
function wordsIn({ at, role, manner }: Zone): readonly Slice[] {
  const found: Slice[] = [];
  RUNS.lastIndex = 0;
  for (let match = RUNS.exec(at.text); match !== null; match = RUNS.exec(at.text)) {
    const [run] = match;
    const isWord =
      isRequest(run) ||
      /^[A-Z]{0,4}X{4,}$|^x{4,}$/.test(run) ||
      (manner === 'strict' &&
        (isCapitalPlaceholder(run) || (role === 'bucket' && isPlaceholderWord(role, run))));
    if (isWord) {
      found.push(sliceWithin(at, match.index, match.index + run.length));
    }
  }
  return found;
}

/**
 * Words in capitals or in small letters, joined by dashes and underscores; of bounded length, so that no text takes
 * long.
 */
const RUNS =
  /(?<![A-Za-z0-9_])(?:[A-Z][A-Z0-9]{0,40}(?:[-_][A-Z0-9]{1,40}){0,8}|x{4,}|[Yy]our[-_A-Za-z0-9]{0,60}|[Ii]nsert[-_][A-Za-z0-9]{1,40}(?:[-_][A-Za-z0-9]{1,40}){0,6})(?![A-Za-z0-9_])/g;

/** What begins like one of them. No zone begins within a word. */
const RUN = /(?<![A-Za-z0-9_])(?:[A-Z]|xxxx|your|insert[-_])/;

/** The parts of a text that say different things. */
function zonesOf(text: string, role: PlaceRole, manner: Manner): readonly Zone[] {
  if (text.startsWith(SHORTHAND_PREFIX)) {
    return requestZones(sliceOf(text, SHORTHAND_PREFIX.length, text.length), ['stage', 'method']);
  }
  if (!text.startsWith('arn:')) {
    return hostZones(text) ?? [{ at: sliceOf(text, 0, text.length), role, manner }];
  }
  const { partition, service, region, account, resource } = splitArn(text);
  const zones: Zone[] = [];
  const add = (at: Slice | undefined, of: PlaceRole): void => {
    if (at !== undefined && at.text !== '') {
      zones.push({ at, role: of, manner: 'strict' });
    }
  };
  add(partition, 'partition');
  add(service, 'text');
  add(region, 'region');
  add(account, 'account');
  return resource === undefined ? zones : [...zones, ...resourceZones(service?.text ?? '', resource)];
}

/** The resource of an ARN, by the service that it is of. */
function resourceZones(service: string, resource: Slice): readonly Zone[] {
  if (/^execute.?api$/i.test(service)) {
    return requestZones(resource, ['apiId', 'stage', 'method']);
  }
  switch (service) {
    case 's3': {
      // The keys of objects may have any character.
      const slash = resource.text.indexOf('/');
      const bucket = sliceWithin(resource, 0, slash < 0 ? resource.text.length : slash);
      return [
        { at: bucket, role: 'bucket', manner: 'strict' },
        { at: sliceWithin(resource, bucket.text.length, resource.text.length), role: 'text', manner: 'free' },
      ];
    }
    case 'cloudwatch':
      // So may the names of alarms.
      return [{ at: resource, role: 'text', manner: 'free' }];
    case 'ssm':
    case 'secretsmanager':
      return [{ at: resource, role: 'text', manner: 'names' }];
    default:
      return [{ at: resource, role: 'text', manner: 'strict' }];
  }
}

function sliceWithin(whole: Slice, from: number, to: number): Slice {
  return { from: whole.from + from, to: whole.from + to, text: whole.text.slice(from, to) };
}

/** The segments of a request, the path as one. */
function requestZones(resource: Slice, roles: readonly PlaceRole[]): readonly Zone[] {
  const pieces = splitSlice(resource, '/');
  const zones: Zone[] = pieces
    .slice(0, roles.length)
    .map((at, index) => ({ at, role: roles[index] ?? 'text', manner: 'strict' }));
  const first = pieces[roles.length];
  return first === undefined
    ? zones
    : [
        ...zones,
        {
          at: sliceWithin(resource, first.from - resource.from, resource.text.length),
          role: 'path',
          // `{connectionId}` is no parameter of a path.
          manner: first.text === '@connections' ? 'strict' : 'path',
        },
      ];
}

/** The labels of an AWS host name: `logs.region.amazonaws.com`. */
function hostZones(text: string): readonly Zone[] | undefined {
  const labels = /^[^:/]+\.amazonaws\.com(?:\.cn)?$/.test(text)
    ? splitSlice(sliceOf(text, 0, text.length), '.')
    : undefined;
  return labels?.map((at) => ({ at, role: 'label', manner: 'strict' }));
}
