import type { Authorization } from '../../evaluate/request';
import { isPolicyType, type PolicyType, policyTypes } from '../../locate/policyType';
import { nearest } from '../../pattern/nearest';
import { quote } from '../../rules/support/quote';
import { certainFaults } from '../../syntax/faults';
import { type DocumentLanguage, frontEnds } from '../../syntax/frontEnds';
import type { MemberNode, ObjectNode, Span, SyntaxNode } from '../../syntax/nodes';
import { grouped } from '../../wording';
import { apiKinds, authorizations, type Expectation, expectations } from './expectation';
import {
  accountProblem,
  actionProblem,
  authorizationProblem,
  ownerProblem,
  principalProblem,
  resourceProblem,
} from './questionProblems';
import { contextOf, type RequestContext, textOf } from './requestContext';

/** Whether an answer is the expected one. */
export function isAsExpected(
  outcome: 'allow' | 'deny' | 'implicit-deny' | 'depends',
  expected: Expectation,
): boolean {
  return expected === (outcome === 'implicit-deny' ? 'deny' : outcome);
}

/** A policy file that a question is put to. */
export interface QuestionPolicy {
  /** As written: relative to the file of questions, or absolute. */
  readonly file: string;
  /** What its policies are, instead of what their content says. */
  readonly type: PolicyType | undefined;
  /** Of a service control policy the level of the organization. */
  readonly level: string | undefined;
}

/** One request with its expected answer. */
export interface ExpectedAnswer extends Shared {
  readonly name: string | undefined;
  /** Where the question begins, in UTF-16 units from the start of the file. */
  readonly offset: number;
  readonly action: string;
  readonly resource: string;
  readonly expect: Expectation;
}

export interface QuestionFile {
  /** In source order. A question about several actions or resources is one for each. */
  readonly questions: readonly ExpectedAnswer[];
  /** What is wrong with the file, in source order; then no question of it counts. */
  readonly problems: readonly QuestionProblem[];
}

/** A sentence, and the offset in the text that it is about. */
export interface QuestionProblem {
  readonly problem: string;
  readonly offset: number;
}

const MAX_LENGTH = 1_048_576;

/** So many requests a file may come to: each is put to all its policies. */
const MAX_QUESTIONS = 10_000;

/** Functions, since the first number that is written takes longer than all else here. */
const LIMITS = {
  length: () => `The file has more than ${grouped(MAX_LENGTH)} characters and is not read.`,
  questions: () => `The file asks more than ${grouped(MAX_QUESTIONS)} requests; make several files of it.`,
};

/** What may stand in the file for all of its questions, and in each of them. */
const SHARED = ['policies', 'principal', 'resourceAccount', 'auth', 'api', 'context'];
const OF_FILE = ['$schema', ...SHARED, 'questions'];
const OF_QUESTION = ['name', 'action', 'resource', ...SHARED, 'expect'];
const OF_POLICY = ['file', 'type', 'level'];

/**
 * Reads a file of questions, JSON with comments or YAML. What it says for all questions applies to those that do not
 * say otherwise, and the contexts add up. Never throws. The form is described by server/docs/iam-questions.schema.json.
 */
export function readQuestions(text: string, language: DocumentLanguage): QuestionFile {
  if (text.length > MAX_LENGTH) {
    return { questions: [], problems: [{ problem: LIMITS.length(), offset: 0 }] };
  }
  const { root, faults } = frontEnds[language === 'json' ? 'jsonc' : language].parse(text);
  const reader = new Reader(text);
  for (const { code, span } of certainFaults(faults, text)) {
    reader.report(`It is not well-formed: ${code.replaceAll('-', ' ')}.`, span);
  }
  const questions = faults.length > 0 ? [] : reader.fileOf(root);
  return { questions, problems: reader.problems.toSorted((a, b) => a.offset - b.offset) };
}

/** What a file may say once for all of its questions. */
interface Shared {
  readonly principal: string | undefined;
  readonly resourceAccount: string | undefined;
  readonly auth: Authorization | undefined;
  readonly api: 'public' | 'private' | undefined;
  readonly context: RequestContext;
  readonly policies: readonly QuestionPolicy[];
}

type Members = ReadonlyMap<string, MemberNode>;

class Reader {
  readonly problems: QuestionProblem[] = [];

  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  report(problem: string, { start }: Span): void {
    this.problems.push({ problem, offset: start });
  }

  fileOf(root: SyntaxNode | undefined): readonly ExpectedAnswer[] {
    if (root?.kind !== 'object') {
      this.report('A file of questions is an object with policies and questions.', root?.span ?? START);
      return [];
    }
    const members = this.membersOf(root, OF_FILE);
    const shared = this.sharedOf(members, NOTHING_SHARED);
    const list = members.get('questions');
    if (list?.value?.kind !== 'array' || list.value.items.length === 0) {
      this.report(
        '"questions" is a list of questions, each with action, resource and expect.',
        list?.span ?? root.span,
      );
      return [];
    }
    const questions: ExpectedAnswer[] = [];
    for (const item of list.value.items) {
      for (const question of this.questionsOf(item, shared)) {
        questions.push(question);
      }
      if (questions.length > MAX_QUESTIONS) {
        this.report(LIMITS.questions(), item.span);
        return [];
      }
    }
    return questions;
  }

  private questionsOf(node: SyntaxNode, outer: Shared): readonly ExpectedAnswer[] {
    if (node.kind !== 'object') {
      this.report('A question is an object with action, resource and expect.', node.span);
      return [];
    }
    const members = this.membersOf(node, OF_QUESTION);
    const name = this.oneOf(members.get('name'), () => undefined);
    const actions = this.severalOf(members, 'action', node, actionProblem);
    const resources = this.severalOf(members, 'resource', node, resourceProblem);
    const shared = this.sharedOf(members, outer);
    const expect = this.expectOf(members.get('expect'), node);
    if (shared.policies.length === 0 && !members.has('policies')) {
      this.report('The question has no policies: name them in it, or for all questions.', node.span);
    }
    if (actions.length * resources.length > MAX_QUESTIONS) {
      this.report(LIMITS.questions(), node.span);
      return [];
    }
    for (const resource of resources) {
      const problem = ownerProblem(resource, shared.resourceAccount);
      if (problem !== undefined) {
        this.report(problem, node.span);
      }
    }
    for (const action of actions) {
      const problem = authorizationProblem({ action, ...shared });
      if (problem !== undefined) {
        this.report(problem, node.span);
      }
    }
    return actions.flatMap((action) =>
      resources.map((resource) => ({
        name,
        offset: node.span.start,
        action,
        resource,
        ...shared,
        expect,
      })),
    );
  }

  private sharedOf(members: Members, outer: Shared): Shared {
    return {
      principal: this.oneOf(members.get('principal'), principalProblem) ?? outer.principal,
      resourceAccount: this.oneOf(members.get('resourceAccount'), accountProblem) ?? outer.resourceAccount,
      auth: this.choiceOf(members.get('auth'), authorizations) ?? outer.auth,
      api: this.choiceOf(members.get('api'), apiKinds) ?? outer.api,
      context: this.contextOf(members.get('context'), outer.context),
      policies: members.has('policies') ? this.policiesOf(members.get('policies')) : outer.policies,
    };
  }

  /** The keys of a question win over those of the file, in any case. */
  private contextOf(member: MemberNode | undefined, outer: RequestContext): RequestContext {
    if (member === undefined) {
      return outer;
    }
    if (member.value?.kind !== 'object') {
      this.report('"context" is an object from condition keys to values.', member.span);
      return outer;
    }
    const read = contextOf(member.value, this.text);
    if ('problem' in read) {
      this.problems.push(read);
      return outer;
    }
    const told = new Set([...read.context.keys()].map((key) => key.toLowerCase()));
    return new Map([...[...outer].filter(([key]) => !told.has(key.toLowerCase())), ...read.context]);
  }

  private policiesOf(member: MemberNode | undefined): readonly QuestionPolicy[] {
    const items = itemsOf(member?.value);
    if (member !== undefined && items.length === 0) {
      this.report('"policies" is a list of files.', member.span);
    }
    const policies = items.flatMap((item) => this.policyOf(item));
    const levels = policies.filter(({ level }) => level !== undefined);
    const open = policies.find(({ type, level }) => type === 'scp' && level === undefined);
    if (member !== undefined && levels.length > 0 && open !== undefined) {
      const text = `${quote(open.file)} has no level, and other service control policies have one.`;
      this.report(text, member.span);
    }
    return policies;
  }

  private policyOf(node: SyntaxNode): readonly QuestionPolicy[] {
    if (node.kind !== 'object') {
      const file = textOf(node, this.text);
      if (file === undefined || file === '') {
        this.report('A policy is the name of a file, or an object with file, type and level.', node.span);
        return [];
      }
      return [{ file, type: undefined, level: undefined }];
    }
    const members = this.membersOf(node, OF_POLICY);
    const file = this.oneOf(members.get('file'), () => undefined);
    const type = this.oneOf(members.get('type'), (text) =>
      isPolicyType(text) ? undefined : `"type" is one of ${policyTypes.join(', ')}.`,
    );
    const level = this.oneOf(members.get('level'), () => undefined);
    if (file === undefined || file === '') {
      this.report('The policy names no file.', node.span);
      return [];
    }
    if (level !== undefined && type !== 'scp') {
      this.report('Only a service control policy has a level: its type is scp.', node.span);
    }
    return [{ file, type: type !== undefined && isPolicyType(type) ? type : undefined, level }];
  }

  private choiceOf<Choice extends string>(
    member: MemberNode | undefined,
    choices: readonly Choice[],
  ): Choice | undefined {
    const chosen = choices.find((each) => each === scalarOf(member, this.text));
    if (member !== undefined && chosen === undefined) {
      this.report(`${quote(member.name)} is one of ${choices.join(', ')}.`, member.span);
    }
    return chosen;
  }

  private expectOf(member: MemberNode | undefined, around: ObjectNode): Expectation {
    if (member === undefined) {
      this.report(
        `The question expects no answer: "expect" is one of ${expectations.join(', ')}.`,
        around.span,
      );
    }
    return this.choiceOf(member, expectations) ?? 'allow';
  }

  /** One text, or several in a list. */
  private severalOf(
    members: Members,
    name: string,
    around: ObjectNode,
    problemOf: (text: string) => string | undefined,
  ): readonly string[] {
    const member = members.get(name);
    const items = itemsOf(member?.value);
    if (items.length === 0) {
      this.report(`The question has no ${name}.`, member?.span ?? around.span);
    }
    return items.flatMap((item) => this.checked(item, name, problemOf));
  }

  private oneOf(
    member: MemberNode | undefined,
    problemOf: (text: string) => string | undefined,
  ): string | undefined {
    if (member === undefined) {
      return undefined;
    }
    if (member.value === undefined) {
      this.report(`${quote(member.name)} has no value.`, member.span);
      return undefined;
    }
    return this.checked(member.value, member.name, problemOf)[0];
  }

  private checked(
    node: SyntaxNode,
    name: string,
    problemOf: (text: string) => string | undefined,
  ): readonly string[] {
    const text = textOf(node, this.text);
    const problem = text === undefined ? `${quote(name)} is a text.` : problemOf(text);
    if (problem !== undefined) {
      this.report(text === undefined ? problem : `${quote(text)}: ${problem}`, node.span);
    }
    return text === undefined || problem !== undefined ? [] : [text];
  }

  private membersOf({ members }: ObjectNode, known: readonly string[]): Members {
    const found = new Map<string, MemberNode>();
    for (const member of members) {
      if (!known.includes(member.name)) {
        const meant = nearest(member.name, known);
        const hint =
          meant === undefined ? `; known here: ${known.join(', ')}` : `; the nearest is ${quote(meant)}`;
        this.report(`${quote(member.name)} is not known${hint}.`, member.span);
      } else if (found.has(member.name)) {
        this.report(`${quote(member.name)} stands twice.`, member.span);
      } else {
        found.set(member.name, member);
      }
    }
    return found;
  }
}

const START: Span = { start: 0, end: 0 };

const NOTHING_SHARED: Shared = {
  principal: undefined,
  resourceAccount: undefined,
  auth: undefined,
  api: undefined,
  context: new Map(),
  policies: [],
};

function itemsOf(value: SyntaxNode | undefined): readonly SyntaxNode[] {
  return value === undefined ? [] : value.kind === 'array' ? value.items : [value];
}

function scalarOf(member: MemberNode | undefined, text: string): string | undefined {
  return member?.value === undefined ? undefined : textOf(member.value, text);
}
