import { type Slice, splitArn } from '../../arn/arn';
import { SHORTHAND_PREFIX } from '../../arn/executeApi';
import { isServicePrincipal } from '../../arn/servicePrincipal';
import { ANONYMOUS } from '../../evaluate/caller';
import type { EvaluationRequest } from '../../evaluate/request';
import { ACCOUNT_WORDS } from '../../iamData/overlay/arnAccounts';
import { BUILT_IN_PROVIDERS } from '../../iamData/overlay/oidcProviders';

/*
 * What is wrong with the parts of a question, as sentences that say what is expected: no request has such parts, and
 * yet a policy that allows everything would allow it. Each is `undefined` where nothing is wrong.
 */

/** An action is `service:Name`, with wildcards for several, or `*`. */
export function actionProblem(text: string): string | undefined {
  return /^(?:\*|[a-z0-9-]+:[a-z0-9*?-]+)$/i.test(text)
    ? undefined
    : 'Write it as SERVICE:NAME, as in execute-api:Invoke.';
}

/** A resource is an ARN, `*`, or the shorthand of API Gateway; whatever is not known of it may be a wildcard. */
export function resourceProblem(text: string): string | undefined {
  if (text === '*' || text.startsWith(SHORTHAND_PREFIX)) {
    return undefined;
  }
  const { prefix, partition, service, account, resource } = splitArn(text);
  if (prefix.text !== 'arn') {
    return 'Give an ARN, as in arn:aws:s3:::bucket/key, or *.';
  }
  if (partition === undefined || service === undefined || account === undefined || resource === undefined) {
    return `An ARN has six fields, ${ARN_FIELDS}, some of which may be empty.`;
  }
  if (!isOpen(partition) && !PARTITION.test(partition.text)) {
    return 'The second field of an ARN is the partition: aws, aws-cn, aws-us-gov or another of that kind.';
  }
  if (service.text === '' || resource.text === '') {
    return `An ARN names a service and a resource: ${ARN_FIELDS}.`;
  }
  return account.text === '' ||
    isOpen(account) ||
    ACCOUNT_ID.test(account.text) ||
    ACCOUNT_WORDS.has(account.text)
    ? undefined
    : 'The account, the fifth field of an ARN, has twelve digits; it may be empty, and have wildcards.';
}

/**
 * A principal is an ARN that can send requests, an account id, a service, an identity provider, `anonymous`, or `*`. Only
 * names may have wildcards. IAM User Guide, "AWS JSON policy elements: Principal".
 */
export function principalProblem(text: string): string | undefined {
  if (
    text === '*' ||
    text === ANONYMOUS ||
    ACCOUNT_ID.test(text) ||
    isServicePrincipal(text) ||
    BUILT_IN_PROVIDERS.has(text)
  ) {
    return undefined;
  }
  const { prefix, partition, service, region, account, resource } = splitArn(text);
  const form = FORMS.get(service?.text ?? '');
  if (prefix.text !== 'arn' || form === undefined || resource === undefined) {
    return WHO;
  }
  if (!PARTITION.test(partition?.text ?? '') || region?.text !== '') {
    return `The ARN of a principal has a partition, as in aws or aws-cn, and no Region: ${form.example}.`;
  }
  if (!ACCOUNT_ID.test(account?.text ?? '') && account?.text !== ORIGIN_ACCESS) {
    return `The account of a principal has twelve digits, and no wildcards: ${form.example}.`;
  }
  if (resource.text.startsWith('group/')) {
    return 'A group sends no requests: ask for one of its users.';
  }
  return form.resource.test(resource.text) ? undefined : form.expected;
}

/** The owner of the resource is an account; nothing else can own one. */
export function accountProblem(text: string): string | undefined {
  return ACCOUNT_ID.test(text) ? undefined : 'An account ID has twelve digits, as in 123456789012.';
}

/** An account that contradicts the ARN would make an answer about no request at all. */
export function ownerProblem(resource: string, resourceAccount: string | undefined): string | undefined {
  const named = splitArn(resource).account?.text ?? '';
  return resourceAccount === undefined || !ACCOUNT_ID.test(named) || named === resourceAccount
    ? undefined
    : `The resource's account is said to be ${resourceAccount}, and its ARN names ${named}.`;
}

/** What contradicts the way in which a method authorizes who calls it. */
export function authorizationProblem({
  action,
  principal,
  auth,
  api,
}: Pick<EvaluationRequest, 'action' | 'principal' | 'auth' | 'api'>): string | undefined {
  if (api !== undefined && !/^execute-api:/i.test(action)) {
    return `A ${api} API is called by the actions of execute-api, as in execute-api:Invoke.`;
  }
  if (auth === undefined || auth === 'iam') {
    return undefined;
  }
  if (action.toLowerCase() !== 'execute-api:invoke') {
    return `With the authorization ${auth} the only action is execute-api:Invoke: the others need a signed request.`;
  }
  return principal === undefined || principal === ANONYMOUS
    ? undefined
    : `With the authorization ${auth} the caller is not an IAM principal: leave the principal out.`;
}

const ARN_FIELDS = 'arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE';

const WHO =
  'Give the ARN of a role, a user, a session or an identity provider, an account ID, a service such as lambda.amazonaws.com, anonymous, or *.';

interface PrincipalForm {
  readonly resource: RegExp;
  readonly expected: string;
  readonly example: string;
}

/** The sixth field of a principal's ARN, by service. A wildcard in the name of a session's role covers the session. */
const FORMS: ReadonlyMap<string, PrincipalForm> = new Map([
  [
    'iam',
    {
      resource: /^(?:root|(?:user|role|oidc-provider|saml-provider)\/.+)$/s,
      expected: 'An ARN of iam ends in root, user/NAME, role/NAME, oidc-provider/NAME or saml-provider/NAME.',
      example: 'arn:aws:iam::123456789012:role/NAME',
    },
  ],
  [
    'sts',
    {
      resource: /^(?:assumed-role\/(?:[^/]+\/.+|.*\*)|federated-user\/.+)$/s,
      expected: 'An ARN of sts ends in assumed-role/ROLE/SESSION or federated-user/NAME.',
      example: 'arn:aws:sts::123456789012:assumed-role/ROLE/SESSION',
    },
  ],
]);

/** By its form: partitions are added. */
const PARTITION = /^aws(?:-[a-z]+)*$/;

const ACCOUNT_ID = /^\d{12}$/;

/** Stands for the account in the ARNs of CloudFront's origin access identities. */
const ORIGIN_ACCESS = 'cloudfront';

/** What stands for several, or is still to be filled in. */
function isOpen({ text }: Slice): boolean {
  return /[*?]|\$\{/.test(text);
}
