import { memoize } from '../../pattern/memo';
import { isNear, nearest } from '../../pattern/nearest';
import { type ArnFields, type Slice, sliceOf } from '../arn';
import { overlayMeets } from '../executeApi';
import { nearestRegion, partitionById, partitionOfRegion, partitions, regionStanding } from '../partitions';
import { insertBefore, type KnownMistake, mistake, replace } from './mistake';

const SERVICE = 'execute-api';

/** The mistakes in the fields before the resource: `arn`, partition, service, region, account and the colon after it. */
export function headerMistakes(arn: string, fields: ArnFields): readonly KnownMistake[] {
  return [
    ...prefixMistakes(fields),
    ...partitionMistakes(fields.partition),
    ...serviceMistakes(fields.service),
    ...regionMistakes(fields.partition, fields.region),
    ...accountMistakes(arn, fields),
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

function prefixMistakes({ prefix }: ArnFields): readonly KnownMistake[] {
  if (prefix.text === 'arn') {
    return [];
  }
  return partitionById(prefix.text) !== undefined
    ? [mistake('arn-prefix', prefix, [insertBefore(prefix, 'arn:', 'Insert arn:')], { message: 'missing' })]
    : [mistake('arn-prefix', prefix, [replace(prefix, 'arn')])];
}

function partitionMistakes(partition: Slice | undefined): readonly KnownMistake[] {
  if (partition === undefined || hasWild(partition) || partitionById(partition.text) !== undefined) {
    return [];
  }
  const meant = nearest(
    partition.text,
    partitions.map(({ id }) => id),
  );
  return [mistake('partition-unknown', partition, meant === undefined ? [] : [replace(partition, meant)])];
}

function serviceMistakes(service: Slice | undefined): readonly KnownMistake[] {
  return service === undefined || service.text === SERVICE || !isServiceMeant(service.text)
    ? []
    : [
        mistake('service-name', service, [replace(service, SERVICE)], {
          message: service.text.toLowerCase() === SERVICE ? 'case' : 'mistake',
        }),
      ];
}

function regionMistakes(
  partitionField: Slice | undefined,
  region: Slice | undefined,
): readonly KnownMistake[] {
  if (region === undefined) {
    return [];
  }
  if (region.text === '') {
    return [
      mistake('region-unknown', region, [replace(region, '*', 'Insert * for every Region')], {
        message: 'empty',
      }),
    ];
  }
  const partition = partitionById(partitionField?.text ?? '');
  if (hasWild(region)) {
    return wildRegionMistakes(partition?.id, region);
  }
  const candidates = partition === undefined ? partitions : [partition];
  if (candidates.some((candidate) => regionStanding(candidate, region.text) !== 'impossible')) {
    return [];
  }
  const home = partitionOfRegion(region.text);
  if (home !== undefined && partitionField !== undefined && partition !== undefined) {
    return [
      mistake(
        'region-partition',
        region,
        [replace(partitionField, home.id, `Change the partition to ${home.id}`)],
        { data: { partition: partition.id, home: home.id } },
      ),
    ];
  }
  const meant = nearestRegion(region.text, candidates);
  return [mistake('region-unknown', region, meant === undefined ? [] : [replace(region, meant)])];
}

/** `us-*` and `*-east-1` are legal; a pattern that no Region name of the partition can fit is not. */
function wildRegionMistakes(partition: string | undefined, region: Slice): readonly KnownMistake[] {
  const probe = `arn:${partition ?? '*'}:${SERVICE}:${region.text}:*:*`;
  if (overlayMeets(probe)) {
    return [];
  }
  return [mistake('region-unknown', region, [], { message: 'pattern' })];
}

function accountMistakes(arn: string, { account, resource }: ArnFields): readonly KnownMistake[] {
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
      ...digitMistakes(head),
      mistake('resource-separator', separator, [replace(separator, ':', 'Replace / with :')]),
    ];
  }
  return digitMistakes(account);
}

function digitMistakes(account: Slice): readonly KnownMistake[] {
  if (hasWild(account)) {
    return /^[\d*?]*$/.test(account.text.replaceAll(/\$\{[^{}]*\}/g, ''))
      ? []
      : [mistake('account-format', account)];
  }
  if (/^\d{12}$/.test(account.text)) {
    return [];
  }
  if (account.text === '') {
    const fix = replace(account, '*', 'Insert * for every account');
    return [mistake('account-format', account, [fix], { message: 'empty' })];
  }
  const digits = account.text.replaceAll(/[-\s]/g, '');
  return [mistake('account-format', account, /^\d{12}$/.test(digits) ? [replace(account, digits)] : [])];
}

/** Whether a wildcard or a variable is in a field. */
export function hasWild(slice: Slice): boolean {
  return /[*?]|\$\{/.test(slice.text);
}
