import type { IamData } from '../../iamData/iamData';
import { counted } from '../../wording';
import { actionGroups } from '../hover/action';
import { code, escaped } from '../markdown';

/** Of more actions than these nobody reads a list. */
const MOST_ACTIONS = 2_000;

/**
 * Every action that a pattern covers, by access level, as a Markdown page; `undefined` where it covers none that is known.
 *
 * @param pattern an action with wildcards, as `s3:Get*`
 */
export function actionsReport(pattern: string, iamData: IamData | undefined): string | undefined {
  const actions = iamData?.expandActions(pattern) ?? [];
  if (iamData === undefined || actions.length === 0) {
    return undefined;
  }
  const shown = actions.slice(0, MOST_ACTIONS);
  const more = actions.length - shown.length;
  return [
    `# Actions of ${code(pattern)}`,
    `${counted(actions.length, 'action')} on ${iamData.date}, and those that are added later.`,
    ...actionGroups(shown).flatMap(({ level, actions: some }) => [
      `## ${level} (${some.length})`,
      some
        .map(({ id, service, name }) => {
          const description = iamData.actionDescription(service, name);
          return `- ${code(id)}${description === undefined ? '' : `: ${escaped(description)}`}`;
        })
        .join('\n'),
    ]),
    ...(more > 0 ? [`And ${counted(more, 'action')} more.`] : []),
  ]
    .join('\n\n')
    .concat('\n');
}
