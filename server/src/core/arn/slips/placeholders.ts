import type { SegmentRole } from '../executeApi';

/**
 * Words that documentation puts where a value belongs, in lower case and without separators, by the place they stand
 * in. AWS's own pages are full of them: `arn:aws:execute-api:region:account-id:api-id/stage-name/HTTP-VERB/…`.
 * A word that somebody may well have chosen as a name, such as `stage`, is not here.
 */
const WORDS: Partial<Record<SegmentRole, readonly string[]>> = {
  partition: ['partition', 'awspartition', 'yourpartition'],
  region: ['region', 'awsregion', 'regionid', 'regionname', 'yourregion', 'myregion', 'apiregion'],
  account: [
    'account',
    'accountid',
    'awsaccountid',
    'awsaccount',
    'youraccountid',
    'youraccount',
    'accountnumber',
  ],
  apiId: ['apiid', 'restapiid', 'httpapiid', 'yourapiid', 'apigatewayid', 'yourrestapiid', 'theapiid'],
  stage: ['stagename', 'yourstage', 'yourstagename', 'apistage', 'stageid'],
  method: ['httpverb', 'httpmethod', 'method', 'verb', 'methodhttpverb', 'yourmethod', 'httpmethodverb'],
  path: [
    'resourcepathspecifier',
    'resourcepath',
    'resourcepathspec',
    'yourresourcepath',
    'apispecificresourcepath',
    'path/to/resource',
  ],
};

/**
 * Whether a segment is a word that was meant to be replaced: one of documentation's words for the place, or anything
 * in angle or square brackets, or in capitals that say YOUR_….
 */
export function isPlaceholder(role: SegmentRole, segment: string): boolean {
  // A digit without a bracket in front is in none of the words, and most ids have one.
  return !/^[^<[{YMR]\w*\d/.test(segment) && isWordOf(role, segment);
}

function isWordOf(role: SegmentRole, segment: string): boolean {
  if (/^<[^<>]*>$|^\[[^[\]]*\]$|^\{\{[^{}]*\}\}$/.test(segment)) {
    return true;
  }
  if (/^(YOUR|MY|REPLACE)[-_][A-Z0-9_-]+$/.test(segment)) {
    return true;
  }
  // `{api-id}`: in a path braces are a path parameter, and a slip of their own.
  const bare = role === 'path' ? segment : segment.replace(/^\{(.*)\}$/, '$1');
  if (bare !== segment) {
    return true;
  }
  return WORDS[role]?.includes(bare.toLowerCase().replaceAll(/[-_ ]/g, '')) ?? false;
}
