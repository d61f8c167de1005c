import type { PolicyDocument } from '../../document';
import type { IamData } from '../../iamData/iamData';
import { mistakesOf } from '../../lint/mistakes';
import { isAt } from '../../spans';
import type { StringNode } from '../../syntax/nodes';
import { code, tableRow } from '../markdown';
import { valueStringsOf } from '../valueStrings';
import { explainArn } from './explainArn';
import type { ArnExplanation } from './explanation';

/** Takes apart the ARN at an offset of a document, as it is judged where it stands; `undefined` where there is none. */
export function explainArnAt(
  document: PolicyDocument,
  offset: number,
  iamData: IamData | undefined,
): ArnExplanation | undefined {
  const isHere = ({ node }: { readonly node: StringNode }): boolean => isAt(node.span, offset);
  for (const statement of document.policies.flatMap(({ statements }) => statements)) {
    const resource = statement.resources.flatMap(({ entries }) => entries).find(isHere);
    if (resource !== undefined) {
      return explainArn(resource.text, { mistakes: mistakesOf(resource), iamData });
    }
    const other = valueStringsOf(statement).find((node) => isHere({ node }));
    if (other?.value.startsWith('arn:')) {
      return explainArn(other.value, { iamData });
    }
  }
  return undefined;
}

/** An explanation as a Markdown document: what the ARN matches, what is wrong with it, and its segments. */
export function arnReport({ arn, summary, segments }: ArnExplanation): string {
  const problems = segments.filter(({ problem }) => problem !== undefined);
  return [
    '# ARN Explained',
    '',
    code(arn),
    '',
    summary,
    '',
    ...(problems.length === 0 ? [] : ['## What Is Wrong', '']),
    ...problems.map(({ name, text, problem = '' }) => `- **${name}** ${shown(text)}: ${problem}`),
    ...(problems.length === 0 ? [] : ['']),
    '## Segments',
    '',
    // Two columns fit beside a policy; four would have to be scrolled.
    tableRow(['Segment', 'What it means, and what is allowed there']),
    tableRow(['---', '---']),
    ...segments.map(({ name, text, meaning, legal }) =>
      tableRow([`**${name}**<br>${shown(text)}`, `${meaning}<br>*Legal:* ${legal}`]),
    ),
    '',
  ].join('\n');
}

function shown(text: string): string {
  return text === '' ? '(empty)' : code(text);
}
