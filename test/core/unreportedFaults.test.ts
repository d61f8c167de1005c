import assert from 'node:assert/strict';
import { limit } from '../support/patience';
import { languageService } from '../support/policies';

const service = languageService();

const LINES = [
  'Version: "2012-10-17"',
  'Idd: x',
  'Statement:',
  '  - Sid: One',
  '    Effect: Allow',
  '    Action: a:One',
  '  - Sid: Two',
  '    Effect: Allow',
  '    Action: a:Two',
  '  - Effct: Allow',
  '    Action: a:Three',
  '    Resource: "*"',
] as const;

const ALL = [
  '1 element-unknown',
  '3 resource-missing',
  '5 service-unknown',
  '6 resource-missing',
  '8 service-unknown',
  '9 element-unknown',
  '10 service-unknown',
] as const;

/** What is told of lines, each with the number of its line; one line does not count. */
function told(lines: readonly string[], uncounted = lines.length): readonly string[] {
  const text = lines.join('\n');
  const { findings, failures } = service.lint(service.open({ text, language: 'yaml' }));
  assert.deepEqual(failures, []);
  return findings.map(({ rule, span }) => {
    const line = text.slice(0, span.start).split('\n').length - 1;
    return `${line > uncounted ? line - 1 : line} ${rule}`;
  });
}

/** A line in front of which another stands that is no YAML, and what is not told then. */
const ROWS: readonly (readonly [at: number, silenced: readonly string[]])[] = [
  // In the policy, outside of its statements: what the policy has is open.
  [0, ['1 element-unknown']],
  [1, ['1 element-unknown']],
  [2, ['1 element-unknown']],
  [12, ['1 element-unknown']],
  // In a statement: what that has is open, and not what its values say.
  [4, ['3 resource-missing']],
  [5, ['3 resource-missing']],
  [7, ['6 resource-missing']],
  [8, ['6 resource-missing']],
  [10, ['9 element-unknown']],
  [11, ['9 element-unknown']],
];

describe('a finding of YAML beside a fault that other tools tell', function () {
  this.timeout(limit(20_000));

  it('is told where there is no fault', () => {
    assert.deepEqual(told(LINES), ALL);
  });

  for (const [at, silenced] of ROWS) {
    it(`is not told if it depends on what the fault may hide: in front of line ${at}`, () => {
      const indent = /^ */.exec(LINES[at] ?? '')?.[0] ?? '';
      const lines = [...LINES.slice(0, at), `${indent}x: "a" b`, ...LINES.slice(at)];
      assert.deepEqual(
        told(lines, at),
        ALL.filter((each) => !silenced.includes(each)),
      );
    });
  }

  it('is told of a policy behind a document of its own', () => {
    assert.deepEqual(
      told(['x: "a" b', 'y: z', '---', ...LINES]).map((each) =>
        each.replace(/^\d+/, (line) => `${Number(line) - 3}`),
      ),
      ALL,
    );
  });

  it('is told in a text that is so long that nobody looks for faults in it', () => {
    const lines = [...LINES.slice(0, 8), '    x: "a" b', ...LINES.slice(8)];
    const padded = (length: number): readonly string[] => {
      const missing = length - lines.join('\n').length - '\n#'.length;
      return [...lines, `#${'-'.repeat(missing)}`];
    };
    assert.ok(!told(padded(500_000), 8).includes('6 resource-missing'));
    assert.ok(told(padded(500_001), 8).includes('6 resource-missing'));
  });
});
