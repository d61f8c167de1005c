import { replaceValueSlice } from '../../lint/edits';
import { defineRule, type Fix } from '../../lint/rule';
import type { PolicyKind } from '../../locate/policyType';
import type { Policy } from '../../model/policy';
import type { StringNode, SyntaxNode } from '../../syntax/nodes';
import { charactersName, plainCharacters } from '../support/characters';
import { isTakenByIam } from '../support/iamPolicies';
import { ofWholeText } from '../support/sourceText';

/**
 * The pattern of the parameter: `[\u0009\u000A\u000D\u0020-\u00FF]+`. It is about the document as it is sent, in which an
 * escape is plain ASCII, and so only characters count that stand there as themselves.
 */
export const rule = defineRule({
  meta: {
    id: 'policy-characters',
    category: 'error',
    summary: 'A policy has a character that its service does not accept',
    since: '0.1.0',
    appliesTo: ['identity', 'boundary', 'session', 'trust', 'resource'],
    fixable: 'suggestion',
    sources: ['iam-create-policy', 'sts-assume-role', 'kms-put-key-policy'],
    messages: {
      beyond: '{service} accepts only characters up to U+00FF, and this is {characters}.',
    },
  },
  create: (context) => ({
    concerns: ({ kind }) => serviceOf(kind) !== undefined,
    policy: (policy) => {
      const { source, text = source.text } = policy.node;
      if (!hasBeyond(text)) {
        return;
      }
      const service = serviceOf(policy.kind) ?? '';
      for (const node of stringsOf(policy)) {
        const found = BEYOND.exec(node.value);
        if (found !== null && node.source.text.includes(found[0])) {
          const [from, to] = [found.index, found.index + found[0].length];
          context.report({
            message: 'beyond',
            at: { node, from, to },
            data: { service, characters: charactersName(found[0]) },
            fixes: fixesOf(node),
          });
        }
      }
    },
  }),
});

const BEYOND = /[^\t\n\r\x20-\xff]+/;

const hasBeyond = ofWholeText((text) => BEYOND.test(text));

/** Who takes the policy and says what it may be written in. Other services do not, or take all characters. */
function serviceOf({ type, resourceType }: PolicyKind): string | undefined {
  if (isTakenByIam(type)) {
    return 'IAM';
  }
  return resourceType === 'AWS::KMS::Key' ? 'AWS KMS' : undefined;
}

/** Elements whose own rules report any such character. */
const JUDGED_ELSEWHERE: ReadonlySet<string> = new Set(['Action', 'NotAction', 'AWS', 'Sid']);

/** All strings of the policy in which a character is this rule's concern: values, and the keys of conditions. */
function* stringsOf({ node: root, statements }: Policy): Generator<StringNode> {
  const withElements = new Set<SyntaxNode | undefined>([root, ...statements.map(({ node }) => node)]);
  for (const { member } of statements.flatMap(({ principals }) => principals)) {
    withElements.add(member.value);
  }
  const rest: SyntaxNode[] = [root];
  for (let node = rest.pop(); node !== undefined; node = rest.pop()) {
    if (node.kind === 'string') {
      yield node;
    } else if (node.kind === 'array') {
      for (const item of node.items.toReversed()) {
        rest.push(item);
      }
    } else if (node.kind === 'object') {
      const hasElements = withElements.has(node);
      for (const { key, name, value } of node.members.toReversed()) {
        if (value !== undefined && !(hasElements && JUDGED_ELSEWHERE.has(name))) {
          rest.push(value);
        }
        if (!hasElements) {
          rest.push(key);
        }
      }
    }
  }
}

/** Plain characters for those that a word processor or a web page has put in their place, if that is all there are. */
function fixesOf(node: StringNode): readonly Fix[] {
  if (BEYOND.test(plainCharacters(node.value))) {
    return [];
  }
  const edits = () =>
    [...node.value.matchAll(new RegExp(BEYOND, 'g'))].map(({ index, 0: run }) =>
      replaceValueSlice(node, index, index + run.length, plainCharacters(run)),
    );
  return [{ title: 'Write plain characters', kind: 'suggestion', edits }];
}
