import { checkHover, type HoverCase } from '../support/hovers';
import { languageService } from '../support/policies';

function resourcePolicy(principal: string, element = 'Principal', effect = 'Allow'): string {
  return `{
  "Version": "2012-10-17",
  "Statement": {
    "Effect": "${effect}",
    "${element}": ${principal},
    "Action": "s3:GetObject",
    "Resource": "arn:aws:s3:::amzn-s3-demo-bucket/*"
  }
}`;
}

function trustPolicy(principal: string): string {
  return `{ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Principal": ${principal}, "Action": "sts:AssumeRole" } }`;
}

const cases: readonly HoverCase[] = [
  {
    title: 'everybody, in a resource policy',
    fixture: resourcePolicy('"$0*"'),
    on: '*',
    says: [/^\*\*Principal\*\* `\*`\n\nEverybody, in any account and without one/, /public/],
  },
  {
    title: 'everybody, in a trust policy',
    fixture: trustPolicy('{ "AWS": "$0*" }'),
    says: [/Every principal of every account/],
    saysNot: [/public/],
  },
  {
    title: 'what the name of a kind of principals is for',
    fixture: trustPolicy('{ "Feder$0ated": "accounts.google.com" }'),
    on: 'Federated',
    says: [/an identity provider/],
  },
  {
    title: 'an account by its ID',
    fixture: resourcePolicy('{ "AWS": "1111$022223333" }'),
    on: '111122223333',
    says: [/whole account, and not only its root user/],
  },
  {
    title: 'an account by its root',
    fixture: resourcePolicy('{ "AWS": ["arn:aws:iam::111122223333:ro$0ot"] }'),
    says: [/whole account, and not only its root user/],
  },
  {
    title: 'a role',
    fixture: resourcePolicy('{ "AWS": "arn:aws:iam::111122223333:role/pa$0th/deploy" }'),
    says: [/all of its sessions/],
  },
  {
    title: 'a user',
    fixture: resourcePolicy('{ "AWS": "arn:aws:iam::111122223333:us$0er/jo" }'),
    says: [/The user\. If it is deleted/],
  },
  {
    title: 'a session of a role',
    fixture: resourcePolicy('{ "AWS": "arn:aws:sts::111122223333:assumed-role/dep$0loy/ci" }'),
    says: [/One session of the role/, /cannot be a wildcard/],
  },
  {
    title: 'a service and its Region',
    fixture: trustPolicy('{ "Service": "s3.ap-east$0-1.amazonaws.com" }'),
    says: [/calls as itself in `ap-east-1`, Asia Pacific \(Hong Kong\)/, /`aws:SourceAccount`/],
  },
  {
    title: 'an OpenID Connect provider',
    fixture: trustPolicy(
      '{ "Federated": "arn:aws:iam::111122223333:oidc-provider/token.act$0ions.githubusercontent.com" }',
    ),
    says: [/whom the OpenID Connect provider signs in/, /`sub`/],
  },
  {
    title: 'a SAML provider',
    fixture: trustPolicy('{ "Federated": "arn:aws:iam::111122223333:saml-provider/co$0rp" }'),
    says: [/SAML provider/],
  },
  {
    title: 'a provider that needs no ARN',
    fixture: trustPolicy('{ "Federated": "accounts.goo$0gle.com" }'),
    says: [/`accounts\.google\.com:aud`/],
  },
  {
    title: 'Amazon Cognito in China, whose keys are named after another host',
    fixture: trustPolicy('{ "Federated": "cognito-ide$0ntity.cn-north-1.amazonaws.com.cn" }'),
    says: [/`cognito-identity\.amazonaws\.com\.cn:aud`/],
  },
  {
    title: 'a canonical user',
    fixture: resourcePolicy(`{ "CanonicalUser": "79a5$0${'9d'.repeat(30)}" }`),
    says: [/canonical user ID/],
  },
  {
    title: 'the ID of a deleted role',
    fixture: resourcePolicy('{ "AWS": "AROA$0A1B2C3D4E5F6G7H8I" }'),
    says: [/ID of a role/, /was deleted/],
  },
  {
    title: 'those whom a statement leaves out',
    fixture: resourcePolicy('{ "AWS": "1111$022223333" }', 'NotPrincipal', 'Deny'),
    says: [/everybody but these/],
  },
  {
    title: 'an ARN that is no principal, by its fields',
    fixture: resourcePolicy('{ "AWS": "arn:aws:iam::111122223333:gro$0up/x" }'),
    says: [/\*\*Resource\*\*/],
  },
];

describe('hover on a principal explains', () => {
  for (const each of cases) {
    checkHover(each, languageService);
  }
});
