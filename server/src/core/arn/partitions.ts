import { isNear, nearest } from '../pattern/nearest';

/**
 * Partitions and Regions of AWS, as of botocore's partitions.json and endpoints.json of August 2026.
 *
 * Regions are added without notice, so membership is never proof of a mistake: a name that fits its
 * partition's pattern is a Region we may not have heard of yet (`regionStanding`).
 */
export interface Partition {
  readonly id: string;
  /** What follows `execute-api.REGION.` in a default endpoint's host name. */
  readonly dnsSuffix: string;
  /** What a Region name of the partition begins with; `-`, a direction, `-` and a number follow. */
  readonly regionPrefixes: readonly string[];
  /** Region code to the name AWS gives it. */
  readonly regions: ReadonlyMap<string, string>;
}

const SOURCE: readonly {
  readonly id: string;
  readonly dnsSuffix: string;
  readonly regionPrefixes: readonly string[];
  readonly regions: Readonly<Record<string, string>>;
}[] = [
  {
    id: 'aws',
    dnsSuffix: 'amazonaws.com',
    regionPrefixes: ['us', 'eu', 'ap', 'sa', 'ca', 'me', 'af', 'il', 'mx'],
    regions: {
      'af-south-1': 'Africa (Cape Town)',
      'ap-east-1': 'Asia Pacific (Hong Kong)',
      'ap-east-2': 'Asia Pacific (Taipei)',
      'ap-northeast-1': 'Asia Pacific (Tokyo)',
      'ap-northeast-2': 'Asia Pacific (Seoul)',
      'ap-northeast-3': 'Asia Pacific (Osaka)',
      'ap-south-1': 'Asia Pacific (Mumbai)',
      'ap-south-2': 'Asia Pacific (Hyderabad)',
      'ap-southeast-1': 'Asia Pacific (Singapore)',
      'ap-southeast-2': 'Asia Pacific (Sydney)',
      'ap-southeast-3': 'Asia Pacific (Jakarta)',
      'ap-southeast-4': 'Asia Pacific (Melbourne)',
      'ap-southeast-5': 'Asia Pacific (Malaysia)',
      'ap-southeast-6': 'Asia Pacific (New Zealand)',
      'ap-southeast-7': 'Asia Pacific (Thailand)',
      'ca-central-1': 'Canada (Central)',
      'ca-west-1': 'Canada West (Calgary)',
      'eu-central-1': 'Europe (Frankfurt)',
      'eu-central-2': 'Europe (Zurich)',
      'eu-north-1': 'Europe (Stockholm)',
      'eu-south-1': 'Europe (Milan)',
      'eu-south-2': 'Europe (Spain)',
      'eu-west-1': 'Europe (Ireland)',
      'eu-west-2': 'Europe (London)',
      'eu-west-3': 'Europe (Paris)',
      'il-central-1': 'Israel (Tel Aviv)',
      'me-central-1': 'Middle East (UAE)',
      'me-south-1': 'Middle East (Bahrain)',
      'mx-central-1': 'Mexico (Central)',
      'sa-east-1': 'South America (Sao Paulo)',
      'us-east-1': 'US East (N. Virginia)',
      'us-east-2': 'US East (Ohio)',
      'us-west-1': 'US West (N. California)',
      'us-west-2': 'US West (Oregon)',
    },
  },
  {
    id: 'aws-cn',
    dnsSuffix: 'amazonaws.com.cn',
    regionPrefixes: ['cn'],
    regions: { 'cn-north-1': 'China (Beijing)', 'cn-northwest-1': 'China (Ningxia)' },
  },
  {
    id: 'aws-us-gov',
    dnsSuffix: 'amazonaws.com',
    regionPrefixes: ['us-gov'],
    regions: { 'us-gov-east-1': 'AWS GovCloud (US-East)', 'us-gov-west-1': 'AWS GovCloud (US-West)' },
  },
  {
    id: 'aws-iso',
    dnsSuffix: 'c2s.ic.gov',
    regionPrefixes: ['us-iso'],
    regions: { 'us-iso-east-1': 'US ISO East', 'us-iso-west-1': 'US ISO West' },
  },
  {
    id: 'aws-iso-b',
    dnsSuffix: 'sc2s.sgov.gov',
    regionPrefixes: ['us-isob'],
    regions: { 'us-isob-east-1': 'US ISOB East (Ohio)', 'us-isob-west-1': 'US ISOB West' },
  },
  {
    id: 'aws-iso-e',
    dnsSuffix: 'cloud.adc-e.uk',
    regionPrefixes: ['eu-isoe'],
    regions: { 'eu-isoe-west-1': 'EU ISOE West' },
  },
  {
    id: 'aws-iso-f',
    dnsSuffix: 'csp.hci.ic.gov',
    regionPrefixes: ['us-isof'],
    regions: { 'us-isof-east-1': 'US ISOF East', 'us-isof-south-1': 'US ISOF South' },
  },
  {
    id: 'aws-eusc',
    dnsSuffix: 'amazonaws.eu',
    regionPrefixes: ['eusc-de'],
    regions: { 'eusc-de-east-1': 'AWS European Sovereign Cloud (Germany)' },
  },
];

export const partitions: readonly Partition[] = SOURCE.map(({ regions, ...rest }) => ({
  ...rest,
  regions: new Map(Object.entries(regions)),
}));

/** The partition of that id; `undefined` for an id that AWS does not use. */
export function partitionById(id: string): Partition | undefined {
  return partitions.find((partition) => partition.id === id);
}

/**
 * Whether an account has to switch a Region of the partition `aws` on before it can be used: all that came after those
 * that every account has (AWS Account Management Reference Guide, "Enable or disable AWS Regions in your account").
 */
export function isOptInRegion(partition: string, region: string): boolean {
  return partition === 'aws' && !REGIONS_OF_EVERY_ACCOUNT.has(region) && isListedRegion(region);
}

const REGIONS_OF_EVERY_ACCOUNT: ReadonlySet<string> = new Set([
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ca-central-1',
  'eu-central-1',
  'eu-north-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'sa-east-1',
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
]);

/** The compass directions in the names of Regions. */
const regionDirections: readonly string[] = [
  'central',
  'east',
  'north',
  'northeast',
  'northwest',
  'south',
  'southeast',
  'southwest',
  'west',
];

/** Whether a Region stands in the list of one of the partitions. */
export function isListedRegion(region: string): boolean {
  return partitions.some((partition) => partition.regions.has(region));
}

/** The partition that a Region name belongs to, by the list first and by its shape after. */
export function partitionOfRegion(region: string): Partition | undefined {
  return (
    partitions.find((partition) => partition.regions.has(region)) ??
    partitions.find((partition) => regionStanding(partition, region) === 'plausible')
  );
}

/**
 * Whether a Region is known in the partition, looks like one that may be newer than our list, or cannot be one.
 * A word that is no direction passes unless it is close to one: `us-gulf-1` may come, `us-esat-1` is a mistake.
 */
export function regionStanding(partition: Partition, region: string): 'known' | 'plausible' | 'impossible' {
  if (partition.regions.has(region)) {
    return 'known';
  }
  const prefix = partition.regionPrefixes.find((candidate) => region.startsWith(`${candidate}-`));
  const rest = prefix === undefined ? undefined : /^-(\w+)-\d+$/.exec(region.slice(prefix.length));
  const word = rest?.[1];
  if (word === undefined) {
    return 'impossible';
  }
  return regionDirections.includes(word) || !isNear(word, regionDirections) ? 'plausible' : 'impossible';
}

/**
 * The Region that a misspelt one was most likely meant to be: `us-east-1` for `us-esat-1`, and for its zone
 * `us-east-1a`.
 */
export function nearestRegion(region: string, candidates: readonly Partition[]): string | undefined {
  const known = candidates.flatMap((candidate) => [...candidate.regions.keys()]);
  const trimmed = /^(.*\d)[a-f]$/.exec(region)?.[1];
  return trimmed !== undefined && known.includes(trimmed) ? trimmed : nearest(region, known);
}
