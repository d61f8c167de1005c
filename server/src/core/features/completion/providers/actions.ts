import type { IamData } from '../../../iamData/iamData';
import type { PolicyScope } from '../../../iamData/overlay/policyScopes';
import type { AccessLevel, Action, Service, ServiceEntry } from '../../../iamData/types';
import type { PolicyKind } from '../../../locate/policyType';
import { scopeOf } from '../../../rules/support/policyScope';
import { counted } from '../../markdown';
import type { Cursor } from '../cursor';
import { type Proposal, type Provider, provided, stringProposal } from '../proposal';

/** The services up to the colon, and behind it the actions of the one in front; a word finds actions of all of them. */
export const actions: Provider = ({ cursor, iamData }) => {
  if (iamData === undefined) {
    return provided([]);
  }
  const { policy, site, siblings } = cursor;
  const scope = scopeOf(policy.kind);
  const fits = (proposal: Proposal): boolean => !siblings.includes(proposal.label);
  if (scope?.actions !== undefined) {
    return provided(scopedActions(scope, iamData).filter(fits));
  }
  const colon = site.before.indexOf(':');
  if (colon >= 0) {
    const service = iamData.service(site.before.slice(0, colon));
    return provided(service === undefined ? [] : actionsOf(service, cursor, scope).filter(fits));
  }
  const prefixes = prefixesFor(policy.kind, scope, iamData);
  return {
    isIncomplete: true,
    proposals: [
      ...(policy.kind.type === 'rcp' ? [] : [EVERYTHING]),
      ...serviceProposals(prefixes, cursor),
      ...foundActions(site.before, prefixes, iamData).filter(fits),
    ],
  };
};

const EVERYTHING: Proposal = stringProposal('*', {
  kind: 'wildcard',
  rank: 3,
  detail: 'every action of every service',
});

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

/** Those that the statement names already come first. */
function serviceProposals(
  services: readonly ServiceEntry[],
  { site, statement }: Cursor,
): readonly Proposal[] {
  const used = new Set(
    statement?.actions.flatMap(({ entries }) =>
      entries.flatMap(({ service }) => service?.toLowerCase() ?? []),
    ),
  );
  const colon = site.after.indexOf(':');
  const slice = colon < 0 ? undefined : { from: 0, to: site.before.length + colon + 1 };
  return services.map(({ prefix, name }) => ({
    label: `${prefix}:`,
    kind: 'service',
    detail: name,
    rank: used.has(prefix) ? 0 : 1,
    content: { kind: 'string', text: [`${prefix}:`] },
    ...(slice === undefined ? {} : { slice }),
    continues: 'completing',
    documentation: `service ${prefix}`,
  }));
}

/** Shorter words would find half of all actions. */
const LEAST_LETTERS = 3;
const MOST_FOUND = 60;

/** Actions of whatever service that have the letters of a word, in that order; the closest ones, as lists go. */
function foundActions(
  word: string,
  services: readonly ServiceEntry[],
  iamData: IamData,
): readonly Proposal[] {
  const letters = word.toLowerCase();
  if (letters.length < LEAST_LETTERS || !/^\w+$/.test(letters)) {
    return [];
  }
  return services
    .flatMap(({ prefix }) =>
      (iamData.service(prefix)?.actionNames() ?? []).flatMap((name) => {
        const distance = distanceOf(letters, name.toLowerCase());
        return distance === undefined ? [] : [{ prefix, name, distance }];
      }),
    )
    .sort((a, b) => a.distance - b.distance || a.name.length - b.name.length)
    .slice(0, MOST_FOUND)
    .flatMap(({ prefix, name }) => iamData.action(`${prefix}:${name}`) ?? [])
    .map((action) => ({ ...actionProposal(action), rank: 2 }));
}

/** 0 at the start, 1 in one piece, 2 with gaps; `undefined` where the letters do not occur in that order. */
function distanceOf(letters: string, name: string): 0 | 1 | 2 | undefined {
  const at = name.indexOf(letters);
  if (at >= 0) {
    return at === 0 ? 0 : 1;
  }
  let from = -1;
  for (const letter of letters) {
    from = name.indexOf(letter, from + 1);
    if (from < 0) {
      return undefined;
    }
  }
  return 2;
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
      .filter(({ id, accessLevels }) => accessLevels[0] === level && !siblings.includes(id))
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
