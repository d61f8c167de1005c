import { compilePattern, matches } from '../pattern/pattern';

/**
 * What the root user can do in its own account even if the policy of the bucket or the queue denies it. Amazon S3 API
 * Reference, GetBucketPolicy, PutBucketPolicy and DeleteBucketPolicy of buckets and of buckets on Outposts, which say as
 * well that the policies of endpoints and organizations can deny it; IAM User Guide, "AWS account root user", "Tasks that
 * require root user credentials".
 */
const KEPT_BY_ROOT: ReadonlySet<string> = new Set([
  's3:getbucketpolicy',
  's3:putbucketpolicy',
  's3:deletebucketpolicy',
  's3express:getbucketpolicy',
  's3express:putbucketpolicy',
  's3express:deletebucketpolicy',
  's3-outposts:getbucketpolicy',
  's3-outposts:putbucketpolicy',
  's3-outposts:deletebucketpolicy',
  'sqs:setqueueattributes',
]);

/** Whether no resource policy can keep the root user of its account from an action. */
export function isKeptByRoot(action: string): boolean {
  return KEPT_BY_ROOT.has(action.toLowerCase());
}

/**
 * AWS STS API Reference: GetCallerIdentity requires no permissions of a caller with credentials, even if a policy of the
 * identity denies it, nor does GetSessionToken of users, whose authentication no policy controls.
 */
const FREE_TO = new Map<string, 'everybody' | 'users'>([
  ['sts:getcalleridentity', 'everybody'],
  ['sts:getsessiontoken', 'users'],
]);

/** Who needs no permission for an action: everybody with credentials, or users and root users. */
export function freeTo(action: string): 'everybody' | 'users' | undefined {
  return FREE_TO.get(action.toLowerCase());
}

/** Not even a resource control policy stops it. AWS Organizations User Guide, "Resource control policies". */
export const RETIRE_GRANT = 'kms:retiregrant';

/** Nobody can do it from another account. API Gateway Developer Guide, "Cache settings for REST APIs". */
export const INVALIDATE_CACHE = 'execute-api:invalidatecache';

/** The actions by which a role is assumed, and those that go with them: the role's trust policy must allow them. */
const ASSUMING = [
  'sts:assumerole',
  'sts:assumerolewithsaml',
  'sts:assumerolewithwebidentity',
  'sts:tagsession',
  'sts:setsourceidentity',
  'sts:setcontext',
];

/**
 * The actions, in lower case, that follow rules of their own among those that a pattern of one service stands for; none of
 * an action without wildcards.
 */
export function exceptionsIn(action: string): readonly string[] {
  return /[*?]/.test(action) ? exceptionsOf(action) : [];
}

/** The same, of an action without wildcards itself. */
export function exceptionsOf(action: string): readonly string[] {
  if (!/^[^*?]+:/.test(action)) {
    return [];
  }
  const pattern = compilePattern(action, { case: 'ignore' });
  return [...KEPT_BY_ROOT, ...FREE_TO.keys(), RETIRE_GRANT, INVALIDATE_CACHE, ...ASSUMING].filter((each) =>
    matches(pattern, each),
  );
}
