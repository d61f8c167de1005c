import { holdsTemplate } from '../pattern/templates';
import { atOnce, type Steps } from '../steps';
import { leavesDoubt } from '../syntax/faults';
import { textNodeOf } from '../syntax/functionTexts';
import { holdsDocuments, isExpression, isInConfiguration } from '../syntax/hcl/configuration';
import { documentsIn, expressionIn, templateOf } from '../syntax/hcl/jsonSyntax';
import { parseJsonSource, parseJsonTemplate } from '../syntax/json';
import {
  type ArrayNode,
  type MemberNode,
  memberAround,
  memberOf,
  type ObjectNode,
  type StringNode,
  type SyntaxFault,
  type SyntaxNode,
  type SyntaxTree,
} from '../syntax/nodes';
import { nestedSource } from '../syntax/stringSpans';
import { decodedSource, isUrlEncoded } from '../syntax/urlEncoded';
import { parseYamlSource } from '../syntax/yaml/yaml';
import { beginsLikeJson, objectsInScript } from './embedded';
import { HOLDERS, SERVERLESS_HOLDERS } from './holders';
import { holderRow, isPolicyHolder, kindOf, overruled, type TypeOverride } from './kind';
import { hasElement, isAroundStatements, isMisspeltPolicy, isPolicy, type Place } from './policyShape';
import type { PolicyKind } from './policyType';
import { statementKind } from './programHolders';
import { StatementsPolicy } from './statementsPolicy';
import { holdsStatementsAlone } from './terraform';
import { isPlanOrState, PlanRepetitions } from './terraformState';

/** A policy in a document, wherever it stands. */
export interface LocatedPolicy {
  readonly node: ObjectNode;
  readonly kind: PolicyKind;
  /** The syntax faults that concern the policy: all of a document that is one, else those within its braces. */
  readonly faults: readonly SyntaxFault[];
}

/**
 * Finds every policy of a document, in source order, at any depth and also inside strings.
 *
 * A policy is an object with `Statement` (an object or a list) that looks like IAM's. `Version` may be missing or
 * wrong: that is for a rule to say, not a reason to look away. Policies do not nest, save in strings.
 */
export function locatePolicies(tree: SyntaxTree, override: TypeOverride = {}): readonly LocatedPolicy[] {
  return atOnce(locateSteps(tree, override));
}

/** The same in parts. */
export function* locateSteps(tree: SyntaxTree, override: TypeOverride = {}): Steps<readonly LocatedPolicy[]> {
  const { root } = tree;
  const found = new Found(root !== undefined && isPlanOrState(root) ? new PlanRepetitions(root) : undefined);
  if (root !== undefined) {
    // What a program or a page is called says nothing of the policies in it.
    const { path: _, ...told } = override;
    yield* visitSteps(root, isPart(tree) ? told : override, tree.faults, found);
    visitServerless(root, override, found);
  }
  const { policies } = found;
  return policies.length < 2 ? policies : policies.toSorted((a, b) => a.node.span.start - b.node.span.start);
}

/** What has been found so far. */
class Found {
  readonly policies: LocatedPolicy[] = [];
  readonly #repetitions: PlanRepetitions | undefined;

  constructor(repetitions: PlanRepetitions | undefined) {
    this.#repetitions = repetitions;
  }

  /** @param holder the member whose value the policy is, or the string that it stands in */
  push(policy: LocatedPolicy, holder?: MemberNode): void {
    const isRepeated = this.#repetitions?.repeats(policy.node, holder) === true;
    this.policies.push(isRepeated ? { ...policy, kind: { ...policy.kind, isRepeated } } : policy);
  }
}

/** @param holder the member whose string the node was parsed from, for the root of such a string */
function visit(
  node: SyntaxNode,
  override: TypeOverride,
  faults: readonly SyntaxFault[],
  holder: MemberNode | undefined,
  found: Found,
): void {
  for (const part of look(node, override, faults, holder, found)) {
    visit(part, override, faults, undefined, found);
  }
}

/** The resources of templates, and what a configuration of Terraform consists of, are no deeper; each is visited at once. */
const LEVELS_IN_PARTS = 3;
const VISITED_AT_ONCE = 20;

/** As `visit`, for the root of a document, in parts. */
function* visitSteps(
  node: SyntaxNode,
  override: TypeOverride,
  faults: readonly SyntaxFault[],
  found: Found,
  levels = LEVELS_IN_PARTS,
): Steps<void> {
  let visited = 0;
  for (const part of look(node, override, faults, undefined, found)) {
    if (levels > 0) {
      yield* visitSteps(part, override, faults, found, levels - 1);
    } else {
      visit(part, override, faults, undefined, found);
    }
    visited += 1;
    if (visited % VISITED_AT_ONCE === 0) {
      yield;
    }
  }
}

/** Notes a node that is a policy, and otherwise gives those of its parts that may be one, or hold one. */
function look(
  node: SyntaxNode,
  override: TypeOverride,
  faults: readonly SyntaxFault[],
  holder: MemberNode | undefined,
  found: Found,
): readonly SyntaxNode[] {
  switch (node.kind) {
    case 'object':
      return takePolicy(node, override, faults, holder, found)
        ? NO_PARTS
        : node.members.flatMap((member) => partsOf(member, override, found));
    case 'array':
      return node.items.filter((item) => !isAlias(item, node));
    case 'string':
      visitString(node, override, found);
      return NO_PARTS;
    default:
      return NO_PARTS;
  }
}

const NO_PARTS: readonly SyntaxNode[] = [];

/** Adds an object that is a policy, or has the statements of one; `false` where it is something else. */
function takePolicy(
  node: ObjectNode,
  override: TypeOverride,
  faults: readonly SyntaxFault[],
  holder: MemberNode | undefined,
  found: Found,
): boolean {
  const statements = node.members.find(holdsStatements);
  if (statements !== undefined) {
    const policy = new StatementsPolicy(statements);
    found.push({ node: policy, kind: kindOf(policy, override, statements), faults: [] });
    return true;
  }
  const around = node.parent === undefined ? holder : memberAround(node);
  if (node.host?.isPolicy === true) {
    const kind = hostedKind(addedKind(kindOf(node, override, around), override, node), node);
    found.push({ node, kind, faults: [] });
    return true;
  }
  const { policyType, resourceType, module } = override;
  const place: Place = {
    isRoot: node.parent === undefined,
    isTold: () =>
      around === undefined
        ? policyType !== undefined || resourceType !== undefined || module?.kind !== undefined
        : isPolicyHolder(around, module),
  };
  if (node.host?.isPolicy === false || !isPolicy(node, place)) {
    return false;
  }
  const held = isAroundStatements(node, place) ? memberOf(node, 'Statement') : undefined;
  const policy = held === undefined ? node : new StatementsPolicy(held);
  const told = kindOf(policy, override, around);
  const kind =
    held === undefined
      ? documentKind(hostedKind(told, node), { node, around, module })
      : { ...told, versionWritten: true };
  found.push({ node: policy, kind, faults: faultsOf(node, faults) }, around);
  return true;
}

/** Notes the policy that a member of an object that is none holds, or gives what of it may be one. */
function partsOf(member: MemberNode, override: TypeOverride, found: Found): readonly SyntaxNode[] {
  const { value, parent } = member;
  if (holdsStatementsAlone(member, override.module)) {
    const policy = new StatementsPolicy(member);
    const isTold = isPolicyHolder(member, override.module);
    const kind = { ...kindOf(policy, override, member), versionWritten: true };
    found.push({ node: policy, kind: isTold ? kind : { ...kind, mayLackResource: true }, faults: [] });
    return NO_PARTS;
  }
  return holdsDocuments(member)
    ? documentsIn(member)
    : value !== undefined && !isAlias(value, parent)
      ? [value]
      : NO_PARTS;
}

/** Whether a document is about more than the policies in it. */
function isPart({ source: { syntax } }: SyntaxTree): boolean {
  return syntax === 'program' || syntax === 'markdown';
}

/**
 * Terraform's AWS provider writes Version 2012-10-17 (data source `aws_iam_policy_document`, argument `version`). Of a
 * document of which nothing tells where it goes, nothing tells either whether it may name no resources.
 */
function documentKind(
  kind: PolicyKind,
  {
    node,
    around,
    module,
  }: {
    readonly node: ObjectNode;
    readonly around: MemberNode | undefined;
    readonly module: TypeOverride['module'];
  },
): PolicyKind {
  if (node.hasOwnNames !== true) {
    return kind;
  }
  const isTold = around !== undefined && isPolicyHolder(around, module);
  return { ...kind, versionWritten: true, ...(!isTold && { mayLackResource: true }) };
}

/** A kind by what a statement of a program is added to, unless the user or a setting says otherwise. */
function addedKind(kind: PolicyKind, override: TypeOverride, { host }: ObjectNode): PolicyKind {
  const isSet = override.policyType !== undefined || override.resourceType !== undefined;
  return host?.takenBy === undefined || isSet ? kind : (statementKind(host.takenBy, kind) ?? kind);
}

/** A kind with what a program adds to the policy. */
function hostedKind(kind: PolicyKind, { host }: ObjectNode): PolicyKind {
  return host === undefined
    ? kind
    : {
        ...kind,
        ...(host.writesVersion && { versionWritten: true }),
        ...(host.versionOptional && { versionOptional: true }),
        ...(host.mayLackResource && { mayLackResource: true }),
      };
}

/** What an alias of YAML stands for is found where it is written. */
function isAlias(value: SyntaxNode, { span }: ObjectNode | ArrayNode): boolean {
  return value.span.start < span.start || value.span.start >= span.end;
}

function holdsStatements(member: MemberNode): boolean {
  return STATEMENTS.has(member.name) && holderRow(member)?.holds === 'statements';
}

/** The last keys of the rows of the table that hold statements. */
const STATEMENTS: ReadonlySet<string> = new Set(
  HOLDERS.flatMap(({ holds, key }) => (holds === 'statements' ? [key.slice(key.lastIndexOf('.') + 1)] : [])),
);

/** A configuration of the Serverless Framework says so by its provider. */
function visitServerless(root: SyntaxNode, override: TypeOverride, found: Found): void {
  const provider = root.kind === 'object' ? memberOf(root, 'provider')?.value : undefined;
  const name = provider?.kind === 'object' ? memberOf(provider, 'name')?.value : provider;
  if (root.kind !== 'object' || name?.kind !== 'string' || name.value !== 'aws') {
    return;
  }
  for (const { keys, type, resourceType } of SERVERLESS_HOLDERS) {
    for (const member of membersAt(root, keys)) {
      if (member.value?.kind === 'array' || member.value?.kind === 'object') {
        const reason = `it is ${keys.join('.')} of a Serverless Framework service`;
        const policy = new StatementsPolicy(member);
        const kind = { type, resourceType, reason, versionWritten: true };
        found.push({ node: policy, kind: overruled(kind, override), faults: [] });
      }
    }
  }
}

/** The members at the end of a path of keys. */
function membersAt(object: ObjectNode, [key, ...rest]: readonly string[]): readonly MemberNode[] {
  const members = key === '*' ? object.members : object.members.filter(({ name }) => name === key);
  return rest.length === 0
    ? members
    : members.flatMap(({ value }) => (value?.kind === 'object' ? membersAt(value, rest) : []));
}

/** A string may itself be a policy, as in CLI input files and in Terraform's JSON syntax. */
function visitString(node: StringNode, override: TypeOverride, found: Found): void {
  const expression = isExpression(node) ? expressionIn(node) : undefined;
  if (expression !== undefined) {
    visit(expression, override, [], memberAround(node), found);
    return;
  }
  if (isTemplateInYaml(node)) {
    const { root } = parseYamlSource({ ...nestedSource(node, 'yaml'), isReadOnly: true });
    if (root !== undefined) {
      visit(root, override, [], undefined, found);
    }
    return;
  }
  // Backslashes before the quote are a string in the string.
  const isEncoded = isUrlEncoded(node.value);
  const isStatement = node.parent?.kind === 'member' && node.parent.name === 'Statement';
  const isLikely =
    isEncoded || isStatement || /"statements?\\*"/i.test(node.value) || isToldPolicy(node, override);
  if (!(isLikely || /"Version\\*"\s*:\s*\\*"20(?:08|12)-10-17/.test(node.value))) {
    return;
  }
  // In `Fn::Sub` the string is a template, with holes and with `${!…}` for IAM's variables.
  const template = isInConfiguration(node) ? templateOf(node) : undefined;
  const made = node.parent?.kind === 'member' ? textNodeOf(node.parent.parent) : undefined;
  const text = template ?? made ?? node;
  const source = nestedSource(text, 'json');
  const holder = memberAround(node);
  if (!beginsLikeJson(text.value) && !(holder !== undefined && isPolicyHolder(holder, override.module))) {
    // In programs it may as well be an example in a comment, or a part that is put together with others.
    for (const object of node.source.syntax === 'program' ? [] : objectsInScript(source)) {
      visit(object, override, [], holder, found);
    }
    return;
  }
  const parse = template !== undefined || isFilledIn(node) ? parseJsonTemplate : parseJsonSource;
  const nested = parse(isEncoded ? decodedSource(source) : source, 'json');
  if (
    nested.root?.kind !== 'object' ||
    (node.source.syntax === 'program' && isFragment(node, nested)) ||
    !(isLikely || isMisspeltPolicy(nested.root))
  ) {
    return;
  }
  // Behind a policy in a text that does not end may be all that should follow the text.
  const stated = text.closed ? nested.faults : faultsWithin(nested.root, nested.faults);
  const faults = text.isPartial ? [] : stated;
  if (isStatement && holder !== undefined && hasElement(nested.root) && memberOf(nested.root, 'Effect')) {
    // AWS Lambda API Reference, "AddPermission" and "AddLayerVersionPermission": the answer has the one statement as a
    // string.
    const policy = new StatementsPolicy(holder, nested.root);
    found.push({
      node: policy,
      kind: { ...kindOf(policy, override, holder), versionWritten: true },
      faults,
    });
  } else {
    visit(nested.root, override, faults, holder, found);
  }
}

/**
 * Whether a string is a template of CloudFormation in YAML, as stack sets and the stacks of other tools have them
 * (CloudFormation User Guide, `AWS::CloudFormation::StackSet`, property `TemplateBody`).
 */
function isTemplateInYaml({ parent, value }: StringNode): boolean {
  return (
    parent?.kind === 'member' &&
    /^template_?body$/i.test(parent.name) &&
    !beginsLikeJson(value) &&
    /^Resources[ \t]*:/m.test(value)
  );
}

/** Whether an object in a string stands where a policy does, whatever its names are: they may be misspelt. */
function isToldPolicy(node: StringNode, { module }: TypeOverride): boolean {
  const holder = /^\s*\{/.test(node.value) ? memberAround(node) : undefined;
  return holder !== undefined && isPolicyHolder(holder, module);
}

/** Whether a program, Terraform or a template engine puts the text of a string together. */
function isFilledIn({ source: { syntax } }: StringNode): boolean {
  return syntax !== 'json';
}

/** Programs put texts together out of parts, of which one alone is no JSON, and no mistake. */
function isFragment({ value }: StringNode, { faults }: SyntaxTree): boolean {
  return faults.some(leavesDoubt) && (!/^\s*\{[\s\S]*\}\s*$/.test(value) || holdsTemplate(value));
}

/** The faults that concern a policy: all of a document that is one, else those within its braces. */
export function faultsOf(node: ObjectNode, faults: readonly SyntaxFault[]): readonly SyntaxFault[] {
  return node.parent === undefined ? faults : faultsWithin(node, faults);
}

function faultsWithin({ span }: ObjectNode, faults: readonly SyntaxFault[]): readonly SyntaxFault[] {
  return faults.filter((fault) => fault.span.start >= span.start && fault.span.start <= span.end);
}
