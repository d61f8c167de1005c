import { splitArn } from '../arn/arn';
import type { IamData } from '../iamData/iamData';
import { ESCALATIONS } from '../iamData/overlay/sensitiveActions';
import type { Action } from '../iamData/types';
import { compilePattern, covers, intersects, matches } from '../pattern/pattern';
import { classPattern, textClasses } from '../pattern/textClasses';
import type { Cell, CompiledText } from './cells';

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

/**
 * The actions of a statement, so that no statement tells any other action from all of these: those that the reference
 * knows, those that the policies name, and for each way in which patterns meet one that AWS may add.
 *
 * @param within the actions to look among, or all
 */
export function actionsOf(
  cell: Cell,
  cells: readonly Cell[],
  iamData: IamData | undefined,
  within: CompiledText | undefined,
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
  const texts = cell.isNotAction
    ? [ANYTHING]
    : [...cell.actionNames]
        .map((text) => ({ text }))
        .concat(cell.actionPatterns.map(({ text }) => ({ text })));
  const mentioned = servicesOf(cells);
  const named = [...new Set(cells.flatMap((each) => [...each.actionNames]))];
  const spelling = new Map(
    cell.statement.actions.flatMap(({ entries }) =>
      entries.map(({ text }) => [text.toLowerCase(), text] as const),
    ),
  );
  for (const { text } of texts) {
    if (!/[*?]/.test(text)) {
      add(spelling.get(text) ?? text);
      continue;
    }
    for (const pattern of byService(text, mentioned)) {
      for (const action of iamData?.expandActions(pattern) ?? []) {
        add(action.id, action);
      }
    }
    const pattern = compilePattern(text, { case: 'ignore' });
    for (const name of named) {
      if (!found.has(name) && matches(pattern, name)) {
        add(name);
      }
    }
  }
  if (within !== undefined && !/[*?]/.test(within.text)) {
    add(within.text);
    return { actions: [...found.values()], isComplete: true };
  }
  let isComplete = true;
  const patterns = texts.filter(({ text }) => /[*?]/.test(text));
  const known = new Set(found.keys());
  const distinct = new Map(
    cells.flatMap(({ actionPatterns }) => actionPatterns).map((each) => [each.text, each]),
  );
  for (const { text } of patterns) {
    const future = futureActions(text, cell, [...distinct.values()], within, known);
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

/** A pattern whose service is open, for each service that the policies speak of and some that everybody uses. */
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

function servicesOf(cells: readonly Cell[]): ReadonlySet<string> {
  return new Set(
    cells
      .flatMap(({ actionNames, actionPatterns }) => [
        ...actionNames,
        ...actionPatterns.map(({ text }) => text),
      ])
      .map((text) => text.slice(0, Math.max(0, text.indexOf(':'))))
      .filter((service) => /^[a-z0-9-]+$/.test(service)),
  );
}

/** Names that are not known, one for each way in which the patterns of the statements meet within a pattern. */
function futureActions(
  text: string,
  own: Cell,
  all: readonly CompiledText[],
  within: CompiledText | undefined,
  known: ReadonlySet<string>,
): { readonly names: readonly string[]; readonly isComplete: boolean } {
  const base = compilePattern(text, { case: 'ignore' });
  const partial = new Map<string, CompiledText>();
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
    const { classes, isComplete } = textClasses(required, [...others, ...taken.values()], {
      // Patterns that overlap in many ways multiply; what is left out then counts as not decided.
      states: Math.max(200, Math.floor(MOST_STATES / (1 + others.length))),
      classes: 100,
    });
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
const SHAPE = compilePattern('?*:?*');

/**
 * A known action of the service that the resource belongs to shows more than others, and one that names resources of that
 * form: `s3:GetObject` rather than an action on buckets for `arn:aws:s3:::pets/*`.
 */
export function likeliest(actions: readonly NamedAction[], resource: string | undefined): NamedAction {
  const service = splitArn(resource ?? '').service?.text;
  const known = actions.filter((action) => action.known !== undefined);
  const fitting = known.filter((action) => action.known?.service === service);
  const telling = fitting.find(({ name }) => ESCALATING.has(name.toLowerCase()));
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
 * Whether the ARN looks like one of the action's resources: the same fields are empty, and the last has as many parts and
 * begins alike. A wildcard crosses slashes, and a name rarely has one.
 */
function hasForm({ known }: NamedAction, resource: string): boolean {
  const [, , , region, account, name = ''] = resource.split(':');
  return (
    known?.resources.some(({ type }) => {
      const [, , , typeRegion, typeAccount, typeName = ''] = type.arn.split(':');
      const [literal = ''] = typeName.split('$');
      return (
        (region === '') === (typeRegion === '') &&
        (account === '') === (typeAccount === '') &&
        name.split('/').length === typeName.split('/').length &&
        name.startsWith(literal)
      );
    }) === true
  );
}

const ESCALATING: ReadonlySet<string> = new Set(
  ESCALATIONS.flatMap(({ actions }) => actions.map((action) => action.toLowerCase())),
);
