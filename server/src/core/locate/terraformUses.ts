import { STATEMENT_ELEMENTS } from '../syntax/elementNames';
import { branchesOf, functionCall } from '../syntax/functions';
import { DOCUMENT_TYPE, MERGED } from '../syntax/hcl/documentNames';
import type { MemberNode, ObjectNode, SourceText, SyntaxNode } from '../syntax/nodes';
import { indexAt } from '../syntax/stringSpans';
import type { PolicyKind } from './policyType';
import { kindOfArgument, withoutDynamic } from './terraformArguments';

/**
 * What one file of a Terraform module says of names: which arguments take what has a name, of what else it is a part, and
 * what it is. Names are written as expressions have them, `local.x` or `data.aws_iam_policy_document.x`; those of files
 * are `file` and the path. Plain data, which holds on to no text and no tree.
 */
export interface TerraformUses {
  /** The kinds of the arguments that name something. */
  readonly kinds: ReadonlyMap<string, readonly PolicyKind[]>;
  /** The names of what is the statements of a policy, or some of them. */
  readonly statements: ReadonlySet<string>;
  /** The names that something with a name is part of. */
  readonly partOf: ReadonlyMap<string, readonly string[]>;
  /** The files that are read, by name. */
  readonly files: ReadonlyMap<string, FileUse>;
  /** The literals of local values and of the defaults of variables, by `local.x` and `var.x`. */
  readonly values: ReadonlyMap<string, string>;
}

/** A file that `file` or `templatefile` reads (Terraform language, "Filesystem and Workspace Info"). */
export interface FileUse {
  /** The path as it is written, behind the folder that it begins in. */
  readonly path: string;
  /** `module` for `path.module`; `root` for `path.root`, `path.cwd` and none, which is where Terraform is run. */
  readonly from: 'module' | 'root';
  /** The arguments of `templatefile` that can be told, each a literal or `var.x` and the like; absent for other files. */
  readonly variables?: ReadonlyMap<string, readonly string[]>;
}

export const NO_USES: TerraformUses = {
  kinds: new Map(),
  statements: new Set(),
  partOf: new Map(),
  files: new Map(),
  values: new Map(),
};

/** Whether a file is part of a module, by its name. */
export function isModuleFile(name: string): boolean {
  return /\.(?:tf|tofu)(?:\.json)?$/i.test(name);
}

const USES = new WeakMap<ObjectNode, TerraformUses>();

/** What a configuration says; worked out once for each version of a document. */
export function usesIn(root: ObjectNode): TerraformUses {
  const known = USES.get(root);
  if (known !== undefined) {
    return known;
  }
  const reader = new Reader();
  reader.read(root);
  USES.set(root, reader);
  return reader;
}

class Reader implements TerraformUses {
  readonly kinds = new Map<string, PolicyKind[]>();
  readonly statements = new Set<string>();
  readonly partOf = new Map<string, string[]>();
  readonly files = new Map<string, FileUse>();
  readonly values = new Map<string, string>();

  read(root: ObjectNode): void {
    for (const { name: block, value } of root.members) {
      for (const body of objectsOf(value)) {
        this.#block(block, body);
      }
    }
  }

  #block(block: string, body: ObjectNode): void {
    switch (block) {
      case 'locals':
        for (const { name, value } of body.members) {
          this.#value(`local.${name}`, value);
          this.#names(value, this.partOf, `local.${name}`);
        }
        return;
      case 'variable':
        for (const { name, value } of body.members) {
          for (const variable of objectsOf(value)) {
            this.#value(`var.${name}`, variable.members.find((member) => member.name === 'default')?.value);
          }
        }
        return;
      case 'module':
        // What a module does with what it is given stands in its own folder.
        for (const { value } of body.members) {
          this.#names(value, undefined, undefined);
        }
        return;
      case 'resource':
      case 'data':
        for (const { name: type, value } of body.members) {
          for (const resource of objectsOf(value).flatMap(({ members }) => members)) {
            if (block === 'resource') {
              this.#arguments(type, resource);
            } else if (NAMED_DATA.has(type)) {
              this.#data(type, resource);
            }
          }
        }
        return;
    }
  }

  #value(name: string, value: SyntaxNode | undefined): void {
    const said = value === undefined ? undefined : scalarOf(value);
    if (said !== undefined) {
      this.values.set(name, said);
    }
  }

  #data(type: string, { name, value }: MemberNode): void {
    const full = `data.${type}.${name}`;
    if (type === DOCUMENT_TYPE) {
      for (const document of mergedIn(value)) {
        this.#names(document, this.partOf, full);
      }
      return;
    }
    const files = this.#names(value, this.partOf, full);
    for (const body of objectsOf(value)) {
      for (const member of body.members) {
        if (type === 'local_file' && member.name === 'filename') {
          const path = member.value?.kind === 'string' ? textOf(member.value) : undefined;
          const file = fileOf(/^\s*"([^"\\]*)"\s*$/.exec(path ?? '')?.[1] ?? '');
          if (file !== undefined) {
            this.#file(file);
            listIn(this.partOf, file.name).push(full);
          }
        } else if (type === 'template_file' && member.name === 'vars') {
          for (const file of files) {
            this.#file({ ...file, variables: variablesOf(member.value) });
          }
        }
      }
    }
  }

  /** The names in the arguments of a resource that take policies. */
  #arguments(resource: string, member: MemberNode): void {
    const open: { readonly member: MemberNode; readonly keys: readonly string[] }[] = objectsOf(
      member.value,
    ).flatMap(({ members }) => members.map((each) => ({ member: each, keys: [] })));
    for (let each = open.pop(); each !== undefined; each = open.pop()) {
      const { member: inner, keys } = each;
      const own = [...keys, inner.name];
      const kind = kindOfArgument({ resource, keys: withoutDynamic(own).join('.'), member: inner });
      if (kind !== undefined) {
        this.#names(inner.value, this.kinds, kind);
      } else if (own.length < DEEPEST) {
        open.push(
          ...objectsOf(inner.value).flatMap(({ members }) =>
            members.map((next) => ({ member: next, keys: own })),
          ),
        );
      }
    }
  }

  /** Notes what an expression is, at the names that it is made of. Gives the files that it reads. */
  #names<Item>(
    value: SyntaxNode | undefined,
    lists: Map<string, Item[]> | undefined,
    item: Item,
  ): readonly NamedFile[] {
    const text = value === undefined ? undefined : textOf(value);
    if (value === undefined || text === undefined) {
      return [];
    }
    const taken = lists === undefined ? '' : withoutDetails(value, text);
    if (lists !== undefined) {
      for (const name of new Set(Array.from(taken.matchAll(NAME), ([each]) => each))) {
        listIn(lists, name).push(item);
      }
      for (const { name } of filesIn(taken)) {
        listIn(lists, name).push(item);
      }
    }
    if (/\bStatement\b/.test(text) && text.includes('local.')) {
      this.#statementsIn(value);
    }
    const files = filesIn(text);
    for (const file of files) {
      this.#file(file);
    }
    if (files.some(({ variables }) => variables !== undefined)) {
      this.#templateCalls(value);
    }
    return files;
  }

  /** The variables of calls of `templatefile`, wherever they stand in an expression. */
  #templateCalls(value: SyntaxNode): void {
    for (const { name, value: inner } of membersIn(value)) {
      const [, path, variables] = name === 'Fn::templatefile' && inner?.kind === 'array' ? inner.items : [];
      const written = path?.kind === 'string' ? textOf(path) : undefined;
      const file = fileOf(/^"([^"\\]*)"$/.exec(written ?? '')?.[1] ?? '');
      if (file !== undefined) {
        this.#file({ ...file, variables: variablesOf(variables) });
      }
    }
  }

  /** Notes the local values that the statements of a policy are, be it with others in a list. */
  #statementsIn(value: SyntaxNode): void {
    for (const { name, value: statements } of membersIn(value)) {
      const parts = name !== 'Statement' || statements === undefined ? [] : branchesOf(statements);
      for (const part of parts.flatMap((each) =>
        each.kind === 'array' ? each.items.flatMap(branchesOf) : each,
      )) {
        const call = functionCall(part);
        if (
          call?.name === 'Ref' &&
          call.value?.kind === 'string' &&
          /^local\.[\w-]+$/.test(call.value.value)
        ) {
          this.statements.add(call.value.value);
        }
      }
    }
  }

  /** A file that is read several times has what all of them say. */
  #file({ name, ...file }: NamedFile): void {
    const known = this.files.get(name);
    if (known === undefined && this.files.size >= MOST_FILES) {
      return;
    }
    const variables = new Map(known?.variables);
    for (const [variable, values] of file.variables ?? []) {
      variables.set(variable, [...new Set([...(variables.get(variable) ?? []), ...values])]);
    }
    const isTemplate = file.variables !== undefined || known?.variables !== undefined;
    this.files.set(name, isTemplate ? { ...file, variables } : file);
  }
}

/** What a data source of policies says of the documents that it merges; all else in it are statements. */
function mergedIn(value: SyntaxNode | undefined): readonly SyntaxNode[] {
  return value === undefined
    ? []
    : Array.from(membersIn(value)).flatMap((member) =>
        member.name === 'Fn::statements'
          ? [member.parent]
          : MERGED.has(member.name) && member.value !== undefined
            ? [member.value]
            : [],
      );
}

/**
 * The text of a value without what a name is a detail of and no policy: the elements of statements written in it, and what
 * is filled into a template. A local value of which a Resource has an attribute may hold the policies of other resources.
 */
function withoutDetails(value: SyntaxNode, text: string): string {
  const source = 'source' in value ? value.source : undefined;
  // Of a string in JSON the letters are others than those of the expression in it.
  if (source?.syntax !== 'hcl' || !DETAILS.test(text)) {
    return text;
  }
  const details: { readonly start: number; readonly end: number }[] = [];
  const begin = indexAt(source, value.span.start);
  for (const { name, value: inner } of membersIn(value)) {
    const detail = STATEMENT_ELEMENTS.includes(name)
      ? inner
      : name === 'Fn::templatefile' && inner?.kind === 'array'
        ? inner.items[2]
        : undefined;
    if (detail !== undefined) {
      details.push({
        start: indexAt(source, detail.span.start) - begin,
        end: indexAt(source, detail.span.end) - begin,
      });
    }
  }
  const kept: string[] = [];
  let at = 0;
  for (const { start, end } of details.sort((one, other) => one.start - other.start)) {
    if (start >= at) {
      kept.push(text.slice(at, start));
      at = end;
    }
  }
  kept.push(text.slice(at));
  return kept.join(' ');
}

const DETAILS = new RegExp(`\\b(?:templatefile|${STATEMENT_ELEMENTS.join('|')})\\b`);

/** The members of all objects in a value, as far as the bound goes. */
function* membersIn(value: SyntaxNode): Generator<MemberNode> {
  const open: SyntaxNode[] = [value];
  let seen = 0;
  for (let node = open.pop(); node !== undefined && seen < MOST_NODES; node = open.pop()) {
    seen += 1;
    if (node.kind === 'array') {
      for (const item of node.items) {
        open.push(item);
      }
    } else if (node.kind === 'object') {
      for (const member of node.members) {
        yield member;
        if (member.value !== undefined) {
          open.push(member.value);
        }
      }
    }
  }
}

/** No argument of the table is further down, a `dynamic` block around it counted. */
const DEEPEST = 4;

/** Bounds for what one file may cost. */
const MOST_FILES = 1000;
const MOST_NODES = 20_000;

/** The data sources that give policies, or what stands in files. */
const NAMED_DATA: ReadonlySet<string> = new Set([DOCUMENT_TYPE, 'template_file', 'local_file']);

const NAME = /\b(?:local|data\.(?:aws_iam_policy_document|template_file|local_file))\.[\w-]+/g;

interface NamedFile extends FileUse {
  readonly name: string;
}

const FILE_CALL = /\b(file|templatefile)\(\s*"((?:\$\{[^{}"]*\}|[^"\\$])*)"/g;

function filesIn(text: string): readonly NamedFile[] {
  return Array.from(text.matchAll(FILE_CALL)).flatMap(([, call, written = '']) => {
    const file = fileOf(written);
    return file === undefined ? [] : [call === 'templatefile' ? { ...file, variables: new Map() } : file];
  });
}

/** The file that a path in quotes stands for; `undefined` for one that nothing can be told of. */
function fileOf(written: string): NamedFile | undefined {
  const [, base, path = ''] = /^(?:\$\{\s*path\.(module|root|cwd)\s*\}\/+)?(.+)$/.exec(written) ?? [];
  if (path === '' || path.length > LONGEST_PATH || path.startsWith('/') || path.startsWith('~')) {
    return undefined;
  }
  const from = base === 'module' ? 'module' : 'root';
  return { name: `file ${from} ${path}`, path, from };
}

const LONGEST_PATH = 500;

/** What stands in an object; an expression that comes to one says nothing. */
function variablesOf(node: SyntaxNode | undefined): ReadonlyMap<string, readonly string[]> {
  const variables = new Map<string, readonly string[]>();
  const isWritten = node?.kind === 'object' && functionCall(node) === undefined;
  for (const { name, value } of isWritten ? node.members : []) {
    const said = value === undefined ? undefined : (scalarOf(value) ?? referenceOf(value));
    if (said !== undefined) {
      variables.set(name, [said]);
    }
  }
  return variables;
}

/** A variable or a local value that is all of an expression. */
function referenceOf(value: SyntaxNode): string | undefined {
  const text = textOf(value);
  return text !== undefined && /^(?:var|local)\.[\w-]+$/.test(text) ? `\${${text}}` : undefined;
}

/** What a value says on one line; nothing where an expression says it, or a part of it. */
function scalarOf(value: SyntaxNode): string | undefined {
  if (value.kind === 'number' || value.kind === 'boolean') {
    return String(value.value);
  }
  return value.kind === 'string' && value.value.length <= MOST_SHOWN && !/[\r\n]/.test(value.value)
    ? value.value
    : undefined;
}

const MOST_SHOWN = 200;

function objectsOf(value: SyntaxNode | undefined): readonly ObjectNode[] {
  const nodes = value?.kind === 'array' ? value.items : [value];
  return nodes.filter((node) => node?.kind === 'object');
}

function listIn<Item>(lists: Map<string, Item[]>, name: string): Item[] {
  const list = lists.get(name) ?? [];
  lists.set(name, list);
  return list;
}

/** A value as it is written, less what JSON puts in front of quotes. */
function textOf(value: SyntaxNode): string | undefined {
  const source: SourceText | undefined = 'source' in value ? value.source : undefined;
  if (source === undefined) {
    return undefined;
  }
  const text = source.text.slice(indexAt(source, value.span.start), indexAt(source, value.span.end));
  return source.syntax === 'json' ? text.replaceAll('\\"', '"') : text;
}
