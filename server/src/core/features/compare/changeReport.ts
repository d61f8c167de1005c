import type { PolicyDocument } from '../../document';
import type { PolicyTraits, Statement } from '../../model/policy';
import { counted, shortened } from '../../wording';
import { code, escaped } from '../markdown';
import type { Change, Comparison } from './changes';
import { partPhrase, withoutExample, witnessPhrase } from './witness';

/**
 * What a change of a document grants and takes away, as a Markdown page.
 *
 * @param against what the document was compared with, in words
 * @param refusals what makes AWS refuse the policies, so that the answer does not count; sentences
 * @param first the changes of the statement that was asked about, which then come first
 */
export function changeReport(
  before: PolicyDocument,
  after: PolicyDocument,
  { granted, removed }: Comparison,
  {
    against,
    refusals,
    first = [],
  }: {
    readonly against: string;
    readonly refusals: readonly string[];
    readonly first?: readonly Change[];
  },
): string {
  const lineOf = ({ policy, node }: Statement): string | undefined => {
    const document = [after, before].find(({ policies }) =>
      policies.some((each: PolicyTraits) => each === policy),
    );
    return document === undefined
      ? undefined
      : `line ${lineAt(document.text, node.span.start)}${document === before ? ` ${against}` : ''}`;
  };
  const section = (title: string, changes: readonly Change[], direction: Direction): readonly string[] =>
    changes.length === 0
      ? []
      : [`## ${title}`, ...changes.map((change) => changeText(change, direction, lineOf))];
  const sections = (where: string, isWanted: (change: Change) => boolean): readonly string[] => {
    const wanted = granted.filter(isWanted);
    return [
      ...section(
        `Newly granted${where}`,
        wanted.filter(({ isCertain }) => isCertain),
        'granted',
      ),
      ...section(
        `Perhaps newly granted${where}`,
        wanted.filter(({ isCertain }) => !isCertain),
        'granted',
      ),
      ...section(`Taken away${where}`, removed.filter(isWanted), 'removed'),
    ];
  };
  const asked = new Set(first);
  return [
    '# What this change grants',
    granted.length === 0
      ? `Nothing that was not granted ${against}${removed.length === 0 ? '' : ', and it takes something away'}.`
      : `Compared with the policy ${against}, it newly grants what follows, in ${counted(granted.length, 'way')}.`,
    ...(refusals.length === 0
      ? []
      : [`AWS would refuse the policy, so this may not count: ${escaped(refusals[0] ?? '')}`]),
    ...sections(' by this statement', (change) => asked.has(change)),
    ...sections(asked.size === 0 ? '' : ' elsewhere', (change) => !asked.has(change)),
  ]
    .join('\n\n')
    .concat('\n');
}

/** What a statement's change grants and takes away, in Markdown; empty where that is nothing. */
export function statementChangeText({ granted, removed }: Comparison): string {
  const part = (title: string, changes: readonly Change[], direction: Direction): readonly string[] =>
    changes
      .slice(0, MOST_IN_HINT)
      .flatMap((change) => [`**${title}**`, rowsText(change, direction, sidText)]);
  return [
    ...part(
      'Newly granted',
      granted.filter(({ isCertain }) => isCertain),
      'granted',
    ),
    ...part(
      'Perhaps newly granted',
      granted.filter(({ isCertain }) => !isCertain),
      'granted',
    ),
    ...part('Taken away', removed, 'removed'),
  ].join('\n\n');
}

const MOST_IN_HINT = 3;

type Direction = 'granted' | 'removed';

function changeText(
  change: Change,
  direction: Direction,
  lineOf: (statement: Statement) => string | undefined,
): string {
  const { statement, kind, escalation } = change;
  const mark =
    kind === 'public'
      ? 'Public: '
      : kind === 'escalation'
        ? `Privilege escalation (${escaped(escalation ?? '')}): `
        : '';
  return [
    `### ${mark}${nameText(statement, lineOf)}`,
    rowsText(change, direction, (each) => nameText(each, lineOf)),
  ].join('\n\n');
}

function rowsText(change: Change, direction: Direction, nameOf: (statement: Statement) => string): string {
  const { denial, witness } = change;
  const rows: readonly (readonly [name: string, text: string])[] = [
    [
      'Actions',
      `${shortened(change.summary.map(code), MOST_SHOWN)}${change.addsFuture ? ', and actions that AWS may add' : ''}`,
    ],
    ['Resources', `${shortened(change.resources.map(code), MOST_SHOWN)}${partPhrase(change, direction)}`],
    ['By', shortened(change.principals.map(escaped), MOST_SHOWN)],
    ...change.conditions.map((condition) => ['If', code(condition)] as const),
    ['No longer denied by', denial === undefined ? '' : nameOf(denial)],
    ['For example', witness === undefined ? `none: ${withoutExample(change)}` : code(witnessPhrase(witness))],
  ];
  return rows
    .filter(([, text]) => text !== '')
    .map(([name, text]) => `- **${name}**: ${text}`)
    .join('\n');
}

const MOST_SHOWN = 12;

function nameText(statement: Statement, lineOf: (statement: Statement) => string | undefined): string {
  const line = lineOf(statement);
  return line === undefined ? 'what no policy limits' : `${sidText(statement)}, ${line}`;
}

function sidText({ effect, sid, index }: Statement): string {
  return `${escaped(effect?.value ?? '')} ${sid === undefined ? `statement ${index + 1}` : code(sid.value)}`;
}

/** 1-based. */
function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) {
    line += 1;
  }
  return line;
}
