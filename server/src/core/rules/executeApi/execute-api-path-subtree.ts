import { appendItem, replaceValueSlice, wrapInArray } from '../../lint/edits';
import { defineRule, type Fix } from '../../lint/rule';
import type { ResourceEntry } from '../../model/policy';
import { compilePattern, covers } from '../../pattern/pattern';
import { reachableArnOf } from '../support/executeApiUse';
import { quote } from '../support/quote';

/** API Gateway Developer Guide, "Control access for invoking an API": the path of the request is what is matched. */
export const rule = defineRule({
  meta: {
    id: 'execute-api-path-subtree',
    category: 'suggestion',
    summary:
      'A path that ends in a wildcard leaves out its parent, or includes paths that only begin the same way',
    since: '0.1.0',
    defaultOff: true,
    fixable: 'suggestion',
    sources: ['api-gateway-invoke'],
    messages: {
      under: '{pattern} is everything below {path}, at any depth, but not {path} itself.',
      over: '{pattern} is also every other path that begins with {path}, such as {example}.',
    },
  },
  create: (context) => ({
    resource: (entry) => {
      const { element, node, text } = entry;
      if (element.negated || element.statement.effect?.value !== 'Allow' || !text.endsWith('*')) {
        return;
      }
      const arn = reachableArnOf(entry);
      const path = arn?.segments.find((segment) => segment.role === 'path');
      const [, base, slash] = /^([^*?]*[^*?/])(\/?)\*$/.exec(path?.text ?? '') ?? [];
      if (path === undefined || base === undefined) {
        return;
      }
      const parent = text.slice(0, path.from + base.length);
      if (slash === '/' && isCovered(parent, entry)) {
        return;
      }
      context.report({
        message: slash === '/' ? 'under' : 'over',
        at: { node, from: path.from, to: path.to },
        data: {
          pattern: quote(`/${path.text}`),
          path: `/${base}`,
          example: `/${base}-other`,
        },
        fixes: fixesOf(entry, parent),
      });
    },
  }),
});

/** Whether another resource of the list has the parent. */
function isCovered(parent: string, { element, text }: ResourceEntry): boolean {
  const narrow = compilePattern(parent);
  return element.entries.some((other) => other.text !== text && covers(compilePattern(other.text), narrow));
}

function fixesOf({ node, element, text }: ResourceEntry, parent: string): readonly Fix[] {
  const { value } = element.member;
  if (value === undefined) {
    return [];
  }
  return [
    {
      title: 'Grant the path and everything below it',
      kind: 'suggestion',
      edits: () => [
        ...(text.endsWith('/*') ? [] : [replaceValueSlice(node, parent.length, text.length, '/*')]),
        ...(value.kind === 'array' ? [appendItem(value, parent)] : wrapInArray(value, [parent])),
      ],
    },
  ];
}
