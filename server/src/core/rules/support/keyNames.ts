import type { IamData } from '../../iamData/iamData';

/** A key that AWS has taken back; what is meant is who calls, or which resource of another service does. */
export function isArnKey(name: string): boolean {
  return name.toLowerCase() === 'aws:arn';
}

/**
 * Whether a key is that of a tag without the tag: `aws:RequestTag` or `ec2:ResourceTag/`. Keys of other things that end
 * in a name of the author's choice do not count.
 */
export function isBareTagKey(name: string, iamData: IamData | undefined): boolean {
  if (/^aws:(?:Principal|Request|Resource)Tag\/?$/i.test(name)) {
    return true;
  }
  return (
    /tag\/?$/i.test(name) &&
    iamData?.conditionKey(name) === undefined &&
    iamData?.conditionKey(`${name.replace(/\/$/, '')}/x`)?.hasPlaceholder === true
  );
}
