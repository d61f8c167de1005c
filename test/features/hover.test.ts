import assert from 'node:assert/strict';
import { cursorAt } from '../support/fixtures';
import { checkHover, type HoverCase, hoverAt } from '../support/hovers';
import {
  bareLanguageService,
  languageService,
  openJson,
  policyWith,
  policyWithResource,
} from '../support/policies';

const API = 'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5';

const onArns: readonly HoverCase[] = [
  {
    title: 'the partition',
    fixture: 'arn:a$0ws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/pets',
    on: 'aws',
    says: [/\*\*Partition\*\* `aws`/, /commercial/, /`aws-cn`/],
  },
  {
    title: 'the Region by its name',
    fixture: 'arn:aws:execute-api:eu-$0west-1:123456789012:a1b2c3d4e5/prod/GET/pets',
    on: 'eu-west-1',
    says: [/Europe \(Ireland\)/],
  },
  {
    title: 'a Region newer than the list',
    fixture: 'arn:aws:execute-api:eu-$0west-9:123456789012:a1b2c3d4e5/prod/GET/pets',
    says: [/newer/],
    saysNot: [/Problem/],
  },
  {
    title: 'a wildcard in the Region with the Regions it covers',
    fixture: 'arn:aws:execute-api:us-w$0*:123456789012:a1b2c3d4e5/prod/GET/pets',
    on: 'us-w*',
    says: [/`us-west-1`/, /`us-west-2`/],
    saysNot: [/fits:[^.]*us-east/, /Problem/],
  },
  {
    title: 'the account as the owner of the API',
    fixture: 'arn:aws:execute-api:us-east-1:1234$056789012:a1b2c3d4e5/prod/GET/pets',
    on: '123456789012',
    says: [/owns the API/, /not be the account of the caller/],
  },
  {
    title: 'an empty account, at the colon that ends it',
    fixture: 'arn:aws:execute-api:us-east-1:$0:a1b2c3d4e5/prod/GET/pets',
    says: [/\*\*Account\*\* \(empty\)/, /Problem/],
  },
  {
    title: 'the API ID with its endpoint',
    fixture: 'arn:aws-cn:execute-api:cn-north-1:123456789012:a1b2$0c3d4e5/prod/GET/pets',
    on: 'a1b2c3d4e5',
    says: [/https:\/\/a1b2c3d4e5\.execute-api\.cn-north-1\.amazonaws\.com\.cn`/],
  },
  {
    title: 'the stage',
    fixture: `${API}/pr$0od/GET/pets`,
    on: 'prod',
    says: [/\*\*Stage\*\* `prod`/, /URL/],
    saysNot: [/HTTP method/],
  },
  {
    title: 'the stage of an HTTP API',
    fixture: `${API}/$def$0ault/GET/pets`,
    on: '$default',
    says: [/HTTP API/, /without a stage in the URL/],
  },
  {
    title: 'a stage that only the console has',
    fixture: `${API}/test-inv$0oke-stage/GET/pets`,
    says: [/console/, /no caller over HTTP/],
  },
  {
    title: 'the method',
    fixture: `${API}/prod/G$0ET/pets`,
    on: 'GET',
    says: [/\*\*Method\*\* `GET`/, /caches/],
    saysNot: [/\*\*Stage\*\*/],
  },
  {
    title: 'a method by wildcard, with the methods it covers',
    fixture: `${API}/prod/P$0*/pets`,
    says: [/PATCH, POST, PUT/],
    saysNot: [/DELETE\./],
  },
  {
    title: 'a path to exactly one resource',
    fixture: `${API}/prod/GET/pe$0ts`,
    on: 'pets',
    says: [/exactly `\/pets`/, /nothing below/],
  },
  {
    title: 'a path to everything below, in one sentence',
    fixture: `${API}/prod/GET/pets/$0*`,
    on: 'pets/*',
    says: [/below `\/pets`/, /GET on everything below `\/pets`.*stage `prod`.*not `\/pets` itself/],
  },
  {
    title: 'a wildcard that crosses slashes',
    fixture: `${API}/$0*`,
    says: [/crosses `\/` and `:`/, /the stage, the method, the path/, /a WebSocket route/],
  },
  {
    title: 'the empty path as the root',
    fixture: `${API}/prod/GET/$0`,
    says: [/root/],
  },
  {
    title: 'a WebSocket route',
    fixture: `${API}/prod/$con$0nect`,
    on: '$connect',
    says: [/\*\*Route\*\*/, /connects/],
  },
  {
    title: 'the management of connections behind a wildcard',
    fixture: 'arn:aws:execute-api:*:*:*/@conn$0ections/*',
    on: '@connections',
    says: [/\*\*Connections\*\*/, /ManageConnections/],
    saysNot: [/Problem/],
  },
  {
    title: 'a connection ID behind it',
    fixture: 'arn:aws:execute-api:*:*:*/@connections/$0*',
    says: [/\*\*Connection id\*\*/],
  },
  {
    title: 'a private custom domain name',
    fixture: 'arn:aws:execute-api:us-east-1:123456789012:/domain$0names/api.example.com+abc123',
    on: '/domainnames/api.example.com+abc123',
    says: [/private custom domain/],
    saysNot: [/Problem/],
  },
  {
    title: 'an authorizer',
    fixture: `${API}/authorizers/x$0yz`,
    says: [/Authorizer id/],
  },
  {
    title: 'a lower-case method as a problem',
    fixture: `${API}/prod/g$0et/pets`,
    on: 'get',
    says: [/\*\*Problem:\*\* "get" matches no request/, /The whole ARN:\* Matches no request\.$/],
    saysNot: [/upper case[\s\S]*upper case/],
  },
  {
    title: 'a path parameter as a problem of the path and not of the method',
    fixture: `${API}/prod/G$0ET/pets/{id}`,
    says: [/\*\*Method\*\*/],
    saysNot: [/Problem/],
  },
  {
    title: 'a short form where it is not expanded',
    fixture: 'execute-$0api:/prod/GET/pets',
    says: [/Shorthand/, /Problem/],
  },
  {
    title: 'an escaped slash, whose span is the source',
    fixture: String.raw`${API}\u002fprod\/G$0ET\u002Fpets`,
    on: 'GET',
    says: [/\*\*Method\*\* `GET`/],
  },
  {
    title: 'an escape inside the segment',
    fixture: String.raw`${API}/prod/GET/p\u0065t$0s`,
    on: String.raw`p\u0065ts`,
    says: [/\*\*Path\*\* `pets`/],
  },
  {
    title: 'a path outside ASCII',
    fixture: `${API}/prod/GET/🐕/fü$0r`,
    on: '🐕/für',
    says: [/\*\*Path\*\*/],
  },
  {
    title: 'a colon in the path',
    fixture: `${API}/prod/GET/pets:b$0atch`,
    on: 'pets:batch',
    says: [/exactly `\/pets:batch`/],
  },
  {
    title: 'the bucket of another service',
    fixture: 'arn:aws:s3:::my-b$0ucket',
    on: 'my-bucket',
    says: [/bucket/, /Amazon S3/],
  },
  {
    title: 'an object, and the Region that its ARN lacks',
    fixture: 'arn:aws:s3:$0::my-bucket/a/b',
    says: [/\*\*Region\*\* \(empty\)/, /object has no Region/],
  },
  {
    title: 'what AWS itself owns',
    fixture: 'arn:aws:iam::a$0ws:policy/AdministratorAccess',
    says: [/AWS itself/],
  },
  {
    title: 'text that is no ARN',
    fixture: 'buck$0et',
    says: [/no ARN/],
  },
  {
    title: 'back quotes and pipes as they are written',
    fixture: 'arn:aws:s3:::b`uck$0et|x',
    says: [/`` b`ucket\|x ``/],
  },
];

const onActions: readonly HoverCase[] = [
  {
    title: 'an action',
    fixture: policyWith('"Action": "s3:Get$0Object", "Resource": "*"'),
    on: 's3:GetObject',
    says: [
      /\*\*s3:GetObject\*\*/,
      /access level Read/,
      /Grants permission/,
      /arn:\$\{Partition\}:s3:::/,
      /https:\/\/docs\.aws/,
    ],
  },
  {
    title: 'an action in other case',
    fixture: policyWith('"Action": "S3:get$0object", "Resource": "*"'),
    says: [/\*\*s3:GetObject\*\*/],
  },
  {
    title: 'an action that names no resource',
    fixture: policyWith('"Action": "s3:ListAllMy$0Buckets", "Resource": "*"'),
    says: [/only be granted on `\*`/],
  },
  {
    title: 'an action that needs others',
    fixture: policyWith('"Action": "lambda:Create$0Function", "Resource": "*"'),
    says: [/May need as well: `iam:PassRole`/],
  },
  {
    title: 'an action of two access levels',
    fixture: policyWith('"Action": "s3:PutObject$0Tagging", "Resource": "*"'),
    says: [/access level Tagging and Write|access level Write and Tagging/],
  },
  {
    title: 'what is needed to invalidate',
    fixture: policyWith('"Action": ["execute-api:Invalidate$0Cache"], "Resource": "*"'),
    says: [/max-age=0/, /`execute-api:Invoke` is needed/, /Only REST APIs/],
  },
  {
    title: 'the service prefix',
    fixture: policyWith('"Action": "lam$0bda:InvokeFunction", "Resource": "*"'),
    on: 'lambda',
    says: [/AWS Lambda, \d+ actions/],
  },
  {
    title: 'a wildcard by access level',
    fixture: policyWith('"Action": "execute-api:$0*", "Resource": "*"'),
    says: [/covers 3 actions of/, /\*\*Write\*\* \(3\): `InvalidateCache`, `Invoke`, `ManageConnections`/],
  },
  {
    title: 'a wildcard that covers many, listing twenty',
    fixture: policyWith('"Action": "s3:$0*", "Resource": "*"'),
    says: [/covers \d+ actions of Amazon S3/, /Permissions management/, /and \d+ more/],
  },
  {
    title: 'everything',
    fixture: policyWith('"Action": "$0*", "Resource": "*"'),
    says: [/every action of every service/, /\d services/],
  },
  {
    title: 'a wildcard in NotAction',
    fixture: policyWith('"NotAction": "iam:$0*", "Resource": "*"'),
    says: [/every action but these/],
  },
  {
    title: 'an action that nobody knows',
    fixture: policyWith('"Action": "s3:GetObj$0ekt", "Resource": "*"'),
    says: [/not an action known/],
  },
];

const onElements: readonly HoverCase[] = [
  {
    title: 'the version’s key, with what it changes, the type and why',
    fixture: '{ "Ver$0sion": "2012-10-17", "Statement": [] }',
    on: 'Version',
    says: [/variables such as/, /identity policy/, /no statement names a Principal/],
  },
  {
    title: 'what the version changes',
    fixture: '{ "Version": "2008-1$00-17", "Statement": [] }',
    says: [/plain text/],
  },
  {
    title: 'the statements, with the type of the policy',
    fixture:
      '{ "State$0ment": { "Effect": "Allow", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "execute-api:/*" } }',
    says: [/resource policy/, /AWS::ApiGateway::RestApi/],
  },
  { title: 'the effect', fixture: policyWith('', '"Effect": "De$0ny"'), says: [/refused/] },
  {
    title: 'the effect’s key, with the statement in one sentence',
    fixture: policyWith('"Action": "s3:GetObject", "Resource": "*"', '"Eff$0ect": "Allow"'),
    on: 'Effect',
    says: [/^Allows `s3:GetObject` on every resource\./],
  },
  {
    title: 'a condition operator',
    fixture: policyWith('"Condition": { "ForAllValues:String$0Like": { "aws:TagKeys": "x" } }'),
    says: [/wildcards/, /`ForAllValues`: every value/, /lacks the key, this holds/],
  },
  {
    title: 'a condition key',
    fixture: policyWith('"Condition": { "StringEquals": { "s3:pre$0fix": "x" } }'),
    on: 's3:prefix',
    says: [/String/, /Filters access/],
  },
  {
    title: 'the source of a Lambda permission, where parameters are right',
    fixture: policyWith(`"Condition": { "ArnLike": { "AWS:SourceArn": "${API}/*/GET/pets/{i$0d}" } }`),
    says: [/as the resource is defined/],
    saysNot: [/Problem/],
  },
];

describe('hover', () => {
  describe('on an ARN explains', () => {
    for (const { fixture, ...rest } of onArns) {
      checkHover({ ...rest, fixture: policyWithResource(fixture) }, languageService);
    }
  });
  describe('on an action explains', () => {
    for (const each of onActions) {
      checkHover(each, languageService);
    }
  });
  describe('on an element explains', () => {
    for (const each of onElements) {
      checkHover(each, languageService);
    }
  });
  describe('without the service reference still explains', () => {
    checkHover(
      {
        title: 'an execute-api action',
        fixture: policyWith('"Action": "execute-api:Invalidate$0Cache", "Resource": "*"'),
        says: [/max-age=0/],
      },
      bareLanguageService,
    );
    checkHover(
      {
        title: 'an ARN of any service',
        fixture: policyWithResource('arn:aws:s3:::buck$0et'),
        says: [/\*\*Resource\*\*/],
      },
      bareLanguageService,
    );
  });

  it('of the method and of the stage differ', () => {
    const at = (fixture: string): string => hoverAt(languageService(), policyWithResource(fixture)) ?? '';
    assert.notEqual(at(`${API}/prod/G$0ET/pets`), at(`${API}/pr$0od/GET/pets`));
  });

  it('finds a policy inside a string, with spans of the document', () => {
    const inner = JSON.stringify(policyWithResource(`${API}/prod/GET/pets`).replaceAll('\n', ' '));
    const fixture = `{ "policy": ${inner} }`.replace('GET', 'G$0ET');
    const { text, offset } = cursorAt(fixture);
    const hover = languageService().hover(openJson(languageService(), text), offset);
    assert.equal(hover && text.slice(hover.span.start, hover.span.end), 'GET');
  });

  it('has nothing to say where no policy is, about its punctuation, or in unfinished text', () => {
    const silent = ['{ "a": "s3:Get$0Object" }', '$0', policyWith('"Action":$0 "s3:GetObject"')];
    for (const fixture of silent) {
      assert.equal(hoverAt(languageService(), fixture), undefined, fixture);
    }
  });

  it('takes any prefix of a policy at any offset', () => {
    const whole = policyWithResource(`${API}/prod/get/{id}`);
    for (let length = 0; length <= whole.length; length += 3) {
      const document = openJson(languageService(), whole.slice(0, length));
      for (let offset = 0; offset <= length; offset += 7) {
        languageService().hover(document, offset);
      }
    }
  });
});
