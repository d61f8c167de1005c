import type { Slice } from '../../arn/arn';
import {
  type Partition,
  partitionById,
  partitionOfRegion,
  partitions,
  regionStanding,
} from '../../arn/partitions';
import { own } from '../../own';
import { compilePattern, hasWildcard, matches } from '../../pattern/pattern';
import { listed, shortened } from '../../wording';
import { code } from '../markdown';
import type { SegmentExplanation } from './explanation';

/** What botocore's partitions.json calls each partition. */
export const PARTITION_NAMES: Readonly<Record<string, string>> = {
  aws: 'AWS Standard, the commercial Regions',
  'aws-cn': 'AWS China',
  'aws-us-gov': 'AWS GovCloud (US)',
  'aws-iso': 'AWS ISO (US)',
  'aws-iso-b': 'AWS ISOB (US)',
  'aws-iso-e': 'AWS ISOE (Europe)',
  'aws-iso-f': 'AWS ISOF',
  'aws-eusc': 'AWS European Sovereign Cloud',
};

/** The words for one segment; the slice says where. */
export function segment(
  name: string,
  slice: Slice,
  meaning: string,
  legal: string,
  problem?: string,
): SegmentExplanation {
  const { text, from, to } = slice;
  return { name, text, from, to, meaning, legal, ...(problem === undefined ? {} : { problem }) };
}

/** What the first field of an ARN means; Markdown, as below. */
export function prefixMeaning(text: string): string {
  return text === 'arn' ? 'Says that this is an Amazon Resource Name.' : 'An ARN begins with `arn`.';
}

/** What a partition means, or which ones a pattern covers. */
export function partitionMeaning(text: string): string {
  if (isOpen(text)) {
    const ids = partitions.map(({ id }) => id).filter((id) => fits(text, id));
    return ids.length === 0
      ? `No partition matches ${code(text)}.`
      : `${wildcardWord(text)} covers ${listed(ids.map(code))}.`;
  }
  const name = own(PARTITION_NAMES, text);
  return name === undefined
    ? `${code(text)} is not a known partition of AWS.`
    : `The partition: ${name}. Nothing in an ARN reaches beyond its partition.`;
}

export const PARTITION_LEGAL = `${listed(
  partitions.map(({ id }) => code(id)),
  'or',
)}, or a wildcard.`;

/** What a Region field says, for ARNs whose Region is that of the resource. */
export function regionMeaning(text: string, partitionText: string | undefined, of: string): string {
  const partition = partitionById(partitionText ?? '');
  if (text === '') {
    return 'Empty.';
  }
  if (text === '*') {
    return 'Every Region.';
  }
  if (isOpen(text)) {
    const among = partition === undefined ? partitions : [partition];
    const regions = among.flatMap((candidate) =>
      [...candidate.regions.keys()].filter((id) => fits(text, id)),
    );
    return regions.length === 0
      ? `No known Region matches ${code(text)}.`
      : `Matching Regions: ${shortened(regions.map(code), 8)}; also Regions that AWS may add.`;
  }
  const home = homeOf(text, partition);
  const name = home?.regions.get(text);
  if (home === undefined) {
    return `${code(text)} is not a Region.`;
  }
  const elsewhere =
    partition !== undefined && home !== partition ? ` It belongs to the partition ${code(home.id)}.` : '';
  return name === undefined
    ? `A Region that is newer than what is known here.${elsewhere}`
    : `${name}, the Region of ${of}.${elsewhere}`;
}

function homeOf(region: string, partition: Partition | undefined): Partition | undefined {
  return partition !== undefined && regionStanding(partition, region) !== 'impossible'
    ? partition
    : partitionOfRegion(region);
}

/** What may be written as the Region. */
export function regionLegal(partitionText: string | undefined): string {
  const partition = partitionById(partitionText ?? '');
  const of = partition === undefined ? '' : ` of the partition ${code(partition.id)}`;
  return `A Region code${of} such as ${code(exampleRegion(partition))}, or a wildcard as in ${code(
    `${exampleRegion(partition).split('-')[0]}-*`,
  )}.`;
}

function exampleRegion(partition: Partition | undefined): string {
  const regions = [...(partition?.regions.keys() ?? [])];
  return regions.includes('us-east-1') ? 'us-east-1' : (regions[0] ?? 'us-east-1');
}

/** Whether a segment holds something that is only known when a request is made. */
export function isOpen(text: string): boolean {
  return hasWildcard(text) || text.includes('${');
}

function wildcardWord(text: string): string {
  return text === '*' ? `${code('*')}` : `The pattern ${code(text)}`;
}

function fits(pattern: string, value: string): boolean {
  return matches(compilePattern(pattern, { variables: 'substitute' }), value);
}
