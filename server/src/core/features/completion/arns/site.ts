import { type ArnFields, splitArn } from '../../../arn/arn';
import { partitionOfRegion } from '../../../arn/partitions';
import {
  type ArnFormat,
  allArnFormats,
  arnFormatOf,
  arnResource,
  fieldSuits,
  literalParts,
  meetsFormat,
  ownArnFormats,
} from '../../../iamData/arnFormats';
import type { IamData } from '../../../iamData/iamData';
import { MANAGED_POLICY_FORM } from '../../../iamData/overlay/managedPolicyForm';
import { PRINCIPAL_FORMS } from '../../../iamData/overlay/principalForms';
import type { WorkspaceKnowledge } from '../../../knowledge/knowledge';
import type { PolicyType } from '../../../locate/policyType';
import { type ExecuteApiAction, executeApiActionsIn } from '../../../rules/support/executeApiUse';

export interface ArnCompletionInput {
  /** The string's value up to the cursor and after it (decoded). */
  readonly before: string;
  readonly after: string;
  /** Where the ARN stands. */
  readonly place: 'resource' | 'condition' | 'principal';
  /** The action texts of the statement, as written; empty where there are none or NotAction. */
  readonly actions: readonly string[];
  readonly policyType: PolicyType;
  readonly knowledge: WorkspaceKnowledge;
  readonly iamData: IamData | undefined;
  /** In a condition, the key whose value it is. */
  readonly conditionKey?: string | undefined;
  /** In a principal, the member it stands under; `AWS` where that is not known. */
  readonly principalType?: 'AWS' | 'Federated' | undefined;
}

export interface ArnProposal {
  readonly label: string;
  readonly detail?: string;
  /** Replaces the value from `from` to `to` (indexes into before+after). */
  readonly from: number;
  readonly to: number;
  readonly text: string;
  /** Whether more is to be completed afterwards (the shell re-triggers). */
  readonly continues: boolean;
  /** The place in the list, the best first. */
  readonly rank: number;
  readonly documentation?: string;
}

/** A proposal before it has its place in the list. */
export type Draft = Omit<ArnProposal, 'rank'>;

/** What is worked out once about the place of the cursor. */
export interface ArnSite {
  readonly input: ArnCompletionInput;
  readonly value: string;
  /** Index into the value. */
  readonly cursor: number;
  readonly fields: ArnFields;
  /** Whether `*` may stand for what is not known. */
  readonly wildcards: boolean;
  /** What the statement is about, what its actions require first; `undefined` where that may be anything. */
  readonly formats: readonly ArnFormat[] | undefined;
  /** The actions of execute-api that the statement may be about; all where it does not say. */
  readonly executeApi: ReadonlySet<ExecuteApiAction>;
  /** The partition to begin with. */
  readonly partition: string;
}

/** What is known of the ARN that is being written. */
export function arnSite(input: ArnCompletionInput): ArnSite {
  const value = input.before + input.after;
  const named = input.actions.flatMap(executeApiActionsIn);
  const [region] = input.knowledge.apis.flatMap(({ regions }) => regions);
  return {
    input,
    value,
    cursor: input.before.length,
    fields: splitArn(value),
    wildcards: input.place !== 'principal',
    formats: wantedFormats(input),
    executeApi: new Set(input.actions.length === 0 || input.place !== 'resource' ? ALL_ACTIONS : named),
    partition: partitionOfRegion(region ?? '')?.id ?? 'aws',
  };
}

const ALL_ACTIONS: readonly ExecuteApiAction[] = ['Invoke', 'InvalidateCache', 'ManageConnections'];

function wantedFormats(input: ArnCompletionInput): readonly ArnFormat[] | undefined {
  const { place, actions, iamData, conditionKey } = input;
  if (place === 'principal') {
    const type = input.principalType ?? 'AWS';
    return PRINCIPAL_FORMS.filter((form) => form.type === type).map(arnFormatOf);
  }
  if (place === 'condition') {
    return conditionKey === undefined ? undefined : FORMATS_OF_KEYS.get(conditionKey.toLowerCase())?.();
  }
  if (iamData === undefined || actions.length === 0 || actions.some(coversServices)) {
    return undefined;
  }
  const covered = actions.flatMap((action) => iamData.expandActions(action));
  if (covered.length === 0) {
    return undefined;
  }
  const required = new Set<ArnFormat>();
  const possible = new Set<ArnFormat>();
  for (const { resources } of covered) {
    for (const row of resources) {
      const format = arnFormatOf(row.type);
      // Some actions still name the resources of services that have ended.
      if (iamData.isArnNamespace(format.namespace)) {
        (row.required ? required : possible).add(format);
      }
    }
  }
  return withManagedPolicies([
    ...simplestFirst(required),
    ...simplestFirst(new Set([...possible].filter((format) => !required.has(format)))),
  ]);
}

/** An object of a bucket comes before an object of an access point. */
function simplestFirst(formats: ReadonlySet<ArnFormat>): readonly ArnFormat[] {
  const open = ({ type }: ArnFormat) => literalParts(type.arn).length;
  return [...formats].sort((a, b) => open(a) - open(b));
}

/** `*` and `s*:Get*` are about so many services that their formats say nothing. */
function coversServices(action: string): boolean {
  return /[*?]/.test(action.split(':', 1)[0] ?? '');
}

const FORMATS_OF_KEYS: ReadonlyMap<string, () => readonly ArnFormat[]> = new Map([
  ['aws:principalarn', () => PRINCIPAL_FORMS.filter(({ type }) => type === 'AWS').map(arnFormatOf)],
  ['iam:policyarn', () => [arnFormatOf(MANAGED_POLICY_FORM)]],
]);

/**
 * The formats of a service's ARNs: of what the actions apply to where that is said, else of all it has. The latter
 * may decode the reference of every service, for the few whose formats only others list.
 */
export function formatsOfService({ formats, input }: ArnSite, service: string): readonly ArnFormat[] {
  const wanted = formats?.filter(({ namespace }) => namespace === service) ?? [];
  const { place, iamData } = input;
  if (wanted.length > 0 || place === 'principal' || iamData === undefined) {
    return wanted;
  }
  const own = ownArnFormats(iamData, service);
  return withManagedPolicies(own.length > 0 ? own : allArnFormats(iamData, service));
}

function withManagedPolicies(formats: readonly ArnFormat[]): readonly ArnFormat[] {
  return formats.some(({ namespace, type }) => namespace === 'iam' && type.name === 'policy')
    ? [...formats, arnFormatOf(MANAGED_POLICY_FORM)]
    : formats;
}

/**
 * Those of the formats that the other fields leave possible; all of them where none is, since an ARN may be wrong
 * somewhere and be completed elsewhere. An empty field behind the cursor says nothing until the resource is there.
 */
export function fittingFormats(
  { fields }: ArnSite,
  formats: readonly ArnFormat[],
  field: 'region' | 'account' | 'resource',
): readonly ArnFormat[] {
  const resource = fields.resource?.text ?? '';
  const region = field === 'region' ? undefined : fields.region?.text;
  const isAccountWritten = field === 'resource' || (field === 'region' && resource !== '');
  const account = isAccountWritten ? fields.account?.text : undefined;
  const fitting = formats.filter(
    (format) =>
      (region === undefined || fieldSuits(region, format.region)) &&
      (account === undefined || fieldSuits(account, format.account)) &&
      (field === 'resource' || resource === '' || meetsFormat(arnResource(resource), format)),
  );
  return fitting.length > 0 ? fitting : formats;
}
