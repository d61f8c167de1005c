import { isExecuteApiArn } from '../../arn/executeApi';
import { executeApiMistakes, isExecuteApiMeant } from '../../arn/mistakes/executeApiMistakes';
import type { KnownMistake } from '../../arn/mistakes/mistake';
import type { IamData } from '../../iamData/iamData';
import { explainExecuteApiArn } from './executeApi';
import type { ArnExplanation } from './explanation';
import { explainOtherArn } from './otherArn';

export interface ExplainOptions {
  /** What is wrong with an execute-api ARN where it stands; without a policy around it gets the benefit of the doubt. */
  readonly mistakes?: readonly KnownMistake[];
  readonly iamData?: IamData | undefined;
}

/** Takes an ARN apart. Any text is taken; what is wrong is said where it is. */
export function explainArn(text: string, options: ExplainOptions = {}): ArnExplanation {
  if (!isExecuteApiArn(text) && !isExecuteApiMeant(text)) {
    return explainOtherArn(text, options.iamData);
  }
  const mistakes =
    options.mistakes ?? executeApiMistakes(text, { shorthand: 'expanded', shortArn: 'padded' });
  return explainExecuteApiArn(text, mistakes);
}
