import { splitArn } from '../arn/arn';
import { ANONYMOUS, accountOf, readCaller } from '../evaluate/caller';
import { keysOf } from '../evaluate/conditions/derivedKeys';
import type { PolicyType } from '../locate/policyType';
import type { PrincipalEntry, Statement } from '../model/policy';
import { combinedArns } from './combinedArns';
import { ACCOUNT_ID, comparedCallers } from './comparedCallers';
import type { Effort } from './effort';
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
  const compared = comparedCallers(statements);
  const { named, accounts, anywhere, tellsKinds } = compared;
  const stranger = STRANGERS.find((account) => !accounts.has(account)) ?? '999999999999';
  const partition = partitionOf(elements.flatMap(({ entries }) => entries));
  const name = nameUnlike(named);
  const somebody = (account: string, isOutsider: boolean): Representative[] => [
    { principal: `arn:${partition}:iam::${account}:role/${name}`, isOutsider, isAnybody: isOutsider },
    { principal: `arn:${partition}:iam::${account}:user/${name}`, isOutsider, isAnybody: isOutsider },
  ];
  const patterns = compared.arns.map((pattern) => ({ pattern, owner: accountOf(pattern.text) }));
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
    ...[...compared.patternsOfAccounts].flatMap((pattern) => {
      const account = accountLike(pattern, accounts);
      return account === undefined ? [] : somebody(account, true);
    }),
    ...[...ofNamed]
      .filter((principal) => !named.has(principal) && accounts.has(splitArn(principal).account?.text ?? ''))
      .map((principal) => ({ principal, isOutsider: false })),
    ...[...compared.outside].map((principal) => ({ principal, isOutsider: true })),
    ...[...named].map((principal) => ({ principal, isOutsider: false })),
    ...[...accounts].flatMap((account) => [
      ...somebody(account, false),
      ...(tellsKinds ? rootAndFederated(account) : [`arn:${partition}:iam::${account}:root`]).map(
        (principal) => ({ principal, isOutsider: false, isToldApart: tellsKinds }),
      ),
    ]),
    ...compared.opaque.map((entry) => ({ principal: undefined, isOutsider: false, entry })),
  ];
  if (!compared.tellsTwice) {
    return all;
  }
  const combined = combinedArns(
    {
      arns: compared.arns,
      accounts: [...accounts, ...compared.patternsOfAccounts],
      users: [...compared.users],
    },
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

const STEPS_PER_ARN = 10;

/** Accounts from AWS's examples; there is always one that is named nowhere. */
const STRANGERS = ['999988887777', '444455556666', '777788889999', '111122223333'];

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

/** An account that a pattern matches and that is not named; `undefined` if there is none of the few that are tried. */
function accountLike(pattern: string, named: ReadonlySet<string>): string | undefined {
  const missing = Math.max(0, 12 - pattern.replaceAll('*', '').length);
  return DIGITS.map((digit) =>
    pattern.replace('*', digit.repeat(missing)).replaceAll('*', '').replaceAll('?', digit),
  ).find((account) => ACCOUNT_ID.test(account) && !named.has(account));
}

/** Enough to find one of several accounts that is not named. */
const DIGITS = ['9', '8', '7', '6'] as const;

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
