import { permission, policyDocument, policyStatement, takenBy, wrapStatement } from './libraryPolicies';
import { accountRoot, joined, objectOf, textOfCall } from './libraryTexts';
import { plainText } from './literals';
import { type Call, isEmptyText } from './reader';
import { type ObjectValue, opaque, type ProgramKey, type ProgramValue, standIn, unseenEntry } from './values';

/**
 * What calls of the libraries that programs write policies with come to. AWS CDK API Reference, module `aws_iam`; Pulumi
 * Registry, "aws.iam.getPolicyDocument"; CDK for Terraform, "DataAwsIamPolicyDocument"; ECMA-262, "JSON.stringify"; Python
 * Library Reference, "json".
 *
 * @returns `undefined` for any other call, whose arguments are then looked at by themselves
 */
export function valueOfCall(call: Call): ProgramValue | undefined {
  const name = call.path.at(-1) ?? '';
  if (TEXT_OF_JSON.has(name) || name === 'freeze') {
    return call.args()[0];
  }
  switch (name) {
    case 'PolicyStatement':
      return policyStatement(call);
    case 'fromJson':
    case 'from_json':
      return fromJson(call);
    case 'dict':
      return namedObject(call);
    case 'Policy':
    case 'PolicyDocument':
    case 'Statement':
    case 'Action':
    case 'Principal':
      return awacsValue(call, name);
    case 'permission':
      return call.path.at(-2) === 'aws' && call.path.at(-3) === 'sst'
        ? permission(call.args()[0], call)
        : undefined;
    case 'getPolicyDocument':
    case 'getPolicyDocumentOutput':
    case 'get_policy_document':
    case 'get_policy_document_output':
    case 'DataAwsIamPolicyDocument':
      return policyDocument(call);
  }
  if (PARTIAL.test(name)) {
    const value = call.args().findLast(({ kind }) => kind === 'object' || kind === 'array');
    return value && left(value);
  }
  if (/(?:Args|Dict)$|^DataAwsIamPolicyDocument/.test(name)) {
    return namedObject(call);
  }
  return name.endsWith('Principal') ? principal(call, name) : textOfCall(call);
}

/** Assertions of tests, which say a part of what they expect. */
const PARTIAL =
  /^(?:(?:has|all|find|count|toHave|haveA?)Resources?(?:Properties|Like)?|resourcePropertiesCountIs|templateMatches|objectLike|objectContaining|arrayWith|arrayContaining|toMatchObject|has_resource(?:_properties)?|all_resources(?:_properties)?|find_resources|resource_properties_count_is|template_matches|object_like|array_with)$/;

/** A value in which nothing is missing, since more is written elsewhere. */
export function left(value: ProgramValue): ProgramValue {
  switch (value.kind) {
    case 'string':
      return isEmptyText(value) ? opaque(value.start, value.end) : value;
    case 'object':
      if (value.entries.length === 0) {
        return opaque(value.start, value.end);
      }
      return {
        ...value,
        closed: false,
        entries: value.entries.map((entry) => ({ ...entry, value: entry.value && left(entry.value) })),
      };
    case 'array':
      return { ...value, closed: false, items: value.items.map(left) };
    default:
      return value;
  }
}

/** What writes a value as JSON. */
const TEXT_OF_JSON: ReadonlySet<string> = new Set([
  'stringify',
  'jsonStringify',
  'dumps',
  'json_dumps',
  'toJsonString',
  'to_json_string',
  'jsonencode',
]);

/** A call that only gives names to values. */
function namedObject(call: Call): ObjectValue | undefined {
  const entries = call.named();
  return entries.length === 0
    ? undefined
    : { kind: 'object', start: call.start, end: call.end, closed: !call.isOpen, entries };
}

function fromJson(call: Call): ProgramValue | undefined {
  const of = call.path.at(-2);
  if (of !== 'PolicyDocument' && of !== 'PolicyStatement') {
    return undefined;
  }
  const [value] = call.args();
  if (value?.kind !== 'object') {
    return value;
  }
  // The library writes Version 2012-10-17 and makes strings of nothing else.
  return of === 'PolicyStatement'
    ? takenBy(call, wrapStatement(value))
    : { ...value, host: { writesVersion: true, isPolicy: true } };
}

/**
 * What the classes of awacs come to, which have the names of the policy language: its readme, "Examples". Of other libraries
 * the classes of these names are none of ours.
 */
function awacsValue(call: Call, name: string): ProgramValue | undefined {
  if (!call.mentions('awacs')) {
    return undefined;
  }
  switch (name) {
    case 'Action':
      return actionOf(call);
    case 'Principal': {
      const [type, values] = call.args();
      if (type?.kind !== 'string') {
        return undefined;
      }
      const key = plainText(call.text, type);
      return key === '*' ? type : keyed(call, { name: key, start: type.start, end: type.end }, values);
    }
    default: {
      const object = namedObject(call);
      return (
        object && {
          ...object,
          entries: object.entries.map((entry) => ({
            ...entry,
            value: entry.value && constant(call, entry.value),
          })),
        }
      );
    }
  }
}

/**
 * `Action('s3', 'GetObject')`, or all of it in one text. The class of each module, as in `awacs.s3.Action('Get*')`, adds the
 * prefix of its service, which is not looked up.
 */
function actionOf(call: Call): ProgramValue | undefined {
  const [only, ...others] = call.args();
  const isPart = others.length === 0 && only?.kind === 'string' && !/^\*$|:/.test(plainText(call.text, only));
  return isPart ? undefined : joined(call, call.args(), ':');
}

/** `Allow` and `Deny` of awacs are texts. */
function constant({ text }: Call, value: ProgramValue): ProgramValue {
  const written =
    value.kind === 'opaque' ? text.slice(value.start, Math.min(value.end, value.start + 20)) : '';
  const name = /^(?:\w+\.)?(Allow|Deny)$/.exec(written)?.[1];
  return name === undefined ? value : standIn(name, value.start, value.end);
}

/** A principal of the CDK as the policy language has it. */
function principal(call: Call, name: string): ObjectValue | undefined {
  const { start, end } = call;
  const object = (key: string, value: ProgramValue): ObjectValue =>
    keyed(call, { name: key, ...call.name }, value);
  const key = PRINCIPAL_KEYS.get(name);
  if (key !== undefined) {
    const [value] = call.args();
    return value === undefined ? undefined : object(key, value);
  }
  switch (name) {
    case 'AnyPrincipal':
    case 'StarPrincipal':
      return object('AWS', standIn('*', start, end));
    case 'AccountRootPrincipal':
      return object('AWS', accountRoot(start, end));
    case 'CompositePrincipal': {
      const entries = call
        .args()
        .flatMap((each) => (each.kind === 'object' ? each.entries : [unseenEntry(each.start, each.end)]));
      return objectOf(call, entries);
    }
    default:
      return undefined;
  }
}

function keyed(call: Call, key: ProgramKey, value: ProgramValue | undefined): ObjectValue {
  const { start, end } = call;
  return objectOf(call, [{ key, value, start, end }]);
}

/** The principals that add no condition of their own. */
const PRINCIPAL_KEYS: ReadonlyMap<string, string> = new Map([
  ['ServicePrincipal', 'Service'],
  ['ArnPrincipal', 'AWS'],
  ['AccountPrincipal', 'AWS'],
  ['CanonicalUserPrincipal', 'CanonicalUser'],
]);
