import { splitArn } from '../../../arn/arn';
import { SHORTHAND_PREFIX } from '../../../arn/executeApi';
import { partitionOfRegion } from '../../../arn/partitions';
import type { ArnFormat } from '../../../iamData/arnFormats';
import type { KnownApi } from '../../../knowledge/knowledge';
import { everythingOf, isAcceptable, pathPattern, usableApis, usesOf } from './executeApiDrafts';
import { goneOn } from './resourceDrafts';
import type { ArnSite, Draft } from './site';

/** Whole ARNs in the place of all that is written: of known APIs, of the types that the actions are done to, `*`. */
export function wholeDrafts(site: ArnSite): readonly Draft[] {
  const { formats, executeApi, input } = site;
  const isResource = input.place === 'resource';
  const isAboutApis = isResource
    ? input.actions.length > 0 && executeApi.size > 0
    : input.place === 'condition' && formats === undefined;
  const named = [
    ...(isAboutApis ? apiDrafts(site) : []),
    ...(formats ?? []).flatMap((format) => formatDrafts(site, format)),
  ];
  const every = isResource ? [whole(site, { text: '*', detail: 'every resource' })] : [];
  const start = whole(site, { text: `arn:${site.partition}:`, detail: 'field by field', continues: true });
  // Actions that name no resource are granted on `*` alone.
  return formats?.length === 0 ? [...every, ...named, start] : [...named, ...every, start];
}

/** More routes than this are found more easily segment by segment. */
const MOST_ROUTES = 100;
/** As many accounts are proposed for a principal. */
const MOST_ACCOUNTS = 5;

/** The known APIs and their routes, at every stage, and the shorthand where API Gateway takes it. */
function apiDrafts(site: ArnSite): readonly Draft[] {
  const uses = usesOf(site);
  const rest = everythingOf(uses);
  const drafts: Draft[] = [];
  for (const api of usableApis(site)) {
    for (const head of headsOf(api, site)) {
      drafts.push(
        whole(site, { text: `${head}/*/${rest}`.replace(/\/\*\/\*$/, '/*'), detail: `all of ${api.name}` }),
      );
    }
  }
  for (const api of usableApis(site)) {
    const [head] = headsOf(api, site);
    const routes = api.kind === 'websocket' || !uses.methods ? [] : api.routes;
    for (const { method, path } of routes.slice(0, MOST_ROUTES)) {
      if (!uses.cached || method === 'GET' || method === 'ANY') {
        const verb = uses.cached ? 'GET' : method === 'ANY' ? '*' : method;
        drafts.push(
          whole(site, {
            text: `${head}/*/${verb}/${pathPattern(path)}`,
            detail: `${method} ${path} of ${api.name}`,
          }),
        );
      }
    }
  }
  const shorthand =
    site.input.policyType === 'resource' && site.input.place === 'resource'
      ? [
          whole(site, {
            text: `${SHORTHAND_PREFIX}*/${rest}`.replace(/\*\/\*$/, '*'),
            detail: 'this API, filled in when the policy is saved',
          }),
        ]
      : [];
  const every = whole(site, {
    text: `arn:${site.partition}:execute-api:*:${site.input.knowledge.accounts[0] ?? '*'}:*/*/${rest}`.replace(
      /:\*\/\*\/\*$/,
      ':*',
    ),
    detail: 'every API',
  });
  return [...drafts, ...shorthand, every].filter((draft) => isAcceptable(draft, site));
}

/** The ARN up to the API's id, for each id that is known, else for any. */
function headsOf(api: KnownApi, { input, partition }: ArnSite): readonly string[] {
  const [region = '*', second] = api.regions;
  const where = second === undefined ? region : '*';
  const account = input.knowledge.accounts[0] ?? '*';
  const own = partitionOfRegion(region)?.id ?? partition;
  return (api.ids.length > 0 ? api.ids : ['*']).map(
    (id) => `arn:${own}:execute-api:${where}:${account}:${id}`,
  );
}

/** The ARN of a resource type, with what is known in its fields. */
function formatDrafts(site: ArnSite, format: ArnFormat): readonly Draft[] {
  // Of execute-api's own two formats one is for private domains, and the other is filled better by what is known.
  if (format.namespace === '' || format.namespace === 'execute-api') {
    return [];
  }
  const { region, account, resource } = splitArn(format.type.arn);
  const { wildcards, input, partition } = site;
  const head = `arn:${partition}:${format.namespace}:${format.region === 'wanted' ? '*' : region?.text}:`;
  const [first = '*'] = input.knowledge.accounts;
  const accounts =
    format.account !== 'wanted'
      ? [account?.text ?? '']
      : wildcards
        ? [first]
        : input.knowledge.accounts.slice(0, MOST_ACCOUNTS);
  if (accounts.length === 0) {
    return [whole(site, { text: head, detail: format.type.name, continues: true })];
  }
  const end = goneOn('', resource?.text ?? '', wildcards ? '*' : undefined);
  return accounts.map((each) =>
    whole(site, {
      text: `${head}${each}:${end?.text ?? ''}`,
      detail: format.type.name,
      continues: end?.continues ?? true,
    }),
  );
}

function whole(
  { value }: ArnSite,
  {
    text,
    detail,
    continues = false,
  }: Pick<Draft, 'text'> & { readonly detail: string; readonly continues?: boolean },
): Draft {
  return { label: text, detail, from: 0, to: value.length, text, continues };
}
