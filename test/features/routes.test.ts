import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { joinKnowledge, readKnowledge } from '../../server/src/core/index';
import { cursorAt } from '../support/fixtures';
import { languageService, openJson, policyWithResource } from '../support/policies';
import { repositoryRoot } from '../support/repository';

const FILE = 'file:///w/petstore.yaml';
const PETSTORE = readFileSync(join(repositoryRoot, 'test/workspace/petstore.yaml'), 'utf8');
const TEMPLATE = `Resources:
  Shop:
    Type: AWS::Serverless::HttpApi
  Function:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        One: { Type: HttpApi, Properties: { ApiId: !Ref Shop, Path: /pets, Method: any } }
`;
const API = 'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5';
const OTHER = 'arn:aws:execute-api:us-east-1:123456789012:f6g7h8i9j0';

describe('the routes that an ARN matches', () => {
  const cases: readonly (readonly [pattern: string, routes: readonly string[]])[] = [
    [`${API}/prod/GET/pets`, ['GET /pets']],
    [`${API}/prod/*/pets`, ['GET /pets', 'POST /pets', 'GET /pets/{petId}', 'GET /public/{proxy+}']],
    [`${API}/prod/GET/pets/42`, ['GET /pets/{petId}']],
    [`${API}/prod/GET/pets/a%20b`, ['GET /pets/{petId}']],
    [`${API}/prod/GET/pets/`, []],
    [`${API}/prod/GET/public/`, []],
    [`${API}/prod/GET/pets/*`, ['GET /pets/{petId}']],
    [`${API}/prod/GET/pets/42/toys`, []],
    [`${API}/strict/GET/`, ['GET /']],
    [`${API}/prod/GET/public/a/b`, ['GET /public/{proxy+}']],
    [`${API}/*/POST/*`, ['POST /pets', 'GET /public/{proxy+}']],
    ['arn:aws:execute-api:*:*:*/@connections/*', ['GET /public/{proxy+}']],
    [`${API}/prod/GET/pets/{petId}`, []],
    ['execute-api:/prod/PO*', ['POST /pets']],
    [`${OTHER}/prod/GET/pets`, []],
  ];
  for (const [pattern, expected] of cases) {
    it(pattern, () => {
      const knowledge = joinKnowledge([[FILE, readKnowledge(FILE, PETSTORE)]]);
      const { text, offset } = cursorAt(policyWithResource(pattern.replace(/\/(?=[^/]*$)/, '/$0')));
      const found = languageService().routesAt(openJson(languageService(), text), offset, knowledge);
      assert.deepEqual(
        (found?.routes ?? []).map(({ uri, span }) => nameAt(uri, span)),
        expected,
      );
    });
  }

  function nameAt(uri: string, { start }: { readonly start: number }): string {
    assert.equal(uri, FILE);
    const [api] = readKnowledge(FILE, PETSTORE).apis;
    const route = api?.routes.find(({ span }) => span.start === start);
    return `${route?.method} ${route?.path}`;
  }

  it('underlines the segment, and says nothing on the API ID or elsewhere', () => {
    const knowledge = joinKnowledge([[FILE, readKnowledge(FILE, PETSTORE)]]);
    const service = languageService();
    const text = policyWithResource(`${API}/prod/GET/pets`);
    const at = (word: string) => service.routesAt(openJson(service, text), text.indexOf(word) + 1, knowledge);
    const { span } = at('pets"') ?? assert.fail();
    assert.equal(text.slice(span.start, span.end), 'pets');
    assert.equal(at('a1b2c3d4e5'), undefined);
    assert.equal(at('Effect'), undefined);
  });
});

describe('hover on an execute-api ARN in a workspace', () => {
  const said = (pattern: string, files: readonly (readonly [string, string])[]): string => {
    const { text, offset } = cursorAt(policyWithResource(`$0${pattern}`));
    const knowledge = joinKnowledge(files.map(([uri, file]) => [uri, readKnowledge(uri, file)]));
    const service = languageService();
    const linkTo = (uri: string, span?: { readonly start: number }) =>
      `${uri}${span ? `#${span.start}` : ''}`;
    const { contents } =
      service.hover(openJson(service, text), offset, { knowledge, linkTo }) ?? assert.fail();
    return contents.slice(contents.indexOf('*The whole ARN:*'));
  };
  const start = (words: string): number => PETSTORE.indexOf(words) + words.length - words.trimStart().length;

  it('names the routes that it matches and those that it does not, with links', () => {
    const text = said(`${API}/prod/GET/pets*`, [[FILE, PETSTORE]]);
    assert.match(
      text,
      /This pattern matches 2 of the 6 routes of \[`petstore\.yaml`\]\(file:\/\/\/w\/petstore\.yaml\): /,
    );
    assert.ok(
      text.includes(`: [\`GET /pets\`](${FILE}#${PETSTORE.indexOf('get:', start('  /pets:'))}), `),
      text,
    );
    assert.match(text, /; not \[`GET \/`\]\([^)]*\), \[`POST \/pets`\]/);
  });

  it('says so when it matches none, or all', () => {
    assert.match(
      said(`${API}/prod/GET/owners`, [[FILE, PETSTORE]]),
      /matches none of the 6 routes of .*, which are \[`GET \/`\]\([^)]*\), /,
    );
    assert.match(said(`${API}/*`, [[FILE, PETSTORE]]), /matches all 6 routes of [^;]*\.$/);
  });

  it('speaks of APIs whose ID nobody knows only where no other has it', () => {
    const files = [
      [FILE, PETSTORE],
      ['file:///w/template.yaml', TEMPLATE],
    ] as const;
    assert.doesNotMatch(said(`${API}/prod/GET/pets`, files), /template\.yaml/);
    assert.match(
      said(`${OTHER}/prod/GET/pets`, files),
      /matches the only route of \[`template\.yaml`\]\([^)]*\): \[`ANY \/pets`\]\([^)]*\)\.$/,
    );
    assert.match(
      said(`${OTHER}/prod/GET/owners`, files),
      /does not match the only route of \[`template\.yaml`\]\([^)]*\): \[`ANY \/pets`\]\([^)]*\)\.$/,
    );
    assert.doesNotMatch(said(`${OTHER}/prod/GET/pets`, files), /petstore/);
  });

  it('says nothing of routes where none are known', () => {
    assert.doesNotMatch(said(`${API}/prod/GET/pets`, []), /This pattern matches/);
    assert.doesNotMatch(said(`${API}/prod/$connect`, [[FILE, PETSTORE]]), /This pattern matches/);
  });
});
