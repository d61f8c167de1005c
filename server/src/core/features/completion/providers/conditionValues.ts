import { partitions } from '../../../arn/partitions';
import { REGION_KEYS } from '../../../iamData/overlay/conditionValues';
import {
  KEY_VALUE_FORMS,
  KEY_VALUES,
  KMS_VIA_SERVICES,
  SERVICE_KEYS,
} from '../../../iamData/overlay/keyValues';
import { SERVICE_PRINCIPALS } from '../../../iamData/overlay/servicePrincipals';
import type { KeyType } from '../../../iamData/types';
import type { OperatorFamily } from '../../../model/conditionOperators';
import { type Proposal, type Provider, type ProviderContext, provided, stringProposal } from '../proposal';
import { arnProposals } from './arns';
import { variablesAt } from './variables';

/** What a key can be compared with: by its name where its values are known, else by the form of its type. */
export const conditionValues: Provider = (context) => {
  const { cursor } = context;
  const family = cursor.operator?.traits?.family;
  const variables = variablesAt(context);
  if (variables !== undefined) {
    return provided(family === undefined || family === 'String' || family === 'Arn' ? variables : []);
  }
  const named = namedValues(context);
  const proposals = named.length > 0 && family !== 'Null' ? named : formsOf(context);
  return {
    proposals: proposals.filter(({ label }) => !cursor.siblings.has(label)),
    ...(isArn(context) ? { isIncomplete: true } : {}),
  };
};

function keyName({ cursor }: ProviderContext): string {
  return cursor.path[3] ?? '';
}

function keyType(context: ProviderContext): KeyType | undefined {
  return context.iamData?.conditionKey(keyName(context))?.type;
}

function isArn(context: ProviderContext): boolean {
  const family = context.cursor.operator?.traits?.family;
  return family === 'Arn' || (family === 'String' && keyType(context) === 'ARN');
}

function namedValues(context: ProviderContext): readonly Proposal[] {
  const key = keyName(context).toLowerCase();
  const form = KEY_VALUE_FORMS.find(([keys]) => keys.test(key));
  return [
    ...(KEY_VALUES.get(key) ?? []).map((value, rank) => stringProposal(value, { kind: 'value', rank })),
    ...(form === undefined
      ? []
      : [stringProposal(form[1], { kind: 'value', rank: 0, detail: form[2], continues: 'typing' })]),
    ...(SERVICE_KEYS.has(key) || key.endsWith(':viaservice') ? servicesFor(key) : []),
    ...(REGION_KEYS.has(key) ? regions() : []),
    ...(/account(?:id)?$/.test(key) ? accounts(context) : []),
  ];
}

function servicesFor(key: string): readonly Proposal[] {
  return key === 'kms:viaservice'
    ? KMS_VIA_SERVICES.map(serviceInRegion)
    : SERVICE_PRINCIPALS.map((name) => stringProposal(name, { kind: 'value', rank: 0 }));
}

/** The Region stands in the name, and only the author knows which. */
function serviceInRegion(service: string): Proposal {
  return {
    label: `${service}.REGION.amazonaws.com`,
    kind: 'value',
    rank: 0,
    content: { kind: 'string', text: [`${service}.`, { placeholder: 'REGION' }, '.amazonaws.com'] },
  };
}

function regions(): readonly Proposal[] {
  return partitions.flatMap(({ regions: names }, rank) =>
    [...names].map(([region, name]) =>
      stringProposal(region, {
        kind: 'value',
        rank,
        detail: name,
      }),
    ),
  );
}

function accounts({ knowledge }: ProviderContext): readonly Proposal[] {
  return knowledge.accounts.map((account, rank) =>
    stringProposal(account, { kind: 'value', rank, detail: 'account seen in the workspace' }),
  );
}

function formsOf(context: ProviderContext): readonly Proposal[] {
  if (isArn(context)) {
    return arnProposals('condition', context);
  }
  const family = context.cursor.operator?.traits?.family;
  const forms = (family === undefined ? undefined : FORMS[family]) ?? [];
  return forms.map(([value, detail], rank) => stringProposal(value, { kind: 'value', rank, detail }));
}

/** Examples in the forms of the data types. IAM User Guide, "IAM JSON policy elements: Supported data types". */
const FORMS: Partial<
  Readonly<Record<OperatorFamily, readonly (readonly [value: string, detail?: string])[]>>
> = {
  Bool: [['true'], ['false']],
  Null: [
    ['true', 'the request has no such key'],
    ['false', 'the request has the key'],
  ],
  Date: [
    ['2030-01-01T00:00:00Z', 'a point in time, in ISO 8601'],
    ['2030-01-01', 'a day, in ISO 8601'],
  ],
  // Addresses that are reserved for examples. RFC 5737 and RFC 3849.
  IpAddress: [
    ['203.0.113.0/24', 'a range of IPv4 addresses'],
    ['2001:db8::/32', 'a range of IPv6 addresses'],
  ],
};
