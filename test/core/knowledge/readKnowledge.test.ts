import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import type { KnownApi } from '../../../server/src/core/knowledge/knowledge';
import { joinKnowledge, MAX_FILE_LENGTH, readKnowledge } from '../../../server/src/core/knowledge/read';
import { definitions } from './definitions';

const ARN = 'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5';
const URL = 'https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com';

const SEEDS = definitions.map(({ text }) => text);

describe('what a definition tells', () => {
  for (const { title, uri, text, apis } of definitions) {
    it(title, () => {
      assert.deepEqual(readKnowledge(uri, text).apis.map(told), apis);
    });

    it(`${title}: each route lies on a word of the document`, () => {
      for (const { routes } of readKnowledge(uri, text).apis) {
        for (const { span, method } of routes) {
          const word = text.slice(span.start, span.end);
          assert.match(word, /^[\w/{}$+*\- ]+$/, method);
        }
      }
    });
  }

  it('reads a definition that is being typed as far as it goes', () => {
    const whole = SEEDS[0] ?? '';
    const half = whole.slice(0, whole.indexOf('  /pets/{petId}:'));
    assert.deepEqual(
      readKnowledge('file:///a.yaml', half)
        .apis.flatMap(({ routes }) => routes)
        .map(shown),
      ['GET /pets [sigv4]', 'POST /pets [none]'],
    );
  });

  it('says nothing of files that define no API', () => {
    for (const text of [
      '',
      '{}',
      '[1]',
      '"openapi: 3"',
      'a: b',
      'openapi: 3.0.0',
      '{"swagger": "2.0", "paths": 1}',
    ]) {
      assert.deepEqual(
        readKnowledge('file:///a.json', text).apis.flatMap(({ routes }) => routes),
        [],
      );
    }
  });

  it('leaves alone what is too long to be written by hand', () => {
    const text = `${SEEDS[0]}${'#'.repeat(MAX_FILE_LENGTH)}`;
    assert.deepEqual(readKnowledge('file:///a.yaml', text).apis, []);
  });

  it('leaves alone YAML that is longer than anybody writes, and reads JSON of that length', () => {
    const routes = (uri: string, text: string) =>
      readKnowledge(uri, text)
        .apis.flatMap((api) => api.routes)
        .map(shown);
    const yaml = (more: string) => `openapi: 3.0.1\npaths: { /a: { get: {} } }\n${more}\n`;
    const line = (length: number) => '#'.padEnd(length, 'x');
    assert.deepEqual(routes('a.yaml', yaml(line(65_536))), ['GET /a']);
    assert.deepEqual(routes('a.yaml', yaml(line(65_537))), []);
    assert.deepEqual(routes('a.yaml', `${line(65_537)}\n${yaml('')}`), []);
    assert.deepEqual(routes('a.yaml', yaml(`${line(60_000)}\n`.repeat(8))), ['GET /a']);
    assert.deepEqual(routes('a.yaml', yaml(`${line(60_000)}\n`.repeat(9))), []);
    const json = JSON.stringify({ openapi: '3.0.1', paths: { '/a': { get: {} } }, x: 'x'.repeat(600_000) });
    assert.deepEqual(routes('a.json', json), ['GET /a']);
    assert.deepEqual(routes('a.yaml', json), ['GET /a']);
  });

  it('gives up an alias bomb at once', () => {
    const levels = Array.from({ length: 30 }, (_, n) => `  x${n}: &x${n} {a: *x${n - 1}, b: *x${n - 1}}`);
    const text = `openapi: 3.0.0\nx:\n  q: &x-1 {get: {}}\n${levels.join('\n')}\npaths:\n  /a: *x29\n  /b: {get: {}}\n`;
    const [api] = readKnowledge('file:///a.yaml', text).apis;
    assert.deepEqual(api?.routes.map(shown), ['GET /b']);
  });

  for (const [open, close] of [
    ['[', ']'],
    ['{"a":', '}'],
  ] as const) {
    it(`survives ${open} without end`, () => {
      const deep = `${open.repeat(5000)}1${close.repeat(5000)}`;
      const text = `{"openapi": "3.0.0", "paths": {"/a": {"get": ${deep}}}}`;
      const [api] = readKnowledge('file:///a.json', text).apis;
      assert.deepEqual(api?.routes.map(shown), ['GET /a']);
      readKnowledge('file:///a.yaml', text);
    });
  }

  it('never throws, whatever becomes of a document, and stays within it', () => {
    const mangled = fc
      .record({
        seed: fc.constantFrom(...SEEDS),
        cuts: fc.array(
          fc.record({
            at: fc.nat(),
            length: fc.nat(40),
            text: fc.oneof(
              fc.string({ maxLength: 6 }),
              fc.constantFrom(
                '&a ',
                '*a',
                '!Ref ',
                '<<: *a\n',
                '{',
                '[',
                '|\n',
                '\t',
                '- ',
                '"',
                '\u2028',
                '? ',
              ),
            ),
          }),
          { maxLength: 5 },
        ),
      })
      .map(({ seed, cuts }) =>
        cuts.reduce((text, cut) => {
          const at = cut.at % (text.length + 1);
          return text.slice(0, at) + cut.text + text.slice(at + cut.length);
        }, seed),
      );
    fc.assert(
      fc.property(mangled, fc.constantFrom('file:///a.yaml', 'file:///a.json'), (text, uri) => {
        for (const { span } of readKnowledge(uri, text).apis.flatMap(({ routes }) => routes)) {
          assert.ok(0 <= span.start && span.start <= span.end && span.end <= text.length);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('a definition with more routes than anybody writes', () => {
  const routesOf = (count: number, length: number) => {
    const paths = Array.from({ length: count }, (_, index) => `/${`${index}`.padStart(length - 1, 'p')}`);
    const text = JSON.stringify({
      openapi: '3.0.1',
      paths: Object.fromEntries(paths.map((path) => [path, { get: {} }])),
    });
    const [api] = readKnowledge('file:///w/api.json', text).apis;
    return [api?.routes.length, api?.complete];
  };

  it('is known by the first of them, and left open', () => {
    assert.deepEqual(routesOf(3000, 30), [3000, true]);
    assert.deepEqual(routesOf(3001, 30), [3000, false]);
    assert.deepEqual(routesOf(1000, 100), [1000, true]);
    assert.deepEqual(routesOf(1001, 100), [1000, false]);
  });
});

describe('what a workspace names', () => {
  it('knows the accounts of ARNs and fields, the most frequent first', () => {
    const policy = `{"AWS": "210987654321", "Resource": ["arn:aws:s3:::b", "arn:aws:iam::123456789012:role/a",
      "arn:aws-cn:iam::123456789012:role/b"], "number": 999999999999}`;
    const { accounts } = joinKnowledge([['file:///p.json', readKnowledge('file:///p.json', policy)]]);
    assert.deepEqual(accounts, ['123456789012', '210987654321']);
  });

  it('knows the actions of policies, the most frequent in all files first', () => {
    const policy = (...actions: readonly string[]) => JSON.stringify({ Action: actions });
    const files = [
      policy('s3:GetObject', 's3:PutObject', 's3:GetObject', 's3:List*'),
      policy('s3:PutObject', 'sqs:SendMessage', 's3:PutObject'),
      '{"Topic": "s3:GetObject"}',
    ].map((text, index) => [`file:///${index}.json`, readKnowledge(`file:///${index}.json`, text)] as const);
    assert.deepEqual(joinKnowledge(files).actions, ['s3:PutObject', 's3:GetObject', 'sqs:SendMessage']);
  });

  it('knows the APIs that ARNs and invoke URLs name, each once', () => {
    const texts: readonly (readonly [string, string])[] = [
      ['file:///p.json', '"arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/pets"'],
      ['file:///q.yaml', 'url: https://a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com/beta/pets'],
      [
        'file:///r.json',
        '"arn:aws:execute-api:*:*:api-id/*" "arn:aws:execute-api:us-east-1:123456789012:f6g7h8i9j0/*"',
      ],
    ];
    const { apis } = joinKnowledge(texts.map(([uri, text]) => [uri, readKnowledge(uri, text)]));
    assert.deepEqual(apis.map(told), [
      'a1b2c3d4e5 (unknown, open) a1b2c3d4e5 at prod, beta in us-east-1, eu-west-1:',
      'f6g7h8i9j0 (unknown, open) f6g7h8i9j0 in us-east-1:',
    ]);
  });

  for (const [title, text, expected] of [
    ['a stage before a path', `${ARN}/prod/GET/pets`, 'at prod in us-east-1'],
    ['a stage at the end', `"${ARN}/prod"`, 'at prod in us-east-1'],
    ['the default stage', `${ARN}/$default/GET/pets`, 'at $default in us-east-1'],
    ['any stage', `${ARN}/*/GET/pets`, 'in us-east-1'],
    ['a stage with a wildcard', `${ARN}/pro*/GET/pets`, 'in us-east-1'],
    ['a stage of a variable', `${ARN}/\${Stage}/GET/pets`, 'in us-east-1'],
    ['a stage that begins with one', `${ARN}/\${Env}-api/GET/pets`, 'in us-east-1'],
    ['a stage that ends with one', `${ARN}/api-\${Env}/GET/pets`, 'in us-east-1'],
    ['a word for a stage', `${ARN}/stage-name/GET/pets`, 'in us-east-1'],
    ['no stage before a method', `${ARN}/GET/pets`, 'in us-east-1'],
    ['no stage before any method', `${ARN}/ANY/pets`, 'in us-east-1'],
    ['an authorizer', `${ARN}/authorizers/a1b2c3`, 'in us-east-1'],
    ['the stage of the console’s tests', `${ARN}/test-invoke-stage/GET/pets`, 'in us-east-1'],
    ['the stage of tests of authorizers', `${ARN}/ESTestInvoke-stage/GET/pets`, 'in us-east-1'],
    ['the stage of tests in logs', `${ARN}/null/GET/pets`, 'in us-east-1'],
    ['a word for a Region', ARN.replace('us-east-1', 'region'), ''],
    ['a Region that is not listed', ARN.replace('us-east-1', 'eu-west-9'), 'in eu-west-9'],
    ['any Region', ARN.replace('us-east-1', '*'), ''],
    ['a URL with a path', `${URL}/prod/pets`, 'at prod in us-east-1'],
    ['a URL without a path', `see ${URL}/prod, where`, 'at prod in us-east-1'],
    ['a URL at the end of a sentence', `See ${URL}/prod.`, 'at prod in us-east-1'],
    ['a URL with a query', `${URL}/prod?page=2`, 'at prod in us-east-1'],
    ['a URL without a stage', `${URL}/`, 'in us-east-1'],
    ['a URL without a slash', URL, 'in us-east-1'],
    ['a URL with the default stage', `${URL}/$default/pets`, 'at $default in us-east-1'],
    ['a URL with a parameter', `${URL}/{stage}/pets`, 'in us-east-1'],
    ['a URL with a variable', `${URL}/\${Stage}/pets`, 'in us-east-1'],
    ['a URL with a variable at the end', `${URL}/api\${Stage}/pets`, 'in us-east-1'],
    ['a URL with a file', `${URL}/openapi.json`, 'in us-east-1'],
    ['a URL with an encoded path', `${URL}/caf%C3%A9`, 'in us-east-1'],
  ] as const) {
    it(`knows no stage and no Region that is not named: ${title}`, () => {
      const { apis } = joinKnowledge([['file:///p.yaml', readKnowledge('file:///p.yaml', text)]]);
      assert.deepEqual(apis.map(told), [
        `a1b2c3d4e5 (unknown, open) a1b2c3d4e5 ${expected}:`.replace(' :', ':'),
      ]);
    });
  }

  it('is no more than the first thousand of a file, which nobody has written by hand', () => {
    const names = Array.from({ length: 3000 }, (_, index) => {
      const digits = String(index).padStart(4, '0');
      const [arn, id] = ['arn:aws:execute-api:us-east-1', `a1b2c3${digits}`];
      return `"${arn}:12345678${digits}:${id}/prod", "https://${id}.execute-api.us-east-1.amazonaws.com/prod"`;
    });
    const text = `{"Action": [${names.map((_, index) => `"s3:Get${index}"`)}], "x": [${[...names, ...names]}]}`;
    const { accounts, mentions, actions } = readKnowledge('file:///p.json', text);
    assert.deepEqual([accounts.size, mentions.length, actions?.size], [1000, 1000, 1000]);
    assert.equal(accounts.get('123456780000'), 2);
    assert.equal(mentions[0]?.apiId, 'a1b2c30000');
  });
});

function told(api: KnownApi): string {
  const { name, kind, complete, ids, stages, regions, routes } = api;
  const parts = [
    `${name} (${kind}, ${complete ? 'complete' : 'open'})`,
    ...(ids.length === 0 ? [] : [ids.join(', ')]),
    ...(stages.length === 0 ? [] : [`at ${stages.join(', ')}`]),
    ...(regions.length === 0 ? [] : [`in ${regions.join(', ')}`]),
  ];
  return `${parts.join(' ')}:${routes.map((route) => ` ${shown(route)}`).join(';')}`;
}

function shown({ method, path, authorization }: KnownApi['routes'][number]): string {
  return `${method} ${path}${authorization === undefined ? '' : ` [${authorization}]`}`;
}
