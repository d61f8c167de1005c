import { isUntold } from '../../../locate/contentKind';
import { POLICY_ELEMENTS, STATEMENT_ELEMENTS } from '../../../locate/elements';
import type { PolicyKind, PolicyType } from '../../../locate/policyType';
import type { Statement } from '../../../model/policy';
import { own } from '../../../own';
import { ELEMENT_PAIRS, PRINCIPAL_TYPES } from '../../../rules/support/elements';
import { sidGiver } from '../../../rules/support/freeSid';
import { PRINCIPAL_MEANINGS } from '../../hover/principal';
import {
  type Hole,
  type Proposal,
  type Provider,
  provided,
  stringProposal,
  type Template,
} from '../proposal';
import { conditionTemplates, policyTemplates, statementTemplates } from './templates';

const TEXT: Template = ['"', { placeholder: '' }, '"'];
const MEMBERS: Template = ['{\n\t', { placeholder: '' }, '\n}'];
/** Behind a statement, where the next may begin. */
const NEXT_STATEMENT: Hole = { placeholder: '', number: 0 };
const EFFECT: Hole = { placeholder: '', choices: ['Allow', 'Deny'] };

export const policyElements: Provider = ({ cursor: { policy, siblings } }) =>
  provided(
    POLICY_ELEMENTS.filter(
      (name) => !siblings.has(name) && (name !== 'Id' || ID_TYPES.has(policy.kind.type)),
    ).map((name, rank) => elementProposal(name, rank, policyElementValue(name, policy.kind.type))),
  );

/** IAM User Guide, "IAM JSON policy elements: Id": resource-based policies have one. */
const ID_TYPES: ReadonlySet<PolicyType> = new Set<PolicyType>(['resource', 'trust', 'endpoint']);

function policyElementValue(name: string, type: PolicyType): Template {
  switch (name) {
    case 'Version':
      return ['"2012-10-17"'];
    case 'Statement':
      return ['[\n\t', ...indented(newStatement(type)), NEXT_STATEMENT, '\n]'];
    default:
      return TEXT;
  }
}

export const statementElements: Provider = ({ cursor: { policy, statement, siblings, site } }) => {
  const excluded = new Set([
    ...siblings,
    ...ELEMENT_PAIRS.flatMap(([name, other]) =>
      siblings.has(name) || siblings.has(other) ? [name, other] : [],
    ),
    ...impossibleElements(policy.kind, statement?.effect),
  ]);
  const elements = STATEMENT_ELEMENTS.filter((name) => !excluded.has(name)).map((name, rank) =>
    elementProposal(
      name,
      name.startsWith('Not') || (isUntold(policy.kind) && name === 'Principal')
        ? rank + STATEMENT_ELEMENTS.length
        : rank,
      own(STATEMENT_VALUES, name) ?? TEXT,
    ),
  );
  // For those who ask for them by a letter: an open list is of elements only.
  const hasConditions = site.before !== '' && site.value === 'absent' && !excluded.has('Condition');
  return provided([...elements, ...(hasConditions ? conditionTemplates(CONDITION_RANK) : [])]);
};

const CONDITION_RANK = 2 * STATEMENT_ELEMENTS.length;

const STATEMENT_VALUES: Readonly<Record<string, Template>> = {
  Effect: ['"', EFFECT, '"'],
  Principal: ['{ ', { placeholder: '' }, ' }'],
  NotPrincipal: ['{ ', { placeholder: '' }, ' }'],
  Condition: MEMBERS,
};

/**
 * What a policy of the kind may not have. IAM User Guide, "Grammar of the IAM JSON policy language" and the pages of the
 * elements; AWS Organizations User Guide, "SCP syntax" and "RCP syntax". NotPrincipal is for Deny only.
 */
function impossibleElements(kind: PolicyKind, effect: Statement['effect']): readonly string[] {
  if (isUntold(kind)) {
    return ['NotPrincipal'];
  }
  const byEffect = effect?.value === 'Allow' ? ['NotPrincipal'] : [];
  return [...byEffect, ...(IMPOSSIBLE[kind.type] ?? [])];
}

const NO_PRINCIPAL: readonly string[] = ['Principal', 'NotPrincipal'];

const IMPOSSIBLE: Partial<Readonly<Record<PolicyType, readonly string[]>>> = {
  identity: NO_PRINCIPAL,
  boundary: NO_PRINCIPAL,
  session: NO_PRINCIPAL,
  scp: NO_PRINCIPAL,
  rcp: ['NotPrincipal', 'NotAction'],
  trust: ['NotPrincipal', 'Resource', 'NotResource'],
};

function elementProposal(name: string, rank: number, value: Template): Proposal {
  return {
    label: name,
    kind: 'element',
    rank,
    content: { kind: 'name', text: [name], value },
    ...(value.some((part) => typeof part !== 'string' && part.choices === undefined)
      ? { continues: 'completing' as const }
      : {}),
    documentation: `element ${name}`,
  };
}

/** A statement to be filled in, with what every statement of such a policy has. */
function newStatement(type: PolicyType): Template {
  const principal: Template =
    type === 'rcp' ? ['"Principal": "*",\n\t'] : ['"Principal": { "AWS": "', { placeholder: '' }, '" },\n\t'];
  return [
    '{\n\t"Effect": "',
    type === 'rcp' ? 'Deny' : EFFECT,
    '",\n\t',
    ...(IMPOSSIBLE[type]?.includes('Principal') ? [] : principal),
    '"Action": "',
    ...(type === 'trust' ? ['sts:AssumeRole'] : [{ placeholder: '' }]),
    ...(type === 'trust' ? ['"\n}'] : ['",\n\t"Resource": "', { placeholder: '' }, '"\n}']),
  ];
}

export const newStatements: Provider = ({ cursor: { policy, site } }) => {
  const statement = newStatement(policy.kind.type);
  const isList = site.holder === 'list';
  return provided(
    site.quoted
      ? []
      : [
          {
            label: isList ? '{ statement }' : '[ statement ]',
            detail: 'a new statement',
            kind: 'block',
            rank: 0,
            filter: 'statement',
            content: {
              kind: 'json',
              text: isList ? statement : ['[\n\t', ...indented(statement), NEXT_STATEMENT, '\n]'],
            },
            documentation: 'element Statement',
          },
          ...statementTemplates(policy.kind).map((each) => (isList ? each : asList(each))),
        ],
  );
};

/** Statements of YAML, which have no braces: one to fill in comes before the elements, and the templates behind them. */
export function wholeStatements(kind: PolicyKind, where: 'item' | 'list'): readonly Proposal[] {
  const text = newStatement(kind.type);
  return [
    {
      label: 'statement',
      detail: 'a new statement',
      kind: 'block',
      rank: -1,
      content: { kind: 'json', text: where === 'item' ? text : ['[\n\t', ...indented(text), '\n]'] },
      documentation: 'element Statement',
    },
    ...statementTemplates(kind)
      .map((each) => ({ ...each, rank: each.rank + TEMPLATE_RANK }))
      .map((each) => (where === 'item' ? each : asList(each))),
  ];
}

const TEMPLATE_RANK = 4 * STATEMENT_ELEMENTS.length;

/** A list whose one item is what a proposal writes. */
function asList(proposal: Proposal): Proposal {
  const { content } = proposal;
  return content.kind !== 'json'
    ? proposal
    : { ...proposal, content: { kind: 'json', text: ['[\n\t', ...indented(content.text), '\n]'] } };
}

/**
 * A policy with one statement to fill in, and the templates; only those of a kind where the place tells it,
 * and first those of a type that is likely.
 */
export function wholePolicies(kind: PolicyKind | undefined, likely?: PolicyType): readonly Proposal[] {
  const statement = newStatement(kind?.type ?? likely ?? 'identity');
  const text: Template = [
    '{\n\t"Version": "2012-10-17",\n\t"Statement": [\n\t\t',
    ...indented(indented(statement)),
    NEXT_STATEMENT,
    '\n\t]\n}',
  ];
  return [
    {
      label: 'IAM policy',
      detail: 'with one statement',
      kind: 'block',
      rank: 0,
      filter: 'iam-policy',
      content: { kind: 'json', text },
      documentation: 'element Statement',
    },
    ...policyTemplates(kind, likely),
  ];
}

/** One level further in. */
function indented(template: Template): Template {
  return template.map((part) => (typeof part === 'string' ? part.replaceAll('\n', '\n\t') : part));
}

export const versions: Provider = () =>
  provided([
    stringProposal('2012-10-17', {
      kind: 'value',
      rank: 0,
      detail: 'the current language',
      documentation: 'version 2012-10-17',
    }),
    stringProposal('2008-10-17', {
      kind: 'value',
      rank: 1,
      detail: 'without variables',
      documentation: 'version 2008-10-17',
    }),
  ]);

export const effects: Provider = ({ cursor: { policy } }) =>
  provided(
    (policy.kind.type === 'rcp' ? ['Deny'] : ['Allow', 'Deny']).map((effect, rank) =>
      stringProposal(effect, { kind: 'value', rank, documentation: `effect ${effect}` }),
    ),
  );

/** One name, from the effect and the first action; Sids consist of letters and digits. */
export const sids: Provider = ({ cursor: { policy, statement } }) => {
  const action = statement?.actions[0]?.entries[0]?.text;
  if (statement === undefined || action === undefined) {
    return provided([]);
  }
  const words = `${statement.effect?.value ?? ''} ${action === '*' ? 'all' : action}`
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  const sid = sidGiver(policy)(words.join(''));
  return provided([stringProposal(sid, { kind: 'value', rank: 0, detail: 'after effect and action' })]);
};

export const principalTypes: Provider = ({ cursor: { policy, siblings } }) =>
  provided(
    principalTypesOf(policy.kind)
      .filter((name) => !siblings.has(name))
      .map((name, rank) => ({
        label: name,
        kind: 'key',
        detail: own(PRINCIPAL_MEANINGS, name),
        rank,
        content: { kind: 'name', text: [name], value: TEXT },
        continues: 'completing',
      })),
  );

/** IAM User Guide, "AWS JSON policy elements: Principal": only roles trust providers, and only S3 has canonical users. */
function principalTypesOf({ type, resourceType }: PolicyKind): readonly string[] {
  const order = ['AWS', 'Service', ...PRINCIPAL_TYPES.filter((name) => name !== 'AWS' && name !== 'Service')];
  return order.filter(
    (name) =>
      (name !== 'Federated' || type === 'trust') &&
      (name !== 'CanonicalUser' ||
        (type === 'resource' && (resourceType === undefined || resourceType.startsWith('AWS::S3::')))),
  );
}

/** An object whose one member is what a name proposal writes, for where a value is still to come. */
export function asBlock(proposal: Proposal): Proposal {
  const { content } = proposal;
  return content.kind !== 'name'
    ? proposal
    : {
        ...proposal,
        kind: 'block',
        content: {
          kind: 'json',
          text: ['{\n\t"', ...content.text, '": ', ...indented(content.value), '\n}'],
        },
      };
}
