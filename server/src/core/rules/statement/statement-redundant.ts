import { removeValue } from '../../lint/edits';
import { defineRule } from '../../lint/rule';
import type { Statement } from '../../model/policy';
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
    summary: 'A statement says the same as an earlier one',
    since: '0.1.0',
    fixable: 'safe',
    accessAnalyzer: 'REDUNDANT_STATEMENT',
    messages: {
      repeated: 'This statement says the same as {other}.',
    },
  },
  create: (context) => ({
    policy: ({ statements }) => {
      // From the cheap to the dear: what few statements share is asked of all, and the whole content of hardly any.
      for (const [first, ...others] of groupedBy(
        groupedBy(groupedBy(groupedBy([statements], sampleOf), countOf), sketchOf),
        statementContent,
      )) {
        for (const statement of others) {
          context.report({
            message: 'repeated',
            at: statement.node,
            data: { other: first === undefined ? '' : statementName(first) },
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

/**
 * Splits groups by a key, and drops what is alone then. In order of the first of each group; a statement without a key
 * belongs to no group.
 */
function groupedBy<Key>(
  groups: readonly (readonly Statement[])[],
  keyOf: (statement: Statement) => Key | undefined,
): readonly (readonly Statement[])[] {
  return groups.flatMap((group) => {
    const parts = new Map<Key, Statement[]>();
    for (const statement of group) {
      const key = keyOf(statement);
      const part = key === undefined ? undefined : parts.get(key);
      if (part !== undefined) {
        part.push(statement);
      } else if (key !== undefined) {
        parts.set(key, [statement]);
      }
    }
    return [...parts.values()].filter(({ length }) => length > 1);
  });
}

/** The resource that comes first in the alphabet: the same whatever the order of the list. */
function sampleOf({ resources }: Statement): string {
  let sample: string | undefined;
  for (const { entries } of resources) {
    for (const { text } of entries) {
      sample = sample === undefined || text < sample ? text : sample;
    }
  }
  return sample ?? '';
}

function countOf({ actions, conditions }: Statement): number {
  let count = conditions.length;
  for (const { entries } of actions) {
    count += entries.length;
  }
  return count;
}

/** A number that is the same for statements of the same content, whatever the order: nearly all differ in it. */
function sketchOf({ actions, resources, conditions, principals }: Statement): number {
  let sketch = 0;
  for (const { key, values } of conditions) {
    sketch += sketchOfText(key.value);
    for (const { text } of values) {
      sketch += sketchOfText(text);
    }
  }
  for (const element of actions) {
    for (const { text } of element.entries) {
      sketch += sketchOfText(text);
    }
  }
  for (const element of resources) {
    for (const { text } of element.entries) {
      sketch += sketchOfText(text);
    }
  }
  for (const element of principals) {
    for (const { text } of element.entries) {
      sketch += sketchOfText(text);
    }
  }
  return sketch;
}

/** Folds the case of ASCII letters, for the sake of actions. */
function sketchOfText(text: string): number {
  let sketch = 0;
  for (let at = 0; at < text.length; at += 1) {
    sketch = (Math.imul(sketch, 31) + (text.charCodeAt(at) | 0x20)) | 0;
  }
  return sketch;
}
