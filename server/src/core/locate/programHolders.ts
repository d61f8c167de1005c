import { type MemberNode, memberAround, memberOf, type ObjectNode } from '../syntax/nodes';
import { HOLDERS } from './holders';
import {
  API_GATEWAY_REST_API,
  ORGANIZATIONS_POLICY_TYPES,
  type PolicyKind,
  type PolicyType,
  ROLE_TRUST_POLICY,
} from './policyType';
import { kindOfArgument } from './terraformArguments';

/**
 * Of what type a policy of a program is: by what the call is called that takes it, be it an operation of the AWS SDK, a
 * resource of Pulumi or a `Cfn` class of the CDK. A class or an operation of one name in several services tells nothing
 * where they differ.
 */

/**
 * Operations of the AWS SDKs, what takes the policy in each, and its type. The API references of these services. Names in
 * lower case without underscores: JavaScript, Java and Python spell them in three ways.
 */
const OPERATIONS: ReadonlyMap<string, readonly [type: PolicyType, resourceType?: string]> = new Map<
  string,
  readonly [type: PolicyType, resourceType?: string]
>([
  ['putrolepolicy policydocument', ['identity']],
  ['putuserpolicy policydocument', ['identity']],
  ['putgrouppolicy policydocument', ['identity']],
  ['createpolicyversion policydocument', ['identity']],
  ['putinlinepolicytopermissionset inlinepolicy', ['identity']],
  ['updateassumerolepolicy policydocument', ['trust', ROLE_TRUST_POLICY]],
  ['assumerole policy', ['session']],
  ['assumerolewithsaml policy', ['session']],
  ['assumerolewithwebidentity policy', ['session']],
  ['getfederationtoken policy', ['session']],
  ['createvpcendpoint policydocument', ['endpoint']],
  ['modifyvpcendpoint policydocument', ['endpoint']],
  ['createrestapi policy', ['resource', API_GATEWAY_REST_API]],
  ['putbucketpolicy policy', ['resource', 'AWS::S3::Bucket']],
  ['putaccesspointpolicy policy', ['resource', 'AWS::S3::AccessPoint']],
  ['createkey policy', ['resource', 'AWS::KMS::Key']],
  ['putkeypolicy policy', ['resource', 'AWS::KMS::Key']],
  ['setrepositorypolicy policytext', ['resource', 'AWS::ECR::Repository']],
  ['putfilesystempolicy policy', ['resource', 'AWS::EFS::FileSystem']],
  ['putbackupvaultaccesspolicy policy', ['resource', 'AWS::Backup::BackupVault']],
]);

/** The kind of a policy that a member of an argument of a call holds; `undefined` where the call tells none. */
export function programKind(member: MemberNode): PolicyKind | undefined {
  const keys: string[] = [];
  for (let current: MemberNode | undefined = member; current !== undefined; ) {
    keys.unshift(current.name);
    const { parent }: { readonly parent: ObjectNode } = current;
    if (parent.host?.takenBy !== undefined) {
      return kindByCall(parent.host.takenBy, keys, member);
    }
    current = memberAround(parent);
  }
  return undefined;
}

function kindByCall(call: string, keys: readonly string[], member: MemberNode): PolicyKind | undefined {
  const names = call.split('.');
  const name = names.at(-1) ?? '';
  const reason = `it is ${keys.join('.')} of ${name}`;
  const operation = OPERATIONS.get(`${plain(name.replace(/Command$/, ''))} ${plain(keys.at(-1) ?? '')}`);
  if (operation !== undefined) {
    const [type, resourceType] = operation;
    return { type, resourceType, reason };
  }
  const construct = /^Cfn(\w+)$/.exec(name)?.[1];
  return (
    (plain(keys.at(-1) ?? '') === 'content' ? organizationsKind(member, reason) : undefined) ??
    (construct === undefined
      ? pulumiKind(names, keys, member)
      : constructKind(construct, names.at(-2), keys, reason))
  );
}

function plain(name: string): string {
  return name.replaceAll('_', '').toLowerCase();
}

/** Beside the content of a policy Organizations has its type. */
function organizationsKind({ parent }: MemberNode, reason: string): PolicyKind | undefined {
  const value = (memberOf(parent, 'type') ?? memberOf(parent, 'Type'))?.value;
  const type = value?.kind === 'string' ? ORGANIZATIONS_POLICY_TYPES.get(value.value) : undefined;
  return type && { type, resourceType: undefined, reason };
}

/**
 * The classes of the CDK whose names begin with Cfn are the resources of CloudFormation.
 *
 * @param module what the class is taken from, which is mostly called like the service
 */
function constructKind(
  construct: string,
  module: string | undefined,
  keys: readonly string[],
  reason: string,
): PolicyKind | undefined {
  const path = plain(keys.join('.'));
  const rows = HOLDERS.filter(
    ({ resource, key, holds }) =>
      holds === undefined && resource?.endsWith(`::${construct}`) === true && plain(key) === path,
  );
  const service = plain(module ?? '').replace(/^aws/, '');
  const ofService = rows.filter(({ resource }) => resource?.toLowerCase().startsWith(`aws::${service}::`));
  const [row, ...others] = ofService.length > 0 ? ofService : rows;
  const isTold = others.every(
    ({ type, resourceType }) => type === row?.type && resourceType === row.resourceType,
  );
  return row === undefined || !isTold
    ? undefined
    : {
        type: row.type,
        resourceType: row.resourceType,
        ...(row.mayLackResource && { mayLackResource: true }),
        reason,
      };
}

/** Pulumi's resources are those of Terraform's AWS provider, under names of their own: `aws.s3.BucketPolicy`. */
function pulumiKind(
  names: readonly string[],
  keys: readonly string[],
  member: MemberNode,
): PolicyKind | undefined {
  const [provider, module, resource] = names.slice(-3);
  if (provider !== 'aws' || module === undefined || resource === undefined) {
    return undefined;
  }
  const name = snake(resource);
  const argument = keys.map(snake).join('.');
  for (const type of [`aws_${MODULES.get(module) ?? module}_${name}`, `aws_${name}`]) {
    const kind = kindOfArgument({ resource: type, keys: argument, member });
    if (kind !== undefined) {
      return { ...kind, reason: `it is ${keys.join('.')} of ${names.slice(-3).join('.')}` };
    }
  }
  return undefined;
}

/** Modules of Pulumi that Terraform spells in another way. */
const MODULES: ReadonlyMap<string, string> = new Map([['apigateway', 'api_gateway']]);

function snake(name: string): string {
  return name.replaceAll(/(?<=[a-z\d])[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
}

/** What a statement of the CDK is added to says of which type it is; `undefined` where it is added to anything. */
export function statementKind(call: string, kind: PolicyKind): PolicyKind | undefined {
  if (/assume_?role_?policy\.add_?statements$/i.test(call)) {
    return { type: 'trust', resourceType: ROLE_TRUST_POLICY, reason: 'it is added to assumeRolePolicy' };
  }
  return kind.type === 'identity' && /(?:^|\.)(?:addToResourcePolicy|add_to_resource_policy)$/.test(call)
    ? { type: 'resource', resourceType: undefined, reason: 'it is added to a resource policy' }
    : undefined;
}
