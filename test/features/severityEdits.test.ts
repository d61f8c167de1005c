import assert from 'node:assert/strict';
import { applyEdits } from '../../server/src/core/index';
import { languageService } from '../support/policies';

const rows: readonly (readonly [title: string, config: string, after: string | undefined])[] = [
  ['a file that is not there yet', '', '{\n  "rules": {\n    "action-unknown": "off"\n  }\n}\n'],
  [
    'a file without rules',
    '{ "suppressions": [] }',
    '{ "suppressions": [], "rules": { "action-unknown": "off" } }',
  ],
  [
    'rules without it',
    '{ "rules": { "sid-*": "info" } }',
    '{ "rules": { "sid-*": "info", "action-unknown": "off" } }',
  ],
  [
    'the rule itself',
    '{ "rules": { "action-unknown": "error" } }',
    '{ "rules": { "action-unknown": "off" } }',
  ],
  ['no object', '[]', undefined],
  ['rules of another kind', '{ "rules": [] }', undefined],
];

describe('the severity of a rule is written into', () => {
  for (const [title, config, after] of rows) {
    it(title, () => {
      const edits = languageService().severityEdits(config, { rule: 'action-unknown', severity: 'off' });
      assert.equal(edits && applyEdits(config, edits), after);
    });
  }
});
