import assert from 'node:assert/strict';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readCompiled } from '../support/iamData';
import { limit } from '../support/patience';
import { repositoryRoot } from '../support/repository';

interface Compiler {
  compile(): { readonly index: string; readonly facts: string; readonly prose: string };
  withDependents(actions: unknown, older: unknown, isAction: (id: string) => boolean): unknown;
  encodeService(prefix: string, service: unknown, isAction: (id: string) => boolean): unknown;
}

describe('compileIamData', () => {
  let compiler: Compiler;

  before(async () => {
    const script = join(repositoryRoot, 'server', 'scripts', 'compileIamData.mjs');
    compiler = (await import(pathToFileURL(script).href)) as Compiler;
  });

  it('gives the same bytes each time, and server/data is what it gives now', function () {
    this.timeout(limit(20_000));
    const first = compiler.compile();
    const second = compiler.compile();
    // Not assert.equal, which would print megabytes.
    for (const [part, file] of [
      ['index', 'index.json'],
      ['facts', 'facts.jsonl'],
      ['prose', 'prose.jsonl'],
    ] as const) {
      assert.ok(second[part] === first[part], `${part} differs between two runs`);
      assert.ok(readCompiled(file) === first[part], `stale ${file}: run "npm run build:data"`);
    }
  });

  it('writes ASCII only, so that offsets are bytes', () => {
    for (const file of ['index.json', 'facts.jsonl', 'prose.jsonl'] as const) {
      assert.ok(/^[\n\x20-\x7e]*$/.test(readCompiled(file)), file);
    }
  });

  it('fails on what it does not know instead of guessing', () => {
    const cases: readonly (readonly [RegExp, SourceParts])[] = [
      [/unknown access level Destroy/, { accessLevel: 'Destroy, Write' }],
      [/undefined condition key demo:gone/, { actionKeys: ['demo:gone'] }],
      [/undefined resource type gone/, { resourceType: 'gone' }],
      [/undefined condition key demo:gone/, { typeKeys: ['demo:gone'] }],
      [/undefined action demo:Gone/, { dependentActions: ['demo:Gone'] }],
      [/unknown type Colour/, { keyType: 'Colour' }],
    ];
    assert.doesNotThrow(() => compiler.encodeService('demo', source({}), isDemoAction));
    for (const [message, parts] of cases) {
      assert.throws(() => compiler.encodeService('demo', source(parts), isDemoAction), message);
    }
  });

  it('takes dependent actions from older data, less what is gone', () => {
    const actions = (own: readonly string[], ofThing: readonly string[]) => ({
      getthing: {
        name: 'GetThing',
        dependentActions: own,
        resourceTypes: [{ name: 'thing', dependentActions: ofThing }],
      },
    });
    const now = actions([], []);
    assert.deepEqual(
      compiler.withDependents(
        now,
        {
          getthing: { '': ['demo:GetThing', 'demo:Gone'], thing: ['demo:GetThing'], gone: ['demo:GetThing'] },
        },
        isDemoAction,
      ),
      actions(['demo:GetThing'], ['demo:GetThing']),
    );
    assert.deepEqual(compiler.withDependents(now, {}, isDemoAction), now);
    assert.throws(() => compiler.withDependents(actions(['demo:GetThing'], []), {}, isDemoAction), /again/);
  });
});

interface SourceParts {
  readonly accessLevel?: string;
  readonly actionKeys?: readonly string[];
  readonly resourceType?: string;
  readonly typeKeys?: readonly string[];
  readonly dependentActions?: readonly string[];
  readonly keyType?: string;
}

function isDemoAction(id: string): boolean {
  return id === 'demo:GetThing';
}

/** A service with one action, one resource type and one key, in the package's own layout. */
function source(parts: SourceParts): unknown {
  return {
    actions: {
      getthing: {
        name: 'GetThing',
        description: 'Grants permission to get a thing',
        accessLevel: parts.accessLevel ?? 'Read',
        resourceTypes: [
          {
            name: parts.resourceType ?? 'thing',
            required: true,
            conditionKeys: [],
            dependentActions: parts.dependentActions ?? ['demo:GetThing'],
          },
        ],
        conditionKeys: parts.actionKeys ?? ['demo:Size'],
        dependentActions: [],
      },
    },
    resourceTypes: {
      thing: {
        key: 'thing',
        arn: 'arn:${Partition}:demo:${Region}:${Account}:thing/${Id}',
        conditionKeys: parts.typeKeys ?? [],
      },
    },
    conditionKeys: {
      'demo:size': { key: 'demo:Size', description: '', type: parts.keyType ?? 'Numeric' },
    },
  };
}
