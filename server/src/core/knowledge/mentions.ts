import { isExecuteApiArn, requestMethods } from '../arn/executeApi';
import { ARTEFACT_STAGES } from '../arn/mistakes/resourceMistakes';
import { partitionOfRegion } from '../arn/partitions';
import { isPlaceholderWord } from '../arn/placeholderWords';

/** An API that a text names without defining it. */
export interface Mention {
  readonly apiId: string;
  readonly region: string | undefined;
  readonly stage: string | undefined;
}

/** What a text names more of was generated; the first of them are kept. */
const MOST_OF_FILE = 1000;

/** The account ids in ARNs and account fields of a text, with how often each is there. */
export function accountsIn(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const [, inArn, inField] of text.matchAll(ACCOUNT)) {
    count(counts, inArn ?? inField ?? '');
  }
  return counts;
}

/** The APIs with their stages that concrete execute-api ARNs and invoke URLs of a text name, each once. */
export function mentionsIn(text: string): readonly Mention[] {
  const found = new Map<string, Mention>();
  const add = (mention: Mention): void => {
    if (found.size < MOST_OF_FILE) {
      found.set(JSON.stringify(mention), mention);
    }
  };
  for (const [arn, region = '', apiId = '', stage = ''] of text.matchAll(EXECUTE_API_ARN)) {
    if (isExecuteApiArn(arn) && isApiId(apiId)) {
      add({ apiId, region: regionNamed(region), stage: stageNamed(stage) });
    }
  }
  for (const [url] of text.matchAll(INVOKE_URL)) {
    const mention = readInvokeUrl(url);
    if (mention !== undefined) {
      add(mention);
    }
  }
  return [...found.values()];
}

function count(counts: Map<string, number>, text: string): void {
  const before = counts.get(text) ?? 0;
  if (before > 0 || counts.size < MOST_OF_FILE) {
    counts.set(text, before + 1);
  }
}

/** The parts of `https://API.execute-api.REGION.amazonaws.com/STAGE`; `undefined` for any other URL. */
export function readInvokeUrl(url: string): Mention | undefined {
  const [, apiId, region = '', stage = ''] = WHOLE_INVOKE_URL.exec(url) ?? [];
  return apiId === undefined ? undefined : { apiId, region: regionNamed(region), stage: stageNamed(stage) };
}

/** The ids of actions that a text with policies names, with how often each is there; words of their form among them. */
export function actionsIn(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  if (/\bAction\b/.test(text)) {
    for (const [id] of text.matchAll(ACTION)) {
      count(counts, id);
    }
  }
  return counts;
}

const ACTION = /(?<![\w:.-])[a-z][a-z0-9-]{1,40}:[A-Z][A-Za-z0-9]{1,80}(?![\w:*-])/g;

const ACCOUNT =
  /\barn:aws[\w-]*:[\w-]*:[\w-]*:(\d{12}):|\b(?:AWS|\w*Account(?:Id)?|\w*account(?:_?id)?)["']?\s*[:=]\s*["']?(\d{12})\b/g;

const EXECUTE_API_ARN =
  /\barn:aws[\w-]*:execute-api:([\w*-]*):[\w*]*:([\w*?-]+)(?:\/([\w-]+|\$default)(?=[/"'\s]|$))?/g;

/** Developer Guide, "Invoke REST APIs": the default endpoint; in China the domain has one more label. */
const INVOKE_URL =
  /https:\/\/[a-z0-9]+\.execute-api\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?(?:\/(?:[\w-]*|\$default)(?![\w-]|\.\w|[$%{~+@]))?/g;
const WHOLE_INVOKE_URL =
  /^https:\/\/([a-z0-9]+)\.execute-api\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?(?:\/([\w-]*|\$default))?$/;

/** As AWS gives them; a word such as `api-id` is a blank to be filled in. */
function isApiId(text: string): boolean {
  return /^(?=.*\d)[a-z0-9]{8,12}$/.test(text);
}

function regionNamed(text: string): string | undefined {
  return partitionOfRegion(text) === undefined ? undefined : text;
}

/** Callers reach none of the others: those of API Gateway's own tests, of an authorizer's ARN, and where a stage is missing. */
function stageNamed(text: string): string | undefined {
  return NO_STAGES.has(text) || isPlaceholderWord('stage', text) ? undefined : text;
}

const NO_STAGES: ReadonlySet<string> = new Set([
  '',
  'ANY',
  'authorizers',
  ...ARTEFACT_STAGES,
  ...requestMethods,
]);
