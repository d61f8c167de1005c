/**
 * Variables of policies that are named after no condition key of the service reference, each group as the pattern of
 * a whole name. Other tools write `${prefix:…}` too (`ssm`, `cf`, `s3` and `env` are the Serverless Framework's), so a
 * service's prefix alone tells nothing.
 */
export const VARIABLES_WITHOUT_KEY: readonly RegExp[] = [
  // AWS IoT Developer Guide, "Basic AWS IoT Core policy variables", "Thing policy variables" and "X.509 Certificate AWS
  // IoT Core policy variables".
  /^iot:(ClientId|DomainName|Connection\.Thing\.[\w.[\]:-]+|Certificate\.[\w.]+)$/i,
  // AWS Transfer Family User Guide, "Creating a session policy for an Amazon S3 bucket".
  /^transfer:(UserName|HomeBucket|HomeFolder|HomeDirectory)$/i,
  // IAM User Guide, "Available keys for AWS OIDC federation": an issuer's host, perhaps with a path, and a claim.
  /^([\w-]+\.)+[a-z]{2,}(\/[\w./-]+)?:(amr|app_id|aud|azp|email|id|oaud|sub|user_id)$/i,
];
