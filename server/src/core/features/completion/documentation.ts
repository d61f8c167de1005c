import type { IamData } from '../../iamData/iamData';
import type { AccessLevel } from '../../iamData/types';
import { operatorOf } from '../../model/conditionOperators';
import { own } from '../../own';
import { actionText, serviceText } from '../hover/action';
import { keyText, operatorText } from '../hover/conditions';
import { effectMeaning } from '../hover/effect';
import { elementMeaning, versionMeaning } from '../hover/elements';
import { code, escaped } from '../markdown';

/**
 * The text about an item of a completion list, in Markdown, for the item's `documentation`. Lists have no prose: it is
 * looked up only for the item that is shown.
 */
export function completionDocumentation(key: string, iamData: IamData | undefined): string | undefined {
  const [kind = '', ...rest] = key.split(' ');
  const subject = rest.join(' ');
  return own(SECTIONS, kind)?.(subject, iamData);
}

const SECTIONS: Readonly<
  Record<string, (subject: string, iamData: IamData | undefined) => string | undefined>
> = {
  action: (text, iamData) => actionText({ text, element: { negated: false } }, iamData),
  effect: (effect) => effectMeaning(effect),
  element: elementMeaning,
  key: (subject, iamData) => {
    const [name = '', ...services] = subject.split(' ');
    return keyText(name, services, iamData);
  },
  level: levelText,
  operator: (name) => operatorText({ ...operatorOf(name), name }),
  service: serviceText,
  text: (text) => text,
  version: versionMeaning,
};

function levelText(subject: string, iamData: IamData | undefined): string | undefined {
  const [prefix = '', ...words] = subject.split(' ');
  const level = words.join(' ') as AccessLevel;
  const ids = iamData
    ?.service(prefix)
    ?.actions()
    .filter(({ accessLevels }) => accessLevels[0] === level)
    .map(({ id }) => `- ${code(id)}`);
  return ids === undefined
    ? undefined
    : [
        `The actions of access level ${escaped(level)}, one by one. Actions that are added later are not among them:`,
        '',
        ...ids,
      ].join('\n');
}
