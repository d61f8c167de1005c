import assert from 'node:assert/strict';
import { readKnowledge } from '../../server/src/core/knowledge/read';
import { readStage } from '../../server/src/gateway/stageCache';
import { stageReport } from '../../server/src/gateway/stageReport';
import { readSettings } from '../../server/src/lsp/settings';
import { runCli } from '../cli/memoryIo';
import { definitions } from '../core/knowledge/definitions';
import { everyFeature } from '../support/everyFeature';
import { documentsWith, workspaceWith } from '../support/hostileDocuments';
import { limit } from '../support/patience';
import { bareLanguageService, languageService } from '../support/policies';
import { step } from '../support/thorough';

/** What every plain object has, whatever was put into it. */
const NAMES = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'valueOf',
  '__defineGetter__',
  'isPrototypeOf',
  'length',
  'name',
];

/** What is told to people where an object was asked for a member that nobody put there. */
const SLIPPED = /\[native code\]|\[object |function \w*\(\)|\bundefined\b|\bNaN\b/;

/** Policies and their workspace in which a name stands where another name would. */
function policiesWith(name: string): readonly string[] {
  return [
    ...documentsWith(name),
    `{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"${name}": ""}, "Action": "${name}:${name}", "Resource": "arn:${name}:${name}:${name}:${name}:${name}/${name}"}]}`,
    `{"${name}": {"Version": "2012-10-17", "Statement": {"${name}": {"${name}": ""}, "Effect": "${name}", "Condition": {"${name}": {"${name}": ["${name}", ""]}}}}}`,
    `{"Resources": {"${name}": {"Type": "${name}", "Properties": {"${name}": {"Version": "2012-10-17", "Statement": []}, "PolicyDocument": {"Statement": [{"${name}": ""}]}}}}}`,
  ];
}

describe('names that every object has', function () {
  this.timeout(limit(240_000));

  for (const [index, name] of NAMES.entries()) {
    it(`${name} is a name like any other in policies`, () => {
      const workspace = workspaceWith(name);
      // Other documents and places for each name.
      const isTried = (_: unknown, at: number): boolean => (at + index) % step(1, 2) === 0;
      for (const text of policiesWith(name).filter(isTried)) {
        const places = [...text.matchAll(new RegExp(`${name}|""`, 'g'))]
          .map((match) => match.index + 1)
          .filter(isTried);
        for (const { feature, texts } of everyFeature(
          languageService(),
          { text, language: 'json' },
          places,
          workspace,
        )) {
          for (const said of texts) {
            assert.doesNotMatch(said ?? '', SLIPPED, `${feature} of ${text}`);
          }
        }
      }
    });

    it(`${name} is one in ARNs`, () => {
      for (const service of [languageService(), bareLanguageService()]) {
        const arn = 'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/pets';
        for (const written of [name, ...arn.split(/[:/]/).map((part) => arn.replace(part, name))]) {
          const explanation = service.explainArn(written);
          assert.doesNotMatch(service.arnReport(explanation), SLIPPED, written);
          service.invalidationDraftOf(written);
        }
        for (const kind of ['action', 'element', 'key', 'level', 'operator', 'service', 'effect', name]) {
          assert.doesNotMatch(service.completionDocumentation(`${kind} ${name}`) ?? '', SLIPPED);
        }
        assert.doesNotMatch(service.actionPatternText(`${name}*`) ?? '', SLIPPED);
      }
    });

    it(`${name} takes nothing from what a definition tells beside it`, () => {
      const isTried = (_: unknown, at: number): boolean => (at + index) % step(1, 2) === 0;
      for (const { uri, text, apis } of definitions) {
        const routes = countRoutes(uri, text);
        assert.ok(apis.length === 0 || routes >= 0);
        const added = withResource(uri, text, name);
        assert.ok(countRoutes(uri, added) >= routes, added);
        // In the place of each word in turn nothing is thrown, and told are names.
        for (const word of [...new Set(text.match(/[A-Za-z:]{3,}/g))].filter(isTried)) {
          const { apis: told } = readKnowledge(uri, text.replaceAll(word, name));
          for (const { method, path } of told.flatMap((api) => api.routes)) {
            assert.equal(typeof method + typeof path, 'stringstring');
          }
        }
      }
    });

    it(`${name} is one in configurations and settings`, () => {
      const service = languageService();
      for (const config of [
        `{"${name}": {"${name}": "off"}}`,
        `{"rules": {"${name}": "${name}", "${name}*": "off"}, "policyTypes": {"${name}": "${name}"}, "suppressions": [{"rule": "${name}", "files": "${name}", "reason": "${name}", "${name}": 1}]}`,
        `"${name}"`,
      ]) {
        for (const { message } of service.readConfig(config).findings) {
          assert.doesNotMatch(message, SLIPPED);
        }
      }
      const lines: string[] = [];
      const raw: unknown = JSON.parse(
        `{"rules": {"${name}": "${name}", "a": "off"}, "policyTypes": {"${name}": "${name}"}, "codeLens": {"show": ["${name}"]}, "${name}": 1}`,
      );
      const { rules } = readSettings(raw, (line) => lines.push(line));
      assert.deepEqual(rules, [{ rule: 'a', severity: 'off' }]);
      assert.doesNotMatch(lines.join('\n'), SLIPPED);
    });

    it(`${name} is one for the command line`, async () => {
      for (const argv of [
        ['explain', `arn:${name}:s3:::x`],
        ['explain', `arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/${name}/${name}/${name}`],
        ['lint', name],
        ['lint', '--rule', `${name}=off`, 'p.json'],
        ['lint', '--policy-type', name, 'p.json'],
        ['allows', '--action', `${name}:${name}`, '--resource', `arn:${name}:s3:::x`, 'p.json'],
        [name],
        ['stage', name, '--api-key-env', name],
      ]) {
        const { stdout, stderr } = await runCli(argv, { files: { 'p.json': policiesWith(name)[0] ?? '' } });
        assert.doesNotMatch(stdout + stderr, SLIPPED, argv.join(' '));
        assert.doesNotMatch(stderr, /internal error/, argv.join(' '));
      }
    });

    it(`${name} is one in what AWS tells of a stage`, () => {
      const stage = readStage({
        cacheClusterEnabled: true,
        cacheClusterSize: '0.5',
        cacheClusterStatus: name,
        methodSettings: { '*/*': { cachingEnabled: true, unauthorizedCacheControlHeaderStrategy: name } },
      });
      assert.doesNotMatch(
        stageReport({ apiId: name, stage: name, region: name } as never, stage, {
          method: 'GET',
          path: name,
        }),
        SLIPPED,
      );
    });
  }
});

function countRoutes(uri: string, text: string): number {
  return readKnowledge(uri, text).apis.reduce((sum, { routes }) => sum + routes.length, 0);
}

/** A template with one resource, a definition with one member more. */
function withResource(uri: string, text: string, name: string): string {
  if (/\.ya?ml$/.test(uri)) {
    return text.replace(
      /^Resources:\n/m,
      `Resources:\n  ${name}: { Type: ${name}, Properties: { Events: { ${name}: { Type: ${name} } } } }\n`,
    );
  }
  return text.replace(
    /"Resources":\s*\{/,
    `$& "${name}": {"Type": "${name}", "Properties": {"Events": {"${name}": {"Type": "${name}"}}}}, `,
  );
}
