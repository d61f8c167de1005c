import { splitArn } from '../../../arn/arn';
import { SHORTHAND_PREFIX } from '../../../arn/executeApi';
import { partitionOfRegion } from '../../../arn/partitions';
import type { ArnFormat } from '../../../iamData/arnFormats';
import type { KnownApi } from '../../../knowledge/knowledge';
import { everythingOf, idsOf, pathPattern, type Uses, usableApis, usesOf } from './executeApiDrafts';
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

/** The known APIs, then their routes at every stage, the shorthand where API Gateway takes it, and every API. */
function apiDrafts(site: ArnSite): readonly Draft[] {
  const { input, partition } = site;
  const uses = usesOf(site);
  const rest = everythingOf(uses);
  const apis = usableApis(site);
  const account = input.knowledge.accounts[0] ?? '*';
  const every = rest === '*' ? '*' : `*/${rest}`;
  return [
    ...apis.flatMap((api) =>
      headsOf(api, site).map((head) =>
        whole(site, { text: `${head}/${rest}`, detail: `all of ${api.name}` }),
      ),
    ),
    ...(uses.methods ? apis.flatMap((api) => routeDrafts(site, api, uses)) : []),
    ...(input.policyType === 'resource' && input.place === 'resource'
      ? [
          whole(site, {
            text: SHORTHAND_PREFIX + rest,
            detail: 'this API, filled in when the policy is saved',
          }),
        ]
      : []),
    whole(site, { text: `arn:${partition}:execute-api:*:${account}:${every}`, detail: 'every API' }),
  ];
}

function routeDrafts(site: ArnSite, api: KnownApi, { cached }: Uses): readonly Draft[] {
  const [head] = headsOf(api, site);
  const routes = api.kind === 'websocket' ? [] : api.routes.slice(0, MOST_ROUTES);
  return routes
    .filter(({ method }) => !cached || method === 'GET' || method === 'ANY')
    .map(({ method, path }) => {
      const verb = cached ? 'GET' : method === 'ANY' ? '*' : method;
      return whole(site, {
        text: `${head}/*/${verb}/${pathPattern(path)}`,
        detail: `${method} ${path} of ${api.name}`,
      });
    });
}

/** The ARN up to the API's id, for each id that is known, else for any. */
function headsOf(api: KnownApi, { input, partition }: ArnSite): readonly string[] {
  const [region = '*', second] = api.regions;
  const where = second === undefined ? region : '*';
  const account = input.knowledge.accounts[0] ?? '*';
  const own = partitionOfRegion(region)?.id ?? partition;
  const ids = idsOf(api);
  return (ids.length > 0 ? ids : ['*']).map((id) => `arn:${own}:execute-api:${where}:${account}:${id}`);
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
