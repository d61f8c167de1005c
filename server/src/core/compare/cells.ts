import { type Caller, isServiceLinked } from '../evaluate/caller';
import { hasUnreadConditions } from '../evaluate/conditions/condition';
import { operandOf } from '../evaluate/conditions/operand';
import { RequestKeys } from '../evaluate/conditions/requestKeys';
import { hasUnknownParts, writtenInFull } from '../evaluate/elements';
import { isOfOrganization } from '../evaluate/needs';
import { isFilledIn, openParts } from '../evaluate/openPrincipals';
import { principalApplies } from '../evaluate/principal';
import { isEverybody } from '../evaluate/principalEntry';
import { branchTaken, needsNoResource } from '../evaluate/statement';
import { isEffectOpen } from '../evaluate/unfinished';
import { isNameOfOne } from '../model/attributeArns';
import type { ActionEntry, PrincipalEntry, ResourceEntry, Statement } from '../model/policy';
import { compilePattern, HOLE, UNKNOWN } from '../pattern/compiledPattern';
import { covers, intersects, matches, type Pattern } from '../pattern/pattern';
import { isInBranch } from '../syntax/functions';
import type { SourceText, Span } from '../syntax/nodes';
import type { Representative } from './callers';
import { comparesWithAll, namesAll, principalInBranch, principalOf, textOf } from './entryTexts';
import { type CompiledText, PrefixIndex } from './prefixIndex';

/** The resources of a statement. */
export class ResourceTexts {
  readonly own: readonly CompiledText[];
  private readonly all: ReadonlySet<string>;
  private made: PrefixIndex | undefined;

  constructor(own: readonly CompiledText[]) {
    this.own = own;
    this.all = new Set(own.map(({ text }) => text));
  }

  has(text: string): boolean {
    return this.all.has(text);
  }

  get index(): PrefixIndex {
    this.made ??= new PrefixIndex(this.own);
    return this.made;
  }
}

const NOTHING = new RequestKeys();

/** Fewer patterns are looked through. */
const MANY = 16;

/** What stands before the colon; a pattern without one may match any. */
function serviceOf(action: string): string {
  const colon = action.indexOf(':');
  return colon < 0 ? '' : action.slice(0, colon);
}

/** A statement made ready to be laid beside others. */
export class Cell {
  readonly statement: Statement;
  /** The same for statements that say the same, in whatever order and form. */
  readonly id: string;
  /** Whether a template decides what stands in it, or whether it is there. */
  readonly isOpen: boolean;
  readonly isNotAction: boolean;
  readonly isNotResource: boolean;
  /** The same for statements that name the same principals; `undefined` if a template decides which. */
  readonly principalsId: string | undefined;
  /** In lower case. */
  readonly actionNames: ReadonlySet<string>;
  readonly actionPatterns: readonly CompiledText[];
  /** Those of them in which something is filled in by a tool, so that nobody knows what they match. */
  readonly openActions: readonly CompiledText[];
  readonly hasNoResource: boolean;
  /** Whether a template may make it speak of actions that are not seen here. */
  readonly mayNameOtherActions: boolean;
  /** Whether a template decides which resources it names. */
  readonly hasUnknownResources: boolean;
  /**
   * The same for statements that are written the same but for their actions, where a template decides which resources they
   * name and nothing else.
   */
  readonly scopeId: string | undefined;
  /** In lower case, those of which a template decides whether they are there. */
  readonly #branchedActions: ReadonlySet<string>;
  #resources = new Map<string, readonly CompiledText[]>();
  #texts: ResourceTexts | undefined;
  #named: ReadonlySet<string> | undefined;
  #filled: ReadonlyMap<string, readonly string[]> | undefined;
  #byService: ReadonlyMap<string, readonly CompiledText[]> | undefined;

  constructor(statement: Statement) {
    this.statement = statement;
    this.hasUnknownResources = statement.resources.some(hasUnknownParts);
    this.mayNameOtherActions =
      branchTaken(statement).applies !== 'always' ||
      statement.actions.some(hasUnknownParts) ||
      statement.actions.length > 1;
    const isOpenOtherwise =
      this.mayNameOtherActions || isEffectOpen(statement) || statement.resources.length > 1;
    this.isOpen = isOpenOtherwise || this.hasUnknownResources;
    this.scopeId =
      this.hasUnknownResources && !isOpenOtherwise
        ? `${statement.policy.version} ${written(statement, /^(?!(?:Sid|Effect|(?:Not)?Action)$)/)}`
        : undefined;
    this.id = idOf(statement, this.isOpen);
    this.principalsId = principalsOf(statement);
    this.isNotAction = statement.actions.some(({ negated }) => negated);
    this.isNotResource = statement.resources.some(({ negated }) => negated);
    const [always, branched] = [new Set<string>(), new Set<string>()];
    for (const { entries, member } of statement.actions) {
      for (const entry of entries) {
        (isInBranch(entry.node, member) ? branched : always).add(textOf(entry).toLowerCase());
      }
    }
    const actions = [...new Set([...always, ...branched])];
    this.#branchedActions = new Set(actions.filter((text) => !always.has(text)));
    this.actionNames = new Set(actions.filter((text) => !/[*?]|\$\{|\{\{/.test(text)));
    this.actionPatterns = actions.filter((text) => !this.actionNames.has(text)).map((text) => compiled(text));
    this.openActions = this.actionPatterns.filter(({ isOpen }) => isOpen);
    this.hasNoResource = needsNoResource(statement);
  }

  /**
   * Whether the statement may speak of an action, or certainly does, whatever a tool fills in.
   *
   * @param action in lower case
   */
  matchesAction(action: string, certainty: 'perhaps' | 'always' = 'perhaps'): boolean {
    const countsOpen = (certainty === 'always') === this.isNotAction;
    const counts = (text: string): boolean => countsOpen || !this.#branchedActions.has(text);
    const any =
      (this.actionNames.has(action) && counts(action)) ||
      this.#patternsFor(action).some(({ text, pattern, isOpen }) =>
        isOpen
          ? countsOpen && intersects(pattern, compilePattern(action))
          : counts(text) && matches(pattern, action),
      );
    return any !== this.isNotAction;
  }

  /** What it costs to look for an action among the patterns. */
  get costOfLook(): number {
    const open = this.actionPatterns.filter(({ text }) => /[*?${]/.test(serviceOf(text)));
    return 10 * (this.actionPatterns.length < MANY ? this.actionPatterns.length : open.length + 2);
  }

  /** Whether the statement names an action or a pattern, in lower case, as it is written. */
  namesAction(text: string): boolean {
    this.#named ??= new Set([...this.actionNames, ...this.actionPatterns.map((each) => each.text)]);
    return this.#named.has(text) || this.#named.has('*');
  }

  /** Whether the statement may speak of an action that a pattern matches; what a NotAction leaves is not worked out. */
  maySpeakOf(pattern: Pattern): boolean {
    return (
      this.isNotAction ||
      this.actionPatterns.some((each) => intersects(each.pattern, pattern)) ||
      [...this.actionNames].some((name) => intersects(pattern, compilePattern(name)))
    );
  }

  /** The patterns that are left when those of other services are out of the way. */
  #patternsFor(action: string): readonly CompiledText[] {
    if (this.actionPatterns.length < MANY) {
      return this.actionPatterns;
    }
    if (this.#byService === undefined) {
      const byService = new Map<string, CompiledText[]>();
      for (const each of this.actionPatterns) {
        const service = serviceOf(each.text);
        const name = /[*?${]/.test(service) ? '' : service;
        const of = byService.get(name);
        if (of === undefined) {
          byService.set(name, [each]);
        } else {
          of.push(each);
        }
      }
      const open = byService.get('') ?? [];
      this.#byService = new Map(
        [...byService].map(([name, of]) => [name, name === '' ? of : [...of, ...open]]),
      );
    }
    return this.#byService.get(serviceOf(action)) ?? this.#byService.get('') ?? [];
  }

  /** The resource patterns with what is known of variables put in; an entry whose variable has no value is left out. */
  resources(keys: RequestKeys, assignment: string): readonly CompiledText[] {
    const known = this.#resources.get(assignment);
    if (known !== undefined) {
      return known;
    }
    const { version, kind } = this.statement.policy;
    const texts = this.statement.resources
      .flatMap(({ entries }) => entries)
      .flatMap(
        (entry) =>
          operandOf(writtenInFull(textOf(entry), kind), { version, wildcards: true, keys }).pattern ?? [],
      );
    const made = [...new Set(texts)].map((text) => compiled(text, 'substitute'));
    this.#resources.set(assignment, made);
    return made;
  }

  /** The same without anything that is known of variables, made ready to be laid beside other patterns. */
  texts(): ResourceTexts {
    this.#texts ??= new ResourceTexts(this.resources(NOTHING, ''));
    return this.#texts;
  }

  /** What one entry of the list of resources becomes; nothing where its variable has no value. */
  entryPatterns(entry: string, keys: RequestKeys): readonly string[] {
    const { version, kind } = this.statement.policy;
    return (this.#filledTexts.get(entry) ?? [entry]).flatMap(
      (text) => operandOf(writtenInFull(text, kind), { version, wildcards: true, keys }).pattern ?? [],
    );
  }

  /** What stands for entries that are written alike and differ in what a template puts in. */
  get #filledTexts(): ReadonlyMap<string, readonly string[]> {
    if (this.#filled === undefined) {
      const filled = new Map<string, string[]>();
      for (const entry of this.statement.resources.flatMap(({ entries }) => entries)) {
        if (entry.node.call !== undefined) {
          filled.set(entry.text, [...(filled.get(entry.text) ?? []), textOf(entry)]);
        }
      }
      this.#filled = filled;
    }
    return this.#filled;
  }

  /** Whether the statement applies to a caller; `perhaps` if that is not certain. */
  speaksOf({ entry }: Representative, caller: Caller): 'always' | 'perhaps' | 'never' {
    if (entry === undefined) {
      const spoken = principalApplies(this.statement, caller).applies;
      const isExempt = isOfOrganization(this.statement.policy.kind.type) ? isServiceLinked(caller) : 'never';
      return isExempt === 'always'
        ? 'never'
        : isExempt === 'perhaps' && spoken === 'always'
          ? 'perhaps'
          : spoken;
    }
    const elements = this.statement.principals;
    if (elements.some(({ negated }) => negated)) {
      return 'perhaps';
    }
    const wanted = principalOf(entry);
    const named = elements.map(({ member, entries }) =>
      entries
        .filter((each) => isEverybody(each) || principalOf(each) === wanted)
        .map((each) => !isInBranch(each.node, member)),
    );
    return named.some((each) => each.length === 0)
      ? 'never'
      : named.every((each) => each.includes(true))
        ? 'always'
        : 'perhaps';
  }

  /**
   * Whether the statement may be about whom an entry names, though it does not say so: a template may fill in the same here
   * and there, save the ARNs of two resources, and the ID of a user or a role may be that of one whom an ARN names.
   */
  mayNameToo(entry: PrincipalEntry): boolean {
    const type = typeOf(entry);
    const isOpen = isFilledIn(entry.node);
    const isOne = isNameOfOne(entry.text);
    return this.statement.principals.every(
      (element) =>
        element.entries.some(
          (each) =>
            typeOf(each) === type && !isFilledIn(each.node) && (isOpen || (isId(entry) && !isId(each))),
        ) ||
        openParts(element).some(
          (part) =>
            (part.type ?? type) === type && !(isOne && part.text !== undefined && isNameOfOne(part.text)),
        ),
    );
  }
}

/** Whether an entry is the unique ID of a user or a role, which stands where its ARN did. */
function isId(entry: PrincipalEntry): boolean {
  return typeOf(entry) === 'AWS' && !/^(?:arn:|\d{12}$)/.test(entry.text);
}

function typeOf({ type }: PrincipalEntry): string {
  return type?.value ?? 'AWS';
}

function compiled(text: string, variables: 'literal' | 'substitute' = 'literal'): CompiledText {
  const pattern = compilePattern(text, { variables });
  return {
    text,
    pattern,
    isOpen: pattern.codes.some((code) => code === HOLE || code === UNKNOWN),
  };
}

/** Whether a text, in which there may be symbols, is one that the pattern stands for. */
export function holds({ text, pattern, isOpen }: CompiledText, member: CompiledText): boolean {
  return isOpen || member.isOpen
    ? covers(pattern, member.pattern, text, member.text)
    : matches(pattern, unescaped(member.text));
}

/** A concrete text; holes of templates are symbols in it. */
export function concrete(text: string): CompiledText {
  return compiled(text, 'substitute');
}

function unescaped(text: string): string {
  return text.includes('${') ? text.replace(/\$\{([*?$])\}/g, '$1') : text;
}

/** How much of what `to` matches `of` matches; `covers` is certain, `partial` is not. */
export function relationOf(of: CompiledText, to: CompiledText): 'covers' | 'partial' | 'disjoint' {
  if (covers(of.pattern, to.pattern, of.text, to.text)) {
    return 'covers';
  }
  return intersects(of.pattern, to.pattern) ? 'partial' : 'disjoint';
}

function idOf(statement: Statement, isOpen: boolean): string {
  const { effect, actions, resources, principals, conditions, policy } = statement;
  const list = (
    elements: readonly {
      readonly negated: boolean;
      readonly entries: readonly (ActionEntry | ResourceEntry)[];
    }[],
    fold: (text: string) => string,
  ) =>
    elements.map(({ negated, entries }) => [
      negated,
      [...new Set(entries.map((entry) => fold(textOf(entry))))].sort(),
    ]);
  return JSON.stringify([
    effect?.value,
    list(actions, (text) => text.toLowerCase()),
    list(resources, (text) => text),
    principals.map(({ negated, entries }) => [negated, entries.map(principalInBranch).sort()]),
    conditions
      .map(({ operator, key, values }) =>
        JSON.stringify([
          operator.node.value,
          key.value.toLowerCase(),
          [...new Set(values.map(textOf))].sort(),
        ]),
      )
      .sort(),
    policy.version,
    policy.kind.type,
    isOpen ? written(statement, /./) : written(statement, /^(?:Not)?Principal$|^Condition$/).length === 0,
    hasUnreadConditions(statement) ||
    conditions.some((each) => !comparesWithAll(each) || isInBranch(each.key, statement.node))
      ? written(statement, /^Condition$/)
      : '',
    !principals.every(namesAll) ? written(statement, /Principal$/) : '',
  ]);
}

function principalsOf({ principals, policy, effect }: Statement): string | undefined {
  // Whom a policy of an endpoint names depends on the actions.
  if (policy.kind.type === 'endpoint') {
    return undefined;
  }
  return principals.every(namesAll)
    ? JSON.stringify([
        policy.kind.type,
        // Whom a Deny leaves out is another matter than whom an Allow does.
        principals.map(({ negated, entries }) => [negated && effect?.value, entries.map(principalInBranch)]),
      ])
    : undefined;
}

/** The members of some names as text, for comparison alone. */
function written({ members, node }: Statement, name: RegExp): string {
  return members
    .filter((member) => name.test(member.name))
    .map((member) => JSON.stringify([member.name, plainOf(member.value, node.source)]))
    .join();
}

/** A tree as plain values, for comparison alone. */
function plainOf(node: Statement['members'][number]['value'], source: SourceText): unknown {
  switch (node?.kind) {
    case 'object':
      return node.members.map(({ name, value }) => [name, plainOf(value, node.source)]);
    case 'array':
      return node.items.map((item) => plainOf(item, node.source));
    case 'string':
    case 'number':
    case 'boolean':
      return node.value;
    case 'opaque':
      return [node.kind, source.syntax === 'program' ? expressionAt(node.span, source) : undefined];
    default:
      return node?.kind ?? 'none';
  }
}

/** What is written there in a program; where that is not known, which place it is. */
function expressionAt({ start, end }: Span, source: SourceText): string {
  const { text } = source;
  const isDocument = source.offsetAt(0) === 0 && source.offsetAt(text.length) === text.length;
  return isDocument ? text.slice(start, end).replace(/\s+/g, ' ') : `${start}`;
}
