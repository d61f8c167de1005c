import { languageOfFile } from '../syntax/languages';
import { isTemplate, readTemplate } from './cloudFormation';
import type { KnownApi, WorkspaceKnowledge } from './knowledge';
import { accountsIn, actionsIn, type Mention, mentionsIn } from './mentions';
import { type Definition, isOpenApi, readOpenApi, unique } from './openApi';
import { isServerless, readServerless } from './serverless';
import { isTerraform, readTerraform } from './terraform';
import { get, getIn, parseHclValue, parseJsonValue, parseYamlValue, textOf, type Value } from './values';

/** What one file tells. */
export interface FileKnowledge {
  /** Account ids with how often each is there. */
  readonly accounts: ReadonlyMap<string, number>;
  /** The APIs that the file defines. */
  readonly apis: readonly KnownApi[];
  /** The APIs that it only names, in execute-api ARNs and invoke URLs. */
  readonly mentions: readonly Mention[];
  /** IDs of actions, with how often each occurs; absent if there are none. */
  readonly actions?: ReadonlyMap<string, number>;
}

/** A longer file is left alone: CloudFormation takes templates of 1 MB, and nobody writes a longer one by hand. */
export const MAX_FILE_LENGTH = 1_048_576;

/** API Gateway has 300 resources by default ("Amazon API Gateway quotas"); what is more than this was generated. */
const MAX_ROUTES = 3000;

/** Of all paths together, in characters: a pattern is laid over each of them. */
const MAX_PATHS = 100_000;

/** Whether a file may tell anything, by its name. */
export function mayTell(uri: string): boolean {
  return /\.(json|jsonc|ya?ml|tf|tofu)$/i.test(uri);
}

/** Whether a text may define an API: a look at the letters that spares most files the parser. */
export function mayDefineApi(text: string): boolean {
  return (
    text.length <= MAX_FILE_LENGTH &&
    (/\b(?:openapi|swagger)["']?\s*:/.test(text) ||
      /AWS::(?:Serverless|ApiGateway)|aws_api_?gateway/.test(text) ||
      (/^["']?functions["']?\s*:/m.test(text) && /\bhttp(?:Api)?["']?\s*:/.test(text)))
  );
}

/**
 * Reads what a file says about accounts and APIs. Never throws; from a file that is of no known kind only its ARNs and
 * URLs are read.
 *
 * @param uri its ending decides how the text is read
 */
export function readKnowledge(uri: string, text: string): FileKnowledge {
  if (text.length > MAX_FILE_LENGTH) {
    return { accounts: new Map(), apis: [], mentions: [] };
  }
  const actions = actionsIn(text);
  return {
    accounts: accountsIn(text),
    apis: mayDefineApi(text) ? apisIn(uri, text) : [],
    mentions: mentionsIn(text),
    ...(actions.size === 0 ? {} : { actions }),
  };
}

/** A file that a reader cannot cope with, be it nested beyond reason, costs no more than what it tells itself. */
function apisIn(uri: string, text: string): readonly KnownApi[] {
  try {
    return readApis(uri, text);
  } catch {
    return [];
  }
}

/** Joins what the files of a workspace tell. Where an API that is defined is mentioned, its stages count as known. */
export function joinKnowledge(
  files: Iterable<readonly [uri: string, file: FileKnowledge]>,
): WorkspaceKnowledge {
  const counts = new Map<string, number>();
  const uses = new Map<string, number>();
  const defined: KnownApi[] = [];
  const mentioned = new Map<string, MentionedApi>();
  for (const [uri, { accounts, apis, mentions, actions = new Map() }] of files) {
    for (const [id, count] of actions) {
      uses.set(id, (uses.get(id) ?? 0) + count);
    }
    for (const [account, count] of accounts) {
      counts.set(account, (counts.get(account) ?? 0) + count);
    }
    defined.push(...apis);
    for (const mention of mentions) {
      const known = mentioned.get(mention.apiId) ?? { uri, stages: new Set(), regions: new Set() };
      mentioned.set(mention.apiId, known);
      addMention(known, mention);
    }
  }
  const definedIds = new Set(defined.flatMap(({ ids }) => ids));
  return {
    accounts: byCount(counts),
    apis: [
      ...defined.map((api) => api.ids.reduce((known, id) => withStagesOf(known, mentioned.get(id)), api)),
      ...[...mentioned].filter(([id]) => !definedIds.has(id)).map(([id, told]) => mentionedApi(id, told)),
    ],
    ...(uses.size === 0 ? {} : { actions: byCount(uses).slice(0, MOST_ACTIONS) }),
  };
}

/** Beyond these a workspace's actions say little of what comes next. */
const MOST_ACTIONS = 100;

/** The most frequent first. */
function byCount(counts: ReadonlyMap<string, number>): readonly string[] {
  return [...counts].sort((a, b) => b[1] - a[1]).map(([text]) => text);
}

/** What is known about an API that is only named. */
interface MentionedApi {
  /** The first file that names it. */
  readonly uri: string;
  readonly stages: Set<string>;
  readonly regions: Set<string>;
}

function addMention({ stages, regions }: MentionedApi, { stage, region }: Mention): void {
  if (stage !== undefined) {
    stages.add(stage);
  }
  if (region !== undefined) {
    regions.add(region);
  }
}

function withStagesOf(api: KnownApi, mentioned: MentionedApi | undefined): KnownApi {
  const stages = unique([...api.stages, ...(mentioned?.stages ?? [])]);
  return stages.length === api.stages.length ? api : { ...api, stages };
}

function mentionedApi(id: string, { uri, stages, regions }: MentionedApi): KnownApi {
  return {
    name: id,
    uri,
    kind: 'unknown',
    ids: [id],
    stages: [...stages],
    regions: [...regions],
    routes: [],
    complete: false,
  };
}

function readApis(uri: string, text: string): readonly KnownApi[] {
  const value = parsed(uri, text);
  const file = fileName(uri);
  return definitionsIn(value, file).map(([name, definition]) => {
    const routes = firstOf(definition.routes);
    return {
      name,
      uri,
      ...definition,
      routes,
      complete: definition.complete && routes.length === definition.routes.length,
    };
  });
}

function firstOf(routes: Definition['routes']): Definition['routes'] {
  let left = MAX_PATHS;
  const end = routes.findIndex(({ path }, index) => {
    left -= path.length;
    return left < 0 || index === MAX_ROUTES;
  });
  return end < 0 ? routes : routes.slice(0, end);
}

/** YAML takes far longer to read than JSON, above all what is nested on one line. People write neither of this length. */
const MAX_YAML_LENGTH = 524_288;
const MAX_YAML_LINE = 65_536;

/** JSON is YAML too, and in a file of either name is read as what it is; standard input has no name that tells. */
function parsed(uri: string, text: string): Value | undefined {
  const language = languageOfFile(uri, text);
  if (language === 'hcl') {
    return parseHclValue(text);
  }
  if (language !== 'yaml' || /^\s*\{\s*"/.test(text)) {
    return parseJsonValue(text);
  }
  return text.length > MAX_YAML_LENGTH || hasLineLongerThan(text, MAX_YAML_LINE)
    ? undefined
    : parseYamlValue(text);
}

function hasLineLongerThan(text: string, longest: number): boolean {
  for (let from = 0; text.length - from > longest; ) {
    const end = text.indexOf('\n', from);
    if (end < 0 || end - from > longest) {
      return true;
    }
    from = end + 1;
  }
  return false;
}

function definitionsIn(
  value: Value | undefined,
  file: string,
): readonly (readonly [name: string, Definition])[] {
  if (value === undefined) {
    return [];
  }
  if (isOpenApi(value)) {
    return [[textOf(getIn(value, 'info', 'title')) ?? file, readOpenApi(value)]];
  }
  if (isTemplate(value)) {
    return readTemplate(value).map(({ logicalId, ...definition }) => [logicalId, definition]);
  }
  if (isTerraform(value)) {
    return readTerraform(value).map(({ logicalId, ...definition }) => [logicalId, definition]);
  }
  if (isServerless(value)) {
    const name = textOf(get(value, 'service')) ?? file;
    return readServerless(value).map((definition) => [name, definition]);
  }
  return [];
}

/** The last part of a URI, decoded where it can be. */
export function fileName(uri: string): string {
  const name = uri.slice(uri.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
