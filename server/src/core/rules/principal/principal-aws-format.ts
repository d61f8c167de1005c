import { splitArn } from '../../arn/arn';
import { isServicePrincipal } from '../../arn/servicePrincipal';
import { defineRule } from '../../lint/rule';
import { identityProviderOf } from '../support/federation';
import { removeEntryFix } from '../support/forbiddenMember';
import { isTemplateText } from '../support/known';
import { quote } from '../support/quote';

/** IAM User Guide, "AWS JSON policy elements: Principal" and "IAM identifiers". */
export const rule = defineRule({
  meta: {
    id: 'principal-aws-format',
    category: 'error',
    summary: 'An AWS principal is nothing that can be one',
    since: '0.1.0',
    appliesTo: ['resource', 'endpoint', 'trust'],
    fixable: 'suggestion',
    sources: ['iam-principal', 'iam-identifiers'],
    messages: {
      empty: 'An AWS principal is empty, which names nobody.',
      kind: '{text} is {what}, which cannot be a principal.',
      type: '{text} is no AWS principal: it goes under {type}.',
      format:
        '{text} names nobody: an AWS principal is "*", an account id, or the ARN of an account, role, user or session.',
    },
  },
  create: (context) => ({
    principal: ({ type, node, text }) => {
      // A wildcard within is the concern of principal-wildcard.
      if (type?.value !== 'AWS' || /[*?]/.test(text) || isTemplateText(text) || mayBePrincipal(text)) {
        return;
      }
      const what = kindOf(text);
      const other = typeOf(text);
      context.report({
        message:
          text === '' ? 'empty' : other !== undefined ? 'type' : what !== undefined ? 'kind' : 'format',
        at: node,
        data: { text: quote(text), what: what ?? '', type: other ?? '' },
        fixes: removeEntryFix(node),
      });
    },
  }),
});

/** What IAM or Amazon S3 may take for a principal. Of ARNs only those are judged that are whole. */
function mayBePrincipal(text: string): boolean {
  const { prefix, service, resource } = splitArn(text);
  if (prefix.text !== 'arn') {
    return OTHERS.test(text);
  }
  return (
    resource === undefined ||
    (/^(iam|sts)$/.test(service?.text ?? '') &&
      /^(root$|(role|user|assumed-role|federated-user)\/)/.test(resource.text))
  );
}

/**
 * An account, which Amazon SQS and others took with dashes; the id of a user or role, of which other rules speak; a
 * canonical user id, and an e-mail address, which Amazon S3 knows elsewhere.
 */
const OTHERS = /^(\d{12}|\d{4}-\d{4}-\d{4}|(AIDA|AROA)[A-Z0-9]+|[0-9a-f]{64}|.+@.+)$/;

/** The type that a principal is of instead, by its form. */
function typeOf(text: string): string | undefined {
  return identityProviderOf(text) !== undefined
    ? 'Federated'
    : isServicePrincipal(text)
      ? 'Service'
      : undefined;
}

/** What an id or an ARN is of instead, where that is known; the prefixes are those of the unique ids of IAM. */
function kindOf(text: string): string | undefined {
  const { service, resource } = splitArn(text);
  return service === undefined
    ? IDS.get(/^(A[A-Z]{3})[A-Z0-9]{12,}$/.exec(text)?.[1] ?? '')
    : service.text === 'iam'
      ? ARNS.get(resource?.text.split('/', 1)[0] ?? '')
      : undefined;
}

const IDS: ReadonlyMap<string, string> = new Map([
  ['AGPA', 'the id of a user group'],
  ['AIPA', 'the id of an instance profile'],
  ['AKIA', 'an access key'],
  ['ANPA', 'the id of a managed policy'],
  ['ASIA', 'a temporary access key'],
]);

const ARNS: ReadonlyMap<string, string> = new Map([
  ['group', 'a user group'],
  ['instance-profile', 'an instance profile'],
  ['policy', 'a policy'],
]);
