/**
 * What differs between two versions of the service reference, in words. The versions are given as the texts that
 * `compileIamData.mjs` writes.
 */

const LEVELS = {
  L: 'List',
  R: 'Read',
  W: 'Write',
  T: 'Tagging',
  P: 'Permissions management',
};

/** How many names a line has before it says how many more there are. */
const MOST_NAMED = 12;

/**
 * @param {{ index: string, facts: string }} before
 * @param {{ index: string, facts: string }} after
 * @returns {string} lines without a line break at the end
 */
export function describeChanges(before, after) {
  const [old, fresh] = [read(before), read(after)];
  const head = `Service reference ${old.version} of ${old.date} -> ${fresh.version} of ${fresh.date}`;
  const kept = [...fresh.services.keys()].filter((prefix) => old.services.has(prefix));
  const lines = [
    ...differences(
      'Services',
      'service',
      old.names,
      fresh.names,
      (prefix, { name }) => `${prefix} (${name})`,
    ),
    ...differences('Global condition keys', 'key', old.globalKeys, fresh.globalKeys),
    ...kept.flatMap((prefix) => serviceChanges(prefix, old.services.get(prefix), fresh.services.get(prefix))),
  ];
  const totals = ['actions', 'keys', 'types'].map((part) => {
    const [less, more] = [old, fresh].map((data) => idsOf(data, part));
    const added = [...more].filter((id) => !less.has(id)).length;
    const removed = [...less].filter((id) => !more.has(id)).length;
    return `${TITLES[part]}: ${added} added, ${removed} removed, ${more.size} in all.`;
  });
  return [head, '', ...totals, ...(lines.length === 0 ? ['Nothing else changed.'] : ['', ...lines])].join(
    '\n',
  );
}

const TITLES = { actions: 'Actions', keys: 'Condition keys of services', types: 'Resource types' };

function read({ index, facts }) {
  const { version, date, services, globalKeys } = JSON.parse(index);
  const rows = services.map(([prefix, name, , offset]) => {
    return [prefix, name, decode(JSON.parse(facts.slice(offset, facts.indexOf('\n', offset))))];
  });
  return {
    version,
    date,
    names: new Map(rows.map(([prefix, name]) => [prefix, { name, text: name }])),
    services: new Map(rows.map(([prefix, , service]) => [prefix, service])),
    globalKeys: new Map(globalKeys.map(([name, type]) => [name, { text: type }])),
  };
}

/** Each part by name, with a text for what is known of it. */
function decode({ keys, types, actions, lists }) {
  const keysOf = (list) => lists[list].map((key) => keys[key][0]).join(', ') || 'none';
  return {
    keys: new Map(keys.map(([name, type]) => [name, { text: type }])),
    types: new Map(types.map(([name, arn, list]) => [name, { text: `${arn}, keys ${keysOf(list)}` }])),
    actions: new Map(
      actions.map(([name, levels, list, resources]) => [
        name,
        {
          text: [
            [...levels].map((level) => LEVELS[level]).join(' and '),
            `keys ${keysOf(list)}`,
            `resource types ${
              resources
                .map(([type, required, own]) => `${types[type][0]}${required ? '*' : ''} (${keysOf(own)})`)
                .join(', ') || 'none'
            }`,
          ].join('; '),
        },
      ]),
    ),
  };
}

function idsOf({ services }, part) {
  return new Set(
    [...services].flatMap(([prefix, service]) =>
      [...service[part].keys()].map((name) => `${prefix} ${name}`),
    ),
  );
}

function serviceChanges(prefix, old, fresh) {
  return [
    ...differences(prefix, 'action', old.actions, fresh.actions),
    ...differences(prefix, 'condition key', old.keys, fresh.keys),
    ...differences(prefix, 'resource type', old.types, fresh.types),
  ];
}

/** One line for what was added, one for what was removed, one for what is described otherwise. */
function differences(title, noun, old, fresh, nameOf = (name) => name) {
  const added = [...fresh].filter(([name]) => !old.has(name));
  const removed = [...old].filter(([name]) => !fresh.has(name));
  const changed = [...fresh].filter(([name, { text }]) => old.has(name) && old.get(name).text !== text);
  return [
    [added, 'added'],
    [removed, 'removed'],
    [changed, 'changed'],
  ].flatMap(([entries, what]) =>
    entries.length === 0
      ? []
      : [
          `${title}: ${entries.length} ${noun}${entries.length === 1 ? '' : 's'} ${what}: ${listed(entries.map(([name, each]) => nameOf(name, each)))}`,
        ],
  );
}

function listed(names) {
  const more = names.length - MOST_NAMED;
  return more > 1 ? `${names.slice(0, MOST_NAMED).join(', ')} and ${more} more` : names.join(', ');
}
