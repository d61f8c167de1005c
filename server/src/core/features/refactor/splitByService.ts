import { insertItemsAfter, removeItems, replaceValue } from '../../lint/edits';
import { hasComment, isCopyable, type JsonValue, plainValue } from '../../lint/layout';
import type { Edit } from '../../lint/rule';
import type { ActionElement, ActionEntry, Policy, Statement } from '../../model/policy';
import { holdsTemplate } from '../../pattern/templates';
import { sidGiver } from '../../rules/support/freeSid';
import type { ArrayNode, ObjectNode, SyntaxNode } from '../../syntax/nodes';
import { isIntact, isOfTexts, type Refactor } from './refactoring';

/**
 * Makes a statement of its own for the actions of each service. All keep what else the statement says: which of the
 * resources belong to which service is left to the author, since actions may ask for rights on what is another
 * service's.
 */
export const splitByService: Refactor = ({ policy, statements }) => {
  const [statement] = statements;
  const [element] = statement?.actions ?? [];
  const list = element?.member.value;
  if (
    statements.length !== 1 ||
    statement?.actions.length !== 1 ||
    element?.negated !== false ||
    // Whether a statement may lack its Resource depends on all its actions together.
    lacksResource(statement, policy) ||
    list?.kind !== 'array' ||
    !isOfTexts(list) ||
    !isIntact(policy, statement.node) ||
    !isCopyable(statement.node) ||
    hasComment(statement.node)
  ) {
    return [];
  }
  const services = entriesByService(element);
  return services.size < 2 || services.has(undefined)
    ? []
    : [
        {
          title: `Split into ${services.size} statements by service`,
          edits: () => split(policy, statement, list, services),
        },
      ];
};

function lacksResource({ resources }: Statement, { kind }: Policy): boolean {
  return resources.length === 0 && kind.type !== 'trust';
}

type EntriesByService = ReadonlyMap<string | undefined, readonly ActionEntry[]>;

/** In the order in which the services come. */
function entriesByService({ entries }: ActionElement): EntriesByService {
  const services = new Map<string | undefined, ActionEntry[]>();
  for (const entry of entries) {
    const service = entry.text === '*' ? '*' : serviceOf(entry);
    const known = services.get(service);
    if (known === undefined) {
      services.set(service, [entry]);
    } else {
      known.push(entry);
    }
  }
  return services;
}

/** A template can fill in any service. */
function serviceOf({ service }: ActionEntry): string | undefined {
  return service === undefined || holdsTemplate(service) ? undefined : service.toLowerCase();
}

function split(
  policy: Policy,
  { node, sid }: Statement,
  list: ArrayNode,
  services: EntriesByService,
): readonly Edit[] {
  const freeSid = sidGiver(policy);
  const copyFor = (
    entries: readonly ActionEntry[],
    more: { readonly [name: string]: JsonValue },
  ): JsonValue => {
    const [first = '', ...others] = entries.map(({ text }) => text);
    return { ...copied(node), ...more, Action: others.length === 0 ? first : [first, ...others] };
  };
  const [[, stays = []] = [], ...others] = services;
  const copies = others.map(([service = '', entries]) =>
    copyFor(entries, sid === undefined ? {} : { Sid: freeSid(sid.value + capitalized(service)) }),
  );
  if (node.parent?.kind !== 'array') {
    return [replaceValue(node, [copyFor(stays, {}), ...copies])];
  }
  const staying = new Set<SyntaxNode>(stays.map((entry) => entry.node));
  const going = [...list.items.keys()].filter((index) => !staying.has(list.items[index] ?? list));
  return [...removeItems(list, going), insertItemsAfter(node.parent, node, copies)];
}

/** The members in their order, which others that replace them keep. */
function copied(node: ObjectNode): { readonly [name: string]: JsonValue } {
  return Object.fromEntries(
    node.members.flatMap(({ key, value }) => (value === undefined ? [] : [[key.value, plainValue(value)]])),
  );
}

/** A Sid has letters and digits only. */
function capitalized(service: string): string {
  return service
    .replaceAll(/(?<![a-z0-9])[a-z0-9]/g, (letter) => letter.toUpperCase())
    .replaceAll(/[^A-Za-z0-9]/g, '');
}
