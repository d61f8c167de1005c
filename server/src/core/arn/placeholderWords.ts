/** What stands at a place, as far as it helps to tell its placeholders. */
export type PlaceRole =
  | 'partition'
  | 'region'
  | 'account'
  | 'apiId'
  | 'stage'
  | 'method'
  | 'path'
  /** The name of an S3 bucket. */
  | 'bucket'
  /** A part of a host name. */
  | 'label'
  /** An ARN as a whole. */
  | 'arn'
  /** An account or an ARN, as a principal. */
  | 'principal'
  /** An id of AWS's making, such as that of a VPC. */
  | 'id'
  /** Text about which nothing is known. */
  | 'text';

/**
 * Words that documentation puts where a value belongs, in lower case and without separators, by the place they stand
 * in. AWS's own pages are full of them: `arn:aws:execute-api:region:account-id:api-id/stage-name/HTTP-VERB/…`.
 * A word that somebody may well have chosen as a name, such as `stage`, is not here.
 */
const WORDS: ReadonlyMap<PlaceRole, ReadonlySet<string>> = wordsByRole([
  ['apiId', ['apiid', 'restapiid', 'httpapiid', 'yourapiid', 'apigatewayid', 'yourrestapiid', 'theapiid']],
  ['stage', ['stagename', 'yourstage', 'yourstagename', 'apistage', 'stageid']],
  ['method', ['httpverb', 'httpmethod', 'method', 'verb', 'methodhttpverb', 'yourmethod', 'httpmethodverb']],
  [
    'path',
    [
      'resourcepathspecifier',
      'resourcepath',
      'resourcepathspec',
      'yourresourcepath',
      'apispecificresourcepath',
      'path/to/resource',
    ],
  ],
]);

function wordsByRole(
  rows: readonly (readonly [role: PlaceRole, words: readonly string[]])[],
): ReadonlyMap<PlaceRole, ReadonlySet<string>> {
  return new Map(rows.map(([role, words]) => [role, new Set(words)]));
}

/** Whether a text that fills a place, without variables, is a word that was meant to be replaced there. */
export function isPlaceholderWord(role: PlaceRole, text: string): boolean {
  if (text.includes('${')) {
    return false;
  }
  switch (role) {
    case 'partition':
      return /partition/i.test(text);
    case 'region':
      // `canary_region_name`; no Region has the word in its name.
      return /region/i.test(text) || isBlanked(text);
    case 'label':
      return /region/i.test(text) && (text.includes('_') || isMadeOfWords(text));
    case 'account':
      // `SourceAccountId`; what is no id has letters, and what has a slash is the field that should follow.
      return (/acc(?:oun)?t/i.test(text) && !text.includes('/')) || isBlanked(text);
    case 'principal':
      return !text.includes(':') && (endsInAccount(text) || isPlaceholderWord('arn', text));
    case 'arn':
      return (
        !/:|^arn$/.test(text) &&
        (wordsOf(text.replace(/\/\*$/, '')).some((word) => word === 'arn') ||
          /^(?:[A-Z0-9]{1,40}_){0,8}PLACEHOLDER(?:_[A-Z0-9]{1,40}){0,8}$/.test(text))
      );
    case 'id':
      return (
        (/^[\w .-]*\w$/.test(text) && isMadeOfWords(text)) ||
        /^([A-Za-z])\1{2,}(?:[.:/-]\1+)+$|^(?=.*[xX])[\dxX]{1,3}(?:\.[\dxX]{1,3}){3}(?:\/[\dxX]{1,2})?$/.test(
          text,
        )
      );
    case 'bucket':
      return (
        (/^[A-Z][A-Z0-9_-]*$/.test(text) && isMadeOfWords(text)) ||
        /^(?:(?:YOUR|MY)?BUCKET(?:NAME)?|TODO|TBD|FIXME)$|^\.{2,}$|^\u2026$/.test(text)
      );
    case 'text':
      return false;
    default:
      return (
        (!/\d/.test(text) && WORDS.get(role)?.has(text.toLowerCase().replaceAll(/[-_ ]/g, '')) === true) ||
        /^(?:YOUR|MY|REPLACE)[-_][A-Z0-9_-]+$/.test(text)
      );
  }
}

/** `xxxx`, `1234xxxx5678`, `NNNN`, `####`, `...`: written in place of digits. */
function isBlanked(text: string): boolean {
  return /^(?=.*[xX]{2})[\dxX-]+$|^([A-Za-z])\1{3,}$|^#+$|^\.{2,}$|^\u2026$/.test(text);
}

/** `ACCOUNT-A-ID`, `Example Corp's AWS Account ID`. */
function endsInAccount(text: string): boolean {
  const words = wordsOf(text);
  const at = words.findLastIndex((word) => /acc(?:oun)?t/.test(word));
  return at >= 0 && words.slice(at + 1).every((word) => word.length === 1 || ENDINGS.has(word));
}

/** Nouns for what has a name or an id that only its owner knows. */
const NOUNS =
  'account acct address api app application arn bucket cidr client cluster company customer database db distribution dlq domain endpoint env environment function group host id ids identity instance ip key kms lambda name names namespace number object oidc org organization ou param parameter partition policy pool prefix principal project provider queue region regions repo repository resource role secret service stack stage stream subnet table tenant topic type url user username value vpc vpce';

/** What such nouns are said with. */
const MODIFIERS =
  'a an aws b backup c code d dest destination doc docs ec2 ecr ecs eks example external github here iam in input insert log logs my new of our output owner placeholder put replace replaceable s3 sample sns some source sqs src ssm sso target test the this to trusted with your z';

const NOUN_WORDS: ReadonlySet<string> = new Set(NOUNS.split(' '));
const DOCUMENTATION_WORDS: ReadonlySet<string> = new Set([...NOUN_WORDS, ...MODIFIERS.split(' ')]);

/** The words of a name, in lower case, split at capitals, digits and separators. */
function wordsOf(text: string): readonly string[] {
  return text
    .replaceAll(/(?<=[a-z])(?=[A-Z])|(?<=[A-Za-z])(?=\d+$)/g, ' ')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '' && !/^\d{1,2}$/.test(word));
}

/** Whether a text has nothing but words of documentation in it, one at least for what is to be filled in. */
export function isMadeOfWords(text: string): boolean {
  const words = wordsOf(text);
  return words.some((word) => NOUN_WORDS.has(word)) && words.every((word) => DOCUMENTATION_WORDS.has(word));
}

/** What names end with that stand for a value: ACCOUNT_ID, BUCKET_NAME. */
const ENDINGS: ReadonlySet<string> = new Set(['arn', 'id', 'ids', 'name', 'number', 'url']);

/** Whether a run of capitals stands for a value wherever it is: ACCOUNT_ID, AWS_REGION, DOC-EXAMPLE-BUCKET. */
export function isCapitalPlaceholder(run: string): boolean {
  // One word stands for nothing, and most runs are one: GET, AWS, S3.
  if (!/[^A-Za-z0-9]|[a-z][A-Z]/.test(run)) {
    return false;
  }
  const words = wordsOf(run);
  const last = words.at(-1) ?? '';
  return (
    words.length > 1 &&
    isMadeOfWords(run) &&
    (ENDINGS.has(last) || words.includes('example') || (words[0] === 'aws' && last === 'region'))
  );
}

/** Whether a run of letters tells its reader to replace it: YOUR_TABLE, your-bucket-name, REPLACE_ME, CHANGEME. */
export function isRequest(run: string): boolean {
  return (
    /^(?:YOUR|REPLACE|INSERT|ENTER)[-_][A-Z0-9_-]+$|^(?:CHANGE|REPLACE)[-_]?ME$|^PLACEHOLDER$/.test(run) ||
    (/^[Yy]our(?=[-_A-Z])|^[Ii]nsert[-_].*[-_][Hh]ere$/.test(run) && isMadeOfWords(run))
  );
}
