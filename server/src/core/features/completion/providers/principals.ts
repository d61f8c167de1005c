import { COMMON_SERVICE_PRINCIPALS } from '../../../iamData/overlay/commonConditions';
import { BUILT_IN_PROVIDERS, REQUIRED_CLAIMS } from '../../../iamData/overlay/oidcProviders';
import { SERVICE_PRINCIPALS } from '../../../iamData/overlay/servicePrincipals';
import { own } from '../../../own';
import { GITHUB_ISSUER } from '../../../rules/support/federation';
import { type Proposal, type Provider, type ProviderContext, stringProposal } from '../proposal';
import { arnProposals } from './arns';
import { asBlock, principalTypes } from './elements';

/** A principal as a whole: everybody, or a map by type. */
export const principals: Provider = (context) => {
  const { policy } = context.cursor;
  const maps = policy.kind.type === 'rcp' ? [] : principalTypes(context).proposals.map(asBlock);
  return { proposals: [...everybody(context), ...maps] };
};

/** What stands under one type of principal. */
export const principalsOfType: Provider = (context) => {
  const { cursor } = context;
  const proposals = own(BY_TYPE, cursor.path[2] ?? '')?.(context) ?? [];
  return { proposals: proposals.filter(({ label }) => !cursor.siblings.has(label)), isIncomplete: true };
};

const BY_TYPE: Readonly<Record<string, (context: ProviderContext) => readonly Proposal[]>> = {
  AWS: (context) => [...everybody(context), ...accountRoots(context), ...arnProposals('principal', context)],
  Service: services,
  Federated: federated,
};

/** Not for roles, which everybody could then assume, nor as an exception from everybody. */
function everybody({ cursor: { policy, path } }: ProviderContext): readonly Proposal[] {
  return policy.kind.type === 'trust' || path[1] === 'NotPrincipal'
    ? []
    : [stringProposal('*', { kind: 'wildcard', rank: 99, detail: 'everybody' })];
}

function accountRoots({ knowledge }: ProviderContext): readonly Proposal[] {
  return knowledge.accounts.map((account, rank) =>
    stringProposal(`arn:aws:iam::${account}:root`, {
      kind: 'arn',
      rank,
      detail: 'whoever the account lets, seen in the workspace',
    }),
  );
}

/** All that are known, those before the others that policies of the kind name most. */
function services({ cursor: { policy } }: ProviderContext): readonly Proposal[] {
  const { type, resourceType } = policy.kind;
  const common =
    COMMON_SERVICE_PRINCIPALS.get(resourceType ?? '') ?? COMMON_SERVICE_PRINCIPALS.get(type) ?? [];
  return SERVICE_PRINCIPALS.map((name) => {
    const rank = common.indexOf(name);
    return stringProposal(name, { kind: 'value', rank: rank < 0 ? common.length : rank });
  });
}

/** IAM User Guide, "AWS JSON policy elements: Principal": OIDC and SAML federated principals. */
function federated({ knowledge }: ProviderContext): readonly Proposal[] {
  const [account] = knowledge.accounts;
  const providerOf = (kind: string, name: string, rank: number): Proposal => {
    const text = (id: string): string => `arn:aws:iam::${id}:${kind}-provider/${name}`;
    return {
      label: text(account ?? 'ACCOUNT'),
      kind: 'arn',
      rank,
      detail: kind === 'saml' ? 'SAML provider' : 'OIDC provider',
      content: {
        kind: 'string',
        text:
          account === undefined
            ? ['arn:aws:iam::', { placeholder: 'ACCOUNT' }, `:${kind}-provider/${name}`]
            : [text(account)],
      },
      ...(name === '' ? { continues: 'typing' as const } : {}),
    };
  };
  return [
    ...[...BUILT_IN_PROVIDERS.keys()].map((name) =>
      stringProposal(name, { kind: 'value', rank: 2, detail: 'built into IAM' }),
    ),
    providerOf('oidc', GITHUB_ISSUER, 0),
    ...[...REQUIRED_CLAIMS.keys()]
      .filter((name) => !BUILT_IN_PROVIDERS.has(name))
      .map((name) => providerOf('oidc', name, 3)),
    providerOf('saml', '', 1),
  ];
}
