import {
  executeApiMistakes,
  isExecuteApiMeant,
  type MistakeContext,
} from '../arn/mistakes/executeApiMistakes';
import type { KnownMistake } from '../arn/mistakes/mistake';
import { API_GATEWAY_REST_API, type PolicyKind } from '../locate/policyType';
import type { ResourceEntry } from '../model/policy';
import { noted } from '../pattern/internedText';

const NONE: readonly KnownMistake[] = [];

/**
 * The execute-api mistakes of a resource. They follow from its text and the kind of its policy, so they are worked out
 * once for all the rules that ask, and not again when something else is typed.
 */
export function mistakesOf({ interned, element }: ResourceEntry): readonly KnownMistake[] {
  if (!isMeantForExecuteApi(interned)) {
    return NONE;
  }
  const { shorthand, shortArn } = mistakeContextOf(element.statement.policy.kind);
  return mistakesIn[shorthand][shortArn](interned);
}

/** Whether a text was meant to be an ARN of execute-api, whatever is wrong with it. */
export const isMeantForExecuteApi = noted(isExecuteApiMeant);

/** AWS's examples for private custom domain names have the shorthand; AWS SAM writes it for `Auth` of such a domain. */
const PRIVATE_DOMAIN_NAME = 'AWS::ApiGateway::DomainNameV2';

const mistakesIn = {
  expanded: {
    padded: noted((text) => executeApiMistakes(text, { shorthand: 'expanded', shortArn: 'padded' })),
    refused: noted((text) => executeApiMistakes(text, { shorthand: 'expanded', shortArn: 'refused' })),
  },
  refused: {
    padded: noted((text) => executeApiMistakes(text, { shorthand: 'refused', shortArn: 'padded' })),
    refused: noted((text) => executeApiMistakes(text, { shorthand: 'refused', shortArn: 'refused' })),
  },
};

/**
 * Only the resource policy of a REST API is expanded by API Gateway when it is saved. A resource policy whose kind of
 * resource is unknown may be one.
 */
export function mistakeContextOf(kind: PolicyKind): MistakeContext {
  const isOfApi =
    kind.type === 'resource' &&
    (kind.resourceType === undefined ||
      kind.resourceType === API_GATEWAY_REST_API ||
      kind.resourceType === PRIVATE_DOMAIN_NAME);
  return {
    shorthand: isOfApi ? 'expanded' : 'refused',
    shortArn: kind.type === 'resource' || kind.type === 'session' ? 'refused' : 'padded',
  };
}
