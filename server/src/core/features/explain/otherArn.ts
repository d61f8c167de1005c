import { type Slice, splitArn } from '../../arn/arn';
import { partitionById } from '../../arn/partitions';
import type { IamData } from '../../iamData/iamData';
import { ACCOUNT_WORDS } from '../../iamData/overlay/arnAccounts';
import type { ResourceType, Service } from '../../iamData/types';
import { own } from '../../own';
import type { ArnFault } from '../../rules/support/arnFault';
import { arnFaultsIn } from '../../rules/support/arnFaults';
import { listed, shortened } from '../../wording';
import { code } from '../markdown';
import type { ArnExplanation, SegmentExplanation } from './explanation';
import {
  isOpen,
  PARTITION_LEGAL,
  partitionMeaning,
  prefixMeaning,
  regionLegal,
  regionMeaning,
  segment,
} from './fields';

/** The segment table of an ARN that has nothing to do with execute-api, as far as the service reference knows it. */
export function explainOtherArn(text: string, iamData: IamData | undefined): ArnExplanation {
  const fields = splitArn(text);
  const { prefix, partition, service: serviceField, region, account, resource } = fields;
  if (text === '*') {
    const all = 'Every resource of every service.';
    return { arn: text, summary: all, segments: [segment('Resource', prefix, all, 'An ARN or `*`.')] };
  }
  if (prefix.text !== 'arn') {
    const problem = 'An ARN begins with `arn:` and a partition.';
    return {
      arn: text,
      summary: 'This is no ARN.',
      segments: [segment('Text', { from: 0, to: text.length, text }, 'No ARN.', problem, problem)],
    };
  }
  const service = serviceField && iamData?.service(serviceField.text);
  const types = service === undefined ? [] : typesOf(text, service);
  const segments: SegmentExplanation[] = [segment('Prefix', prefix, prefixMeaning(prefix.text), '`arn`.')];
  if (partition !== undefined) {
    segments.push(segment('Partition', partition, partitionMeaning(partition.text), PARTITION_LEGAL));
  }
  if (serviceField !== undefined) {
    segments.push(
      segment(
        'Service',
        serviceField,
        serviceMeaning(serviceField.text, service, iamData),
        'The namespace of a service in lower case, without wildcards.',
      ),
    );
  }
  if (region !== undefined) {
    const meaning =
      region.text === ''
        ? `Empty: ${ownerOf(types)} ${types.length === 0 ? 'may carry no Region' : carries(types, 3, 'Region')}.`
        : regionMeaning(region.text, partition?.text, 'the resource');
    segments.push(
      segment('Region', region, meaning, `${regionLegal(partition?.text)} Empty for global resources.`),
    );
  }
  if (account !== undefined) {
    segments.push(
      segment(
        'Account',
        account,
        accountMeaning(account.text, types),
        'Twelve digits, or a wildcard; empty for some types.',
      ),
    );
  }
  if (resource !== undefined) {
    segments.push(resourceSegment(resource, service, types));
  }
  return {
    arn: text,
    summary: summaryOf(text, resource, service, types),
    segments: withProblems(segments, text, iamData),
  };
}

/**
 * What makes an ARN malformed whatever its service: too few fields, an invalid partition or account, and empty fields
 * that are never empty. By the service also a Region or an account where ARNs of the kind have none.
 */
function withProblems(
  segments: readonly SegmentExplanation[],
  text: string,
  iamData: IamData | undefined,
): readonly SegmentExplanation[] {
  const faults = arnFaultsIn(text, iamData);
  // A wildcard crosses colons, and stands for the fields that are missing.
  const isCut = segments.length < FIELDS && !isOpen(text);
  return segments.map((each, index) => {
    const problem =
      own(PROBLEMS, each.name)?.(each.text) ??
      (isCut && index === segments.length - 1
        ? 'An ARN has six fields separated by colons, and this one ends here.'
        : unexpected(each, faults));
    return problem === undefined ? each : { ...each, problem };
  });
}

const FIELDS = 6;

function unexpected({ from, to, name }: SegmentExplanation, faults: readonly ArnFault[]): string | undefined {
  const isUnexpected = faults.some(
    (each) => each.from === from && each.to === to && /^(?:region|account)-unexpected$/.test(each.kind),
  );
  return isUnexpected
    ? `ARNs of this kind have no ${name === 'Region' ? name : 'account'}: this matches nothing.`
    : undefined;
}

const PROBLEMS: Readonly<Partial<Record<string, (text: string) => string | undefined>>> = {
  Partition: (text) =>
    text === ''
      ? 'The partition is missing.'
      : isOpen(text) || partitionById(text) !== undefined
        ? undefined
        : `${code(text)} is not a partition of AWS.`,
  Service: (text) => (text === '' ? 'The service is missing.' : undefined),
  Account: (text) =>
    text === '' || isOpen(text) || ACCOUNT_WORDS.has(text) || /^\d{12}$/.test(text)
      ? undefined
      : `${code(text)} is not an account ID, which has twelve digits.`,
  Resource: (text) => (text === '' ? 'The resource is missing.' : undefined),
};

function serviceMeaning(name: string, service: Service | undefined, iamData: IamData | undefined): string {
  if (service !== undefined) {
    return `${service.name}.`;
  }
  if (name === '' || isOpen(name)) {
    return 'The service must be named; a wildcard is not taken here.';
  }
  return iamData === undefined || iamData.isArnNamespace(name)
    ? `The service ${code(name)}.`
    : `${code(name)} is not among the services known on ${iamData.date}.`;
}

function accountMeaning(text: string, types: readonly ResourceType[]): string {
  if (text === '') {
    return `Empty: ${ownerOf(types)} ${types.length === 0 ? 'may carry no account' : carries(types, 4, 'account')}.`;
  }
  if (text === 'aws') {
    return 'AWS itself: a resource that AWS manages for every account.';
  }
  if (text === '*') {
    return 'Every account.';
  }
  return isOpen(text)
    ? `Every account that matches ${code(text)}.`
    : /^\d{12}$/.test(text)
      ? 'The account that the resource belongs to.'
      : `${code(text)} is not an account: an account ID has twelve digits.`;
}

function ownerOf(types: readonly ResourceType[]): string {
  return types.length === 0 ? 'the ARNs of some resource types' : `the ARN of ${typeNames(types)}`;
}

function carries(types: readonly ResourceType[], field: number, what: string): string {
  return types.every((type) => splitTemplate(type.arn)[field] === '')
    ? `has no ${what}`
    : `should have its ${what} here`;
}

function resourceSegment(
  resource: Slice,
  service: Service | undefined,
  types: readonly ResourceType[],
): SegmentExplanation {
  const wild = isOpen(resource.text)
    ? ` ${code('*')} matches any run of characters, ${code('/')} and ${code(':')} included, ${code('?')} for exactly one.`
    : '';
  const legal =
    service === undefined || service.resourceTypes().length === 0
      ? 'What the service calls its resources, with wildcards anywhere.'
      : `The resource part of ${shortened(
          service.resourceTypes().map((type) => code(type.arn)),
          5,
        )}.`;
  const meaning =
    resource.text === '*'
      ? `Every resource${service === undefined ? '' : ` of ${service.name}`}.`
      : types.length === 0
        ? `The resource.${wild}`
        : `${capital(typeNames(types))}, written as ${listed(
            types.map((type) => code(type.arn)),
            'or',
          )}.${wild}`;
  return segment('Resource', resource, meaning, legal);
}

function summaryOf(
  text: string,
  resource: Slice | undefined,
  service: Service | undefined,
  types: readonly ResourceType[],
): string {
  if (resource === undefined) {
    return `An ARN has six fields, and ${code(text)} ends before the resource.`;
  }
  const owner = service === undefined ? '' : ` of ${service.name}`;
  if (resource.text === '*') {
    return `Every resource${owner} that matches the fields before it.`;
  }
  const what =
    types.length === 0
      ? 'resource'
      : listed(
          types.map(({ name }) => name),
          'or',
        );
  return isOpen(text)
    ? `Each ${what}${owner} whose ARN matches the pattern; ${code('*')} also crosses ${code('/')} and ${code(':')}.`
    : `The one ${what}${owner} of exactly this ARN; upper and lower case differ.`;
}

/**
 * The resource types an ARN reads as: those whose template it fits with each placeholder within one segment, else
 * those with the most literal text that it fits when the last placeholder may hold slashes, as S3's keys do.
 */
function typesOf(arn: string, service: Service): readonly ResourceType[] {
  if (arn.length > LONGEST_ARN) {
    return [];
  }
  const all = service.resourceTypes();
  const strict = all.filter((type) => templateTest(type.arn, '[^/:]*')(arn));
  if (strict.length > 0) {
    return strict.slice(0, MOST_TYPES);
  }
  const fitting = all.filter((type) => templateTest(type.arn, '.*')(arn));
  const most = Math.max(0, ...fitting.map((type) => literalLength(type.arn)));
  return fitting.filter((type) => literalLength(type.arn) === most).slice(0, MOST_TYPES);
}

/** IAM API Reference, "arnType"; the formats of a longer text are not looked for, which would take long. */
const LONGEST_ARN = 2048;

/** More readings than this say nothing. */
const MOST_TYPES = 3;

function templateTest(template: string, lastPlaceholder: string): (text: string) => boolean {
  const literals = template.split(PLACEHOLDER).map((literal) => literal.replaceAll(/[^\w]/g, '\\$&'));
  const last = literals.pop() ?? '';
  const source = literals.length === 0 ? last : `${literals.join('[^/:]*')}${lastPlaceholder}${last}`;
  const expression = new RegExp(`^${source}$`, 's');
  return (text) => expression.test(text);
}

function literalLength(template: string): number {
  return template.replaceAll(PLACEHOLDER, '').length;
}

const PLACEHOLDER = /\$\{[^{}]*\}/g;

function splitTemplate(template: string): readonly string[] {
  return template.split(':');
}

function typeNames(types: readonly ResourceType[]): string {
  return listed(
    types.map(({ name }) => `${/^[aeiou]/i.test(name) ? 'an' : 'a'} ${name}`),
    'or',
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
