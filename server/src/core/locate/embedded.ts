import { parseJsonSource } from '../syntax/json';
import type { SourceText, SyntaxNode } from '../syntax/nodes';

/*
 * Policies in scripts, as the user data of an instance and the steps of a workflow have them. Prose that shows one is none.
 */

/** Whether a text is to be JSON as a whole, to judge by how it begins: with an object, a comment or a template's mark. */
export function beginsLikeJson(text: string): boolean {
  return /^\s*(?:$|[{[%<]|\$\{|\/[/*]|%7B|\ufeff)/i.test(text);
}

/**
 * The objects in a script that begin like a policy, in quotes of a shell or in a heredoc, and have no fault and nothing that
 * a shell would fill in. No fix is offered in them, since how they are quoted is not known.
 */
export function objectsInScript(source: SourceText): readonly SyntaxNode[] {
  const { text } = source;
  const found: SyntaxNode[] = [];
  let behind = 0;
  for (const { index } of text.matchAll(BEGINNING)) {
    if (index < behind || !OPENING.test(text.slice(Math.max(0, index - LONGEST_OPENING), index))) {
      continue;
    }
    if (found.length === MOST_OBJECTS) {
      break;
    }
    const end = endOfObject(text, index);
    if (end === undefined) {
      break;
    }
    behind = end;
    const written = text.slice(index, end);
    const { root, faults } = parseJsonSource(
      {
        syntax: 'json',
        text: written,
        isReadOnly: true,
        offsetAt: (at) => source.offsetAt(index + at),
        encode: (inserted) => source.encode(inserted),
        ...(source.within && { within: source.within }),
      },
      'json',
    );
    if (root !== undefined && faults.length === 0 && VERSION.test(written) && !/[$`]/.test(written)) {
      found.push(root);
    }
  }
  return found;
}

const BEGINNING = /\{\s*"(?:Version|Id|Statement)"\s*:/g;

/** What stands in front: a quote in which a shell fills nothing in, or the line with the marker of a heredoc. */
const OPENING = /(?:'|<<-?[ \t]{0,10}\\?["']?\w{1,40}["']?[^\n]{0,100}\n)[ \t]{0,80}$/;
const LONGEST_OPENING = 250;

/** What has none may be a part of a policy, which another command makes one of. */
const VERSION = /"Version"\s*:\s*"20(?:08|12)-10-17"/;

/** More are in no script. */
const MOST_OBJECTS = 100;

/** Behind the brace that closes the one at an index; `undefined` where none does. */
function endOfObject(text: string, from: number): number | undefined {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    switch (text.charAt(at)) {
      case '{':
        depth += 1;
        break;
      case '}':
        depth -= 1;
        if (depth === 0) {
          return at + 1;
        }
        break;
      case '"':
        at = endOfString(text, at);
        break;
      default:
        break;
    }
  }
  return undefined;
}

/** The quote that closes the one at an index, or the end of its line. */
function endOfString(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '"' || character === '\n') {
      return at;
    }
    if (character === '\\') {
      at += 1;
    }
  }
  return text.length;
}
