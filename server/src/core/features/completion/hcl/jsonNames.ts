import type { PolicyDocument } from '../../../document';
import { holdsDocuments } from '../../../syntax/hcl/configuration';
import {
  BLOCK_ARGUMENTS,
  DOCUMENT_TYPE,
  POLICY_NAMES,
  SINGLE,
  STATEMENT_BLOCKS,
  STATEMENT_NAMES,
} from '../../../syntax/hcl/documentNames';
import { indexAt } from '../../../syntax/stringSpans';
import type { Proposal, Template } from '../proposal';
import { type Container, containerAt, type Site, siteIn } from '../site';
import { SOURCES } from './hclInsertion';

/** The names of the data source that may be written at a place in Terraform's JSON syntax. */
export interface JsonNames {
  readonly site: Site;
  readonly proposals: readonly Proposal[];
}

/** What a data source, and a block in one, may have, in the order in which it is commonly written. */
const NAMES: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  [DOCUMENT_TYPE, ['statement', ...SOURCES, ...POLICY_NAMES.keys()]],
  [
    'statement',
    [
      ...[...STATEMENT_NAMES.keys(), ...STATEMENT_BLOCKS.keys()].filter((name) => !isNegated(name)),
      ...[...STATEMENT_NAMES.keys(), ...STATEMENT_BLOCKS.keys()].filter(isNegated),
    ],
  ],
  ...BLOCK_ARGUMENTS,
]);

const HOLE = { placeholder: '' };

const VALUES: ReadonlyMap<string, Template> = new Map<string, Template>([
  ['version', ['"2012-10-17"']],
  ['effect', ['"', { placeholder: '', choices: ['Allow', 'Deny'] }, '"']],
  ['type', ['"', HOLE, '"']],
  ['test', ['"', HOLE, '"']],
  ['variable', ['"', HOLE, '"']],
  ['statement', ['[\n\t{\n\t\t"actions": ["', HOLE, '"],\n\t\t"resources": ["', HOLE, '"]\n\t}\n]']],
  ['principals', ['[\n\t{\n\t\t"type": "', HOLE, '",\n\t\t"identifiers": ["', HOLE, '"]\n\t}\n]']],
  ['not_principals', ['[\n\t{\n\t\t"type": "', HOLE, '",\n\t\t"identifiers": ["', HOLE, '"]\n\t}\n]']],
  [
    'condition',
    [
      '[\n\t{\n\t\t"test": "',
      HOLE,
      '",\n\t\t"variable": "',
      HOLE,
      '",\n\t\t"values": ["',
      HOLE,
      '"]\n\t}\n]',
    ],
  ],
]);

/** An argument, and the one that cannot stand beside it. */
const PAIRS: ReadonlyMap<string, string> = new Map(
  [...STATEMENT_NAMES.keys(), ...STATEMENT_BLOCKS.keys()].filter(isNegated).flatMap((name) => [
    [name, name.slice('not_'.length)],
    [name.slice('not_'.length), name],
  ]),
);

function isNegated(name: string): boolean {
  return name.startsWith('not_');
}

/** The names for an offset where one of a data source, of a statement or of a block in one may stand; `undefined` elsewhere. */
export function jsonNamesAt(
  { tree: { root, source } }: PolicyDocument,
  offset: number,
): JsonNames | undefined {
  if (root?.kind !== 'object' || source.syntax !== 'json') {
    return undefined;
  }
  const index = indexAt(source, offset);
  const around = containerAt(source, root, index);
  const names = around && NAMES.get(bodyOf(around.container) ?? '');
  if (around === undefined || names === undefined || around.container.kind !== 'object') {
    return undefined;
  }
  const found = siteIn(source, around, index, offset);
  if (found === undefined || found.site.role !== 'name') {
    return undefined;
  }
  const written = new Set(
    around.container.members.flatMap((member) => (member === found.member ? [] : [member.name])),
  );
  const proposals = names
    .filter((name) => !written.has(name) && !written.has(PAIRS.get(name) ?? name))
    .map((name, rank): Proposal => {
      const value = VALUES.get(name) ?? (SINGLE.has(name) ? ['"', HOLE, '"'] : ['["', HOLE, '"]']);
      return {
        label: name,
        kind: 'element',
        rank,
        content: { kind: 'name', text: [name], value },
        ...(value.some((part) => part === HOLE) ? { continues: 'completing' } : {}),
      };
    });
  return { site: found.site, proposals };
}

/** What a container is the body of: the data source, or a block in it by its name; `undefined` elsewhere. */
function bodyOf(container: Container): string | undefined {
  const path: string[] = [];
  for (let node = container; node.parent !== undefined; ) {
    const { parent }: Container = node;
    if (parent.kind === 'member') {
      if (holdsDocuments(parent)) {
        const [, ...blocks] = path;
        return path.length === 0 ? undefined : blockAt(blocks);
      }
      path.unshift(parent.name);
      node = parent.parent;
    } else {
      node = parent;
    }
  }
  return undefined;
}

/** The block at the end of a path of names; `undefined` for what is none, such as the `for_each` of a dynamic one. */
function blockAt(path: readonly string[]): string | undefined {
  const steps: string[] = [];
  for (let at = 0; at < path.length; at += 1) {
    const isDynamic = path[at] === 'dynamic' && path[at + 2] === 'content';
    steps.push(path[isDynamic ? at + 1 : at] ?? '');
    at += isDynamic ? 2 : 0;
  }
  const [statement, block, ...others] = steps;
  if (statement === undefined) {
    return DOCUMENT_TYPE;
  }
  const isKnown = statement === 'statement' && (block === undefined || STATEMENT_BLOCKS.has(block));
  return isKnown && others.length === 0 ? (block ?? statement) : undefined;
}
