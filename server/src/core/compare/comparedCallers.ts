import { splitArn } from '../arn/arn';
import { mayStandForEverybody } from '../evaluate/openPrincipals';
import { sharedIssuerOf } from '../iamData/overlay/oidcProviders';
import type { PrincipalEntry, Statement } from '../model/policy';
import { principalOf } from './entryTexts';
import type { ArnPattern } from './likeArns';

/** Whom statements name, by their principals and by what their conditions compare callers with. */
export interface ComparedCallers {
  /** ARNs, services and identity providers. */
  readonly named: ReadonlySet<string>;
  readonly accounts: ReadonlySet<string>;
  /** Identity providers with which anybody can sign in. */
  readonly outside: ReadonlySet<string>;
  /** Entries about whose caller nothing else is known, such as a canonical user ID. */
  readonly opaque: readonly PrincipalEntry[];
  /** ARNs that principals of any account can have, by the account. */
  readonly anywhere: readonly ((account: string) => string)[];
  readonly patternsOfAccounts: ReadonlySet<string>;
  readonly arns: readonly ArnPattern[];
  /** Names of users, and patterns of them. */
  readonly users: ReadonlySet<string>;
  /** Whether a condition tells what kind of principal it is. */
  readonly tellsKinds: boolean;
  /** Whether several conditions tell callers of one kind apart. */
  readonly tellsTwice: boolean;
}

/** The ID of an account. */
export const ACCOUNT_ID = /^\d{12}$/;

/** Of texts with policy variables the rest counts, as if the variables were wildcards; what a template fills in does not. */
export function comparedCallers(statements: readonly Statement[]): ComparedCallers {
  const named = new Set<string>();
  const accounts = new Set<string>();
  const opaque = new Map<string, PrincipalEntry>();
  const outside = new Set<string>();
  const anywhere: ((account: string) => string)[] = [];
  const patternsOfAccounts = new Set<string>();
  const arns = new Map<string, ArnPattern>();
  const users = new Set<string>();
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
  const elements = statements.flatMap(({ principals }) => principals);
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
          patternsOfAccounts.add(text);
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
          arns.set(`${isByField} ${text}`, { text, isByField });
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
        users.add(text);
        const user = `user/${filledIn(text)}`;
        anywhere.push((account) => `arn:aws:iam::${account}:${user}`);
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
  return {
    named,
    accounts,
    outside,
    opaque: [...opaque.values()],
    anywhere,
    patternsOfAccounts,
    arns: [...arns.values()],
    users,
    tellsKinds,
    tellsTwice: telling.size > 1,
  };
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

/** A value with wildcards where policy variables stand: what these are depends on the caller. */
function withoutVariables({ text }: { readonly text: string }): string {
  return text.replace(/\$\{\s*[a-z0-9.-]+:[^:{}][^{}]*\}/gi, '*');
}

function filledIn(pattern: string): string {
  return pattern.replace(/\*/g, 'example').replace(/\?/g, 'x');
}
