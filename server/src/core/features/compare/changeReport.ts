import type { PolicyDocument } from '../../document';
import type { PolicyTraits, Statement } from '../../model/policy';
import { code, counted, escaped, shortened } from '../markdown';
import type { Change, Comparison } from './changes';
import { withoutExample, witnessPhrase } from './witness';

/**
 * What a change of a document grants and takes away, as a Markdown page.
 *
 * @param against what the document was compared with, in words
 * @param refusals what makes AWS refuse the policies, so that the answer does not count; sentences
 */
export function changeReport(
  before: PolicyDocument,
  after: PolicyDocument,
  { granted, removed }: Comparison,
  { against, refusals }: { readonly against: string; readonly refusals: readonly string[] },
): string {
  const lineOf = ({ policy, node }: Statement): string | undefined => {
    const document = [after, before].find(({ policies }) =>
      policies.some((each: PolicyTraits) => each === policy),
    );
    return document === undefined
      ? undefined
      : `line ${lineAt(document.text, node.span.start)}${document === before ? ` ${against}` : ''}`;
  };
  const section = (title: string, changes: readonly Change[]): readonly string[] =>
    changes.length === 0 ? [] : [`## ${title}`, ...changes.map((change) => changeText(change, lineOf))];
  return [
    '# What this change grants',
    granted.length === 0
      ? `Nothing that was not granted ${against}${removed.length === 0 ? '' : ', and it takes something away'}.`
      : `Compared with the policy ${against}, it newly grants what follows, in ${counted(granted.length, 'way')}.`,
    ...(refusals.length === 0
      ? []
      : [`AWS would refuse the policy, so this may not count: ${escaped(refusals[0] ?? '')}`]),
    ...section(
      'Newly granted',
      granted.filter(({ isCertain }) => isCertain),
    ),
    ...section(
      'Perhaps newly granted',
      granted.filter(({ isCertain }) => !isCertain),
    ),
    ...section('Taken away', removed),
  ]
    .join('\n\n')
    .concat('\n');
}

function changeText(change: Change, lineOf: (statement: Statement) => string | undefined): string {
  const { statement, kind, escalation, denial, witness } = change;
  const mark =
    kind === 'public'
      ? 'public: '
      : kind === 'escalation'
        ? `privilege escalation (${escaped(escalation ?? '')}): `
        : '';
  const rows: readonly (readonly [name: string, text: string])[] = [
    [
      'Actions',
      `${shortened(change.summary.map(code), MOST_SHOWN)}${change.addsFuture ? ', and what AWS adds to them' : ''}`,
    ],
    ['Resources', `${shortened(change.resources.map(code), MOST_SHOWN)}${change.isPart ? ' (in part)' : ''}`],
    ['By', shortened(change.principals.map(escaped), MOST_SHOWN)],
    ...change.conditions.map((condition) => ['If', code(condition)] as const),
    ['No longer denied by', denial === undefined ? '' : nameText(denial, lineOf)],
    ['For example', witness === undefined ? `none: ${withoutExample(change)}` : code(witnessPhrase(witness))],
  ];
  return [
    `### ${mark}${nameText(statement, lineOf)}`,
    rows
      .filter(([, text]) => text !== '')
      .map(([name, text]) => `- **${name}**: ${text}`)
      .join('\n'),
  ].join('\n\n');
}

const MOST_SHOWN = 12;

function nameText(statement: Statement, lineOf: (statement: Statement) => string | undefined): string {
  const { effect, sid, index } = statement;
  const line = lineOf(statement);
  const name = sid === undefined ? `statement ${index + 1}` : code(sid.value);
  return line === undefined ? 'what no policy limits' : `${escaped(effect?.value ?? '')} ${name}, ${line}`;
}

/** 1-based. */
function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) {
    line += 1;
  }
  return line;
}
