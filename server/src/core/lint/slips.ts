import { executeApiSlips, isExecuteApiMeant, type SlipContext } from '../arn/slips/executeApiSlips';
import type { Slip } from '../arn/slips/slip';
import { API_GATEWAY_REST_API, type PolicyKind } from '../locate/policyType';
import type { ResourceEntry } from '../model/policy';
import { noted } from '../pattern/word';

const NONE: readonly Slip[] = [];

/**
 * The execute-api slips of a resource. They follow from its text and the kind of its policy, so they are worked out
 * once for all the rules that ask, and not again when something else is typed.
 */
export function slipsOf({ word, element }: ResourceEntry): readonly Slip[] {
  if (!isMeant(word)) {
    return NONE;
  }
  const { shorthand, shortArn } = slipContext(element.statement.policy.kind);
  return slipsIn[shorthand][shortArn](word);
}

const isMeant = noted(isExecuteApiMeant);

const slipsIn = {
  expanded: {
    padded: noted((text) => executeApiSlips(text, { shorthand: 'expanded', shortArn: 'padded' })),
    refused: noted((text) => executeApiSlips(text, { shorthand: 'expanded', shortArn: 'refused' })),
  },
  refused: {
    padded: noted((text) => executeApiSlips(text, { shorthand: 'refused', shortArn: 'padded' })),
    refused: noted((text) => executeApiSlips(text, { shorthand: 'refused', shortArn: 'refused' })),
  },
};

/**
 * Only the resource policy of a REST API is expanded by API Gateway when it is saved. A resource policy whose kind of
 * resource is unknown may be one.
 */
function slipContext(kind: PolicyKind): SlipContext {
  const isOfApi =
    kind.type === 'resource' &&
    (kind.resourceType === undefined || kind.resourceType === API_GATEWAY_REST_API);
  return {
    shorthand: isOfApi ? 'expanded' : 'refused',
    shortArn: kind.type === 'resource' || kind.type === 'session' ? 'refused' : 'padded',
  };
}
