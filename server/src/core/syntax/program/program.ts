import type { SyntaxNode as Expression, Tree } from '@lezer/common';
import { firstIndex } from '../../pattern/bisect';
import type { SyntaxTree } from '../nodes';
import { documentSource } from '../stringSpans';
import { assignedPolicies } from './assignments';
import { isDynamic } from './dynamic';
import { hosted } from './hosts';
import { left } from './libraries';
import { contextOf, programRoot } from './programNodes';
import { MAX_DEPTH, type ProgramLanguage, type ProgramReader } from './reader';
import { asDynamic, type ProgramValue } from './values';

/**
 * Reads a program for the expressions that may hold a policy: the tree is a list of them, in source order. Never throws.
 * Nothing else of the program is in the tree, and no faults are reported: they are for the language's own tools.
 */
export function parseProgram(text: string, language: ProgramLanguage): SyntaxTree {
  const source = documentSource(text, 'program');
  const context = contextOf(source);
  let values: readonly ProgramValue[];
  try {
    values = valuesIn(text, language).toSorted((a, b) => a.start - b.start);
  } catch {
    // The library fails on trees that are thousands of levels deep, which nobody has written by hand.
    values = [];
  }
  return { root: programRoot(context, values), source, faults: [] };
}

/** What stands in every policy, however it is written. */
const SIGN = /statement|effect|actions|add_?(?:not_?)?resources\(/gi;

/** `policy.Statement[0].Resource = …`: an element of a statement that is written elsewhere. */
const FILLED_ELSEWHERE =
  /\bStatement["']?\]?\[[^\]\n]{1,40}\](?:\.|\[["'])(?:Sid|Effect|(?:Not)?(?:Action|Principal|Resource)|Condition)\b/;

/** What holds statements of a program, in the grammars of its languages. */
const BLOCKS: ReadonlySet<string> = new Set(['Script', 'Block', 'Body']);

/** Beyond this many, a text is not a program that somebody has written. */
const MAX_VALUES = 20_000;

function valuesIn(text: string, language: ProgramLanguage): readonly ProgramValue[] {
  const { tree, unterminated, faults } = parsed(text, language);
  const signs = [...text.matchAll(SIGN)].map(({ index }) => index);
  const open: Expression[] = [tree.topNode];
  let depth = 0;
  const mentioned = new Map<string, boolean>();
  const reader: ProgramReader = {
    text,
    unterminated,
    isWhole: ({ from, to }) => !anyWithin(faults, from, to + 1),
    later: (expression) => open.push(expression),
    mentions: (word) => {
      const known = mentioned.get(word) ?? text.includes(word);
      mentioned.set(word, known);
      return known;
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
  for (let next = open.pop(); next !== undefined && values.length < MAX_VALUES; next = open.pop()) {
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

interface Parsed {
  readonly tree: Tree;
  /** Offsets of literals that lack their closing quote, with where their letters end. */
  readonly unterminated: ReadonlyMap<number, number>;
  /** Where something is faulty, in order. */
  readonly faults: readonly number[];
}

/** A program as it parses when literals that lack their closing quote are given one. */
function parsed(text: string, language: ProgramLanguage): Parsed {
  const unterminated = new Map<number, number>();
  let tried = text;
  for (let round = 0; ; round += 1) {
    const tree = language.parse(tried);
    const { faults, open } = lookOver(tree, tried, language);
    if (open === undefined || round === MAX_ROUNDS || tree.length < tried.length) {
      return { tree, unterminated, faults: [...faults, ...unterminated.keys()].toSorted((a, b) => a - b) };
    }
    const { from, to } = open;
    const end = from + 1 + contentLength(text.slice(from + 1, to));
    unterminated.set(from, end);
    // A literal of no letters has no place for the quote, and reads as a number.
    tried =
      end > from + 1
        ? `${tried.slice(0, end - 1)}${tried.charAt(from)}${tried.slice(end)}`
        : `${tried.slice(0, from)}0${tried.slice(from + 1)}`;
  }
}

/** More are in no text that somebody is typing. */
const MAX_ROUNDS = 3;

interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** The faults of a tree, and the first literal that lacks its quote: what follows it may be read the wrong way round. */
function lookOver(
  tree: Tree,
  text: string,
  language: ProgramLanguage,
): { readonly faults: readonly number[]; readonly open: Stretch | undefined } {
  let open: Stretch | undefined;
  let onLine: Stretch[] = [];
  let last = 0;
  const faults: number[] = [];
  tree.iterate({
    enter: ({ type, from, to }) => {
      if (type.isError) {
        faults.push(from);
      } else if (open === undefined && language.isLineLiteral(type.name)) {
        const quote = text.charAt(from);
        if (quote !== '"' && quote !== "'") {
          return;
        }
        if (text.slice(last, from).includes('\n')) {
          onLine = [];
        }
        last = to;
        if (to > from + 1 && text.charAt(to - 1) === quote) {
          onLine.push({ from, to });
        } else {
          // A quote without its partner takes that of the next literal, and the last one of the line is left over.
          open = onLine.find((each) => SWALLOWED.test(text.slice(each.from, each.to))) ?? { from, to };
        }
      }
    },
  });
  return { faults, open };
}

/** A literal that has taken the end of a list, or the name of the next member, for its letters. */
const SWALLOWED = /[\])}]\s{0,20},|,\s{0,20}\w{1,40}\s{0,20}:/;

/** How many letters of an open literal are its own: what closes the brackets around it is not. */
function contentLength(rest: string): number {
  const line = rest.slice(0, Math.max(0, rest.search(/[\r\n]|$/)));
  if (SWALLOWED.test(line)) {
    return line.search(/[\s,\])}]/);
  }
  return line.replace(/(?<![\s,;)\]}])[\s,;)\]}]*$/, '').length;
}
