import { type Slice, splitArn } from '../../../arn/arn';
import { type Partition, partitionById, partitions, regionStanding } from '../../../arn/partitions';
import type { ArnFormat } from '../../../iamData/arnFormats';
import { own } from '../../../own';
import { listed } from '../../../wording';
import { PARTITION_NAMES } from '../../explain/fields';
import { type ArnSite, type Draft, fittingFormats, formatsOfService } from './site';

/** Every partition that has the Region, where one is written. */
export function partitionDrafts(site: ArnSite, field: Slice): readonly Draft[] {
  const { service, region } = site.fields;
  const has = (partition: Partition) =>
    region === undefined ||
    /^$|[*?$]/.test(region.text) ||
    regionStanding(partition, region.text) !== 'impossible';
  const fitting = partitions.some(has) ? partitions.filter(has) : partitions;
  const [first, rest] = parted(fitting, ({ id }) => id === site.partition);
  return [...first, ...rest].map(({ id }) =>
    inField(field, service, { text: id, detail: own(PARTITION_NAMES, id) }),
  );
}

/** The services of the statement's actions, then `whole`, then every other that ARNs can name. */
export function serviceDrafts(site: ArnSite, field: Slice, whole: readonly Draft[]): readonly Draft[] {
  const { formats = [], input, fields } = site;
  const { iamData, actions, place } = input;
  const names = new Map(iamData?.services().map(({ prefix, name }) => [prefix, name]));
  const prefixes = actions.map((action) => action.split(':', 1)[0]?.toLowerCase() ?? '');
  const first = new Set([
    ...formats.map(({ namespace }) => namespace).filter((namespace) => namespace !== ''),
    ...(place === 'resource' ? prefixes.filter((prefix) => names.has(prefix)) : []),
  ]);
  const others = place === 'principal' ? [] : (iamData?.arnNamespaces() ?? []);
  const draft = (name: string, tail: string): Draft =>
    inField(field, fields.region, { text: name, detail: names.get(name), tail });
  return [
    ...[...first].map((name) => draft(name, `:${emptyFields(formatsOfService(site, name))}`)),
    ...whole,
    ...others.filter((name) => !first.has(name)).map((name) => draft(name, ':')),
  ];
}

/** The Regions of the partition, those of known APIs first; none where the resource has none. */
export function regionDrafts(site: ArnSite, field: Slice): readonly Draft[] {
  const { fields, input } = site;
  const service = fields.service?.text ?? '';
  const formats = fittingFormats(site, formatsOfService(site, service), 'region');
  const isEmpty = formats.length > 0 && formats.every(({ region }) => region === 'none');
  const known = new Set(
    service === 'execute-api' ? input.knowledge.apis.flatMap(({ regions }) => regions) : [],
  );
  const partition = partitionById(fields.partition?.text ?? '');
  const regions = (partition === undefined ? partitions : [partition]).flatMap(({ regions }) => [...regions]);
  const [first, rest] = parted(regions, ([id]) => known.has(id));
  const named = ([id, name]: readonly [string, string]) =>
    inField(field, fields.account, { text: id, detail: name });
  return [
    ...emptyDraft(field, fields.account, formats, 'region'),
    ...(isEmpty
      ? []
      : [
          ...first.map(named),
          ...(site.wildcards ? [inField(field, fields.account, { text: '*', detail: 'every Region' })] : []),
          ...rest.map(named),
        ]),
  ];
}

/** The accounts that the workspace knows, and the words that stand for AWS's own where a format has them. */
export function accountDrafts(site: ArnSite, field: Slice): readonly Draft[] {
  const { fields, input, wildcards } = site;
  const formats = fittingFormats(site, formatsOfService(site, fields.service?.text ?? ''), 'account');
  const isEmpty = formats.length > 0 && formats.every(({ account }) => account === 'none');
  const isNumbered = formats.length === 0 || formats.some(({ account }) => account === 'wanted');
  const words = formats.filter(({ account }) => account === 'free').flatMap((format) => wordOf(format));
  const draft = (text: string, detail: string) => inField(field, fields.resource, { text, detail });
  return [
    ...emptyDraft(field, fields.resource, formats, 'account'),
    ...(isNumbered ? input.knowledge.accounts.map((id) => draft(id, 'seen in the workspace')) : []),
    ...(wildcards && !isEmpty ? [draft('*', 'every account')] : []),
    ...words.map(({ word, name }) => draft(word, name)),
  ];
}

function wordOf({ type }: ArnFormat): readonly { readonly word: string; readonly name: string }[] {
  const word = splitArn(type.arn).account?.text ?? '';
  return /^[a-z-]+$/.test(word) ? [{ word, name: `AWS’s own: ${type.name}` }] : [];
}

/** The way on over a field that stays empty for some of the formats. */
function emptyDraft(
  field: Slice,
  next: Slice | undefined,
  formats: readonly ArnFormat[],
  name: 'region' | 'account',
): readonly Draft[] {
  const without = formats.filter((format) => format[name] === 'none');
  // Nothing has to be done to leave an empty field empty.
  if (without.length === 0 || (next !== undefined && field.text === '')) {
    return [];
  }
  const types = [...new Set(without.map(({ type }) => type.name))];
  const shown = types.length > MOST_TYPES ? [...types.slice(0, MOST_TYPES), 'others'] : types;
  const skipped = name === 'region' && next === undefined && without.every(hasNoAccount) ? '::' : ':';
  return [
    {
      ...inField(field, next, { text: '', tail: skipped, detail: `as in the ARN of ${listed(shown)}` }),
      label: name === 'region' ? '(no Region)' : '(no account)',
    },
  ];
}

const MOST_TYPES = 3;

/** The colons of the fields behind the service that every format leaves empty. */
function emptyFields(formats: readonly ArnFormat[]): string {
  const hasNoRegion = formats.length > 0 && formats.every(({ region }) => region === 'none');
  return hasNoRegion ? (formats.every(hasNoAccount) ? '::' : ':') : '';
}

function hasNoAccount({ account }: ArnFormat): boolean {
  return account === 'none';
}

/** A field's new value; where nothing follows yet, with the colon that leads on. */
function inField(
  field: Slice,
  next: Slice | undefined,
  {
    text,
    detail,
    tail = ':',
  }: { readonly text: string; readonly detail?: string | undefined; readonly tail?: string },
): Draft {
  return {
    label: text,
    ...(detail === undefined ? {} : { detail }),
    from: field.from,
    to: field.to,
    text: next === undefined ? text + tail : text,
    continues: next === undefined,
  };
}

function parted<T>(items: readonly T[], test: (item: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [items.filter(test), items.filter((item) => !test(item))];
}
