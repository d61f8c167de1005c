import { splitArn } from '../../arn/arn';
import { NO_PRINCIPAL_RESOURCES } from '../../iamData/overlay/principalForms';
import { defineRule } from '../../lint/rule';
import { isNull } from '../support/conditions';
import { isTemplateText } from '../support/known';
import { quote } from '../support/quote';
import { replaceStringFix } from '../support/renameFix';

/** IAM User Guide, "AWS global condition context keys", on aws:PrincipalArn: what it holds for each kind of principal. */
export const rule = defineRule({
  meta: {
    id: 'condition-value-principal',
    category: 'warning',
    summary: 'aws:PrincipalArn is compared with a value that it never has',
    since: '0.1.0',
    fixable: 'suggestion',
    sources: ['iam-condition-keys'],
    messages: {
      session: '{key} is never {text}: for a session it is the ARN of the role.',
      kind: '{key} is never {text}, which is {what}: it is the ARN of a role, a user or the root user.',
    },
  },
  create: (context) => ({
    ifCondition: ({ operator, key }) =>
      key.toLowerCase() === 'aws:principalarn' && operator.traits !== undefined && !isNull(operator),
    condition: ({ key, values }) => {
      for (const { node, text } of values) {
        const found = node.kind !== 'string' || isTemplateText(text) ? undefined : judge(text);
        if (found !== undefined && node.kind === 'string') {
          context.report({
            message: found.message,
            at: node,
            data: { key: key.value, text: quote(text), what: found.what ?? '' },
            fixes: found.meant === undefined ? [] : [replaceStringFix(node, found.meant)],
          });
        }
      }
    },
  }),
});

interface Judgement {
  readonly message: 'session' | 'kind';
  readonly what?: string;
  readonly meant?: string;
}

/**
 * What is wrong with a value, wildcards in it or not; what is no ARN is condition-value-arn's. The path of a session's role
 * stands nowhere in the session's ARN.
 */
function judge(text: string): Judgement | undefined {
  const { partition, service, account, resource } = splitArn(text);
  const [, role] = /^assumed-role\/([^/]+)(?:\/|$)/.exec(resource?.text ?? '') ?? [];
  if (role !== undefined && /^(?:sts|iam)$/.test(service?.text ?? '')) {
    // The role of a permission set lies on a path of IAM Identity Center's, some with a Region in it.
    return role.startsWith('AWSReservedSSO_')
      ? { message: 'session' }
      : { message: 'session', meant: `arn:${partition?.text}:iam::${account?.text}:role/${role}` };
  }
  const other = NO_PRINCIPAL_RESOURCES.get(resource?.text.split('/', 1)[0] ?? '');
  return service?.text === 'iam' && other !== undefined && 'what' in other
    ? { message: 'kind', what: other.what }
    : undefined;
}
