import type { SyntaxNode as Expression } from '@lezer/common';
import { firstIndex } from '../../pattern/bisect';
import type { Steps } from '../../steps';
import type { SourceText, SyntaxTree } from '../nodes';
import { documentSource } from '../stringSpans';
import { assignedPolicies } from './assignments';
import { changedNames, isDynamic } from './dynamic';
import { type Parsed, parseHalfTyped } from './halfTyped';
import { hosted } from './hosts';
import { left } from './libraries';
import { contextOf, programRoot } from './programNodes';
import { MAX_DEPTH, type ProgramLanguage, type ProgramReader } from './reader';
import { asDynamic, type ProgramValue } from './values';

/**
 * Reads a program for the expressions that may hold a policy: the tree is a list of them, in source order. Never throws.
 * Nothing else of the program is in the tree, and no faults are reported: they are for the language's own tools.
 */
export function* parseProgram(text: string, language: ProgramLanguage): Steps<SyntaxTree> {
  const source: SourceText = {
    ...documentSource(text, 'program'),
    unreportedFaults: () => faultsLeft,
  };
  let faultsLeft: readonly number[] = [];
  let parsed: Parsed | undefined;
  let values: readonly ProgramValue[] = [];
  try {
    parsed = yield* parseHalfTyped(text, language);
    ({ faultsLeft } = parsed);
    values = (yield* valuesIn(text, parsed, language)).toSorted((a, b) => a.start - b.start);
  } catch {
    // The library fails on trees that are thousands of levels deep, which nobody has written by hand.
  }
  const context = contextOf(source, parsed?.faults ?? []);
  return { root: programRoot(context, values), source, faults: [] };
}

/** What stands in every policy, however it is written. */
const SIGN = /statement|effect|actions|add_?(?:not_?)?resources\(/gi;

/** `policy.Statement[0].Resource = …`: an element of a statement that is written elsewhere. */
const FILLED_ELSEWHERE =
  /\bStatement["']?\]?\[[^\]\n]{1,40}\](?:\.|\[["'])(?:Sid|Effect|(?:Not)?(?:Action|Principal|Resource)|Condition)\b/;

/** So many expressions take some milliseconds at most. */
const LOOKED_AT_AT_ONCE = 200;

/** What holds statements of a program, in the grammars of its languages. */
const BLOCKS: ReadonlySet<string> = new Set(['Script', 'Block', 'Body']);

/** Beyond this many, a text is not a program that somebody has written. */
const MAX_VALUES = 20_000;

function* valuesIn(
  text: string,
  { tree, unterminated, missing, faults }: Parsed,
  language: ProgramLanguage,
): Steps<readonly ProgramValue[]> {
  const signs = [...text.matchAll(SIGN)].map(({ index }) => index);
  const open: Expression[] = [tree.topNode];
  let depth = 0;
  let changed: ReadonlySet<string> | undefined;
  const mentioned = new Map<string, boolean>();
  const reader: ProgramReader = {
    text,
    unterminated,
    missing,
    isWhole: ({ from, to }) => !anyWithin(faults, from, to + 1),
    later: (expression) => open.push(expression),
    mentions: (word) => {
      const known = mentioned.get(word) ?? text.includes(word);
      mentioned.set(word, known);
      return known;
    },
    changes: (name) => {
      changed ??= changedNames(text);
      return changed.has(name);
    },
    nested: (read) => {
      if (depth >= MAX_DEPTH) {
        return undefined;
      }
      depth += 1;
      const value = read();
      depth -= 1;
      return value;
    },
  };
  const values: ProgramValue[] = [];
  // What was handed back stands in what is looked through too: looked at twice, each of its parts would be so four times.
  const seen = new Set<string>();
  let looked = 0;
  for (let next = open.pop(); next !== undefined && values.length < MAX_VALUES; next = open.pop()) {
    looked += 1;
    if (looked % LOOKED_AT_AT_ONCE === 0) {
      yield;
    }
    const place = `${next.from} ${next.to} ${next.type.id}`;
    if (seen.has(place) || !anyWithin(signs, next.from, next.to)) {
      continue;
    }
    seen.add(place);
    const own = language.read(reader, next);
    const read = own === undefined ? language.taken(reader, next) : [own];
    for (const each of read ?? []) {
      if (each.kind !== 'opaque') {
        const value = hosted(each, reader);
        values.push(isDynamic(reader, next) ? asDynamic(value) : value);
      }
    }
    if (read === undefined) {
      const assigned = BLOCKS.has(next.name) ? assignedPolicies(reader, next, language.read) : [];
      values.push(...assigned.map(asDynamic));
      for (let child = next.firstChild; child !== null; child = child.nextSibling) {
        open.push(child);
      }
    }
  }
  return FILLED_ELSEWHERE.test(text) ? values.map(left).map(asDynamic) : values;
}

/** Whether one of some offsets, which are in order, lies within a range. */
function anyWithin(offsets: readonly number[], from: number, to: number): boolean {
  const first = firstIndex(offsets.length, (index) => (offsets[index] ?? 0) >= from);
  return (offsets[first] ?? to) < to;
}
