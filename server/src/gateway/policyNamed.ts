import type { ErrorAnswer } from './errorAnswer';
import type { NextStepId } from './verdictTable';

/** What a denial says about the policy that causes it, and what can be done about that type. */
export interface NamedPolicy {
  readonly explanation: string;
  readonly steps: readonly NextStepId[];
}

/**
 * The kind of policy that a denial names: that it has no Allow, or that it has the Deny (IAM User Guide, "Troubleshoot
 * access denied error messages"). `undefined` where the message names none, or only the policy of the caller.
 */
export function policyNamed({ message = '' }: ErrorAnswer): NamedPolicy | undefined {
  const [, missing, denying] = NAMES_POLICY.exec(message) ?? [];
  return KINDS.find(({ name }) => name.test(missing ?? denying ?? ''))?.[
    missing === undefined ? 'deny' : 'allow'
  ];
}

/** The message ends with it, or with an ARN behind it. */
const NAMES_POLICY =
  /\bbecause no ([a-z -]{3,40}?) allows\b|\bwith an explicit deny in an? ([a-z -]{3,40}?(?:policy|boundary))\b/i;

interface Kind {
  readonly name: RegExp;
  /** For an Allow that is missing; absent where the row of the verdict says all there is. */
  readonly allow?: NamedPolicy;
  readonly deny: NamedPolicy;
}

const OTHER_CALLER: readonly NextStepId[] = ['choose-profile'];

const KINDS: readonly Kind[] = [
  {
    name: /^identity-based policy$/i,
    deny: {
      explanation: 'The message names a policy of the caller itself: the Deny is there.',
      steps: OTHER_CALLER,
    },
  },
  kind(
    /^resource-based policy$/i,
    "the API's resource policy",
    'Its owner can change it, and then has to deploy the API.',
    OTHER_CALLER,
  ),
  kind(
    /^permissions boundary$/i,
    'the permissions boundary of the user or role',
    'Whoever administers the account can change it.',
    OTHER_CALLER,
  ),
  kind(
    /^session policy$/i,
    'the policy that the session was made with',
    'A session that is made without it, or with a wider one, is not held up.',
    ['choose-profile', 'log-in-again'],
  ),
  kind(
    /^service control policy$/i,
    'a service control policy of the organization',
    'It is changed in the management account of the organization.',
    OTHER_CALLER,
  ),
  kind(
    /^resource control policy$/i,
    'a resource control policy of the organization',
    'It is changed in the management account of the organization.',
    OTHER_CALLER,
  ),
  kind(
    /^VPC endpoint policy$/i,
    'the policy of the VPC endpoint that the request came through',
    'Its owner can change it; the API may also be reached another way.',
    ['check-endpoint', 'choose-profile'],
  ),
];

function kind(name: RegExp, what: string, remedy: string, steps: readonly NextStepId[]): Kind {
  return {
    name,
    allow: { explanation: `The message names ${what}: it has to allow this. ${remedy}`, steps },
    deny: { explanation: `The message names ${what}: the Deny is there. ${remedy}`, steps },
  };
}
