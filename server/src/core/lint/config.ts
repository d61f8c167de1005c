import type { TypeOverride } from '../locate/kind';
import { isPolicyType, policyTypes } from '../locate/policyType';
import { compileGlob, globFault } from '../pattern/glob';
import { nearest } from '../pattern/nearest';
import { certainFaults } from '../syntax/faults';
import { parseJson } from '../syntax/json';
import type { MemberNode, ObjectNode, StringNode, SyntaxNode } from '../syntax/nodes';
import { grouped } from '../wording';
import { findingOf, type Mistake, type Place } from './configFinding';
import type { Finding } from './finding';
import type { RuleMeta } from './ruleMeta';
import { unknownRule } from './ruleNames';
import { isRuleSeverity, type RuleSetting, ruleSeverities } from './severity';

/** The name of a configuration file; the nearest one upwards from a policy's file speaks of it. */
export const CONFIG_FILE = '.iam-policy.json';

/** What a configuration file says. Entries with a mistake are left out: half a suppression would hide too much. */
export interface Config {
  /** In order of precedence, the last that fits wins. */
  readonly rules: readonly RuleSetting[];
  /** In order of precedence, the last that fits wins. */
  readonly policyTypes: readonly TypeSetting[];
  readonly suppressions: readonly Suppression[];
  /** The mistakes of the file itself, at their places, in source order. */
  readonly findings: readonly Finding[];
}

export interface TypeSetting {
  /** Whether a path, from the folder of the configuration file and with forward slashes, is meant. */
  readonly fits: (path: string) => boolean;
  readonly override: TypeOverride;
}

/** Findings that are to be left out. Object identity distinguishes it from others with the same content. */
export interface Suppression {
  /** A rule id or a pattern over rule ids. */
  readonly rule: string;
  readonly fits: (path: string) => boolean;
  /** The Sid of the statement; any place in the file when absent. */
  readonly sid: string | undefined;
  readonly reason: string;
  /** Where it stands in the configuration file. */
  readonly node: ObjectNode;
}

/** A configuration as it applies to one file. */
export interface Configured {
  readonly config: Config;
  /** The path of the file from the configuration file's folder, with forward slashes. */
  readonly path: string;
}

/**
 * Reads a configuration file, JSON with comments. Never throws: every mistake is a finding of the file.
 *
 * @param known the rules that may be named
 * @param overruling settings that win over the file's own, also for findings about the file
 */
export function readConfig(
  text: string,
  known: readonly RuleMeta[],
  overruling: readonly RuleSetting[] = [],
): Config {
  const mistakes: Mistake[] = [];
  const ids = known.map((meta) => meta.id);
  const reader: Reader = {
    ids,
    report: (rule, at, message) => mistakes.push({ rule, at, message }),
  };
  // What is wrong with the rest of such a file nobody reads either.
  const isTooLong = text.length > MAX_CONFIG_LENGTH;
  if (isTooLong) {
    const message = `The file has more than ${grouped(MAX_CONFIG_LENGTH)} characters and is not read.`;
    reader.report('config-value-invalid', { start: 0, end: 1 }, message);
  }
  const tree = parseJson(isTooLong ? '' : text, 'jsonc');
  for (const { code, span } of isTooLong ? [] : certainFaults(tree.faults, text)) {
    reader.report('config-syntax', span, `The file is not well-formed: ${code.replaceAll('-', ' ')}.`);
  }
  const rules: RuleSetting[] = [];
  const types: TypeSetting[] = [];
  const suppressions: Suppression[] = [];
  const { root } = tree;
  if (root !== undefined && asObject(reader, root, 'A configuration') !== undefined) {
    const sections = membersOf(reader, root as ObjectNode, SECTIONS);
    rules.push(...readRules(reader, sections.get('rules')));
    types.push(...readTypes(reader, sections.get('policyTypes')));
    suppressions.push(...readSuppressions(reader, sections.get('suppressions')));
  }
  const settings = [...rules, ...overruling];
  const findings = mistakes.flatMap((mistake) => findingOf(mistake, settings) ?? []);
  return { rules, policyTypes: types, suppressions, findings: inOrder(findings) };
}

/** What the file says about the policies in a file; empty when it says nothing. */
export function overrideOf({ config, path }: Configured): TypeOverride {
  return config.policyTypes.findLast((setting) => setting.fits(path))?.override ?? {};
}

/** Every finding of every policy is held to every line of a configuration. */
const MAX_CONFIG_LENGTH = 262_144;
const MAX_ENTRIES = 2_000;

const SECTIONS = ['$schema', 'rules', 'policyTypes', 'suppressions'];
const TYPE_KEYS = ['type', 'resourceType'];
const SUPPRESSION_KEYS = ['rule', 'files', 'sid', 'reason'];

interface Reader {
  readonly ids: readonly string[];
  readonly report: (rule: string, at: Place, message: string) => void;
}

function readRules(reader: Reader, section: MemberNode | undefined): readonly RuleSetting[] {
  return entriesOf(reader, section, '"rules"').flatMap((member) => {
    const { key, value } = member;
    const isKnown = isKnownRule(reader, key);
    if (value === undefined) {
      return [];
    }
    if (value.kind === 'string' && isRuleSeverity(value.value)) {
      return isKnown ? [{ rule: key.value, severity: value.value }] : [];
    }
    const what = `A severity is one of ${ruleSeverities.join(', ')}`;
    reader.report('config-value-invalid', value, didYouMean(what, value, ruleSeverities));
    return [];
  });
}

function readTypes(reader: Reader, section: MemberNode | undefined): readonly TypeSetting[] {
  return entriesOf(reader, section, '"policyTypes"').flatMap(({ key, value }) => {
    const isGood = isGlob(reader, key);
    const override = value === undefined ? undefined : readType(reader, value);
    return isGood && override !== undefined ? [{ fits: compileGlob(key.value), override }] : [];
  });
}

function readType(reader: Reader, node: SyntaxNode): TypeOverride | undefined {
  if (node.kind !== 'object') {
    const policyType = readPolicyType(reader, node);
    return policyType === undefined ? undefined : { policyType };
  }
  const members = membersOf(reader, node, TYPE_KEYS);
  const type = members.get('type')?.value;
  const resource = members.get('resourceType')?.value;
  if (type === undefined && resource === undefined) {
    reader.report('config-value-invalid', node, 'Say "type", "resourceType" or both.');
    return undefined;
  }
  const policyType = type === undefined ? undefined : readPolicyType(reader, type);
  if (type !== undefined && policyType === undefined) {
    return undefined;
  }
  if (resource === undefined) {
    return { policyType };
  }
  // As CloudFormation names them: AWS::S3::Bucket.
  if (resource.kind !== 'string' || !/^[A-Za-z0-9]+(?:::[A-Za-z0-9]+){2,}$/.test(resource.value)) {
    reader.report(
      'config-value-invalid',
      resource,
      'Write a resource type as CloudFormation does, as in "AWS::S3::Bucket".',
    );
    return undefined;
  }
  if (policyType !== undefined && policyType !== 'resource' && policyType !== 'trust') {
    reader.report(
      'config-value-invalid',
      resource,
      `"resourceType" narrows a resource policy, and "type" is "${policyType}".`,
    );
    return undefined;
  }
  return { policyType, resourceType: resource.value };
}

function readPolicyType(reader: Reader, node: SyntaxNode) {
  if (node.kind === 'string' && isPolicyType(node.value)) {
    return node.value;
  }
  const what = `A policy type is one of ${policyTypes.join(', ')}`;
  reader.report('config-value-invalid', node, didYouMean(what, node, policyTypes));
  return undefined;
}

function readSuppressions(reader: Reader, section: MemberNode | undefined): readonly Suppression[] {
  const { value } = section ?? {};
  if (value === undefined) {
    return [];
  }
  if (value.kind !== 'array') {
    reader.report('config-value-invalid', value, '"suppressions" is a list.');
    return [];
  }
  return limited(reader, value.items).flatMap((item) => {
    const node = asObject(reader, item, 'A suppression');
    const suppression = node === undefined ? undefined : readSuppression(reader, node);
    return suppression === undefined ? [] : [suppression];
  });
}

function readSuppression(reader: Reader, node: ObjectNode): Suppression | undefined {
  let isGood = true;
  const strict: Reader = {
    ...reader,
    report: (...mistake) => {
      isGood = false;
      reader.report(...mistake);
    },
  };
  const members = membersOf(strict, node, SUPPRESSION_KEYS);
  const textOf = (name: string): StringNode | undefined => {
    const value = members.get(name)?.value;
    if (value !== undefined && value.kind !== 'string') {
      strict.report('config-value-invalid', value, `"${name}" is a text.`);
    }
    return value?.kind === 'string' ? value : undefined;
  };
  const rule = textOf('rule');
  const files = textOf('files');
  const sid = textOf('sid');
  const reason = textOf('reason');
  if (!members.has('rule')) {
    strict.report('config-value-invalid', node, 'A suppression says which "rule" it is about.');
  } else if (rule !== undefined) {
    isKnownRule(strict, rule);
  }
  if (files !== undefined) {
    isGlob(strict, files);
  }
  if (!members.has('reason') || reason?.value.trim() === '') {
    strict.report(
      'suppression-reason-missing',
      reason ?? node,
      'A suppression has a "reason"; without one it does not count.',
    );
  }
  return isGood && rule !== undefined && reason !== undefined
    ? {
        rule: rule.value,
        fits: files === undefined ? () => true : compileGlob(files.value),
        sid: sid?.value,
        reason: reason.value.trim(),
        node,
      }
    : undefined;
}

/** Reports a rule id or a glob over ids that speaks of no rule. */
function isKnownRule(reader: Reader, node: StringNode): boolean {
  const problem = unknownRule(node.value, reader.ids);
  if (problem !== undefined) {
    reader.report('config-rule-unknown', node, problem);
  }
  return problem === undefined;
}

function isGlob(reader: Reader, node: StringNode): boolean {
  const fault = globFault(node.value);
  if (fault !== undefined) {
    reader.report('config-value-invalid', node, `This is not a file glob: ${fault}.`);
  }
  return fault === undefined;
}

/** The members of a section that is an object, in source order: of two that fit, the later wins. */
function entriesOf(reader: Reader, section: MemberNode | undefined, what: string): readonly MemberNode[] {
  return section?.value === undefined
    ? []
    : limited(reader, asObject(reader, section.value, what)?.members ?? []);
}

/** The first entries of a section, as many as count. */
function limited<Entry extends SyntaxNode | MemberNode>(
  reader: Reader,
  entries: readonly Entry[],
): readonly Entry[] {
  const extra = entries[MAX_ENTRIES];
  if (extra !== undefined) {
    const message = `Only the first ${grouped(MAX_ENTRIES)} entries count.`;
    reader.report('config-value-invalid', extra, message);
  }
  return extra === undefined ? entries : entries.slice(0, MAX_ENTRIES);
}

/** The members by name, the last of each; a name that means nothing is reported. */
function membersOf(
  reader: Reader,
  node: ObjectNode,
  names: readonly string[],
): ReadonlyMap<string, MemberNode> {
  const members = new Map<string, MemberNode>();
  for (const member of node.members) {
    const name = member.name;
    if (!names.includes(name)) {
      const what = `There is no "${name}" here; there are ${names.join(', ')}`;
      reader.report('config-key-unknown', member, didYouMean(what, member.key, names));
    } else if (members.has(name)) {
      reader.report('config-key-unknown', member, `"${name}" is here a second time.`);
    }
    members.set(name, member);
  }
  return members;
}

function asObject(reader: Reader, node: SyntaxNode, what: string): ObjectNode | undefined {
  if (node.kind !== 'object') {
    reader.report('config-value-invalid', node, `${what} is an object.`);
    return undefined;
  }
  return node;
}

function didYouMean(what: string, node: SyntaxNode, candidates: readonly string[]): string {
  const meant = node.kind === 'string' ? nearest(node.value, candidates) : undefined;
  return meant === undefined ? `${what}.` : `${what}. Did you mean ${meant}?`;
}

function inOrder(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}
