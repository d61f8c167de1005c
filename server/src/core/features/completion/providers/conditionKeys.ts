import type { IamData } from '../../../iamData/iamData';
import { API_GATEWAY_POLICY_KEYS } from '../../../iamData/overlay/apiGatewayPolicyKeys';
import { COMMON_CONDITION_KEYS } from '../../../iamData/overlay/commonConditions';
import { VPCE_KEY_EXCEPTIONS, VPCE_KEY_SERVICES } from '../../../iamData/overlay/vpceKeyServices';
import type { Action, ConditionKey } from '../../../iamData/types';
import { API_GATEWAY_REST_API } from '../../../locate/policyType';
import type { ConditionOperator, Statement } from '../../../model/policy';
import { oidcPrincipalsOf } from '../../../rules/support/federation';
import { type Proposal, type Provider, provided, type Template, templateOf } from '../proposal';
import { fitsFamily } from './operators';

/** The keys that requests of the statement's actions have, and that the operator can compare. */
export const conditionKeys: Provider = ({ cursor, iamData }) => {
  const { statement, operator, siblings } = cursor;
  if (iamData === undefined || statement === undefined) {
    return provided([]);
  }
  const taken = new Set([...siblings].map((name) => name.toLowerCase()));
  const family = operator?.traits?.family;
  return provided(
    keysFor(statement, iamData)
      .filter(
        ({ key }) => !taken.has(key.name.toLowerCase()) && (family === undefined || fitsFamily(key, family)),
      )
      .map((candidate) => keyProposal(candidate, operator)),
  );
};

export interface CandidateKey {
  readonly key: ConditionKey;
  /** The service in whose words it is described; absent for global keys. */
  readonly service?: string;
}

/**
 * The keys that may be present in the statement's requests: those of its actions and of their resources, and the
 * global ones. Where the actions are not known one by one, only the global ones can be told.
 */
export function keysFor(statement: Statement, iamData: IamData): readonly CandidateKey[] {
  const actions = actionsOf(statement, iamData);
  const issuers = oidcPrincipalsOf(statement).map(({ issuer }) => issuer);
  const own = new Map<string, CandidateKey>();
  for (const action of actions ?? []) {
    for (const key of action.supportedConditionKeys()) {
      if (!own.has(key.name) && isOfIssuer(key, issuers)) {
        own.set(key.name, { key, service: action.service });
      }
    }
  }
  for (const name of issuers.flatMap((issuer) => [`${issuer}:aud`, `${issuer}:sub`])) {
    if (!own.has(name)) {
      own.set(name, { key: { name, type: 'String', multivalued: false, hasPlaceholder: false } });
    }
  }
  const global = iamData
    .globalConditionKeys()
    .filter((key) => !own.has(key.name) && isGlobalKeyPossible(key, statement, actions));
  return [...own.values(), ...global.map((key) => ({ key }))];
}

/** `undefined` where they are not known: with NotAction, without any, and for every action of every service. */
function actionsOf({ actions }: Statement, iamData: IamData): readonly Action[] | undefined {
  const entries = actions.flatMap((element) => element.entries);
  return entries.length === 0 ||
    actions.some(({ negated }) => negated) ||
    entries.some(({ service }) => service === undefined || /[*?]/.test(service))
    ? undefined
    : entries.flatMap(({ text }) => iamData.expandActions(text));
}

/** The claims of an identity provider: those of the one that the statement trusts, where it names one. */
function isOfIssuer({ name }: ConditionKey, issuers: readonly string[]): boolean {
  const issuer = /^(.*):/.exec(name.split('/${TagKey}')[0] ?? '')?.[1] ?? '';
  return !/[./]/.test(issuer) || issuers.length === 0 || issuers.includes(issuer);
}

/** Present only where the service's own tables have them. IAM User Guide, "AWS global condition context keys". */
const TAG_KEYS = /^aws:(?:RequestTag\/.*|ResourceTag\/.*|TagKeys)$/i;

function isGlobalKeyPossible(
  { name }: ConditionKey,
  { policy }: Statement,
  actions: readonly Action[] | undefined,
): boolean {
  const lower = name.toLowerCase();
  if (policy.kind.resourceType === API_GATEWAY_REST_API) {
    return API_GATEWAY_POLICY_KEYS.has(lower);
  }
  if (actions === undefined) {
    return true;
  }
  const services = VPCE_KEY_SERVICES.get(lower);
  return (
    !TAG_KEYS.test(name) &&
    (services === undefined ||
      actions.some(({ id, service }) => services.has(service) && !VPCE_KEY_EXCEPTIONS.has(id.toLowerCase())))
  );
}

/** Ranks below 1, so that these come before all others. */
const COMMON: ReadonlyMap<string, number> = new Map(
  COMMON_CONDITION_KEYS.map((name, index) => [name, index / COMMON_CONDITION_KEYS.length]),
);

function keyProposal({ key, service }: CandidateKey, operator: ConditionOperator | undefined): Proposal {
  const { name, type, multivalued } = key;
  const suits =
    operator === undefined || operator.traits?.family === 'Null' || suitsQualifier(multivalued, operator);
  return {
    label: name,
    kind: 'key',
    detail: `${type}${multivalued ? ', several values' : ''}`,
    rank:
      (suits ? 0 : 3) +
      (COMMON.get(name) ?? (service !== undefined ? 1 : name.startsWith('aws:') ? 1.3 : 1.6)),
    content: { kind: 'name', text: templateOf(name), value: newValue(key, operator) },
    continues: 'completing',
    documentation: `key ${name}${service === undefined ? '' : ` ${service}`}`,
  };
}

/** A qualifier is for keys with several values, which in turn want one. */
function suitsQualifier(multivalued: boolean, { qualifier }: ConditionOperator): boolean {
  return multivalued === (qualifier !== undefined);
}

function newValue({ type, multivalued }: ConditionKey, operator: ConditionOperator | undefined): Template {
  const family = operator?.traits?.family;
  if (family === 'Null' || family === 'Bool' || (family === undefined && type === 'Bool')) {
    return ['"', { placeholder: '', choices: ['true', 'false'] }, '"'];
  }
  return multivalued ? ['["', { placeholder: '' }, '"]'] : ['"', { placeholder: '' }, '"'];
}
