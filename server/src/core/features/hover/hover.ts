import type { PolicyDocument } from '../../document';
import type { IamData } from '../../iamData/iamData';
import type { WorkspaceKnowledge } from '../../knowledge/knowledge';
import { mistakesOf } from '../../lint/mistakes';
import type { ActionEntry, Condition, Policy, PrincipalEntry, Statement } from '../../model/policy';
import { type MemberNode, placesOf, type Span, type StringNode } from '../../syntax/nodes';
import { contentSpan, spanOfValue, valueIndexAt } from '../../syntax/stringSpans';
import { type ExplainOptions, explainArn } from '../explain/explainArn';
import { type ArnExplanation, type SegmentExplanation, segmentAt } from '../explain/explanation';
import { code } from '../markdown';
import { type LinkTo, routesText } from '../routes';
import { type ActionsLink, actionText, serviceText } from './action';
import { conditionKeyText, conditionValueText, operatorText } from './conditions';
import { effectText } from './effect';
import { elementText, versionText } from './elements';
import { ipRangeText } from './ipRange';
import { principalText, principalTypeText } from './principal';
import { namedValueAt } from './reference';
import { variableAt, variableText } from './variable';

export interface Hover {
  /** What the text is about. */
  readonly span: Span;
  /** Markdown. */
  readonly contents: string;
}

/** What is known beside the document. */
export interface HoverContext {
  readonly iamData: IamData | undefined;
  readonly workspace?: HoverWorkspace | undefined;
  readonly actionsLink?: ActionsLink | undefined;
}

export interface HoverWorkspace {
  readonly knowledge: WorkspaceKnowledge;
  readonly linkTo: LinkTo;
}

/** What there is to say about the thing at an offset of a document. */
export function hover(document: PolicyDocument, offset: number, context: HoverContext): Hover | undefined {
  const policy = document.policies.find(({ node }) => contains(node.span, offset));
  if (policy === undefined) {
    return onStage(document, offset);
  }
  const statement = policy.statements.find(({ node }) => contains(node.span, offset));
  const found =
    statement === undefined
      ? onMembers(policy, policy.members, offset)
      : (inStatement(statement, offset, context) ?? onMembers(policy, statement.members, offset));
  const named = namedValueAt(document, offset);
  return named === undefined
    ? found
    : {
        span: named.span,
        contents: found === undefined ? named.text : `${named.text}\n\n---\n\n${found.contents}`,
      };
}

/**
 * What cannot be said in a template of a stage with a cache; API Gateway Developer Guide, "Invalidate an API Gateway cache
 * entry", and API Reference, "MethodSetting".
 */
function onStage({ caches }: PolicyDocument, offset: number): Hover | undefined {
  const stage = caches?.caches.stages.find(
    ({ host, type, settings }) =>
      host === 'cloudFormation' &&
      type !== undefined &&
      contains(type, offset) &&
      settings.some(({ caching }) => caching === 'on' || caching === 'unknown'),
  );
  return stage?.type === undefined ? undefined : { span: stage.type, contents: STAGE_TEXT };
}

const STAGE_TEXT = [
  '**A stage with a cache**',
  'CloudFormation has no field that says who may invalidate entries. API Gateway asks for permission by default ' +
    '(`requireAuthorizationForCacheControl`): whoever sends `Cache-Control: max-age=0` needs ' +
    '`execute-api:InvalidateCache`. What was changed in the console or with `update-stage` stays as it is.',
].join('\n\n');

function onMembers(policy: Policy, members: readonly MemberNode[], offset: number): Hover | undefined {
  for (const { key, value } of members) {
    const version = key.value === 'Version' && value?.kind === 'string' ? value : undefined;
    const named = placeAt(key, offset);
    if (named !== undefined) {
      return said(named, elementText(key.value, policy, version?.value));
    }
    if (version !== undefined && contains(version.span, offset)) {
      return said(version, versionText(version.value, policy));
    }
  }
  return undefined;
}

function inStatement(
  statement: Statement,
  offset: number,
  { iamData, workspace, actionsLink }: HoverContext,
): Hover | undefined {
  const { effect } = statement;
  const effectKey = effect?.parent?.kind === 'member' ? effect.parent.key : undefined;
  const onEffect = [effect, effectKey].find((node) => node !== undefined && contains(node.span, offset));
  if (onEffect !== undefined) {
    return said(onEffect, effectText(statement));
  }
  const action = entryAt(statement.actions, offset);
  if (action !== undefined) {
    return onAction(action, offset, iamData, actionsLink);
  }
  const resource = entryAt(statement.resources, offset);
  if (resource !== undefined) {
    const variable = onVariable(resource.node, offset, { statement, iamData });
    if (variable !== undefined) {
      return variable;
    }
    const routes = workspace && routesText(resource.text, workspace.knowledge, workspace.linkTo);
    const explained = onArn(resource.node, offset, { mistakes: mistakesOf(resource), iamData });
    return explained === undefined || routes === undefined
      ? explained
      : { ...explained, contents: `${explained.contents}\n\n${routes}` };
  }
  const principal = entryAt(statement.principals, offset);
  if (principal !== undefined) {
    return onPrincipal(principal, offset, iamData);
  }
  const principalType = statement.principals
    .flatMap(({ member: { value } }) => (value?.kind === 'object' ? value.members : []))
    .flatMap(({ key }) => placesOf(key))
    .find(({ span }) => contains(span, offset));
  if (principalType !== undefined) {
    return said(principalType, principalTypeText(principalType.value));
  }
  return onConditions(statement.conditions, offset, iamData);
}

function entryAt<Entry extends { readonly node: StringNode }>(
  elements: readonly { readonly entries: readonly Entry[] }[],
  offset: number,
): Entry | undefined {
  for (const element of elements) {
    const found = element.entries.find(({ node }) => contains(node.span, offset));
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

/** The service prefix up to its colon, or else the whole action. */
function onAction(
  entry: ActionEntry,
  offset: number,
  iamData: IamData | undefined,
  actionsLink: ActionsLink | undefined,
): Hover | undefined {
  const { node, service } = entry;
  const index = valueIndexAt(node, offset);
  if (service !== undefined && index < service.length) {
    const contents = serviceText(service, iamData);
    return contents === undefined ? undefined : { span: spanOfValue(node, 0, service.length), contents };
  }
  return said(node, actionText(entry, iamData, actionsLink));
}

function onArn(node: StringNode, offset: number, options: ExplainOptions): Hover | undefined {
  const explanation = explainArn(node.value, options);
  const segment = segmentAt(explanation, valueIndexAt(node, offset));
  return segment === undefined
    ? undefined
    : {
        span: segment.to > segment.from ? spanOfValue(node, segment.from, segment.to) : contentSpan(node),
        contents: arnText(explanation, segment),
      };
}

/** Whom the whole stands for, or else the segment of the ARN. */
function onPrincipal(entry: PrincipalEntry, offset: number, iamData: IamData | undefined): Hover | undefined {
  const text = principalText(entry);
  if (text !== undefined || !entry.text.startsWith('arn:')) {
    return said(entry.node, text);
  }
  return onArn(entry.node, offset, { iamData });
}

function onVariable(
  node: StringNode,
  offset: number,
  {
    statement,
    condition,
    iamData,
  }: {
    readonly statement: Statement;
    readonly condition?: Condition;
    readonly iamData: IamData | undefined;
  },
): Hover | undefined {
  const variable = variableAt(node, valueIndexAt(node, offset));
  return variable === undefined
    ? undefined
    : {
        span: spanOfValue(node, variable.from, variable.to),
        contents: variableText(node, variable, statement, condition, iamData),
      };
}

function arnText({ summary }: ArnExplanation, segment: SegmentExplanation): string {
  const { problem } = segment;
  // What is wrong with the segment is said once.
  const whole =
    problem !== undefined && summary.endsWith(` ${problem}`)
      ? summary.slice(0, -problem.length - 1)
      : summary;
  const value = segment.text === '' ? '(empty)' : code(segment.text);
  return [
    `**${segment.name}** ${value}`,
    ...(problem === undefined ? [] : [`**Problem:** ${problem}`]),
    segment.meaning,
    `*May be:* ${segment.legal}`,
    // Of a lone `*` there is nothing more to say.
    ...(summary === segment.meaning ? [] : ['---', `*The whole ARN:* ${whole}`]),
  ].join('\n\n');
}

function onConditions(
  conditions: readonly Condition[],
  offset: number,
  iamData: IamData | undefined,
): Hover | undefined {
  for (const condition of conditions) {
    const { operator, key, values, statement } = condition;
    const onOperator = placeAt(operator.node, offset);
    if (onOperator !== undefined) {
      return said(
        onOperator,
        operatorText({ ...operator, name: operator.node.value }, statement.effect?.value),
      );
    }
    const onKey = placeAt(key, offset);
    if (onKey !== undefined) {
      return said(onKey, conditionKeyText(condition, iamData));
    }
    const node = values.find((value) => contains(value.node.span, offset))?.node;
    if (node?.kind === 'string') {
      return (
        onVariable(node, offset, { statement, condition, iamData }) ??
        (node.value.startsWith('arn:')
          ? onConditionArn(node, offset, iamData)
          : said(
              node,
              operator.traits?.family === 'IpAddress'
                ? ipRangeText(node.value)
                : conditionValueText(key.value, node.value),
            ))
      );
    }
  }
  return undefined;
}

/** No problems are shown: a source's ARN holds `{id}` rightly, and what is right differs from key to key. */
function onConditionArn(node: StringNode, offset: number, iamData: IamData | undefined): Hover | undefined {
  const { arn, summary, segments } = explainArn(node.value, { iamData });
  const explanation: ArnExplanation = {
    arn,
    summary,
    segments: segments.map(({ problem: _, ...segment }) => segment),
  };
  const segment = segmentAt(explanation, valueIndexAt(node, offset));
  if (segment === undefined) {
    return undefined;
  }
  const meaning = segment.name === 'Path' && segment.text.includes('{') ? DEFINED_PATH : segment.meaning;
  const contents = [`**${segment.name}** ${code(segment.text)}`, meaning].join('\n\n');
  return { span: spanOfValue(node, segment.from, segment.to), contents };
}

/** API Gateway Developer Guide, "Amazon Resource Name (ARN) format reference". */
const DEFINED_PATH =
  'The path as the resource is defined, parameters included: a source names the resource and not the path of a request.';

function said(node: StringNode, contents: string | undefined): Hover | undefined {
  return contents === undefined ? undefined : { span: contentSpan(node), contents };
}

/** Where a name stands at an offset, of all the places where it is written. */
function placeAt(name: StringNode, offset: number): StringNode | undefined {
  return placesOf(name).find(({ span }) => contains(span, offset));
}

function contains(span: Span, offset: number): boolean {
  return span.start <= offset && offset < span.end;
}
