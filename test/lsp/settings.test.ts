import { strict as assert } from 'node:assert';
import { documentLanguages } from '../../server/src/core/index';
import { features, readSettings } from '../../server/src/lsp/settings';

function read(raw: unknown) {
  const lines: string[] = [];
  return { settings: readSettings(raw, (line) => lines.push(line)), lines };
}

describe('settings, whatever a client sends', () => {
  it('are the defaults where it sends none: everything is on', () => {
    for (const raw of [undefined, null, {}, [], 'x', 7, { rules: [], policyTypes: 'x', codeLens: null }]) {
      const { settings, lines } = read(raw);
      assert.deepEqual(lines, []);
      assert.equal(settings.enable, true);
      assert.equal(settings.codeLens, true);
      assert.deepEqual([...settings.languages], [...documentLanguages]);
      assert.deepEqual([...settings.features], [...features]);
      assert.deepEqual([settings.rules, settings.policyTypes], [[], []]);
      assert.ok(settings.codeLensKinds.size > 1);
    }
  });

  it('switch off what they name, and nothing else', () => {
    const { settings } = read({
      enable: false,
      languages: { yaml: false, json: true },
      codeLens: { enable: false, show: ['changes', 'x'] },
      symbols: { enable: false },
      inlayHints: { actions: { enable: false } },
      folding: { enable: 'no' },
    });
    assert.deepEqual([settings.enable, settings.codeLens], [false, false]);
    assert.deepEqual(
      documentLanguages.filter((name) => !settings.languages.has(name)),
      ['yaml'],
    );
    assert.deepEqual(
      features.filter((name) => !settings.features.has(name)),
      ['symbols', 'inlayHints.actions'],
    );
    assert.deepEqual([...settings.codeLensKinds], ['changes']);
  });

  it('have rules and types in their order; what is none is named in the log', () => {
    const { settings, lines } = read({
      rules: { 'a-*': 'off', 'b-c': 'fatal', 'd-e': 'error' },
      policyTypes: { '**/scp/*.json': 'scp', '**/x': 'y', '**': 1 },
    });
    assert.deepEqual(settings.rules, [
      { rule: 'a-*', severity: 'off' },
      { rule: 'd-e', severity: 'error' },
    ]);
    assert.deepEqual(
      settings.policyTypes.map(({ type, fits }) => [type, fits('/w/scp/a.json'), fits('/w/a.json')]),
      [['scp', true, false]],
    );
    assert.deepEqual(lines, [
      'The setting iamPolicy.rules has no severity "fatal" (for b-c).',
      'The setting iamPolicy.policyTypes has no type "y" (for **/x).',
      'The setting iamPolicy.policyTypes has no type 1 (for **).',
    ]);
  });

  it('count up to a number of entries and a length of names, which a log line tells', () => {
    const told = 'Of the setting iamPolicy.rules the first 2000 entries of at most 4096 characters count.';
    const many = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`rule-${index}`, 'off']));
    const named = (length: number) => ({ ['x'.repeat(length)]: 'off', last: 'off' });
    const cases: readonly (readonly [rules: object, count: number, lines: readonly string[]])[] = [
      [many(2000), 2000, []],
      [many(2001), 2000, [told]],
      [named(4096), 2, []],
      [named(4097), 1, [told]],
    ];
    for (const [rules, count, lines] of cases) {
      const found = read({ rules });
      assert.deepEqual([found.settings.rules.length, found.lines], [count, lines]);
    }
  });

  it('are quoted in the log as far as a person reads', () => {
    for (const [length, quoted] of [
      [200, 'x'.repeat(200)],
      [201, `${'x'.repeat(200)}…`],
    ] as const) {
      const { lines } = read({ rules: { ['x'.repeat(length)]: undefined } });
      assert.deepEqual(lines, [`The setting iamPolicy.rules has no severity undefined (for ${quoted}).`]);
    }
  });
});
