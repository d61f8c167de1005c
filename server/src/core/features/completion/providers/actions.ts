import type { IamData } from '../../../iamData/iamData';
import { COMMON_ACTIONS } from '../../../iamData/overlay/commonActions';
import type { PolicyScope } from '../../../iamData/overlay/policyScopes';
import type { AccessLevel, Action, Service, ServiceEntry } from '../../../iamData/types';
import type { WorkspaceKnowledge } from '../../../knowledge/knowledge';
import type { PolicyKind } from '../../../locate/policyType';
import { scopeOf } from '../../../rules/support/policyScope';
import { counted } from '../../../wording';
import { actionSearch, COMMON_SERVICES, nameScore, type Usage } from '../actionSearch';
import type { Cursor } from '../cursor';
import { type Proposal, type Provider, provided, stringProposal } from '../proposal';

/**
 * Services and actions by whatever letters of theirs are typed, in the order of what is likely meant; behind the colon
 * of a service all of its actions.
 */
export const actions: Provider = ({ cursor, iamData, knowledge }) => {
  if (iamData === undefined) {
    return provided([]);
  }
  const { policy, site, siblings } = cursor;
  const scope = scopeOf(policy.kind);
  const fits = (proposal: Proposal): boolean => !siblings.has(proposal.label);
  if (scope?.actions !== undefined) {
    return provided(scopedActions(scope, iamData).filter(fits));
  }
  const typed = site.before;
  const usage = usageAt(cursor, knowledge);
  const colon = typed.indexOf(':');
  const service = colon < 0 ? undefined : iamData.service(typed.slice(0, colon));
  if (service !== undefined) {
    const proposals = actionsOf(service, cursor, scope).filter(fits);
    return {
      order: 'given',
      isIncomplete: true,
      proposals: ranked(proposals, typed.slice(colon + 1), usage),
    };
  }
  const prefixes = prefixesFor(policy.kind, scope, iamData);
  const proposals =
    typed === '' ? untyped(cursor, usage, prefixes, iamData) : searched(cursor, usage, prefixes, iamData);
  const everything = policy.kind.type === 'rcp' ? [] : [{ ...EVERYTHING, matches: fitsStar(typed) }];
  return { order: 'given', isIncomplete: true, proposals: [...proposals.filter(fits), ...everything] };
};

const EVERYTHING: Proposal = stringProposal('*', {
  kind: 'wildcard',
  rank: 0,
  detail: 'every action of every service',
});

function fitsStar(typed: string): boolean {
  return typed === '' || typed === '*';
}

/** At most so many actions are shown of those that the letters find. */
const MOST_FOUND = 60;

/** Services and actions in one list, the best first. */
function searched(
  cursor: Cursor,
  usage: Usage,
  prefixes: readonly ServiceEntry[],
  iamData: IamData,
): readonly Proposal[] {
  const typed = cursor.site.before;
  const allowed = new Set(prefixes.map(({ prefix }) => prefix));
  const search = actionSearch(iamData);
  return [
    ...(typed.includes(':') ? [] : search.services(typed, usage, allowed)).map(({ entry, score }) => ({
      score,
      proposal: serviceProposal(entry, cursor),
    })),
    ...search.actions(typed, usage, allowed, MOST_FOUND).flatMap(({ service, name, score }) => {
      const action = iamData.action(`${service}:${name}`);
      return action === undefined ? [] : [{ score, proposal: actionProposal(action) }];
    }),
  ]
    .sort((a, b) => b.score - a.score)
    .map(({ proposal }) => ({ ...proposal, matches: true }));
}

/** How many actions of the workspace, and of those that are commonly written, an empty list begins with. */
const MOST_KNOWN = 16;
const MOST_COMMON = 24;

/**
 * Before anything is typed: what the document and the workspace use, what is commonly written, and then the services,
 * in the same order.
 */
function untyped(
  cursor: Cursor,
  usage: Usage,
  prefixes: readonly ServiceEntry[],
  iamData: IamData,
): readonly Proposal[] {
  const allowed = new Set(prefixes.map(({ prefix }) => prefix));
  const ofServices = COMMON_ACTIONS.filter((id) => usage.services.has(id.slice(0, id.indexOf(':'))));
  const ids = new Set([...usage.actions, ...ofServices, ...COMMON_ACTIONS.slice(0, MOST_COMMON)]);
  const known = [...ids].flatMap((id) => iamData.action(id) ?? []);
  const ranks = new Map(
    [...usage.services, ...COMMON_SERVICES].map((prefix, rank): [string, number] => [prefix, rank]).reverse(),
  );
  const rankOf = ({ prefix }: ServiceEntry): number =>
    ranks.get(prefix) ?? ranks.size + COMMON_SERVICES.length;
  const services = [...prefixes].sort((a, b) => rankOf(a) - rankOf(b) || (a.prefix < b.prefix ? -1 : 1));
  return [
    ...known.filter(({ service }) => allowed.has(service)).map(actionProposal),
    ...services.map((entry) => serviceProposal(entry, cursor)),
  ].map((proposal) => ({ ...proposal, matches: true }));
}

/** Those that fit the letters behind the colon, the best first, and the others as they come. */
function ranked(proposals: readonly Proposal[], typed: string, usage: Usage): readonly Proposal[] {
  const scored = proposals.map((proposal) => ({ proposal, score: nameScore(typed, proposal.label, usage) }));
  return scored
    .sort(
      (a, b) =>
        a.proposal.rank - b.proposal.rank ||
        (b.score ?? Number.NEGATIVE_INFINITY) - (a.score ?? Number.NEGATIVE_INFINITY) ||
        0,
    )
    .map(({ proposal, score }) => ({ ...proposal, matches: score !== undefined }));
}

/** What the document names, and what the workspace does; not what stands in the same list. */
function usageAt(
  { policy, statement, siblings }: Cursor,
  { actions: known = [] }: WorkspaceKnowledge,
): Usage {
  const own = policy.statements.flatMap(({ actions: elements }) =>
    elements.flatMap(({ entries }) => entries),
  );
  const ids = [...own.map(({ text }) => text), ...known.slice(0, MOST_KNOWN)].filter(
    (id) => id.includes(':') && !/[*?]/.test(id) && !siblings.has(id),
  );
  const resources = (statement?.resources ?? []).flatMap(({ entries }) => entries);
  const services = [
    ...resources.flatMap(({ text }) => /^arn:[^:]*:([a-z0-9-]+):/.exec(text)?.[1] ?? []),
    ...(statement?.actions ?? []).flatMap(({ entries }) => entries.map(({ service }) => service)),
    ...own.map(({ service }) => service),
  ];
  return {
    actions: new Set(ids.map((id) => id.toLowerCase())),
    services: new Set(services.flatMap((service) => service?.toLowerCase() ?? [])),
  };
}

/** The patterns of a scope are in lower case. */
function scopedActions(scope: PolicyScope, iamData: IamData): readonly Proposal[] {
  return (scope.actions ?? []).flatMap((pattern) =>
    iamData.expandActions(pattern).map((action) => actionProposal(action)),
  );
}

/** AWS Organizations User Guide, "RCP syntax": RCPs name actions of the services that support them. */
function prefixesFor(
  { type }: PolicyKind,
  scope: PolicyScope | undefined,
  iamData: IamData,
): readonly ServiceEntry[] {
  return iamData
    .services()
    .filter(
      ({ prefix }) =>
        (scope === undefined || prefix === scope.service) &&
        (type !== 'rcp' || iamData.rcpSupportedServices.has(prefix)),
    );
}

function serviceProposal({ prefix, name }: ServiceEntry, { site }: Cursor): Proposal {
  const colon = site.after.indexOf(':');
  const slice = colon < 0 ? undefined : { from: 0, to: site.before.length + colon + 1 };
  return {
    label: `${prefix}:`,
    kind: 'service',
    detail: name,
    rank: 0,
    content: { kind: 'string', text: [`${prefix}:`] },
    ...(slice === undefined ? {} : { slice }),
    continues: 'completing',
    documentation: `service ${prefix}`,
  };
}

function actionsOf(service: Service, cursor: Cursor, scope: PolicyScope | undefined): readonly Proposal[] {
  const { singles, wildcards } = listsOf(service);
  const { actsOn } = scope ?? {};
  const possible =
    actsOn === undefined
      ? singles
      : singles.filter(({ action }) => action.resources.some(({ type }) => actsOn.includes(type.name)));
  return [
    ...possible.map(({ proposal }) => proposal),
    ...wildcards,
    ...levelProposals(
      possible.map(({ action }) => action),
      service,
      cursor,
    ),
  ];
}

interface ServiceLists {
  readonly singles: readonly { readonly action: Action; readonly proposal: Proposal }[];
  readonly wildcards: readonly Proposal[];
}

/** Amazon EC2 has hundreds of actions, and its list is asked for with every colon. */
const lists = new WeakMap<Service, ServiceLists>();

function listsOf(service: Service): ServiceLists {
  let known = lists.get(service);
  if (known === undefined) {
    known = {
      singles: service.actions().map((action) => ({ action, proposal: actionProposal(action) })),
      wildcards: wildcardProposals(service),
    };
    lists.set(service, known);
  }
  return known;
}

function actionProposal({ id, accessLevels }: Action): Proposal {
  return stringProposal(id, {
    kind: 'action',
    rank: 0,
    detail: accessLevels.join(' and '),
    documentation: `action ${id}`,
  });
}

/** `s3:*`, and `s3:Get*` for each verb that several actions begin with. */
function wildcardProposals({ prefix, actionCount, actionNames }: Service): readonly Proposal[] {
  const verbs = new Map<string, number>();
  for (const name of actionNames()) {
    const verb = /^[A-Z][a-z]+(?=[A-Z0-9])/.exec(name)?.[0];
    if (verb !== undefined) {
      verbs.set(verb, (verbs.get(verb) ?? 0) + 1);
    }
  }
  const wildcard = (id: string, rank: number, count: number): Proposal =>
    stringProposal(id, {
      kind: 'wildcard',
      rank,
      detail: counted(count, 'action'),
      documentation: `action ${id}`,
    });
  return [
    ...[...verbs]
      .filter(([, count]) => count > 1)
      .map(([verb, count]) => wildcard(`${prefix}:${verb}*`, 1, count)),
    wildcard(`${prefix}:*`, 2, actionCount),
  ];
}

const LEVELS: readonly AccessLevel[] = ['List', 'Read', 'Write', 'Tagging', 'Permissions management'];

/** All actions of a level one by one: IAM has no wildcard for levels. What has two counts by its first, as in hovers. */
function levelProposals(
  all: readonly Action[],
  { prefix }: Service,
  { siblings }: Cursor,
): readonly Proposal[] {
  return LEVELS.flatMap((level) => {
    const texts = all
      .filter(({ id, accessLevels }) => accessLevels[0] === level && !siblings.has(id))
      .map(({ id }) => id);
    return texts.length < 2
      ? []
      : [
          {
            label: `${prefix}: all ${level} actions`,
            kind: 'block',
            detail: `a list of ${counted(texts.length, 'action')}`,
            rank: 3,
            filter: `${prefix}:all ${level} actions`,
            content: { kind: 'strings', texts },
            documentation: `level ${prefix} ${level}`,
          } as const,
        ];
  });
}
