import { type ArnFields, splitArn } from '../arn/arn';
import { compilePattern, intersects, matches, type Pattern } from '../pattern/pattern';
import type { IamData } from './iamData';
import { ADDED_ARN_FORMATS } from './overlay';
import type { ResourceType, Service } from './types';

/**
 * What a format says about its Region or account: `wanted` is a placeholder to be filled in, `none` is a field that
 * stays empty, and `free` is another word or a wildcard, from which nothing is concluded.
 */
export type FieldRule = 'wanted' | 'none' | 'free';

/** The ARN format of one resource type, ready to be laid beside a resource of a policy. */
export interface ArnFormat {
  readonly type: ResourceType;
  /** The service field; empty where the format leaves even that open. */
  readonly namespace: string;
  readonly region: FieldRule;
  readonly account: FieldRule;
  /** The sixth field, any text in the place of a placeholder. */
  readonly resource: Pattern;
  /** The characters in front of the first placeholder of the resource. */
  readonly lead: string;
  /** Whether the resource is those, and any text behind them. */
  readonly isOpen: boolean;
}

/** The resource field of a policy's ARN, made ready for all the formats it is laid beside. */
export class ArnResource {
  readonly text: string;
  /** The characters in front of the first wildcard or variable. */
  readonly lead: string;
  #pattern: Pattern | undefined = undefined;

  constructor(text: string) {
    this.text = text;
    this.lead = leadOf(text);
  }

  /** Compiled when first needed: for most the beginning decides. */
  get pattern(): Pattern {
    this.#pattern ??= compilePattern(this.text, { variables: 'substitute' });
    return this.#pattern;
  }
}

/** Takes a resource field in; variables may stand for anything. */
export function arnResource(text: string): ArnResource {
  return new ArnResource(text);
}

/** Whether some resource of the format is matched by the resource field of a policy. Never wrongly false. */
export function meetsFormat(resource: ArnResource, format: ArnFormat): boolean {
  const { lead } = resource;
  if (lead.length >= format.lead.length) {
    if (!lead.startsWith(format.lead)) {
      return false;
    }
    // Whatever a pattern matches begins like it, and nothing more is asked.
    if (format.isOpen) {
      return true;
    }
  } else if (!format.lead.startsWith(lead)) {
    return false;
  }
  return lead === resource.text
    ? matches(format.resource, resource.text)
    : intersects(resource.pattern, format.resource);
}

/** Whether a Region or account field, empty or not, is as the format requires. */
export function fieldSuits(text: string, rule: FieldRule): boolean {
  return rule === 'free' || (rule === 'none') === (text === '');
}

/** The literal parts of a format's text, between which its placeholders stand. */
export function literalParts(text: string): readonly string[] {
  return text.split(PLACEHOLDER);
}

const formats = new WeakMap<ResourceType, ArnFormat>();
const ownFormats = new WeakMap<Service, readonly ArnFormat[]>();
const allFormats = new WeakMap<IamData, ReadonlyMap<string, readonly ArnFormat[]>>();

/** The format of the ARNs of a resource type. */
export function arnFormatOf(type: ResourceType): ArnFormat {
  let format = formats.get(type);
  if (format === undefined) {
    format = toFormat(type);
    formats.set(type, format);
  }
  return format;
}

/**
 * The formats whose service field is the namespace, among those of the service of that name. Cheap, and not all:
 * other services describe ARNs of this one too (`allArnFormats`).
 */
export function ownArnFormats(iamData: IamData, namespace: string): readonly ArnFormat[] {
  const service = iamData.service(namespace);
  if (service === undefined) {
    return [];
  }
  let own = ownFormats.get(service);
  if (own === undefined) {
    own = service
      .resourceTypes()
      .map(arnFormatOf)
      .filter((format) => format.namespace === namespace);
    ownFormats.set(service, own);
  }
  return own;
}

/** The formats of a namespace in the tables of every service. The first call decodes the whole reference. */
export function allArnFormats(iamData: IamData, namespace: string): readonly ArnFormat[] {
  let byNamespace = allFormats.get(iamData);
  if (byNamespace === undefined) {
    byNamespace = groupedFormats(iamData);
    allFormats.set(iamData, byNamespace);
  }
  return byNamespace.get(namespace) ?? [];
}

function groupedFormats(iamData: IamData): ReadonlyMap<string, readonly ArnFormat[]> {
  const byNamespace = new Map<string, ArnFormat[]>();
  const add = (type: ResourceType): void => {
    const format = arnFormatOf(type);
    const group = byNamespace.get(format.namespace);
    if (group === undefined) {
      byNamespace.set(format.namespace, [format]);
    } else {
      group.push(format);
    }
  };
  for (const { prefix } of iamData.services()) {
    iamData.service(prefix)?.resourceTypes().forEach(add);
  }
  for (const [name, arn] of ADDED_ARN_FORMATS) {
    add({ name, arn, conditionKeys: [] });
  }
  return byNamespace;
}

function toFormat(type: ResourceType): ArnFormat {
  const { service, region, account, resource }: ArnFields = splitArn(type.arn);
  const text = (resource?.text ?? '').replaceAll(PLACEHOLDER, '*');
  return {
    type,
    namespace: service === undefined || service.text.includes('{') ? '' : service.text,
    region: fieldRule(region?.text),
    account: fieldRule(account?.text),
    resource: compilePattern(text),
    lead: leadOf(text),
    isOpen: text === `${leadOf(text)}*`,
  };
}

function fieldRule(text: string | undefined): FieldRule {
  return text === '' ? 'none' : /^\$\{\w+\}$/.test(text ?? '') ? 'wanted' : 'free';
}

function leadOf(text: string): string {
  const end = text.search(/[*?]|\$\{/);
  return end < 0 ? text : text.slice(0, end);
}

/** `${TableName}`, and the `{Date-and-Time-Stamp-of-Backup}` of opsworks-cm. */
const PLACEHOLDER = /\$?\{[^{}]*\}/g;
