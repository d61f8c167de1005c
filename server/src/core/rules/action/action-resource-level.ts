import { splitArn } from '../../arn/arn';
import { arnFormatOf, arnResource, meetsFormat } from '../../iamData/arnFormats';
import type { IamData } from '../../iamData/iamData';
import { PERHAPS_WITH_RESOURCE, RESOURCELESS_ACTIONS } from '../../iamData/overlay/resourcelessActions';
import type { Action } from '../../iamData/types';
import { replaceValue } from '../../lint/edits';
import { defineRule, type Fix } from '../../lint/rule';
import type { ActionEntry, Statement } from '../../model/policy';
import { notedFor } from '../../pattern/internedText';
import { compilePattern, hasWildcard, matches } from '../../pattern/pattern';
import { textNodeOf } from '../../syntax/functionTexts';
import type { SyntaxNode } from '../../syntax/nodes';
import { isTemplateText } from '../support/known';
import { isPolicyVariable, variablesOf } from '../support/policyVariables';
import { quote } from '../support/quote';
import { splitStatementFix } from '../support/splitStatement';

export const rule = defineRule({
  meta: {
    id: 'action-resource-level',
    category: 'suggestion',
    summary: 'An action that does not support resource-level permissions is combined with specific resources',
    since: '0.1.0',
    needs: 'iamData',
    appliesTo: ['identity', 'boundary', 'session', 'endpoint', 'scp'],
    fixable: 'suggestion',
    sources: ['service-authorization'],
    messages: {
      one: '{action} does not support resource-level permissions: it needs Resource "*".',
      two: '{action} and {other} do not support resource-level permissions: they need Resource "*".',
      several:
        '{action} and {count} others do not support resource-level permissions: they need Resource "*".',
    },
  },
  create: (context) => {
    const { iamData } = context;
    if (iamData === undefined) {
      return {};
    }
    return {
      statement: (statement) => {
        // Asked first: hardly any action takes no resource, and all resources have to be read for the other question.
        if (!entriesOf(statement).some(({ interned }) => resourcelessOf(interned, iamData).length > 0)) {
          return;
        }
        const targets = targetsOf(statement, iamData);
        if (targets === undefined) {
          return;
        }
        const affected = entriesOf(statement).filter((entry) => needsStar(entry, targets, iamData));
        const [first, second, ...more] = affected;
        if (first !== undefined) {
          context.report({
            message: second === undefined ? 'one' : more.length === 0 ? 'two' : 'several',
            at: first.node,
            also: affected.slice(1).map(({ node, text }) => ({
              message: 'one',
              at: node,
              data: { action: quote(text) },
            })),
            data: {
              action: quote(first.text),
              other: quote(second?.text ?? ''),
              count: affected.length - 1,
            },
            // What a Deny was meant to deny is for its author to say.
            fixes: statement.effect?.value === 'Allow' ? fixesOf(statement, affected) : [],
          });
        }
      },
    };
  },
});

/** A resource of the statement. */
interface Target {
  readonly service: string;
  readonly resource: string;
  /** Whether it names one thing, and can stand for no collection. */
  readonly isOne: boolean;
}

/** The entries of a statement whose single Resource has only ARNs with a known service. */
function targetsOf({ resources }: Statement, iamData: IamData): readonly Target[] | undefined {
  const [element, ...others] = resources;
  if (element === undefined || others.length > 0 || element.negated || !isAllTexts(element.member.value)) {
    return undefined;
  }
  const targets: Target[] = [];
  for (const { interned } of element.entries) {
    const target = targetOf(interned, iamData);
    if (target === undefined) {
      return undefined;
    }
    targets.push(target);
  }
  return targets.length === 0 ? undefined : targets;
}

/** Whether every value is a text: what a template chooses or computes may be `*`. */
function isAllTexts(value: SyntaxNode | undefined): boolean {
  const items = value?.kind === 'array' ? value.items : [value];
  return items.every((item) => item !== undefined && textNodeOf(item) !== undefined);
}

const targetOf = notedFor((text: string, iamData: IamData): Target | undefined => {
  const { prefix, service, resource } = splitArn(text);
  if (
    prefix.text !== 'arn' ||
    service === undefined ||
    resource === undefined ||
    !/^[a-z0-9-]+$/.test(service.text) ||
    // Everything, as `arn:aws:s3:::*` for a list of buckets.
    /^[*?:/]*$/.test(resource.text)
  ) {
    return undefined;
  }
  const variables = variablesOf(resource.text);
  const isOne =
    !hasWildcard(resource.text) &&
    (variables.length === 0
      ? !isTemplateText(resource.text)
      : variables.every((variable) => isPolicyVariable(variable, iamData)));
  return { service: service.text, resource: resource.text, isOne };
});

function entriesOf({ actions }: Statement): readonly ActionEntry[] {
  return actions.length === 1 && actions[0]?.negated === false ? actions[0].entries : [];
}

/** Whether no request of any action that the entry covers can be about one of the resources. */
function needsStar({ interned }: ActionEntry, targets: readonly Target[], iamData: IamData): boolean {
  const actions = resourcelessOf(interned, iamData);
  return (
    actions.length > 0 &&
    actions.every(
      ({ action, checkedOn }) =>
        (checkedOn === 'star' || targets.every(({ isOne }) => isOne)) && !canMeet(action, targets),
    )
  );
}

interface Resourceless {
  readonly action: Action;
  readonly checkedOn: 'star' | 'collection';
}

const NONE: readonly never[] = [];

/** The actions that an entry covers; none if one of them is not known to take no resource. */
const resourcelessOf = notedFor((text: string, iamData: IamData): readonly Resourceless[] => {
  const colon = text.indexOf(':');
  // What covers a whole service covers others as well. Few services are known, and a pattern is expensive to expand.
  if (
    colon < 0 ||
    !RESOURCELESS_ACTIONS.has(text.slice(0, colon).toLowerCase()) ||
    /^\**$/.test(text.slice(colon + 1)) ||
    isTemplateText(text)
  ) {
    return NONE;
  }
  const actions = iamData.expandActions(text);
  const known = actions.flatMap((action) => {
    const checkedOn = checkOf(action);
    return checkedOn === undefined ? [] : [{ action, checkedOn }];
  });
  return known.length === actions.length ? known : NONE;
});

function checkOf({ id, service, name, resources }: Action): Resourceless['checkedOn'] | undefined {
  if (PERHAPS_WITH_RESOURCE.has(id.toLowerCase())) {
    return undefined;
  }
  const folded = name.toLowerCase();
  const rule = RESOURCELESS_ACTIONS.get(service)?.find(({ names }) =>
    names.some((pattern) => matches(compilePattern(pattern), folded)),
  );
  // One that is listed by its name may have types of single features, without which it is called as well.
  const isResourceless = resources.length === 0 || rule?.names.includes(folded) === true;
  return isResourceless ? rule?.checkedOn : undefined;
}

function canMeet({ resources }: Action, targets: readonly Target[]): boolean {
  return resources.some(({ type }) => {
    const format = arnFormatOf(type);
    return targets.some(
      ({ service, resource }) => service === format.namespace && meetsFormat(arnResource(resource), format),
    );
  });
}

/** `*` for the statement if nothing else of it needs the resources, and a statement of their own otherwise. */
function fixesOf(statement: Statement, affected: readonly ActionEntry[]): readonly Fix[] {
  const resource = statement.resources[0]?.member.value;
  if (affected.length < entriesOf(statement).length) {
    return splitStatementFix(statement, affected, 'Move to a statement with Resource "*"');
  }
  return resource === undefined || resource.kind === 'opaque'
    ? []
    : [{ title: 'Change Resource to "*"', kind: 'suggestion', edits: () => [replaceValue(resource, '*')] }];
}
