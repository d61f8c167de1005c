import { partitions } from './partitions';

/**
 * The names of AWS services as principals: `service.amazonaws.com`, in lower case. AWS publishes no complete list, so
 * only their form is known. Access Analyzer, INVALID_SERVICE_PRINCIPAL_FORMAT; the suffixes of the partitions.
 */
const SUFFIX = [...new Set(['amazon.com', ...partitions.map((partition) => partition.dnsSuffix)])]
  .map((suffix) => suffix.replaceAll('.', '\\.'))
  .join('|');

const REGION = '[a-z]+(?:-[a-z]+)+-\\d+';
const NAME = new RegExp(`^[a-z0-9-]+(\\.[a-z0-9-]+)*\\.(${SUFFIX})$`);
const SINGLE_NAME = new RegExp(`^[a-z0-9-]+\\.(${REGION}\\.)?(${SUFFIX})$`);
const REGIONAL_NAME = new RegExp(`^([a-z0-9-]+\\.)+${REGION}\\.(${SUFFIX})$`);

/** `lambda.amazonaws.com`, `delivery.logs.amazonaws.com`, `s3.ap-east-1.amazonaws.com`. */
export function isServicePrincipal(text: string): boolean {
  return NAME.test(text);
}

/** A service principal with one name before its Region, if any, and its suffix. */
export function isSingleNamed(text: string): boolean {
  return SINGLE_NAME.test(text);
}

/** A service principal with a Region, as `kms:ViaService` holds it. */
export function isRegional(text: string): boolean {
  return REGIONAL_NAME.test(text);
}

/**
 * The name of a service principal before its Region, if any, and its suffix; `undefined` if it is not a service
 * principal.
 */
export function partsOfPrincipal(
  text: string,
): { readonly name: string; readonly region: string | undefined; readonly suffix: string } | undefined {
  const [, name, region, suffix] = PARTS.exec(text) ?? [];
  return name === undefined || suffix === undefined ? undefined : { name, region, suffix };
}

const PARTS = new RegExp(`^([a-z0-9-]+(?:\\.[a-z0-9-]+)*?)(?:\\.(${REGION}))?\\.(${SUFFIX})$`);
