import assert from 'node:assert/strict';
import type { HoverWorkspace, InlayHintKind, LanguageService } from '../../server/src/core/index';
import { joinKnowledge, readKnowledge } from '../../server/src/core/knowledge/read';
import { languageService, openJson } from '../support/policies';
import { assertHarmless, HOSTILE } from '../support/rendered';

/** Documents in which a text stands in each place that something is said about. */
function documentsWith(text: string): readonly string[] {
  const inside = JSON.stringify(text).slice(1, -1);
  const put = (document: string): string => document.replaceAll('@@', () => inside);
  const policy = (members: string, rest = ''): string =>
    `{"Version": "2012-10-17", ${rest} "Statement": [{${members}}]}`;
  return [
    policy(
      '"Sid": "@@", "Effect": "@@", "Action": "@@", "Resource": "@@", "@@": "@@"',
      '"Id": "@@", "@@": 1,',
    ),
    `{"Version": "@@", "Statement": {"Effect": "Allow", "Action": "s3:@@", "NotResource": "arn:aws:s3:::@@"}}`,
    policy(
      '"Effect": "Allow", "Action": ["@@:Get", "s3:Get@@", "s3:*@@", "*@@", "execute-api:@@"], "Resource": ["arn:@@:s3:::b", "arn:aws:@@:::b", "arn:aws:sqs:@@:1:b", "arn:aws:sqs::@@:b", "arn:aws:sqs:us-east-1:123456789012:@@", "@@:aws:s3:::x", "*@@", "arn:@@"]',
    ),
    policy(
      `"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": [${[
        'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/@@',
        'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/@@/*',
        'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/@@*',
        'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/@@/pets',
        'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/@@*/pets',
        'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/@@',
        'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/@@/GET/pets',
        'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/@@*/GET/pets',
        'arn:aws:execute-api:us-east-1:123456789012:@@/prod/GET/pets',
        'arn:aws:execute-api:us-east-1:123456789012:@@*/prod/GET/pets',
        'arn:aws:execute-api:us-east-1:@@:a1b2c3d4e5/prod/GET/pets',
        'arn:aws:execute-api:@@:123456789012:a1b2c3d4e5/prod/GET/pets',
        'arn:aws:execute-api:us-@@:123456789012:a1b2c3d4e5/prod/GET/pets',
        'arn:@@:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/pets',
        '@@:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/pets',
        'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/*/POST/@connections/@@',
        'arn:aws:execute-api:us-east-1:123456789012:/domainnames/@@',
        'arn:aws:execute-api:us-east-1:123456789012:@@',
        'execute-api:/@@/GET/x',
        'https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/@@/x',
      ]
        .map((arn) => `"${arn}"`)
        .join(', ')}]`,
    ),
    ...['prod/GET/@@', 'prod/@@/x', '@@/GET/x'].map((tail) =>
      policy(
        `"Effect": "Allow", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/${tail}"`,
      ),
    ),
    ...['Allow', 'Deny'].flatMap((effect) => [
      policy(
        `"Effect": "${effect}", "Principal": {"AWS": ["@@", "arn:aws:iam::123456789012:role/@@", "arn:aws:iam::@@:user/x", "arn:@@"], "Service": ["@@", "@@.amazonaws.com"], "Federated": ["@@", "arn:aws:iam::123456789012:oidc-provider/@@"], "CanonicalUser": "@@", "@@": "@@"}, "Action": ["sts:AssumeRole", "@@"]`,
      ),
      policy(`"Effect": "${effect}", "NotPrincipal": "@@", "NotAction": "@@", "NotResource": "@@"`),
      policy(
        `"Effect": "${effect}", "Action": "s3:GetObject", "Resource": ["arn:aws:s3:::b/\${@@}", "arn:aws:s3:::b/\${aws:@@}", "arn:aws:s3:::b/\${aws:username, '@@'}"], "Condition": {"StringLike": {"@@": "@@", "aws:PrincipalTag/@@": ["@@", "\${aws:PrincipalTag/@@}"], "s3:ExistingObjectTag/@@": "x", "@@:sub": "x", "www.evil.com:aud": "x", "aws:SourceArn": "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/@@/GET/@@", "aws:RequestedRegion": "@@"}, "@@": {"aws:x": "1"}, "Null": {"@@": "true"}, "ForAnyValue:StringEquals@@": {"aws:TagKeys": "@@"}, "ForAllValues:StringEquals": {"@@": ["@@", "b", "c", "d"]}}`,
      ),
    ]),
    `{"Resources": {"@@": {"Type": "@@", "Properties": {"PolicyDocument": ${policy('"Effect": "Allow", "Action": "*", "Resource": "*"')}, "AssumeRolePolicyDocument": ${policy('"Effect": "Allow"')}, "KeyPolicy": ${policy('"Effect": "Allow", "Principal": "*"')}}}}}`,
    policy('"Effect": "Allow", "Principal": "*", "Action": "@@:x"'),
  ].map(put);
}

/** Files of a workspace with hostile names and routes. */
function workspaceWith(text: string): HoverWorkspace {
  const name = encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, '')).replaceAll(/%2F/g, '/');
  const definitions = [
    [
      `file:///workspace/${name}.json`,
      { openapi: '3.0.0', paths: { [`/${text}`]: { get: {} }, '/pets': { get: {} } } },
    ],
    [`file:///workspace/(x).json`, { openapi: '3.0.0', paths: { '/x': { [text]: {}, get: {} } } }],
    [
      'file:///workspace/template.json',
      {
        Resources: {
          [text]: {
            Type: 'AWS::Serverless::Function',
            Properties: {
              Events: { [text]: { Type: 'Api', Properties: { Path: `/${text}`, Method: 'get' } } },
            },
          },
        },
      },
    ],
  ] as const;
  return {
    knowledge: joinKnowledge(
      definitions.map(([uri, value]) => [uri, readKnowledge(uri, JSON.stringify(value))] as const),
    ),
    linkTo: (uri, span) => (span === undefined ? uri : `${uri}#L1`),
  };
}

const HINTS: ReadonlySet<InlayHintKind> = new Set(['actions', 'region']);

const STEP = 7;

/** Everything that the language service says in Markdown about a document. */
function* markdownOf(service: LanguageService, text: string, workspace: HoverWorkspace): Generator<string> {
  const document = openJson(service, text);
  // Every word of a document is pointed at, in one document or another at each of its letters.
  for (let offset = text.length % STEP; offset <= text.length; offset += STEP) {
    yield service.hover(document, offset, workspace)?.contents ?? '';
  }
  for (const { index } of text.matchAll(/"[^"]*(?=@connections|\[x\]|<|evil|`)/g)) {
    const explanation = service.explainArnAt(document, index + 1);
    yield explanation === undefined ? '' : service.arnReport(explanation);
  }
  for (const hint of service.inlayHints(document, { start: 0, end: text.length }, HINTS)) {
    yield service.actionPatternText(hint.text) ?? '';
  }
}

function* completionMarkdownOf(
  service: LanguageService,
  text: string,
  workspace: HoverWorkspace,
): Generator<string> {
  const document = openJson(service, text);
  for (const { index } of text.matchAll(/["/:]/g)) {
    const { knowledge } = workspace;
    for (const offset of [index, index + 1]) {
      const { items } = service.completions(document, offset, { snippets: 'supported', knowledge });
      for (const key of new Set(items.map((item) => item.documentation))) {
        yield key === undefined ? '' : (service.completionDocumentation(key) ?? '');
      }
    }
  }
}

describe('hostile texts in what is rendered as Markdown', function () {
  this.timeout(300_000);

  it('are neither pictures, nor links, nor HTML in hovers, hints and reports', () => {
    const service = languageService();
    let told = 0;
    for (const text of HOSTILE) {
      const workspace = workspaceWith(text);
      for (const document of documentsWith(text)) {
        for (const markdown of new Set(markdownOf(service, document, workspace))) {
          assertHarmless(markdown, document);
          told += 1;
        }
      }
    }
    assert.ok(told > 5_000, `only ${told} texts`);
  });

  it('are neither in what is told of a completion', () => {
    const service = languageService();
    const seen = new Set<string>();
    for (const text of HOSTILE.filter((_, index) => index % 10 === 0)) {
      const workspace = workspaceWith(text);
      for (const document of documentsWith(text)) {
        for (const markdown of completionMarkdownOf(service, document, workspace)) {
          if (!seen.has(markdown)) {
            seen.add(markdown);
            assertHarmless(markdown, document);
          }
        }
      }
    }
    assert.ok(seen.size > 100, `only ${seen.size} texts`);
  });

  it('are neither in the report of an ARN that somebody pastes', () => {
    const service = languageService();
    for (const text of HOSTILE) {
      for (const arn of [text, `arn:aws:s3:::${text}`, `arn:aws:execute-api:eu-west-1:1:${text}`]) {
        assertHarmless(service.arnReport(service.explainArn(arn)), arn);
      }
    }
  });

  it('are neither in documentation whose key somebody makes up', () => {
    const service = languageService();
    for (const text of HOSTILE) {
      for (const kind of [
        'action',
        'effect',
        'element',
        'key',
        'level s3',
        'operator',
        'service',
        'version',
      ]) {
        assertHarmless(service.completionDocumentation(`${kind} ${text}`) ?? '', kind);
      }
    }
  });
});
