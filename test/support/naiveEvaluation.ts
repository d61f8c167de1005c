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
  readonly Principal?: '*' | { readonly AWS: readonly string[] };
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export interface NaivePolicy {
  readonly type: 'identity' | 'resource' | 'scp' | 'boundary' | 'session' | 'rcp';
  readonly version: '2008-10-17' | '2012-10-17';
  readonly statements: readonly NaiveStatement[];
}

export interface NaiveRequest {
  readonly action: string;
  readonly resource: string;
  /** The ARN of a user or a session. */
  readonly principal: string;
  readonly account: string;
  readonly owner: string;
  /** By key in lower case; what is not in it is not in the request. */
  readonly context: ReadonlyMap<string, readonly string[]>;
}

/**
 * `undocumented` where all hangs on whether a permissions boundary or a session policy limits what a resource policy
 * grants to everybody: the guide says so of named principals, and of everybody only with aws:PrincipalArn.
 */
export type NaiveAnswer = 'allow' | 'deny' | 'implicit-deny' | 'undocumented';

export function naiveAnswer(policies: readonly NaivePolicy[], request: NaiveRequest): NaiveAnswer {
  const applying = (type: NaivePolicy['type'], effect: 'Allow' | 'Deny'): readonly NaiveStatement[] =>
    policies
      .filter((policy) => policy.type === type)
      .flatMap((policy) =>
        policy.statements.filter((each) => each.Effect === effect && applies(each, policy, request)),
      );
  const types = ['identity', 'resource', 'scp', 'boundary', 'session', 'rcp'] as const;
  if (types.some((type) => applying(type, 'Deny').length > 0)) {
    return 'deny';
  }
  const identity = applying('identity', 'Allow').length > 0;
  const resource = applying('resource', 'Allow');
  // Naming the account alone leaves it to the account; naming the very principal, or everybody, is a grant.
  const named = resource.filter(({ Principal }) => !namesOnlyAccount(Principal, request));
  const exact = resource.filter(
    ({ Principal }) => Principal !== '*' && Principal?.AWS.includes(request.principal) === true,
  );
  const isOneAccount = request.account === request.owner;
  const isGranted = isOneAccount ? identity || named.length > 0 : identity && resource.length > 0;
  if (!isGranted) {
    return 'implicit-deny';
  }
  const isBeyond = isOneAccount && exact.length > 0;
  const everybody = resource.filter(
    ({ Principal }) => Principal === '*' || Principal?.AWS.includes('*') === true,
  );
  let isOpen = false;
  for (const type of ['scp', 'boundary', 'session'] as const) {
    const isSession = request.principal.includes(':assumed-role/');
    const isUnlimited = isBeyond && (type === 'boundary' || (type === 'session' && isSession));
    const isLimited = policies.some((policy) => policy.type === type) && !isUnlimited;
    if (isLimited && applying(type, 'Allow').length === 0) {
      if (type === 'scp' || !isOneAccount || everybody.length === 0) {
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

function applies(statement: NaiveStatement, policy: NaivePolicy, request: NaiveRequest): boolean {
  const { Action, NotAction, Resource, NotResource, Principal, Condition = {} } = statement;
  const acts = (texts: readonly string[]): boolean =>
    texts.some((text) => like(text.toLowerCase(), request.action.toLowerCase()));
  const names = (texts: readonly string[]): boolean =>
    texts.some((text) => fill(text, policy, request.context, true)?.test(request.resource) === true);
  return (
    (Action === undefined ? !acts(NotAction ?? []) : acts(Action)) &&
    (Resource === undefined ? !names(NotResource ?? []) : names(Resource)) &&
    (Principal === undefined || Principal === '*' || Principal.AWS.some((text) => isCaller(text, request))) &&
    Object.entries(Condition).every(([operator, block]) =>
      Object.entries(block).every(([key, values]) =>
        holds(operator, key, typeof values === 'string' ? [values] : values, policy, request.context),
      ),
    )
  );
}

function isCaller(text: string, { principal, account }: NaiveRequest): boolean {
  const [, owner, role] = /^arn:aws:sts::(\d+):assumed-role\/([^/]+)\//.exec(principal) ?? [];
  return (
    text === '*' ||
    text === principal ||
    isAccount(text, account) ||
    (role !== undefined && text.startsWith(`arn:aws:iam::${owner}:role/`) && text.endsWith(`/${role}`))
  );
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
  return qualifier === 'ForAllValues' ? given.every(one) : given.some(one);
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

/** IPv4 bit by bit. */
function isInBlock(block: string, address: string): boolean {
  const [network = '', length = '32'] = block.split('/');
  const bits = (text: string): string =>
    text
      .split('.')
      .map((byte) => Number(byte).toString(2).padStart(8, '0'))
      .join('');
  return bits(network).slice(0, Number(length)) === bits(address).slice(0, Number(length));
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
