import assert from 'node:assert/strict';
import { joinKnowledge, MAX_FILE_LENGTH, readKnowledge } from '../../../server/src/core/knowledge/read';
import { limit, processorTime } from '../../support/patience';

/** As much of a text as a file may have. */
function filled(head: string, piece: string, tail = ''): string {
  const times = Math.floor((MAX_FILE_LENGTH - head.length - tail.length) / piece.length);
  return head + piece.repeat(times) + tail;
}

const YAML = 'openapi: 3.0.0\n';
const many = (count: number, each: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => each(index)).join('');

/** What a repository may hold to keep a reader busy. */
const FILES: readonly (readonly [title: string, uri: string, text: string])[] = [
  ['lists in lists, JSON', 'a.json', filled('{"openapi": "3.0.0", "paths": ', '[')],
  ['objects in objects, JSON', 'a.json', filled('{"openapi": "3.0.0", "paths": ', '{"a":')],
  ['lists in lists, YAML', 'a.yaml', filled(`${YAML}paths: `, '[')],
  ['maps in maps, YAML', 'a.yaml', filled(`${YAML}paths: `, '{a: ')],
  ['dashes', 'a.yaml', filled(`${YAML}paths:\n`, '- ')],
  ['question marks', 'a.yaml', filled(`${YAML}paths:\n`, '? ')],
  ['colons', 'a.yaml', filled(`${YAML}paths:\n`, 'a: ')],
  ['deep indentation', 'a.yaml', `${YAML}paths:\n${many(1400, (n) => `${' '.repeat(n)}a:\n`)}`],
  ['anchors and aliases', 'a.yaml', filled(`${YAML}x: &a 1\npaths:\n`, ' - *a\n')],
  ['anchors', 'a.yaml', filled(`${YAML}paths: [`, '&a 1, ')],
  ['tags', 'a.yaml', filled(`${YAML}paths: `, '!a ')],
  ['documents', 'a.yaml', filled(YAML, '---\n')],
  ['comments', 'a.yaml', filled(YAML, '#\n')],
  ['an open quote', 'a.yaml', filled(`${YAML}x: "`, '\\x')],
  ['lines of an open quote', 'a.yaml', filled(`${YAML}x: "`, 'a\n ')],
  ['lines of a block', 'a.yaml', filled(`${YAML}x: |\n`, '  a\n')],
  ['tabs', 'a.yaml', filled(YAML, '\t')],
  ['spaces', 'a.yaml', filled(`${YAML}x:`, ' ')],
  ['the same key', 'a.yaml', filled(`${YAML}paths:\n`, '  /a: {get: {}}\n')],
  ['the same key, JSON', 'a.json', filled('{"openapi": "3.0.0", "paths": {', '"/a": {"get": {}},', '}}')],
  ['different keys', 'a.yaml', `${YAML}paths:\n${many(40_000, (n) => `  /a${n}: {get: {}}\n`)}`],
  ['merge keys', 'a.yaml', filled(`${YAML}x: &x {get: {}}\npaths:\n  /a:\n`, '    <<: *x\n')],
  [
    'a template of events',
    'a.yaml',
    `Resources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      Events:\n${many(9_000, (n) => `        E${n}: {Type: Api, Properties: {Path: /a${n}, Method: get}}\n`)}`,
  ],
  [
    'a template of methods that follow each other',
    'a.json',
    `{"Resources": {${many(4_000, (n) => `"R${n}": {"Type": "AWS::ApiGateway::Resource", "Properties": {"ParentId": {"Ref": "R${n + 1}"}, "PathPart": "a"}}, "M${n}": {"Type": "AWS::ApiGateway::Method", "Properties": {"RestApiId": "x", "ResourceId": {"Ref": "R${n}"}, "HttpMethod": "GET"}},`)} "Z": {}}}`,
  ],
  [
    'a template of APIs',
    'a.json',
    `{"Resources": {${many(6_000, (n) => `"A${n}": {"Type": "AWS::ApiGateway::RestApi"}, "S${n}": {"Type": "AWS::ApiGateway::Stage", "Properties": {"RestApiId": {"Ref": "A${n}"}, "StageName": "s${n}"}},`)} "Z": {}}}`,
  ],
  [
    'a template of stages of one API',
    'a.json',
    `{"Resources": {"A": {"Type": "AWS::ApiGateway::RestApi"}, ${many(8_000, (n) => `"S${n}": {"Type": "AWS::ApiGateway::Stage", "Properties": {"RestApiId": {"Ref": "A"}, "StageName": "s${n}"}},`)} "Z": {}}}`,
  ],
  [
    'a service of functions',
    'serverless.yml',
    `provider: {name: aws}\nfunctions:\n${many(15_000, (n) => `  f${n}:\n    events: [{http: 'GET /a${n}'}]\n`)}`,
  ],
  ['parts of ARNs', 'a.json', filled('', 'arn:aws:execute-api:')],
  [
    'ARNs of one API',
    'a.json',
    many(12_000, (n) => `arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/s${n}/GET/a `),
  ],
  [
    'ARNs of many APIs',
    'a.json',
    many(10_000, (n) => `arn:aws:execute-api:us-east-1:123456789012:${String(1_000_000_000 + n)}/s/GET/a `),
  ],
  ['accounts', 'a.json', filled('', '"AccountId": ')],
  ['words', 'a.json', filled('', 'Account')],
  ['addresses', 'a.json', filled('', 'https://a.execute-api.')],
  ['digits', 'a.json', filled('arn:aws:a:b:', '1')],
  ['words before nothing', 'a.json', filled('', 'openapi ')],
  ['functions before nothing', 'a.json', filled('', 'functions\n')],
  ['variables', 'a.yaml', filled(`${YAML}servers: [{url: "`, '${')],
];

describe('hostile definitions', function () {
  this.timeout(limit(60_000));
  /** What was told of each, by its title. */
  const read = new Map<string, ReturnType<typeof readKnowledge>>();
  for (const [title, name, text] of FILES) {
    it(`take no more than their time: ${title}`, () => {
      const took = processorTime(() => {
        const told = readKnowledge(`file:///w/${name}`, text);
        read.set(title, told);
        joinKnowledge([
          [`file:///w/${name}`, told],
          ['file:///w/other.json', told],
        ]);
      });
      assert.ok(took < 8_000, `${took} ms`);
    });
  }

  it('cost what they tell themselves, and nothing else', () => {
    const good = readKnowledge('file:///w/good.yaml', `${YAML}paths: {/a: {get: {}}}\n`);
    const bad = FILES.map(
      ([title, name, text]) =>
        [`file:///w/${name}`, read.get(title) ?? readKnowledge(`file:///w/${name}`, text)] as const,
    );
    const { apis } = joinKnowledge([...bad, ['file:///w/good.yaml', good]]);
    assert.ok(apis.some(({ uri, routes }) => uri.endsWith('good.yaml') && routes.length === 1));
  });
});
