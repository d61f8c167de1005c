import { partitionById, partitionOfRegion } from '../core/index';
import { isWellFormed } from './encoding';
import { endpointProblems } from './endpoint';
import { httpMethods } from './method';
import type { InvalidationTarget, StagePlace, TargetProblem } from './target';

/** What keeps a stage from being read or flushed; empty for one that can be asked for. Never throws. */
export function validateStage(place: StagePlace): readonly TargetProblem[] {
  return validateTarget({ ...place, method: 'GET', path: '', query: [], headers: [] });
}

/**
 * Everything that keeps a target from being requested; empty for a target that `buildRequest` accepts.
 * Never throws, whatever the strings hold.
 */
export function validateTarget(target: InvalidationTarget): readonly TargetProblem[] {
  const unsuited = notARestMethod(target);
  if (unsuited !== undefined) {
    return [unsuited];
  }
  const unfinished = [...wildcards(target), ...controlCharacters(target)];
  const spoilt = new Set(unfinished.map((problem) => problem.field));
  const rest = [
    ...placeProblems(target),
    ...resourceProblems(target),
    ...queryProblems(target),
    ...headerProblems(target),
    ...endpointProblems(target),
  ];
  return [...unfinished, ...rest.filter((problem) => !spoilt.has(problem.field))];
}

function notARestMethod(target: InvalidationTarget): TargetProblem | undefined {
  const { apiId, stage, method, path } = target;
  const isVerb = httpMethods.includes(method.toUpperCase());
  if (apiId.includes('domainnames') || (apiId === '' && stage === 'domainnames') || apiId.includes('+')) {
    return {
      kind: 'domain-name',
      field: 'apiId',
      message: 'This names a custom domain, not a path of an API. Name the API, its stage and the path.',
    };
  }
  if (path === '@connections' || path.startsWith('@connections/') || method === '@connections') {
    return {
      kind: 'connections',
      field: 'path',
      message: '@connections is the management address of a WebSocket API, which has no cache.',
    };
  }
  if (method.startsWith('$')) {
    return {
      kind: 'websocket',
      field: 'method',
      message: `${quote(method)} is a route of a WebSocket or HTTP API. Only REST APIs have a cache.`,
    };
  }
  if (stage === 'authorizers' && !isVerb) {
    return {
      kind: 'authorizer',
      field: 'stage',
      message: 'This names a Lambda authorizer, which nobody can request.',
    };
  }
  if (stage.startsWith('$')) {
    return {
      kind: 'http-api',
      field: 'stage',
      message: `Only HTTP and WebSocket APIs have a stage like ${quote(stage)}, and they have no cache.`,
    };
  }
  return undefined;
}

const TEXT_FIELDS = ['partition', 'region', 'apiId', 'stage', 'method', 'path'] as const;

function wildcards(target: InvalidationTarget): readonly TargetProblem[] {
  return TEXT_FIELDS.flatMap((field): readonly TargetProblem[] => {
    const value = target[field];
    if (/[*?]/.test(value)) {
      const literal = field === 'path' ? ' (a star that is meant literally is written %2A).' : '.';
      return [
        {
          kind: 'wildcard',
          field,
          message: `${quote(value)} has a wildcard; a request needs the value itself${literal}`,
        },
      ];
    }
    if (/\{[^{}]*\}|\$\{/.test(value)) {
      return [
        {
          kind: 'parameter',
          field,
          message: `${quote(value)} has a parameter; a request needs its value.`,
        },
      ];
    }
    return [];
  });
}

function controlCharacters(target: InvalidationTarget): readonly TargetProblem[] {
  const problem = (field: keyof InvalidationTarget): TargetProblem => ({
    kind: 'control-character',
    field,
    message: `A control character stands in the ${FIELD_NAMES[field]}.`,
  });
  const pairs = (field: 'query' | 'headers') =>
    target[field].some(([name, value]) => isControlled(name) || isControlled(value)) ? [problem(field)] : [];
  return [
    ...TEXT_FIELDS.filter((field) => isControlled(target[field])).map(problem),
    ...pairs('query'),
    ...pairs('headers'),
    ...(target.endpoint !== undefined && isControlled(target.endpoint) ? [problem('endpoint')] : []),
    ...(target.host !== undefined && isControlled(target.host) ? [problem('host')] : []),
  ];
}

const FIELD_NAMES: Readonly<Record<keyof InvalidationTarget, string>> = {
  partition: 'partition',
  region: 'Region',
  accountId: 'account',
  apiId: 'API ID',
  stage: 'stage',
  method: 'method',
  path: 'path',
  query: 'query',
  headers: 'headers',
  endpoint: 'endpoint',
  host: 'host name',
  domain: 'custom domain',
};

/** Control characters, and the Unicode line separators that some tools treat as line ends. */
function isControlled(text: string): boolean {
  return /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(text);
}

function placeProblems({ partition, region }: InvalidationTarget): readonly TargetProblem[] {
  const known = partitionById(partition);
  if (known === undefined) {
    return [
      {
        kind: 'partition-unknown',
        field: 'partition',
        message: `${quote(partition)} is not a partition of AWS.`,
      },
    ];
  }
  const home = partitionOfRegion(region);
  if (home === undefined) {
    return [
      { kind: 'region-unknown', field: 'region', message: `${quote(region)} does not look like a Region.` },
    ];
  }
  return home.id === known.id
    ? []
    : [
        {
          kind: 'region-mismatch',
          field: 'region',
          message: `Region ${region} belongs to partition ${home.id}, not to ${known.id}.`,
        },
      ];
}

function resourceProblems({ apiId, stage, method, path }: InvalidationTarget): readonly TargetProblem[] {
  const problems: TargetProblem[] = [];
  // No statement of AWS says what an API id is made of; this much is safe in a host name.
  if (!/^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?$/.test(apiId)) {
    problems.push({ kind: 'api-id', field: 'apiId', message: `${quote(apiId)} is not an API ID.` });
  }
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
  if (!/^[A-Za-z0-9_-]{1,128}$/.test(stage)) {
    problems.push({
      kind: 'stage',
      field: 'stage',
      message: `${quote(stage)} is not a stage name: letters, digits, "-" and "_", at most 128 of them.`,
    });
  }
  if (!httpMethods.includes(method)) {
    const upper = method.toUpperCase();
    const hint = httpMethods.includes(upper)
      ? ` Write ${upper}.`
      : upper === 'ANY'
        ? ' A request has one verb, such as GET.'
        : '';
    problems.push({
      kind: 'method',
      field: 'method',
      message: `${quote(method)} is not an HTTP method of a REST API.${hint}`,
    });
  }
  if (path.startsWith('/')) {
    problems.push({
      kind: 'path-leading-slash',
      field: 'path',
      message: `The path ${quote(path)} starts with a second slash. Write it with one.`,
    });
  }
  // `%2e` counts as a dot: clients and proxies resolve it like one (RFC 3986, section 6.2.2.3).
  if (path.split('/').some((segment) => /^(?:\.|%2e){1,2}$/i.test(segment))) {
    problems.push({
      kind: 'path-dot-segment',
      field: 'path',
      message: `The path ${quote(path)} has a "." or ".." segment, which would reach another resource than it names.`,
    });
  }
  if (!isWellFormed(path)) {
    problems.push({
      kind: 'encoding',
      field: 'path',
      message: 'The path contains half of a surrogate pair.',
    });
  }
  return problems;
}

function queryProblems({ query }: InvalidationTarget): readonly TargetProblem[] {
  return query.flatMap(([name, value]): readonly TargetProblem[] => {
    if (name === '') {
      return [{ kind: 'query-name', field: 'query', message: 'A query parameter has no name.' }];
    }
    if (/^(?:x-amz-.*|__proto__)$/i.test(name)) {
      return [
        {
          kind: 'query-name',
          field: 'query',
          message: `The query parameter ${quote(name)} cannot be chosen here.`,
        },
      ];
    }
    if (!isWellFormed(name) || !isWellFormed(value)) {
      return [{ kind: 'encoding', field: 'query', message: 'The query contains half of a surrogate pair.' }];
    }
    return [];
  });
}

/** Headers that decide where a request goes, how it is framed, or who sends it. */
const RESERVED_HEADER =
  /^(?:host|authorization|cache-control|pragma|connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|expect|content-length|date|x-amz-.*|x-api-key|x-apigw-api-id|__proto__)$/;

function headerProblems({ headers }: InvalidationTarget): readonly TargetProblem[] {
  const seen = new Set<string>();
  return headers.flatMap(([name, value]): readonly TargetProblem[] => {
    const lower = name.toLowerCase();
    if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)) {
      return [{ kind: 'header-name', field: 'headers', message: `${quote(name)} is not a header name.` }];
    }
    if (RESERVED_HEADER.test(lower)) {
      return [
        { kind: 'header-reserved', field: 'headers', message: `The header ${lower} cannot be chosen here.` },
      ];
    }
    if (seen.has(lower)) {
      return [{ kind: 'header-duplicate', field: 'headers', message: `The header ${lower} is given twice.` }];
    }
    seen.add(lower);
    // Beyond ASCII it is not settled which octets a header would be sent as, and so what would be signed.
    if (!/^[\u0020-\u007e]*$/.test(value)) {
      return [
        {
          kind: 'header-value',
          field: 'headers',
          message: `The value of the header ${lower} has characters beyond ASCII.`,
        },
      ];
    }
    return [];
  });
}

function quote(text: string): string {
  return JSON.stringify(text);
}
