/**
 * A second evaluation of policies, for tests: one request, all of whose context is known, decided statement by statement
 * as AWS's pages tell it, without patterns, sets or three values. It shares no code with the one it is held against.
 * IAM User Guide: "Policy evaluation logic", "IAM JSON policy elements: Condition operators", "Conditions with multiple
 * context keys or values", "IAM policy elements: Variables and tags".
 */

export interface NaiveStatement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action?: readonly string[];
  readonly NotAction?: readonly string[];
  readonly Resource?: readonly string[];
  readonly NotResource?: readonly string[];
  readonly Principal?: NaivePrincipal;
  readonly NotPrincipal?: NaivePrincipal | undefined;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export type NaivePrincipal = '*' | { readonly AWS: readonly string[]; readonly Service?: readonly string[] };

export interface NaivePolicy {
  /** Of a service control policy where it is attached. */
  readonly level?: string;
  readonly type: 'identity' | 'resource' | 'scp' | 'boundary' | 'session' | 'rcp';
  readonly version: '2008-10-17' | '2012-10-17';
  readonly statements: readonly NaiveStatement[];
}

export interface NaiveRequest {
  readonly action: string;
  readonly resource: string;
  /** The ARN of a user, a role or a session, a service, or `anonymous`. */
  readonly principal: string;
  /** Empty for a service and for whoever is anonymous. */
  readonly account: string;
  readonly owner: string;
  /** By key in lower case; what is not in it is not in the request. */
  readonly context: ReadonlyMap<string, readonly string[]>;
}

/**
 * `undocumented` where all hangs on whether a Deny with NotPrincipal denies somebody of whom only the account, the role or
 * the very ARN is left out ("AWS JSON policy elements: NotPrincipal": which of them counts depends on the service), or on
 * whether a permissions boundary or a session policy limits what a resource policy
 * grants to everybody: the guide says so of named principals, and of everybody only with aws:PrincipalArn.
 */
export type NaiveAnswer = 'allow' | 'deny' | 'implicit-deny' | 'undocumented';

export function naiveAnswer(policies: readonly NaivePolicy[], request: NaiveRequest): NaiveAnswer {
  // Only who is an IAM principal has policies of its own, and limits.
  const isPrincipal = request.principal.startsWith('arn:');
  const concerned = policies.filter(({ type }) => isPrincipal || type === 'resource' || type === 'rcp');
  const spared = concerned.map((policy) => ({
    ...policy,
    statements: policy.statements.filter((each) => !mayBeSpared(each, policies, request)),
  }));
  const answer = answerOf(spared, request);
  const mayDeny = concerned.some((policy) =>
    policy.statements.some(
      (each) =>
        mayBeSpared(each, policies, request) &&
        applies({ ...each, NotPrincipal: undefined }, policy, request, false),
    ),
  );
  return answer === 'allow' && mayDeny ? 'undocumented' : answer;
}

/**
 * Whether a Deny with NotPrincipal leaves out something of a principal of IAM, and not all that would have to be: its ARN
 * and its account, and of a session its role. A role makes its requests in sessions. One with a boundary is always denied.
 */
function mayBeSpared(
  { Effect, NotPrincipal }: NaiveStatement,
  policies: readonly NaivePolicy[],
  request: NaiveRequest,
): boolean {
  if (
    NotPrincipal === undefined ||
    NotPrincipal === '*' ||
    NotPrincipal.AWS.includes('*') ||
    Effect === 'Allow' ||
    !request.principal.startsWith('arn:') ||
    policies.some(({ type }) => type === 'boundary')
  ) {
    return false;
  }
  const { AWS } = NotPrincipal;
  const isWhole =
    !request.principal.includes(':role/') &&
    AWS.includes(request.principal) &&
    AWS.some((text) => isAccount(text, request.account)) &&
    (!request.principal.includes(':assumed-role/') || AWS.some((text) => isRoleOf(text, request)));
  return !isWhole && AWS.some((text) => isCaller(text, request));
}

function answerOf(policies: readonly NaivePolicy[], request: NaiveRequest): NaiveAnswer {
  const isPrincipal = request.principal.startsWith('arn:');
  const isBounded = policies.some((policy) => policy.type === 'boundary');
  const applying = (type: NaivePolicy['type'], effect: 'Allow' | 'Deny'): readonly NaiveStatement[] =>
    policies
      .filter((policy) => policy.type === type)
      .flatMap((policy) =>
        policy.statements.filter(
          (each) => each.Effect === effect && applies(each, policy, request, isBounded && isPrincipal),
        ),
      );
  const types = ['identity', 'resource', 'scp', 'boundary', 'session', 'rcp'] as const;
  if (types.some((type) => applying(type, 'Deny').length > 0)) {
    return 'deny';
  }
  const identity = applying('identity', 'Allow').length > 0;
  const resource = applying('resource', 'Allow');
  if (!isPrincipal) {
    return resource.length > 0 ? 'allow' : 'implicit-deny';
  }
  const levels = new Set(policies.flatMap((policy) => (policy.type === 'scp' ? (policy.level ?? '') : [])));
  for (const level of levels) {
    const ofLevel = policies.filter((policy) => policy.type === 'scp' && (policy.level ?? '') === level);
    const isAllowed = ofLevel.some((policy) =>
      policy.statements.some((each) => each.Effect === 'Allow' && applies(each, policy, request, isBounded)),
    );
    if (!isAllowed) {
      return 'implicit-deny';
    }
  }
  // Naming the account alone leaves it to the account; naming the very principal, or everybody, is a grant.
  const named = resource.filter(
    ({ Principal }) => Principal === undefined || !namesOnlyAccount(Principal, request),
  );
  const exact = resource.filter(
    ({ Principal }) => Principal !== '*' && Principal?.AWS.includes(request.principal) === true,
  );
  const isOneAccount = request.account === request.owner;
  const isGranted = isOneAccount ? identity || named.length > 0 : identity && resource.length > 0;
  if (!isGranted) {
    return 'implicit-deny';
  }
  // What a role is granted by its ARN stays within its boundary, since a session of it makes the request.
  const isBeyond = isOneAccount && exact.length > 0 && !request.principal.includes(':role/');
  const everybody = resource.filter(
    ({ Principal }) => Principal === '*' || Principal?.AWS.includes('*') === true,
  );
  let isOpen = false;
  for (const type of ['boundary', 'session'] as const) {
    const isSession = request.principal.includes(':assumed-role/');
    const isUnlimited = isBeyond && (type === 'boundary' || (type === 'session' && isSession));
    const isLimited = policies.some((policy) => policy.type === type) && !isUnlimited;
    if (isLimited && applying(type, 'Allow').length === 0) {
      if (!isOneAccount || everybody.length === 0) {
        return 'implicit-deny';
      }
      isOpen = true;
    }
  }
  return isOpen ? 'undocumented' : 'allow';
}

function namesOnlyAccount(principal: NaiveStatement['Principal'], request: NaiveRequest): boolean {
  return (
    principal !== undefined &&
    principal !== '*' &&
    !principal.AWS.some((text) => !isAccount(text, request.account) && isCaller(text, request))
  );
}

function isAccount(text: string, account: string): boolean {
  return text === account || text === `arn:aws:iam::${account}:root`;
}

function applies(
  statement: NaiveStatement,
  policy: NaivePolicy,
  request: NaiveRequest,
  isBounded: boolean,
): boolean {
  const {
    Effect,
    Action,
    NotAction,
    Resource,
    NotResource,
    Principal,
    NotPrincipal,
    Condition = {},
  } = statement;
  const acts = (texts: readonly string[]): boolean =>
    texts.some((text) => like(text.toLowerCase(), request.action.toLowerCase()));
  const names = (texts: readonly string[]): boolean =>
    texts.some((text) => fill(text, policy, request.context, true)?.test(request.resource) === true);
  return (
    (Action === undefined ? !acts(NotAction ?? []) : acts(Action)) &&
    (Resource === undefined ? !names(NotResource ?? []) : names(Resource)) &&
    (Principal === undefined || isNamed(Principal, request)) &&
    (NotPrincipal === undefined || (isBounded && Effect === 'Deny') || !isNamed(NotPrincipal, request)) &&
    Object.entries(Condition).every(([operator, block]) =>
      Object.entries(block).every(([key, values]) =>
        holds(operator, key, typeof values === 'string' ? [values] : values, policy, request.context),
      ),
    )
  );
}

function isNamed(element: NaivePrincipal, request: NaiveRequest): boolean {
  return (
    element === '*' ||
    element.AWS.some((text) => isCaller(text, request)) ||
    element.Service?.includes(request.principal) === true
  );
}

function isCaller(text: string, request: NaiveRequest): boolean {
  const { principal, account } = request;
  return (
    text === '*' ||
    (principal.startsWith('arn:') &&
      (text === principal || isAccount(text, account) || isRoleOf(text, request)))
  );
}

/** Whether an ARN is that of the role of a session. */
function isRoleOf(text: string, { principal }: NaiveRequest): boolean {
  const [, owner, role] = /^arn:aws:sts::(\d+):assumed-role\/([^/]+)\//.exec(principal) ?? [];
  return role !== undefined && text.startsWith(`arn:aws:iam::${owner}:role/`) && text.endsWith(`/${role}`);
}

function holds(
  written: string,
  key: string,
  wanted: readonly string[],
  policy: NaivePolicy,
  context: NaiveRequest['context'],
): boolean {
  const [, qualifier, operator = '', ifExists] =
    /^(?:(ForAllValues|ForAnyValue):)?(.*?)(IfExists)?$/.exec(written) ?? [];
  const given = context.get(key.toLowerCase()) ?? [];
  const isNegated = operator.includes('Not');
  if (operator === 'Null') {
    return wanted.some((text) => (text === 'true') === (given.length === 0));
  }
  if (given.length === 0) {
    if (ifExists !== undefined || qualifier === 'ForAllValues') {
      return true;
    }
    return qualifier === undefined && isNegated;
  }
  const one = (actual: string): boolean =>
    wanted.some((text) => isMatch(operator.replace('Not', ''), text, actual, policy, context)) !== isNegated;
  // To a set operator an empty text is no value (User Guide, "Single-valued vs. multivalued context keys").
  const set = qualifier === undefined ? given : given.filter((text) => text !== '');
  return qualifier === 'ForAllValues' ? set.every(one) : set.some(one);
}

function isMatch(
  operator: string,
  wanted: string,
  actual: string,
  policy: NaivePolicy,
  context: NaiveRequest['context'],
): boolean {
  switch (operator) {
    case 'StringEquals':
      return fill(wanted, policy, context, false)?.test(actual) === true;
    case 'StringEqualsIgnoreCase':
      return fill(wanted, policy, context, false, 'is')?.test(actual) === true;
    case 'StringLike':
      return fill(wanted, policy, context, true)?.test(actual) === true;
    case 'ArnEquals':
    case 'ArnLike': {
      const fields = arnFields(actual);
      return arnFields(wanted).every(
        (pattern, index) => fill(pattern, policy, context, true)?.test(fields[index] ?? '') === true,
      );
    }
    case 'NumericEquals':
    case 'DateEquals':
      return size(actual) === size(wanted);
    case 'NumericLessThan':
    case 'DateLessThan':
      return size(actual) < size(wanted);
    case 'NumericLessThanEquals':
    case 'DateLessThanEquals':
      return size(actual) <= size(wanted);
    case 'NumericGreaterThan':
    case 'DateGreaterThan':
      return size(actual) > size(wanted);
    case 'NumericGreaterThanEquals':
    case 'DateGreaterThanEquals':
      return size(actual) >= size(wanted);
    case 'Bool':
      return wanted === actual;
    case 'BinaryEquals':
      return Buffer.from(wanted, 'base64').equals(Buffer.from(actual, 'base64'));
    case 'IpAddress':
      return isInBlock(wanted, actual);
    default:
      throw new Error(`no such operator: ${operator}`);
  }
}

function size(text: string): number {
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : Date.parse(text) / 1000;
}

/** Bit by bit; an address of one version is in no block of the other. */
function isInBlock(block: string, address: string): boolean {
  const [network = '', length = '128'] = block.split('/');
  return (
    network.includes(':') === address.includes(':') &&
    bitsOf(network).slice(0, Number(length)) === bitsOf(address).slice(0, Number(length))
  );
}

function bitsOf(address: string): string {
  if (!address.includes(':')) {
    const bytes = address.split('.').map(Number);
    return bytes.map((byte) => byte.toString(2).padStart(8, '0')).join('');
  }
  const [head = [], tail = []] = address.split('::').map((half) => (half === '' ? [] : half.split(':')));
  const zeros = Array.from({ length: 8 - head.length - tail.length }, () => '0');
  return [...head, ...zeros, ...tail]
    .map((group) => Number.parseInt(group, 16).toString(2).padStart(16, '0'))
    .join('');
}

/** The six fields, variables whole. */
function arnFields(text: string): readonly string[] {
  const parts = text.replaceAll(/\$\{[^}]*\}/g, (variable) => variable.replaceAll(':', '\u0000')).split(':');
  return [...parts.slice(0, 5), parts.slice(5).join(':')].map((part) => part.replaceAll('\u0000', ':'));
}

/** A value of a policy as an expression, its variables put in; `undefined` where one has no value. */
function fill(
  text: string,
  { version }: NaivePolicy,
  context: NaiveRequest['context'],
  wildcards: boolean,
  flags = 's',
): RegExp | undefined {
  let source = '';
  for (const part of version === '2012-10-17' ? text.split(/(\$\{[^}]*\})/) : [text]) {
    const variable = version === '2012-10-17' ? /^\$\{([^,}]+)(?:, '([^']*)')?\}$/.exec(part) : null;
    const [, key, fallback] = variable ?? [];
    if (key === undefined) {
      source += wildcards
        ? part
            .split(/([*?])/)
            .map(wild)
            .join('')
        : quoted(part);
    } else if (/^[*?$]$/.test(key)) {
      source += quoted(key);
    } else {
      const value = context.get(key.toLowerCase())?.[0] ?? fallback;
      if (value === undefined) {
        return undefined;
      }
      source += quoted(value);
    }
  }
  return new RegExp(`^${source}$`, flags);
}

function wild(part: string): string {
  return part === '*' ? '.*' : part === '?' ? '.' : quoted(part);
}

function quoted(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
}

function like(pattern: string, text: string): boolean {
  return new RegExp(
    `^${pattern
      .split(/([*?])/)
      .map(wild)
      .join('')}$`,
    's',
  ).test(text);
}
