import { memoize } from '../../pattern/memo';
import { isNear, nearest } from '../../pattern/nearest';
import { type ArnFields, type Slice, sliceOf } from '../arn';
import { overlayMeets } from '../executeApi';
import { nearestRegion, partitionById, partitionOfRegion, partitions, regionStanding } from '../partitions';
import { insertBefore, replace, type Slip, slip } from './slip';

const SERVICE = 'execute-api';

/** The slips in the fields before the resource: `arn`, partition, service, region, account and the colon after it. */
export function headerSlips(arn: string, fields: ArnFields): readonly Slip[] {
  return [
    ...prefixSlips(fields),
    ...partitionSlips(fields.partition),
    ...serviceSlips(fields.service),
    ...regionSlips(fields.partition, fields.region),
    ...accountSlips(arn, fields),
  ];
}

/**
 * Whether a service field was meant to be `execute-api`. No other service's name is within two letters of it once
 * case and separators are put aside.
 */
export const isServiceMeant: (service: string) => boolean = memoize((service) => {
  const bare = service.toLowerCase().replaceAll(/[-_\s]/g, '');
  return bare === 'executeapi' || isNear(service.toLowerCase(), [SERVICE]);
});

function prefixSlips({ prefix }: ArnFields): readonly Slip[] {
  if (prefix.text === 'arn') {
    return [];
  }
  return partitionById(prefix.text) !== undefined
    ? [slip('arn-prefix', prefix, [insertBefore(prefix, 'arn:', 'Insert arn:')], { message: 'missing' })]
    : [slip('arn-prefix', prefix, [replace(prefix, 'arn')])];
}

function partitionSlips(partition: Slice | undefined): readonly Slip[] {
  if (partition === undefined || hasWild(partition) || partitionById(partition.text) !== undefined) {
    return [];
  }
  const meant = nearest(
    partition.text,
    partitions.map(({ id }) => id),
  );
  return [slip('partition-unknown', partition, meant === undefined ? [] : [replace(partition, meant)])];
}

function serviceSlips(service: Slice | undefined): readonly Slip[] {
  return service === undefined || service.text === SERVICE || !isServiceMeant(service.text)
    ? []
    : [
        slip('service-name', service, [replace(service, SERVICE)], {
          message: service.text.toLowerCase() === SERVICE ? 'case' : 'slip',
        }),
      ];
}

function regionSlips(partitionField: Slice | undefined, region: Slice | undefined): readonly Slip[] {
  if (region === undefined) {
    return [];
  }
  if (region.text === '') {
    return [
      slip('region-unknown', region, [replace(region, '*', 'Insert * for every Region')], {
        message: 'empty',
      }),
    ];
  }
  const partition = partitionById(partitionField?.text ?? '');
  if (hasWild(region)) {
    return wildRegionSlips(partition?.id, region);
  }
  const candidates = partition === undefined ? partitions : [partition];
  if (candidates.some((candidate) => regionStanding(candidate, region.text) !== 'impossible')) {
    return [];
  }
  const home = partitionOfRegion(region.text);
  if (home !== undefined && partitionField !== undefined && partition !== undefined) {
    return [
      slip(
        'region-partition',
        region,
        [replace(partitionField, home.id, `Change the partition to ${home.id}`)],
        { data: { partition: partition.id, home: home.id } },
      ),
    ];
  }
  const meant = nearestRegion(region.text, candidates);
  return [slip('region-unknown', region, meant === undefined ? [] : [replace(region, meant)])];
}

/** `us-*` and `*-east-1` are legal; a pattern that no Region name of the partition can fit is not. */
function wildRegionSlips(partition: string | undefined, region: Slice): readonly Slip[] {
  const probe = `arn:${partition ?? '*'}:${SERVICE}:${region.text}:*:*`;
  if (overlayMeets(probe)) {
    return [];
  }
  return [slip('region-unknown', region, [], { message: 'pattern' })];
}

function accountSlips(arn: string, { account, resource }: ArnFields): readonly Slip[] {
  if (account === undefined) {
    return [];
  }
  // A slash inside `${…}` belongs to the variable's name.
  const slash = account.text
    .replaceAll(/\$\{[^{}]*\}/g, (variable) => '$'.repeat(variable.length))
    .indexOf('/');
  if (resource === undefined && slash >= 0) {
    // A `*` crosses colons: in `us-east-1:*/prod/GET/x` it stands for account and API id.
    if (overlayMeets(arn)) {
      return [];
    }
    const head = sliceOf(arn, account.from, account.from + slash);
    const separator = sliceOf(arn, head.to, head.to + 1);
    return [
      ...digitSlips(head),
      slip('resource-separator', separator, [replace(separator, ':', 'Replace / with :')]),
    ];
  }
  return digitSlips(account);
}

function digitSlips(account: Slice): readonly Slip[] {
  if (hasWild(account)) {
    return /^[\d*?]*$/.test(account.text.replaceAll(/\$\{[^{}]*\}/g, ''))
      ? []
      : [slip('account-format', account)];
  }
  if (/^\d{12}$/.test(account.text)) {
    return [];
  }
  if (account.text === '') {
    const fix = replace(account, '*', 'Insert * for every account');
    return [slip('account-format', account, [fix], { message: 'empty' })];
  }
  const digits = account.text.replaceAll(/[-\s]/g, '');
  return [slip('account-format', account, /^\d{12}$/.test(digits) ? [replace(account, digits)] : [])];
}

export function hasWild(slice: Slice): boolean {
  return /[*?]|\$\{/.test(slice.text);
}
