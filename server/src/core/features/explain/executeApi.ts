import type { Slice } from '../../arn/arn';
import {
  type ExecuteApiArn,
  readExecuteApiArn,
  requestMethods,
  type SegmentRole,
  SHORTHAND_PREFIX,
} from '../../arn/executeApi';
import type { KnownMistake } from '../../arn/mistakes/mistake';
import type { ArtefactStage } from '../../arn/mistakes/resourceMistakes';
import { partitionOfRegion } from '../../arn/partitions';
import { own } from '../../own';
import { compilePattern, matches } from '../../pattern/pattern';
import { listed } from '../../wording';
import { code } from '../markdown';
import { mistakeText } from '../mistakeText';
import { type ReadSegment, reachesIntoPath, segmentsByRole } from './executeApiSegments';
import { executeApiSummary } from './executeApiSummary';
import type { ArnExplanation, SegmentExplanation } from './explanation';
import {
  isOpen,
  PARTITION_LEGAL,
  partitionMeaning,
  prefixMeaning,
  regionLegal,
  regionMeaning,
  segment,
} from './fields';

/** The segment table of what is, or was meant to be, an execute-api ARN. */
export function explainExecuteApiArn(text: string, mistakes: readonly KnownMistake[]): ArnExplanation {
  const read = readExecuteApiArn(text);
  const segments = segmentsByRole(read);
  const explained = [...headerOf(read), ...segments.map((part) => explainPart(part, read))];
  return {
    arn: text,
    summary: executeApiSummary(read, segments, mistakes),
    segments: explained.map((part) => withProblem(part, mistakes)),
  };
}

function headerOf(read: ExecuteApiArn): readonly SegmentExplanation[] {
  const { fields, form } = read;
  if (form === 'shorthand') {
    const service: Slice = {
      from: 0,
      to: SHORTHAND_PREFIX.length - 2,
      text: SHORTHAND_PREFIX.slice(0, -2),
    };
    return [
      segment(
        'Shorthand',
        service,
        'Short for the ARN of the API that the policy is attached to: when the policy is saved, API Gateway puts the Region, the account and the API ID in.',
        'Only in a resource policy of API Gateway; anywhere else write the ARN in full.',
      ),
    ];
  }
  const header = [segment('Prefix', fields.prefix, prefixMeaning(fields.prefix.text), '`arn`.')];
  const { partition, service, region, account } = fields;
  if (partition !== undefined) {
    header.push(segment('Partition', partition, partitionMeaning(partition.text), PARTITION_LEGAL));
  }
  if (service !== undefined) {
    header.push(
      segment(
        'Service',
        service,
        'Calls to deployed APIs of API Gateway. Managing APIs is another service, `apigateway`.',
        '`execute-api`, without wildcards.',
      ),
    );
  }
  if (region !== undefined) {
    header.push(
      segment(
        'Region',
        region,
        regionMeaning(region.text, partition?.text, 'the API') + coverage(read, region, 'region'),
        regionLegal(partition?.text),
      ),
    );
  }
  if (account !== undefined) {
    header.push(
      segment(
        'Account',
        account,
        accountMeaning(account.text) + coverage(read, account, 'account'),
        'The twelve digits of the account that owns the API, or a wildcard; never empty.',
      ),
    );
  }
  return header;
}

function accountMeaning(text: string): string {
  if (text === '*') {
    return 'APIs of every account. It is the owner of the API that counts, not the caller.';
  }
  if (isOpen(text)) {
    return `APIs of each account that matches ${code(text)}. It is the owner of the API that counts, not the caller.`;
  }
  return text === ''
    ? 'The account that owns the API is missing.'
    : 'The account that owns the API, which need not be the account of the caller.';
}

function explainPart(part: ReadSegment, read: ExecuteApiArn): SegmentExplanation {
  const words = isAuthorizer(read) ? authorizerWords(part) : wordsFor(part, read);
  return segment(words.name, part, words.meaning + coverage(read, part, part.role), words.legal);
}

interface Words {
  readonly name: string;
  readonly meaning: string;
  readonly legal: string;
}

function wordsFor(part: ReadSegment, read: ExecuteApiArn): Words {
  switch (part.role) {
    case 'apiId':
      return {
        name: 'API ID',
        meaning: apiMeaning(part.text, read),
        legal: 'The ID of an API, ten lower-case letters and digits where AWS gave it, or a wildcard.',
      };
    case 'stage':
      return {
        name: 'Stage',
        meaning: stageMeaning(part.text),
        legal:
          'The name of a stage: letters, digits, `-` and `_`, at most 128, or `$default` for an HTTP API; or a wildcard.',
      };
    case 'method':
      return {
        name: 'Method',
        meaning: methodMeaning(part.text),
        legal: `${listed(requestMethods.map(code), 'or')}, in capitals, or ${code('*')} for all; ${code(
          'ANY',
        )} is only a word for definitions.`,
      };
    case 'route':
      return {
        name: 'Route',
        meaning: routeMeaning(part.text, read),
        legal: 'The key of a WebSocket route: `$connect`, `$disconnect`, `$default` or one of the API’s own.',
      };
    case 'connections':
      return {
        name: 'Connections',
        meaning:
          'The open connections of a WebSocket API: `POST` sends to one, `GET` looks at it, `DELETE` closes it. The action is `execute-api:ManageConnections`.',
        legal: '`@connections`, then a slash and the ID of a connection or a wildcard.',
      };
    case 'connectionId':
      return {
        name: 'Connection id',
        meaning: part.text === '*' ? 'Every connection.' : `The connection ${code(part.text)}.`,
        legal: 'The ID of a connection, which is new each time a client connects; in practice `*`.',
      };
    case 'domain':
      return {
        name: 'Domain name',
        meaning:
          'A private custom domain name, as name, `+` and ID. Here the slash in front is right. The action is `execute-api:Invoke`.',
        legal: '`/domainnames/NAME+ID`, or with wildcards.',
      };
    default:
      return {
        name: 'Path',
        meaning: pathMeaning(part, read),
        legal:
          'The path of a request as it is sent, without a slash in front and without the query string; empty for the root. Wildcards may be anywhere; a parameter such as `{id}` never matches.',
      };
  }
}

function apiMeaning(text: string, read: ExecuteApiArn): string {
  if (text === '*') {
    return 'Every API that matches the fields before it.';
  }
  if (isOpen(text)) {
    return `Every API whose ID matches ${code(text)}.`;
  }
  const region = read.fields.region?.text ?? '';
  const partition = isOpen(region) ? undefined : partitionOfRegion(region);
  const host =
    partition === undefined
      ? '.'
      : `: ${code(`https://${text}.execute-api.${region}.${partition.dnsSuffix}`)} is its default endpoint.`;
  return /^[a-z0-9]{10}$/.test(text)
    ? `The API with this ID${host}`
    : `The API with this ID. AWS gives IDs of ten lower-case letters and digits; other ones come from emulators.`;
}

/** API Gateway Developer Guide: pages on testing methods and authorizers show these in logs and permissions. */
const ARTEFACT_MEANINGS: Readonly<Record<ArtefactStage, string>> = {
  'test-invoke-stage': 'The stage that the console’s method test uses; no caller over HTTP ever reaches it.',
  'ESTestInvoke-stage':
    'The stage that the console’s authorizer test uses; no caller over HTTP ever reaches it.',
  null: 'What the console’s method test shows for a stage; no caller over HTTP ever reaches it.',
};

function stageMeaning(text: string): string {
  if (text === '*') {
    return 'Every stage.';
  }
  if (text === '$default') {
    return 'The default stage of an HTTP API, which is served without a stage in the URL. REST APIs, the only ones with a cache, have none.';
  }
  if (isOpen(text)) {
    return `Every stage whose name matches ${code(text)}.`;
  }
  return (
    own(ARTEFACT_MEANINGS, text) ??
    `The stage ${code(text)}: the first part of the path in the default endpoint’s URLs. Behind a custom domain name the mapping decides, and the ARN still says ${code(text)}.`
  );
}

function methodMeaning(text: string): string {
  if (text === '*') {
    return `Every method: ${requestMethods.join(', ')}.`;
  }
  if (isOpen(text)) {
    const pattern = compilePattern(text, { variables: 'substitute' });
    const fitting = requestMethods.filter((method) => matches(pattern, method));
    return fitting.length === 0
      ? `No method matches ${code(text)}.`
      : `Matching methods: ${fitting.join(', ')}.`;
  }
  if (!requestMethods.includes(text)) {
    return `${code(text)} is where the method of the request is.`;
  }
  return text === 'GET'
    ? 'Requests with the HTTP method GET, the one method whose responses a stage caches unless a method’s settings say otherwise.'
    : `Requests with the HTTP method ${text}. Its responses are cached only where the method’s own settings turn that on.`;
}

function routeMeaning(text: string, read: ExecuteApiArn): string {
  switch (text) {
    case '$connect':
      return 'The route of a WebSocket API that a client takes when it connects.';
    case '$disconnect':
      return 'The route of a WebSocket API that is taken when a connection has been closed.';
    case '$default':
      return 'The route of a WebSocket API for messages that select no other, or the default route of an HTTP API.';
    case '*':
      return 'Everything below the stage: methods with their paths, WebSocket routes and connections.';
    default:
      return isOpen(text)
        ? `Everything that matches ${code(text)} below the stage.`
        : read.shapes.has('method')
          ? `The route ${code(text)} of a WebSocket API, or the end of a path, since the wildcard before it crosses slashes.`
          : `The route ${code(text)} of a WebSocket API. It has no method and no path.`;
  }
}

function pathMeaning(part: ReadSegment, read: ExecuteApiArn): string {
  const { text } = part;
  if (!part.positional) {
    return `${code(text)} as part of the path, wherever the wildcard before it ends.`;
  }
  if (text === '*') {
    return 'Every path, the root included.';
  }
  if (reachesIntoPath(read.segments)) {
    return `${code(`/${text}`)} at the end of the path: the wildcard before it covers the method and may cover more.`;
  }
  if (text === '') {
    return 'The root of the API, and nothing below it.';
  }
  if (/^[^*?$]+\/\*$/.test(text)) {
    const parent = `/${text.slice(0, -2)}`;
    return `Everything below ${code(parent)} at any depth, but not ${code(parent)} itself.`;
  }
  if (isOpen(text)) {
    return `Every path that matches ${code(`/${text}`)}. There is no way to say one segment only.`;
  }
  return read.failsAt === undefined
    ? `Requests to exactly ${code(`/${text}`)}, upper and lower case told apart; nothing below it.`
    : `The path ${code(`/${text}`)}.`;
}

function isAuthorizer(read: ExecuteApiArn): boolean {
  return read.segments.length === 3 && read.segments[1]?.text === 'authorizers';
}

function authorizerWords(part: ReadSegment): Words {
  const legal = '`API/authorizers/ID`, only as the source in the permission of the authorizer’s function.';
  switch (part.role) {
    case 'apiId':
      return { name: 'API ID', meaning: 'The API that the authorizer belongs to.', legal };
    case 'stage':
      return { name: 'Authorizers', meaning: 'The authorizers of the API, not a stage.', legal };
    default:
      return {
        name: 'Authorizer id',
        meaning:
          'The authorizer whose function API Gateway may call. No request of a client has such an ARN.',
        legal,
      };
  }
}

const ROLE_WORDS: Partial<Record<SegmentRole, string>> = {
  partition: 'the partition',
  service: 'the service',
  region: 'the Region',
  account: 'the account',
  apiId: 'the API ID',
  stage: 'the stage',
  method: 'the method',
  path: 'the path',
  route: 'a WebSocket route',
  connections: '`@connections`',
  connectionId: 'a connection ID',
  domain: 'a domain name',
};

/**
 * What the wildcards of a segment reach beyond it; the empty string where they stay inside. A wildcard for the Region
 * or the account with more fields behind it would reach beyond only in a path that repeats these fields: that is true
 * and helps nobody.
 */
function coverage(read: ExecuteApiArn, part: Slice, own: SegmentRole): string {
  const isInside = (own === 'region' || own === 'account') && part.to < read.text.length;
  if (read.failsAt !== undefined || isInside || !part.text.includes('*')) {
    return '';
  }
  const roles = new Set<SegmentRole>();
  for (const match of part.text.matchAll(/\*/g)) {
    for (const role of read.rolesAt(part.from + match.index)) {
      roles.add(role);
    }
  }
  const words = Object.entries(ROLE_WORDS).flatMap(([role, word]) =>
    roles.has(role as SegmentRole) ? [word] : [],
  );
  const beyond = [...roles].some((role) => role !== own && ROLE_WORDS[role] !== undefined);
  return beyond
    ? ` ${code('*')} crosses ${code('/')} and ${code(':')}: here it can cover ${listed(words)}.`
    : '';
}

function withProblem(part: SegmentExplanation, mistakes: readonly KnownMistake[]): SegmentExplanation {
  const own = mistakes.filter((mistake) => touches(part, mistake));
  return own.length === 0 ? part : { ...part, problem: own.map(mistakeText).join(' ') };
}

/** An empty mistake or segment is touched where it stands. */
function touches(part: SegmentExplanation, mistake: KnownMistake): boolean {
  return part.from === part.to || mistake.from === mistake.to
    ? mistake.from === part.from && mistake.to === part.to
    : mistake.from < part.to && mistake.to > part.from;
}
