import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type SemanticToken, semanticTokenTypes } from '../../server/src/core/index';
import { drawSpans, withLineEndings } from '../support/fixtures';
import { languageService, openJson, policyWith, policyWithResource } from '../support/policies';

const HEAD = 'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5';

/** Each case is its own picture: lines that begin with `^` or blanks and `^` are what must come back. */
const pictures: readonly (readonly [title: string, picture: string])[] = [
  [
    'actions',
    `
{ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": [
"s3:GetObject", "s3:Get*Tag?", "*", "no colon"
 ^^ iamService
    ^^^^^^^^^ iamAction
                 ^^ iamService
                    ^^^ iamAction
                       ^ iamWildcard
                        ^^^ iamAction
                           ^ iamWildcard
                                ^ iamWildcard
] } }`,
  ],
  [
    'each segment of an execute-api ARN',
    `
{ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Resource": [
"arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/pets/*"
 ^^^ arnPrefix
     ^^^ arnPartition
         ^^^^^^^^^^^ arnService
                     ^^^^^^^^^ arnRegion
                               ^^^^^^^^^^^^ arnAccount
                                            ^^^^^^^^^^ arnApiId
                                                       ^^^^ arnStage
                                                            ^^^ arnMethod
                                                                ^^^^^ arnPath
                                                                     ^ iamWildcard
] } }`,
  ],
  [
    'what is malformed, and nothing else as such',
    `
{ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Resource": [
"arn:aws:execute-api:*:*:a1b2c3d4e5/prod/get/pets/{id}/x"
 ^^^ arnPrefix
     ^^^ arnPartition
         ^^^^^^^^^^^ arnService
                     ^ iamWildcard
                       ^ iamWildcard
                         ^^^^^^^^^^ arnApiId
                                    ^^^^ arnStage
                                         ^^^ arnMalformed
                                             ^^^^^ arnPath
                                                  ^^^^ arnMalformed
                                                      ^^ arnPath
] } }`,
  ],
  [
    'escapes at their full width',
    `
{ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Resource": [
"arn:aws:s3:::b\\u002f\\/\\u002a\${aws:userid}🐕"
 ^^^ arnPrefix
     ^^^ arnPartition
         ^^ arnService
              ^^^^^^^^^ arnResource
                       ^^^^^^ iamWildcard
                             ^^^^^^^^^^^^^ iamVariable
                                          ^^ arnResource
] } }`,
  ],
  [
    'no variables in the older language',
    `
{ "Version": "2008-10-17", "Statement": { "Effect": "Allow", "Resource": [
"arn:aws:s3:::b\${aws:userid}"
 ^^^ arnPrefix
     ^^^ arnPartition
         ^^ arnService
              ^^^^^^^^^^^^^^ arnResource
] } }`,
  ],
  [
    'conditions: patterns where the operator has them, and no malformed source',
    `
{ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Condition": {
"StringEquals": { "a:b": "x*\${aws:userid}" },
                            ^^^^^^^^^^^^^ iamVariable
"StringLike": { "a:b": "x*y" },
                         ^ iamWildcard
"NumericEquals": { "a:b": "\${aws:userid}*" },
"ArnLike": { "aws:SourceArn": "arn:aws:execute-api:*:*:a1b2c3d4e5/*/GET/{id}" }
                               ^^^ arnPrefix
                                   ^^^ arnPartition
                                       ^^^^^^^^^^^ arnService
                                                   ^ iamWildcard
                                                     ^ iamWildcard
                                                       ^^^^^^^^^^ arnApiId
                                                                  ^ iamWildcard
                                                                    ^^^ arnMethod
                                                                        ^^^^ arnPath
} } }`,
  ],
];

describe('semantic tokens', () => {
  for (const [title, picture] of pictures) {
    it(`draw ${title}`, () => {
      const lines = picture.trimStart().split('\n');
      const text = lines.filter((line) => !/^\s*\^/.test(line)).join('\n');
      for (const each of withLineEndings(text)) {
        const drawn = drawSpans(
          each.text,
          tokensOf(each.text).map(({ span, type }) => ({ span, label: type })),
        );
        assert.equal(drawn, lines.join('\n'), each.name);
      }
    });
  }

  it('flag exactly the slices that the rules flag', () => {
    const resources = [
      'prod/ANY/x',
      'GET/x',
      'prod/GET//x',
      'prod/GET',
      'prod/GET/x?a=1',
      '*/GET/{a}/{b}',
      'prod/GET/x',
    ];
    for (const resource of resources) {
      const text = policyWithResource(`${HEAD}/${resource}`);
      const document = openJson(languageService(), text);
      const { findings } = languageService().lint(document, {
        rules: [
          { rule: '*', severity: 'off' },
          { rule: 'execute-api-*', severity: 'default' },
        ],
      });
      const flagged = findings.map(({ span }) => text.slice(span.start, span.end));
      const drawn = tokensOf(text).filter(({ type }) => type === 'arnMalformed');
      assert.deepEqual(
        drawn.map(({ span }) => text.slice(span.start, span.end)),
        flagged,
        resource,
      );
    }
  });

  it('are of declared types, in order, apart, not empty and within a line, whatever the text', () => {
    const piece = fc.constantFrom(
      ...[
        'arn:aws:',
        'execute-api:',
        '*',
        '?',
        '${aws:x}',
        '${',
        '}',
        '{id}',
        '/',
        ':',
        'GET',
        'get',
        'prod',
      ],
      ...[
        '@connections',
        '\\u002f',
        '\\n',
        '\\"',
        '\\q',
        '\\u00',
        '🐕',
        ' ',
        'us-east-1',
        '123456789012',
        '$default',
      ],
    );
    const string = fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(string, string, string, (action, resource, value) => {
        const text = policyWith(
          `"Action": ["${action}"], "Resource": "arn:aws:execute-api:*:*:${resource}", "Principal": { "AWS": "${value}" },\n"Condition": { "ArnLike": { "k": ["${value}"] } }`,
        );
        let end = 0;
        for (const { span, type } of tokensOf(text)) {
          assert.ok(semanticTokenTypes.includes(type));
          assert.ok(span.start >= end && span.end > span.start, 'tokens overlap');
          assert.doesNotMatch(text.slice(span.start, span.end), /[\r\n]/);
          end = span.end;
        }
      }),
      { numRuns: 500 },
    );
  });

  it('stand where they are in statements longer than anybody writes', () => {
    const resources = Array.from({ length: 3_000 }, (_, index) => `arn:aws:s3:::bucket${index}`);
    const text = policyWith(`"Action": "s3:*", "Resource": ${JSON.stringify(resources)}`);
    const last = text.lastIndexOf('bucket');
    assert.ok(last > 0xffff);
    for (const tokens of [tokensOf(text), tokensOf(text)]) {
      assert.deepEqual(tokens.at(-1), { span: { start: last, end: last + 10 }, type: 'arnResource' });
    }
  });
});

function tokensOf(text: string): readonly SemanticToken[] {
  return languageService().semanticTokens(openJson(languageService(), text));
}
