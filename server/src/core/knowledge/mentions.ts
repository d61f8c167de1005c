import { isExecuteApiArn } from '../arn/executeApi';

/** An API that a text names without defining it. */
export interface Mention {
  readonly apiId: string;
  readonly region: string | undefined;
  readonly stage: string | undefined;
}

/** The account ids in ARNs and account fields of a text, with how often each is there. */
export function accountsIn(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const [, inArn, inField] of text.matchAll(ACCOUNT)) {
    const account = inArn ?? inField ?? '';
    counts.set(account, (counts.get(account) ?? 0) + 1);
  }
  return counts;
}

/** The APIs that concrete execute-api ARNs and invoke URLs of a text name, each as often as it is there. */
export function mentionsIn(text: string): readonly Mention[] {
  const arns = [...text.matchAll(EXECUTE_API_ARN)].flatMap(([arn, region = '', apiId = '', stage = '']) =>
    isExecuteApiArn(arn) && isApiId(apiId) ? [{ apiId, region: named(region), stage: named(stage) }] : [],
  );
  const urls = [...text.matchAll(INVOKE_URL)].flatMap(([url]) => readInvokeUrl(url) ?? []);
  return [...arns, ...urls];
}

/** The parts of `https://API.execute-api.REGION.amazonaws.com/STAGE`; `undefined` for any other URL. */
export function readInvokeUrl(url: string): Mention | undefined {
  const [, apiId, region, stage = ''] = WHOLE_INVOKE_URL.exec(url) ?? [];
  return apiId === undefined ? undefined : { apiId, region, stage: named(stage) };
}

/** The ids of actions that a text with policies names, with how often each is there; words of their form among them. */
export function actionsIn(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  if (/\bAction\b/.test(text)) {
    for (const [id] of text.matchAll(ACTION)) {
      counts.set(id, (counts.get(id) ?? 0) + 1);
    }
  }
  return counts;
}

const ACTION = /(?<![\w:.-])[a-z][a-z0-9-]{1,40}:[A-Z][A-Za-z0-9]{1,80}(?![\w:*-])/g;

const ACCOUNT =
  /\barn:aws[\w-]*:[\w-]*:[\w-]*:(\d{12}):|\b(?:AWS|\w*Account(?:Id)?|\w*account(?:_?id)?)["']?\s*[:=]\s*["']?(\d{12})\b/g;

const EXECUTE_API_ARN =
  /\barn:aws[\w-]*:execute-api:([\w*-]*):[\w*]*:([\w*?-]+)(?:\/([\w$*?-]+)(?=[/"'\s]|$))?/g;

/** Developer Guide, "Invoke REST APIs": the default endpoint; in China the domain has one more label. */
const INVOKE_URL = /https:\/\/[a-z0-9]+\.execute-api\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?(?:\/[\w$-]*)?/g;
const WHOLE_INVOKE_URL =
  /^https:\/\/([a-z0-9]+)\.execute-api\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?(?:\/([\w$-]*))?$/;

/** As AWS gives them; a word such as `api-id` is a blank to be filled in. */
function isApiId(text: string): boolean {
  return /^(?=.*\d)[a-z0-9]{8,12}$/.test(text);
}

function named(text: string): string | undefined {
  return text === '' || /[*?]/.test(text) ? undefined : text;
}
