import { splitArn } from '../arn/arn';
import type { IamData } from '../iamData/iamData';
import { ESCALATIONS } from '../iamData/overlay/sensitiveActions';
import type { Action } from '../iamData/types';
import { compilePattern, covers, intersects, matches } from '../pattern/pattern';
import { classPattern, textClasses } from '../pattern/textClasses';
import type { Cell } from './cells';
import type { Effort } from './effort';
import { textOf } from './entryTexts';
import type { CompiledText } from './prefixIndex';

/** An action that a statement names, or that one of its patterns may come to match. */
export interface NamedAction {
  /** As the reference or the policy writes it. */
  readonly name: string;
  readonly known: Action | undefined;
  /** Whether nobody names it yet: AWS may add it. */
  readonly isFuture: boolean;
}

export interface NamedActions {
  readonly actions: readonly NamedAction[];
  /** Whether all ways in which statements tell actions apart are among them. */
  readonly isComplete: boolean;
}

/** What some statements say about actions. */
export interface Vocabulary {
  readonly services: ReadonlySet<string>;
  /** In lower case. */
  readonly names: ReadonlySet<string>;
  readonly patterns: ReadonlyMap<string, CompiledText>;
}

/** The names, patterns and services that the actions of some cells have. */
export function vocabularyOf(cells: readonly Cell[]): Vocabulary {
  const names = new Set<string>();
  const patterns = new Map<string, CompiledText>();
  for (const cell of cells) {
    for (const name of cell.actionNames) {
      names.add(name);
    }
    for (const pattern of cell.actionPatterns) {
      patterns.set(pattern.text, pattern);
    }
  }
  const services = new Set<string>();
  for (const text of [...names, ...patterns.keys()]) {
    const service = text.slice(0, Math.max(0, text.indexOf(':')));
    if (/^[a-z0-9-]+$/.test(service)) {
      services.add(service);
    }
  }
  return { services, names, patterns };
}

export interface ActionsQuestion {
  readonly iamData: IamData | undefined;
  /** The actions to look among, or all. */
  readonly within: CompiledText | undefined;
  /** Names and patterns of the statement, in lower case, that need not be looked at. */
  readonly settled: ReadonlySet<string>;
  readonly effort: Effort;
}

/**
 * The actions of a statement, so that no statement tells any other action from all of these: those that the reference
 * knows, those that the policies name, and for each way in which patterns meet one that AWS may add.
 *
 * @param others what the statements around say
 */
export function actionsOf(
  cell: Cell,
  others: Vocabulary,
  { iamData, within, settled, effort }: ActionsQuestion,
): NamedActions {
  const found = new Map<string, NamedAction>();
  const isAsked = (name: string): boolean => within === undefined || matches(within.pattern, name);
  const add = (name: string, known = iamData?.action(name)): void => {
    const folded = name.toLowerCase();
    if (
      !found.has(folded) &&
      /^[^:*?$]+:[^*?$]+$/.test(name) &&
      cell.matchesAction(folded) &&
      isAsked(folded)
    ) {
      found.set(folded, { name: known?.id ?? name, known, isFuture: false });
    }
  };
  if (within !== undefined && !/[*?]/.test(within.text)) {
    add(within.text);
    return { actions: [...found.values()], isComplete: true };
  }
  const texts = cell.isNotAction
    ? [ANYTHING]
    : [...[...cell.actionNames].map((text) => ({ text })), ...cell.actionPatterns].filter(
        ({ text }) => !settled.has(text),
      );
  const own = vocabularyOf([cell]);
  const hasPatterns = texts.some(({ text }) => /[*?]/.test(text));
  const mentioned = new Set([...own.services, ...(hasPatterns ? others.services : [])]);
  const named = new ByService(
    [...new Set([...own.names, ...(hasPatterns ? others.names : [])])],
    (name) => name,
  );
  const spelling = new Map(
    cell.statement.actions.flatMap(({ entries }) =>
      entries.map(textOf).map((text) => [text.toLowerCase(), text] as const),
    ),
  );
  for (const { text } of texts) {
    if (!/[*?]/.test(text)) {
      add(spelling.get(text) ?? text);
      continue;
    }
    for (const pattern of byService(text, mentioned)) {
      const actions = iamData?.expandActions(pattern) ?? [];
      effort.spend(5 * actions.length);
      for (const action of actions) {
        add(action.id, action);
      }
    }
    const pattern = compilePattern(text, { case: 'ignore' });
    const near = named.near(text);
    effort.spend(20 + 5 * near.length + (plainServiceOf(text) === '' ? 20 * mentioned.size : 0));
    if (effort.isSpent) {
      return { actions: [...found.values()], isComplete: false };
    }
    for (const name of near) {
      if (!found.has(name) && matches(pattern, name)) {
        add(name);
      }
    }
  }
  let isComplete = true;
  const patterns = texts.filter(({ text }) => /[*?]/.test(text));
  const known = new Set(found.keys());
  const distinct = new ByService(
    patterns.length === 0 ? [] : [...new Map([...others.patterns, ...own.patterns]).values()],
    (pattern) => pattern.text,
  );
  for (const { text } of patterns) {
    if (!isComplete) {
      break;
    }
    const future = futureActions({ text, own: cell, all: distinct.near(text), within, known, effort });
    isComplete &&= future.isComplete;
    for (const name of future.names) {
      if (!found.has(name.toLowerCase()) && cell.matchesAction(name.toLowerCase())) {
        found.set(name.toLowerCase(), { name, known: undefined, isFuture: true });
      }
    }
  }
  return { actions: [...found.values()], isComplete };
}

const ANYTHING = { text: '*' } as const;

/** Actions and patterns of them by their service: of those of other services none has an action in common. */
class ByService<Item> {
  private readonly all: readonly Item[];
  private readonly groups = new Map<string, Item[]>();

  /** @param textOf in lower case */
  constructor(all: readonly Item[], textOf: (item: Item) => string) {
    this.all = all;
    for (const item of all) {
      const service = plainServiceOf(textOf(item));
      const group = this.groups.get(service);
      if (group === undefined) {
        this.groups.set(service, [item]);
      } else {
        group.push(item);
      }
    }
  }

  /** Those that may have an action in common with a pattern. */
  near(pattern: string): readonly Item[] {
    const service = plainServiceOf(pattern);
    return service === '' ? this.all : [...(this.groups.get('') ?? []), ...(this.groups.get(service) ?? [])];
  }
}

/** What stands before the colon; nothing where that may be several services. */
function plainServiceOf(text: string): string {
  return /^([\w.-]+):/.exec(text)?.[1] ?? '';
}

/** A pattern whose service has a wildcard, for each service that the policies mention and some that everybody uses. */
function byService(pattern: string, mentioned: ReadonlySet<string>): readonly string[] {
  const colon = pattern.indexOf(':');
  const service = colon < 0 ? '*' : pattern.slice(0, colon);
  const name = colon < 0 ? '*' : pattern.slice(colon + 1);
  if (!/[*?]/.test(service)) {
    return [pattern];
  }
  const wanted = compilePattern(service, { case: 'ignore' });
  return [...new Set([...mentioned, ...COMMON_SERVICES])]
    .filter((each) => matches(wanted, each))
    .map((each) => `${each}:${name}`);
}

/** Enough to show what a pattern over all services means; the others differ in nothing that a statement could tell. */
const COMMON_SERVICES = [
  'iam',
  'sts',
  's3',
  'ec2',
  'kms',
  'lambda',
  'organizations',
  'secretsmanager',
  'dynamodb',
];

/** Names that are not known, one for each way in which the patterns of the statements meet within a pattern. */
function futureActions({
  text,
  own,
  all,
  within,
  known,
  effort,
}: {
  readonly text: string;
  readonly own: Cell;
  readonly all: readonly CompiledText[];
  readonly within: CompiledText | undefined;
  readonly known: ReadonlySet<string>;
  readonly effort: Effort;
}): { readonly names: readonly string[]; readonly isComplete: boolean } {
  const base = compilePattern(text, { case: 'ignore' });
  const partial = new Map<string, CompiledText>();
  effort.spend(20 * all.length);
  for (const pattern of all) {
    if (
      intersects(pattern.pattern, base) &&
      (own.isNotAction || !covers(pattern.pattern, base, pattern.text, text))
    ) {
      partial.set(pattern.text, pattern);
    }
  }
  const symbols = new Map<string, number>();
  const others = [...partial.values()].map(({ pattern, text: own }) => classPattern(pattern, own, symbols));
  const required = [
    classPattern(base, text, symbols),
    classPattern(SHAPE, '?*:?*', symbols),
    ...(within === undefined ? [] : [classPattern(within.pattern, within.text, symbols)]),
  ];
  // A name that something has already is no name to come: its text must be told from all of these as well.
  const taken = new Map<string, ReturnType<typeof classPattern>>();
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const { classes, isComplete, steps } = textClasses(required, [...others, ...taken.values()], {
      // Patterns that overlap in many ways multiply; what is left out then counts as not decided.
      states: Math.max(200, Math.floor(MOST_STATES / (1 + others.length))),
      classes: 100,
      steps: effort.share(MOST_STEPS),
    });
    effort.spend(steps);
    const names = new Map<string, string>();
    let isTaken = false;
    for (const { text: found, matched } of classes) {
      const key = matched.slice(0, others.length).map(Number).join('');
      if (matched.slice(others.length).includes(true)) {
        continue;
      }
      if (known.has(found)) {
        isTaken = true;
        taken.set(found, classPattern(compilePattern(found), found, symbols));
      } else if (!names.has(key)) {
        names.set(key, found);
      }
    }
    if (!isTaken) {
      return { names: [...names.values()], isComplete };
    }
  }
  return { names: [], isComplete: false };
}

const MOST_ROUNDS = 6;
const MOST_STATES = 12_000;
/** Of automata, for one pattern. */
const MOST_STEPS = 500_000;
const SHAPE = compilePattern('?*:?*');

/**
 * A known action of the service that the resource belongs to shows more than others, and one that names resources of that
 * form: `s3:GetObject` rather than an action on buckets for `arn:aws:s3:::pets/*`.
 */
export function likeliest(actions: readonly NamedAction[], resource: string | undefined): NamedAction {
  const service = splitArn(resource ?? '').service?.text;
  const known = actions.filter((action) => action.known !== undefined);
  const fitting = known.filter((action) => action.known?.service === service);
  const isOfAnyService = service === undefined || /^[*?]+$/.test(service);
  const telling = (isOfAnyService ? known : fitting).find(({ name }) => ESCALATING.has(name.toLowerCase()));
  const naming = (fitting.length > 0 ? fitting : known).filter(
    (action) => action.known?.resources.length !== 0,
  );
  return (
    telling ??
    naming.find((action) => hasForm(action, resource ?? '')) ??
    naming[0] ??
    fitting[0] ??
    known[0] ??
    actions[0] ?? { name: '*:*', known: undefined, isFuture: true }
  );
}

/**
 * Whether the ARN looks like one of the action's resources: its name has as many parts and begins alike. A wildcard crosses
 * slashes, and a name rarely has one.
 */
function hasForm({ known }: NamedAction, resource: string): boolean {
  const name = nameIn(resource);
  return (
    known?.resources.some(({ type }) => {
      const typeName = nameIn(type.arn);
      const [literal = ''] = typeName.split('$');
      return name.split('/').length === typeName.split('/').length && name.startsWith(literal);
    }) === true
  );
}

function nameIn(arn: string): string {
  return arn.split(':')[5] ?? '';
}

const ESCALATING: ReadonlySet<string> = new Set(
  ESCALATIONS.flatMap(({ actions }) => actions.map((action) => action.toLowerCase())),
);
