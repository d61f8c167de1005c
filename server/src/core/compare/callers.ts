import { splitArn } from '../arn/arn';
import { ANONYMOUS, accountOf, readCaller } from '../evaluate/caller';
import { keysOf } from '../evaluate/conditions/derivedKeys';
import { mayStandForEverybody } from '../evaluate/openPrincipals';
import { sharedIssuerOf } from '../iamData/overlay/oidcProviders';
import type { PolicyType } from '../locate/policyType';
import type { PrincipalEntry, Statement } from '../model/policy';
import { combinedArns } from './combinedArns';
import type { Effort } from './effort';
import { principalOf } from './entryTexts';
import { type ArnPattern, arnsLike, type Strangers } from './likeArns';

/** A caller that represents all whom the policies cannot tell apart. */
export interface Representative {
  /** As a question names the caller; `undefined` for whoever holds the policy. */
  readonly principal: string | undefined;
  /** Whether nobody named it: no signature at all, or any account. */
  readonly isOutsider: boolean;
  /** Whether it stands for everybody without credentials, or with an account, whom no policy names. */
  readonly isAnybody?: boolean;
  /** Whether a condition tells what kind of principal it is. */
  readonly isToldApart?: boolean;
  /** An entry about whose caller nothing else is known, such as a canonical user ID. */
  readonly entry?: PrincipalEntry;
}

const HOLDER: readonly Representative[] = [{ principal: undefined, isOutsider: false }];

/** The policies that name their callers. */
const NAMES_CALLER: ReadonlySet<PolicyType> = new Set(['resource', 'trust', 'rcp', 'endpoint']);

/**
 * One caller for each way in which the statements can name callers: those that are named, another one of each account,
 * and outsiders. Policies that name nobody have one caller, whoever holds them.
 *
 * @param type of the policies that grant
 * @param effort where it is spent some are missing
 */
export function representatives(
  statements: readonly Statement[],
  type: PolicyType,
  effort: Effort,
): readonly Representative[] {
  const elements = statements.flatMap(({ principals }) => principals);
  if (!NAMES_CALLER.has(type) && elements.length === 0) {
    return HOLDER;
  }
  const named = new Set<string>();
  const accounts = new Set<string>();
  const opaque = new Map<string, PrincipalEntry>();
  const outside = new Set<string>();
  /** ARNs of principals of any account, and names of users, that conditions compare with: anybody can have one. */
  const anywhere: ((account: string) => string)[] = [];
  /** Patterns of accounts and of ARNs, which accounts that are not named may match. */
  const ofAccounts = new Set<string>();
  const ofArns = new Map<string, ArnPattern>();
  const ofUsers = new Set<string>();
  /** Conditions that tell callers of one kind apart. */
  const telling = new Set<string>();
  let tellsKinds = false;
  const addArn = (arn: string): void => {
    const account = splitArn(arn).account?.text ?? '';
    if (ACCOUNT_ID.test(account)) {
      accounts.add(account);
    }
    if (!/[*?]|\$\{/.test(arn) && arn.startsWith('arn:') && !arn.endsWith(':root')) {
      named.add(arn);
    }
  };
  for (const entry of elements.flatMap(({ entries }) => entries)) {
    const { text } = entry;
    const type = /[*?]/.test(text) ? undefined : entry.type?.value;
    if (ACCOUNT_ID.test(text)) {
      accounts.add(text);
    } else if (type === 'Service') {
      named.add(text.toLowerCase());
    } else if (type === 'Federated') {
      (sharedIssuerOf(text) === undefined ? named : outside).add(text);
    } else if (type === 'AWS' && /^arn:[^$]+$/.test(text)) {
      addArn(text);
    } else if (!mayStandForEverybody(entry)) {
      opaque.set(principalOf(entry), entry);
    }
  }
  const conditions = statements.flatMap((statement) => statement.conditions);
  for (const { key, values: written, operator } of conditions) {
    const name = key.value.toLowerCase();
    // Whether a key is there is no name of anybody.
    const values = operator.traits?.family === 'Null' ? [] : written;
    if (TELLING_CALLERS.has(name)) {
      telling.add(`${name} ${values.map(({ text }) => text).join()}`);
    }
    if (name === 'aws:principalaccount' || name === 'kms:calleraccount') {
      for (const { text } of values) {
        if (ACCOUNT_ID.test(text)) {
          accounts.add(text);
        } else if (/^[\d*?]+$/.test(text)) {
          ofAccounts.add(text);
        }
      }
    } else if (name === 'aws:principaltype') {
      tellsKinds = true;
    } else if (name === 'aws:principalarn') {
      // What is said of roles and users leaves the others out.
      tellsKinds ||= operator.traits?.negated === true;
      for (const text of values.map(withoutVariables)) {
        tellsKinds ||= text.endsWith('root');
        if (/[*?]/.test(text) && !text.includes('${')) {
          const isByField = operator.traits?.family === 'Arn';
          ofArns.set(`${isByField} ${text}`, { text, isByField });
        }
        const filled = withoutWildcards(text);
        if (filled !== undefined) {
          addArn(filled('111122223333'));
          if (filled('1') !== filled('2')) {
            anywhere.push(filled);
          }
        }
      }
    } else if (name === 'aws:username') {
      for (const text of values.map(withoutVariables).filter((each) => !each.includes('${'))) {
        ofUsers.add(text);
        const user = `user/${filledIn(text)}`;
        anywhere.push((account) => `arn:${partitionOf([])}:iam::${account}:${user}`);
      }
    }
    // Of callers without an ARN or a name services are some.
    if (
      TELLING_SERVICES.has(name) ||
      (values !== written && /^aws:(?:principalarn|username|userid)$/.test(name))
    ) {
      for (const service of ['example.amazonaws.com', ...values.flatMap(({ text }) => serviceLike(text))]) {
        named.add(service);
      }
    }
  }
  const owners = statements.some(tellsOwners) ? ownersOf(statements) : NOBODY;
  for (const owner of owners.size === 0 && statements.some(comparesOwners) ? [SOME_OWNER] : owners) {
    accounts.add(owner);
  }
  const stranger = STRANGERS.find((account) => !accounts.has(account)) ?? '999999999999';
  const partition = partitionOf(elements.flatMap(({ entries }) => entries));
  const name = nameUnlike(named);
  const somebody = (account: string, isOutsider: boolean): Representative[] => [
    { principal: `arn:${partition}:iam::${account}:role/${name}`, isOutsider, isAnybody: isOutsider },
    { principal: `arn:${partition}:iam::${account}:user/${name}`, isOutsider, isAnybody: isOutsider },
  ];
  const patterns = [...ofArns.values()].map((pattern) => ({ pattern, owner: accountOf(pattern.text) }));
  const like = (pattern: ArnPattern, account: string, strangers?: Strangers): readonly string[] =>
    effort.isSpent ? [] : arnsLike(pattern, account, effort, strangers);
  const ofNamed = new Set<string>();
  for (const account of accounts) {
    effort.spend(STEPS_PER_ARN * anywhere.length + patterns.length);
    if (effort.isSpent) {
      break;
    }
    const arns = [
      ...anywhere.map((arnIn) => arnIn(account)),
      ...patterns
        .filter(({ owner }) => (owner ?? account) === account)
        .flatMap(({ pattern }) => like(pattern, account)),
    ];
    for (const arn of arns) {
      ofNamed.add(arn);
    }
  }
  const rootAndFederated = (account: string): string[] => [
    `arn:${partition}:iam::${account}:root`,
    `arn:${partition}:sts::${account}:federated-user/${name}`,
  ];
  const all: readonly Representative[] = [
    { principal: ANONYMOUS, isOutsider: true, isAnybody: true },
    ...somebody(stranger, true),
    ...[
      ...new Set([
        ...anywhere.map((arnIn) => arnIn(stranger)),
        ...(tellsKinds ? rootAndFederated(stranger) : []),
        ...patterns.flatMap(({ pattern }) => like(pattern, stranger, { except: accounts })),
      ]),
    ].map((principal) => ({ principal, isOutsider: true, isAnybody: true })),
    ...[...ofAccounts].flatMap((pattern) => {
      const account = accountLike(pattern, accounts);
      return account === undefined ? [] : somebody(account, true);
    }),
    ...[...ofNamed]
      .filter((principal) => !named.has(principal) && accounts.has(splitArn(principal).account?.text ?? ''))
      .map((principal) => ({ principal, isOutsider: false })),
    ...[...outside].map((principal) => ({ principal, isOutsider: true })),
    ...[...named].map((principal) => ({ principal, isOutsider: false })),
    ...[...accounts].flatMap((account) => [
      ...somebody(account, false),
      ...(tellsKinds ? rootAndFederated(account) : [`arn:${partition}:iam::${account}:root`]).map(
        (principal) => ({ principal, isOutsider: false, isToldApart: tellsKinds }),
      ),
    ]),
    ...[...opaque.values()].map((entry) => ({ principal: undefined, isOutsider: false, entry })),
  ];
  if (telling.size < 2) {
    return all;
  }
  const combined = combinedArns(
    { arns: [...ofArns.values()], accounts: [...accounts, ...ofAccounts], users: [...ofUsers] },
    all.flatMap(({ principal }) => (principal?.startsWith('arn:') ? principal : [])),
    effort,
  );
  return [
    ...all,
    ...combined.map((principal) => {
      const isOutsider = !accounts.has(splitArn(principal).account?.text ?? '');
      return { principal, isOutsider, isAnybody: isOutsider };
    }),
  ];
}

/** Keys that say who of many callers it is. */
const TELLING_CALLERS: ReadonlySet<string> = new Set([
  'aws:principalaccount',
  'kms:calleraccount',
  'aws:principalarn',
  'aws:username',
]);

/**
 * Whether a statement may treat who is of the resource's account in another way than everybody else: by a condition, or since
 * a cache can be invalidated by nobody else (API Gateway Developer Guide, "Cache settings for REST APIs").
 */
function tellsOwners(statement: Statement): boolean {
  return (
    comparesOwners(statement) ||
    statement.actions.some(({ entries }) =>
      entries.some(({ service }) => service?.toLowerCase() === 'execute-api'),
    )
  );
}

function comparesOwners({ conditions }: Statement): boolean {
  return conditions.some(
    ({ key, values }) =>
      /:resourceaccount$/i.test(key.value) ||
      values.some(({ text }) => /\$\{aws:(?:resource|principal)account\b/i.test(text)),
  );
}

/** Whose a resource is that no ARN tells, as values of variables have it. */
const SOME_OWNER = '111122223333';

/** The accounts that the resources of statements name. */
function ownersOf(statements: readonly Statement[]): ReadonlySet<string> {
  const entries = statements.flatMap(({ resources }) => resources.flatMap((element) => element.entries));
  return new Set(
    entries.map(({ text }) => splitArn(text).account?.text ?? '').filter((text) => ACCOUNT_ID.test(text)),
  );
}

const NOBODY: ReadonlySet<string> = new Set();

const STEPS_PER_ARN = 10;

/** Accounts from AWS's examples; there is always one that is named nowhere. */
const STRANGERS = ['999988887777', '444455556666', '777788889999', '111122223333'];

const ACCOUNT_ID = /^\d{12}$/;

function partitionOf(entries: readonly PrincipalEntry[]): string {
  const arn = entries.find(({ text }) => text.startsWith('arn:aws-'))?.text;
  return arn === undefined ? 'aws' : (splitArn(arn).partition?.text ?? 'aws');
}

function nameUnlike(named: ReadonlySet<string>): string {
  let name = 'somebody';
  while ([...named].some((text) => text.endsWith(`/${name}`))) {
    name += '-else';
  }
  return name;
}

/**
 * An ARN that the pattern matches, of a certain account where it has a wildcard there; `undefined` for what is none of
 * aws:PrincipalArn.
 */
function withoutWildcards(pattern: string): ((anyAccount: string) => string) | undefined {
  const { prefix, partition, service, account, resource } = splitArn(pattern);
  const isOpen = /[*?]/.test(account?.text ?? '*');
  const name = filledIn(resource?.text ?? '*');
  if (
    prefix.text !== 'arn' ||
    /\$\{/.test(pattern) ||
    !/^(?:iam|sts|\*)$/.test(service?.text ?? '*') ||
    // The key has the ARN of the role, never that of a session. IAM User Guide, "AWS global condition context keys".
    name.startsWith('assumed-role/')
  ) {
    return undefined;
  }
  const field = /[*?]/.test(partition?.text ?? '*') ? 'aws' : partition?.text;
  const isOfSession = service?.text === 'sts';
  const full = /^(?:user|role|federated-user)\//.test(name) ? name : `role/${name}`;
  const begin = `arn:${field}:${isOfSession ? 'sts' : 'iam'}::`;
  return (anyAccount) => `${begin}${isOpen ? anyAccount : account?.text}:${full}`;
}

/** An account that a pattern matches and that is not named; `undefined` if there is none of the few that are tried. */
function accountLike(pattern: string, named: ReadonlySet<string>): string | undefined {
  const missing = Math.max(0, 12 - pattern.replaceAll('*', '').length);
  return DIGITS.map((digit) =>
    pattern.replace('*', digit.repeat(missing)).replaceAll('*', '').replaceAll('?', digit),
  ).find((account) => ACCOUNT_ID.test(account) && !named.has(account));
}

/** Keys that services have and others do not, or the other way round. */
const TELLING_SERVICES: ReadonlySet<string> = new Set([
  'aws:principalservicename',
  'aws:principalservicenameslist',
  'aws:principalisawsservice',
  'aws:principaltype',
]);

/** A service whose name a pattern may match; nothing where it can be that of none. */
function serviceLike(pattern: string): readonly string[] {
  const text = pattern.toLowerCase();
  const last = text.lastIndexOf('*');
  const endings =
    last < 0 ? [''] : ['example', 'amazonaws.com', '.amazonaws.com', 'example.amazonaws.com', ''];
  const found = endings
    .map((ending) => (last < 0 ? text : text.slice(0, last) + ending + text.slice(last + 1)))
    .map(filledIn)
    .find((name) => /^[a-z0-9-][a-z0-9.-]*\.amazonaws\.com(?:\.cn)?$/.test(name));
  return found === undefined ? [] : [found];
}

/** Enough to find one of several accounts that is not named. */
const DIGITS = ['9', '8', '7', '6'] as const;

/** A value with wildcards where policy variables stand: what these are depends on the caller. */
function withoutVariables({ text }: { readonly text: string }): string {
  return text.replace(/\$\{\s*[a-z0-9.-]+:[^:{}][^{}]*\}/gi, '*');
}

function filledIn(pattern: string): string {
  return pattern.replace(/\*/g, 'example').replace(/\?/g, 'x');
}

/** What follows from the caller, as exact values; nothing for keys of which only a part of the value is known. */
export function knownOf(
  principal: string | undefined,
  resource: string,
  action: string,
): ReadonlyMap<string, readonly string[]> {
  const keys = keysOf({ action, resource, principal }, readCaller(principal));
  const known = new Map<string, readonly string[]>();
  for (const key of DERIVED_KEYS) {
    const value = keys.get(key);
    if (value.kind === 'absent') {
      known.set(key, []);
    } else if (value.kind === 'values' && value.values.every(({ isPattern }) => !isPattern)) {
      known.set(
        key,
        value.values.map(({ text }) => text),
      );
    }
  }
  return known;
}

/** The keys that may follow from a question, in lower case. */
const DERIVED_KEYS = [
  'aws:principalarn',
  'aws:principalaccount',
  'kms:calleraccount',
  'aws:principaltype',
  'aws:principalisawsservice',
  'aws:principalservicename',
  'aws:principalservicenameslist',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:userid',
  'aws:username',
  'aws:multifactorauthpresent',
  'aws:multifactorauthage',
  'aws:tokenissuetime',
  'aws:federatedprovider',
  'aws:resourceaccount',
  's3:resourceaccount',
  'aws:requestedregion',
] as const;
