import { strict as assert } from 'node:assert';
import { changeAnswer, changeArguments } from '../../client/src/commands/changeQuestion';

describe('the command that tells what a change grants', () => {
  it('takes a document and what it is compared with', () => {
    assert.deepEqual(changeArguments({ uri: 'file:///role.json', against: 'saved' }), {
      uri: 'file:///role.json',
      against: 'saved',
    });
    assert.deepEqual(changeArguments({ against: 'commit' }), { against: 'commit' });
    assert.deepEqual(changeArguments({ position: { line: 3, character: 0, other: 1 } }), {
      position: { line: 3, character: 0 },
    });
  });

  const unmeant: Readonly<Record<string, unknown>> = {
    'no argument': undefined,
    null: null,
    'a text': 'saved',
    'a list': ['saved'],
    'the resource that a menu passes': { scheme: 'file', path: '/role.json', fsPath: '/role.json' },
    'a comparison that there is not': { against: 'HEAD~1' },
    'a comparison by the name of a property of every object': { against: 'constructor' },
    'a place that is none': { position: { line: -1, character: 0 } },
    'a place without a column': { position: { line: 1 } },
    'no place': { position: null },
    'a document that is not an address': { uri: { path: '/role.json' }, against: 1 },
  };
  for (const [name, args] of Object.entries(unmeant)) {
    it(`asks, and takes the document of the editor, for ${name}`, () =>
      assert.deepEqual(changeArguments(args), {}));
  }

  it('shows a report where there is one, also where nothing is newly granted', () => {
    assert.deepEqual(changeAnswer({ report: '# What this change grants', granted: 0 }), {
      kind: 'report',
      report: '# What this change grants',
    });
  });

  it('says why there is nothing to compare with, and where there is no policy', () => {
    assert.deepEqual(changeAnswer({ problem: 'the file has not been saved' }), {
      kind: 'problem',
      problem: 'the file has not been saved',
    });
    assert.deepEqual(changeAnswer({}), { kind: 'noPolicy' });
  });
});
