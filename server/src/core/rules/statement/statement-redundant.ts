import { removeValue } from '../../lint/edits';
import { defineRule } from '../../lint/rule';
import type { Statement } from '../../model/policy';
import { notedOf } from '../../pattern/internedText';
import { isThereWith } from '../../syntax/functions';
import { statementContent } from '../support/statementContent';
import { statementName } from '../support/statements';

/**
 * IAM User Guide, "Access Analyzer policy check reference": Redundant statement. Lists are compared as sets and a
 * single text like a list of one, since neither makes a difference to IAM.
 */
export const rule = defineRule({
  meta: {
    id: 'statement-redundant',
    category: 'suggestion',
    summary: 'A statement repeats an earlier one',
    since: '0.1.0',
    fixable: 'safe',
    accessAnalyzer: 'REDUNDANT_STATEMENT',
    messages: {
      repeated: 'This statement says the same as {other}.',
    },
  },
  create: (context) => ({
    lookAhead: sketchOf,
    policy: ({ statements }) => {
      // The whole content is asked of hardly any: of those that have the same sketch.
      for (const group of groupedBy(groupedBy([statements], sketchOf), statementContent)) {
        const kept: Statement[] = [];
        for (const statement of group) {
          // One in a branch of a template may not be there.
          const other = kept.find(({ node }) => isThereWith(node, statement.node));
          if (other === undefined) {
            if (kept.length < MOST_APART) {
              kept.push(statement);
            }
            continue;
          }
          if (statement.node.span.start === other.node.span.start) {
            // An alias of YAML, which is written nowhere else.
            continue;
          }
          context.report({
            message: 'repeated',
            at: statement.node,
            data: { other: statementName(other) },
            fixes: [
              {
                title: 'Remove the statement',
                kind: 'safe',
                edits: () => removeValue(statement.node),
              },
            ],
          });
        }
      }
    },
  }),
});

/** So many equal statements are compared that are in branches of their own; nobody has more. */
const MOST_APART = 16;

/**
 * Splits groups by a key, and drops what is alone then. In order of the first of each group; a statement without a key
 * belongs to no group.
 */
function groupedBy<Key>(
  groups: readonly (readonly Statement[])[],
  keyOf: (statement: Statement) => Key | undefined,
): readonly (readonly Statement[])[] {
  return groups.flatMap((group) => {
    const firsts = new Map<Key, Statement>();
    // Nearly all statements are alone, and cost no list.
    const parts = new Map<Key, Statement[]>();
    for (const statement of group) {
      const key = keyOf(statement);
      const first = key === undefined ? undefined : firsts.get(key);
      if (key === undefined || first === undefined) {
        if (key !== undefined) {
          firsts.set(key, statement);
        }
        continue;
      }
      const part = parts.get(key);
      if (part === undefined) {
        parts.set(key, [first, statement]);
      } else {
        part.push(statement);
      }
    }
    return [...parts.values()].sort((x, y) => (x[0]?.index ?? 0) - (y[0]?.index ?? 0));
  });
}

/** A number that is the same for statements of the same content, whatever the order: nearly all differ in it. */
const sketchOf = notedOf(({ actions, resources, conditions, principals }: Statement): number => {
  let sketch = 0;
  for (const { key, values } of conditions) {
    sketch += sketchOfText(key.value);
    for (const { text } of values) {
      sketch += sketchOfText(text);
    }
  }
  for (const elements of [actions, resources, principals]) {
    for (const { entries } of elements) {
      for (const { text } of entries) {
        sketch += sketchOfText(text);
      }
    }
  }
  return sketch | 0;
});

/** Folds the case of ASCII letters, for the sake of actions. */
function sketchOfText(text: string): number {
  let sketch = 0;
  for (let at = 0; at < text.length; at += 1) {
    sketch = (Math.imul(sketch, 31) + (text.charCodeAt(at) | 0x20)) | 0;
  }
  return sketch;
}
