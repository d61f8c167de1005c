import { checkHover, type HoverCase } from '../support/hovers';
import { languageService, policyWith, policyWithResource } from '../support/policies';

function value(operator: string, text: string): string {
  return policyWith(
    `"Action": "s3:ListBucket", "Resource": "*", "Condition": { "${operator}": { "s3:prefix": "${text}" } }`,
  );
}

const cases: readonly HoverCase[] = [
  {
    title: 'in a resource',
    fixture: policyWithResource('arn:aws:s3:::homes/${aws:user$0name}/*'),
    on: '${aws:username}',
    says: [
      /^\*\*Variable\*\* `\$\{aws:username\}`\n\nFilled in/,
      /name of the user/,
      /this resource matches nothing/,
    ],
  },
  {
    title: 'with a default',
    fixture: policyWithResource("arn:aws:s3:::homes/${aws:PrincipalTag/te$0am, 'nobody'}/*"),
    says: [/lacks the key, `nobody` is filled in/],
    saysNot: [/matches nothing/],
  },
  {
    title: 'that is an escape',
    fixture: value('StringLike', 'a${$0*}b'),
    on: '${*}',
    says: [/The character `\*` itself/],
  },
  {
    title: 'in a condition',
    fixture: value('StringEquals', '${aws:us$0erid}'),
    says: [/comparison does not hold/],
  },
  {
    title: 'under a negated operator',
    fixture: value('StringNotEquals', '${aws:us$0erid}'),
    says: [/holds, since the operator is negated/],
  },
  {
    title: 'under an operator that takes none',
    fixture: value('NumericEquals', '${aws:us$0erid}'),
    says: [/Not filled in here/],
  },
  {
    title: 'before the fifth colon',
    fixture: policyWithResource('arn:aws:s3:::${aws:username}').replace(':::', ':${aws:RequestedReg$0ion}::'),
    says: [/after the fifth colon/],
  },
  {
    title: 'of several values',
    fixture: value('StringEquals', '${aws:Tag$0Keys}'),
    says: [/cannot be a variable/],
  },
  {
    title: 'in the older version of the language',
    fixture: policyWithResource('arn:aws:s3:::homes/${aws:user$0name}/*').replace('2012-10-17', '2008-10-17'),
    says: [/Plain text here/, /`2012-10-17`/],
    saysNot: [/Filled in/],
  },
  {
    title: 'which a template fills in, as part of the ARN',
    fixture: policyWithResource('arn:aws:s3:::${Buck$0et}/x'),
    says: [/\*\*Resource\*\*/],
  },
];

describe('hover on a variable explains it', () => {
  for (const each of cases) {
    checkHover(each, languageService);
  }
});
