import assert from 'node:assert/strict';
import type { DocumentLanguage } from '../../server/src/core/index';
import { applyEdits } from '../../server/src/core/lint/edits';
import { languageService } from '../support/policies';

function told(text: string, language: DocumentLanguage = 'yaml'): readonly string[] {
  const service = languageService();
  return service
    .lint(service.open({ text, language }))
    .findings.map(({ rule, span }) => `${rule} ${text.slice(span.start, span.end)}`);
}

const policy = (above: string, behind = '', second = '') => `Version: '2012-10-17'
Statement:
${above}  - Effect: Allow${behind}
    Action: s3:GetObjekt
    Resource: foo
${second}  - Effect: Allow
    Action: s3:GetObjekt
    Resource: '*'
`;

describe('a suppression by comment', () => {
  it('is about the statement below it, and no other', () => {
    assert.deepEqual(told(policy('')), [
      'action-unknown GetObjekt',
      'arn-prefix foo',
      'action-unknown GetObjekt',
    ]);
    assert.deepEqual(told(policy('  # iam-policy-ignore action-unknown: it is new\n')), [
      'arn-prefix foo',
      'action-unknown GetObjekt',
    ]);
  });

  it('may stand behind what it is about, or above one line of it', () => {
    assert.deepEqual(told(policy('', ' # iam-policy-ignore arn-*: filled in later')), [
      'action-unknown GetObjekt',
      'action-unknown GetObjekt',
    ]);
    const text = policy('').replace(
      'Resource: foo',
      'Resource: foo # iam-policy-ignore arn-prefix: filled in later',
    );
    assert.deepEqual(told(text), ['action-unknown GetObjekt', 'action-unknown GetObjekt']);
  });

  it('may be one of several, over blank lines', () => {
    const above = '  # iam-policy-ignore action-unknown: new\n\n  # iam-policy-ignore arn-prefix: later\n';
    for (const lineBreak of ['\n', '\r\n', '\r']) {
      assert.deepEqual(told(policy(above).replaceAll('\n', lineBreak)), ['action-unknown GetObjekt']);
    }
  });

  it('needs a reason and a rule that exists, and says so', () => {
    assert.deepEqual(told(policy('  # iam-policy-ignore action-unknown\n')).slice(0, 2), [
      'suppression-reason-missing action-unknown',
      'action-unknown GetObjekt',
    ]);
    assert.deepEqual(
      told(policy('  # iam-policy-ignore action-unknwon: x\n'))[0],
      'config-rule-unknown action-unknwon',
    );
    assert.deepEqual(told(policy('  # iam-policy-ignore\n'))[0], 'config-rule-unknown iam-policy-ignore');
  });

  it('is reported where it suppresses nothing', () => {
    assert.ok(
      told(policy('  # iam-policy-ignore sid-empty: no reason\n')).includes('suppression-unused sid-empty'),
    );
  });

  it('is a comment only where the language has it', () => {
    const json =
      '{ "Version": "2012-10-17",\n// iam-policy-ignore action-unknown: new\n"Statement": { "Effect": "Allow", "Action": "s3:GetObjekt", "Resource": "*" } }';
    assert.deepEqual(told(json, 'jsonc'), []);
    assert.ok(told(json, 'json').includes('action-unknown GetObjekt'));
    assert.ok(
      told(policy('').replace("'*'", "'iam-policy-ignore action-unknown: x'")).includes(
        'action-unknown GetObjekt',
      ),
    );
  });
});

describe('what a comment is about', () => {
  const LINES = [
    'Version: "2012-10-17"',
    'Idd: 1',
    'Statement:',
    '  - Sid: One',
    '    Effect: Allow',
    '    Action: [s3:GetObjekt, "s3:Bar"]',
    '    Resource: foo',
    '  - Effct: Allow',
    '    Action: s3:Frob',
    '    Resource: "*"',
    'Idx: 2',
  ];
  const service = languageService();

  /** The findings of lines, each with the number of its line, comments of their own not counted. */
  function toldOf(lines: readonly string[]) {
    const text = lines.join('\n');
    const { findings, suppressed } = service.lint(service.open({ text, language: 'yaml' }));
    const placed = ({ rule, span }: (typeof findings)[number]) => {
      const above = text.slice(0, span.start).split('\n').slice(0, -1);
      return `${above.filter((line) => !/^ *#|^ *$/.test(line)).length} ${rule}`;
    };
    return {
      left: findings.map(placed),
      messages: findings
        .filter(({ rule }) => /^(?:config|suppression)-/.test(rule))
        .map(({ message }) => message),
      suppressed: (suppressed ?? []).map(({ finding, reason, by }) => `${placed(finding)}: ${reason}, ${by}`),
    };
  }

  const all = toldOf(LINES).left;
  const ON_ONE = ['5 action-unknown', '5 action-unknown', '6 arn-prefix'];

  /** What is written in front of a line or behind it, and the findings that it suppresses. */
  const rows: readonly (readonly [
    at: number,
    where: 'above' | 'behind',
    text: string,
    gone: readonly string[],
  ])[] = [
    [3, 'above', '  # iam-policy-ignore *: r', ON_ONE],
    [3, 'above', '# iam-policy-ignore *: r', ON_ONE],
    [3, 'above', '  # iam-policy-ignore a*: r', ON_ONE],
    [3, 'above', '  # iam-policy-ignore arn-prefix: r', ['6 arn-prefix']],
    [3, 'above', '  #iam-policy-ignore arn-prefix :r', ['6 arn-prefix']],
    [3, 'above', '  # iam-policy-ignore *: r\n\n\n  # another comment', ON_ONE],
    [3, 'behind', ' # iam-policy-ignore *: r', ON_ONE],
    [4, 'above', '    # iam-policy-ignore arn-prefix: r', []],
    [5, 'above', '    # iam-policy-ignore *: r', ['5 action-unknown', '5 action-unknown']],
    [5, 'behind', ' # iam-policy-ignore *: r', ['5 action-unknown', '5 action-unknown']],
    [6, 'behind', ' # iam-policy-ignore *: r', ['6 arn-prefix']],
    [7, 'above', '  # iam-policy-ignore *: r', all.filter((each) => /^[789] /.test(each))],
    [7, 'above', '  # iam-policy-ignore element-unknown: r', ['7 element-unknown']],
    [0, 'above', '# iam-policy-ignore arn-prefix: r', []],
    [1, 'above', '# iam-policy-ignore *: r', ['1 element-unknown']],
    [1, 'behind', ' # iam-policy-ignore *: r', ['1 element-unknown']],
    [2, 'above', '# iam-policy-ignore arn-prefix: r', []],
    [10, 'above', '# iam-policy-ignore *: r', ['10 element-unknown']],
    [10, 'behind', ' # iam-policy-ignore *: r', ['10 element-unknown']],
    [10, 'behind', '\n# iam-policy-ignore arn-prefix: r', []],
  ];
  for (const [at, where, comment, gone] of rows) {
    it(`is the statement or the line there: ${JSON.stringify(comment)} ${where} line ${at}`, () => {
      const line = LINES[at] ?? '';
      const written = where === 'above' ? `${comment}\n${line}` : line + comment;
      const { left, messages, suppressed } = toldOf(LINES.with(at, written).join('\n').split('\n'));
      const own = gone.length === 0 ? 1 : 0;
      assert.deepEqual(
        left.filter((each) => !each.endsWith('suppression-unused')),
        all.filter((each) => !gone.includes(each)),
      );
      assert.equal(messages.length, own);
      assert.deepEqual(
        suppressed,
        gone.map((each) => `${each}: r, comment`),
      );
    });
  }

  const mistakes: readonly (readonly [comment: string, ...messages: string[]])[] = [
    ['# iam-policy-ignore', 'The comment names no rule: write "iam-policy-ignore rule-id: reason".'],
    ['# iam-policy-ignore : r', 'The comment names no rule: write "iam-policy-ignore rule-id: reason".'],
    ['# iam-policy-ignore a b: r', 'The comment names no rule: write "iam-policy-ignore rule-id: reason".'],
    ['# iam-policy-ignore no-such: r', 'There is no rule "no-such", so this comment suppresses nothing.'],
    [
      `# iam-policy-ignore ${'x'.repeat(99)}: r`,
      `There is no rule "${'x'.repeat(60)}", so this comment suppresses nothing.`,
    ],
    [
      '# iam-policy-ignore arn-prefix',
      'The comment does not say why, so it suppresses nothing: write "iam-policy-ignore arn-prefix: reason".',
    ],
    [
      '# iam-policy-ignore arn-prefix:  ',
      'The comment does not say why, so it suppresses nothing: write "iam-policy-ignore arn-prefix: reason".',
    ],
    ['# iam-policy-ignore sid-empty: r', 'The comment suppresses nothing: "sid-empty" has no finding here.'],
    // Not a comment of this kind, but one that speaks of it.
    ['# write iam-policy-ignore arn-prefix: r'],
  ];
  for (const [comment, ...messages] of mistakes) {
    it(`is nothing where it has a mistake, which is told: ${comment.slice(0, 40)}`, () => {
      const {
        left,
        messages: own,
        suppressed,
      } = toldOf([...LINES.slice(0, 3), `  ${comment}`, ...LINES.slice(3)]);
      assert.deepEqual(own, messages);
      assert.deepEqual(suppressed, []);
      assert.equal(left.includes('6 arn-prefix') || left.includes('7 arn-prefix'), true);
    });
  }

  it('marks the rule in the comment, or the word that begins it, in the order of the text', () => {
    const text = [
      ...LINES.slice(0, 3),
      '  # iam-policy-ignore no-such',
      '  # iam-policy-ignore',
      ...LINES.slice(3),
    ].join('\n');
    const { findings } = service.lint(service.open({ text, language: 'yaml' }));
    assert.deepEqual(
      findings
        .filter(({ rule }) => rule === 'config-rule-unknown')
        .map(({ span }) => text.slice(span.start, span.end)),
      ['no-such', 'iam-policy-ignore'],
    );
    const starts = findings.map(({ span }) => span.start);
    assert.deepEqual(
      starts,
      [...starts].sort((a, b) => a - b),
    );
  });

  it('marks the rule in each comment, be the same one named in the line above', () => {
    const above = '# iam-policy-ignore no-such: r\n';
    const text = above + above + LINES.join('\n');
    const { findings } = service.lint(service.open({ text, language: 'yaml' }));
    const at = above.indexOf('no-such');
    assert.deepEqual(
      findings.filter(({ rule }) => rule === 'config-rule-unknown').map(({ span }) => span.start),
      [at, above.length + at],
    );
  });

  it('is not said to be without use where its rule did not run, or a fault may hide findings', () => {
    const json = (statement: string) =>
      `{ "Version": "2012-10-17", "Statement": [\n// iam-policy-ignore sid-empty: r\n${statement}] }`;
    const unused = (text: string, rules: readonly { rule: string; severity: 'off' }[] = []) =>
      service
        .lint(service.open({ text, language: 'jsonc' }), { rules })
        .findings.filter(({ rule }) => rule === 'suppression-unused').length;
    const whole = json('{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*" }');
    assert.equal(unused(whole), 1);
    assert.equal(unused(whole, [{ rule: 'sid-empty', severity: 'off' }]), 0);
    assert.equal(unused(whole.replace('"Effect":', '"Effect"')), 0);
  });

  it('may be several comments, of which the first that fits gives the reason', () => {
    const { left, suppressed, messages } = toldOf([
      ...LINES.slice(0, 3),
      '  # iam-policy-ignore arn-*: first',
      '  # iam-policy-ignore arn-prefix: second',
      '  # iam-policy-ignore arn-prefix',
      ...LINES.slice(3),
    ]);
    assert.ok(!left.includes('6 arn-prefix'));
    assert.deepEqual(suppressed, ['6 arn-prefix: first, comment']);
    assert.equal(messages.length, 1);
  });
});

describe('the comment that suppresses a finding', () => {
  /** The text after the comment was written for the first finding of a rule, with a reason. */
  function written(text: string, rule: string, language: DocumentLanguage = 'yaml'): string | undefined {
    const service = languageService();
    const document = service.open({ text, language });
    const finding = service.lint(document).findings.find((each) => each.rule === rule);
    const edit = finding && service.commentEdit(document, finding);
    return edit && applyEdits(text, [{ ...edit, text: edit.text.replace(/ ?(\r?\n)$/, ' a reason$1') }]);
  }

  it('is written above the statement, as that is moved in, and works', () => {
    const text = written(policy(''), 'arn-prefix') ?? '';
    assert.ok(
      text.includes('Statement:\n  # iam-policy-ignore arn-prefix: a reason\n  - Effect: Allow\n'),
      text,
    );
    assert.deepEqual(told(text), ['action-unknown GetObjekt', 'action-unknown GetObjekt']);
  });

  it('keeps line ends, and works in flow form and in JSON with comments', () => {
    const windows = policy('').replaceAll('\n', '\r\n');
    assert.ok(written(windows, 'arn-prefix')?.includes('arn-prefix: a reason\r\n  - Effect'));
    // As line breaks were once written on a Macintosh: YAML takes either.
    const old = written(policy('').replaceAll('\n', '\r'), 'arn-prefix') ?? '';
    assert.ok(old.includes('\r  # iam-policy-ignore arn-prefix: a reason\n  - Effect: Allow\r'), old);
    assert.deepEqual(told(old), ['action-unknown GetObjekt', 'action-unknown GetObjekt']);
    const flow = 'Version: 2012-10-17\nStatement: [{Effect: Allow, Action: s3:GetObjekt, Resource: "*"}]\n';
    assert.deepEqual(told(written(flow, 'action-unknown') ?? ''), []);
    const json = `{
  "Version": "2012-10-17",
  "Statement": [
    { "Effect": "Allow", "Action": "s3:GetObjekt", "Resource": "*" }
  ]
}`;
    const mended = written(json, 'action-unknown', 'jsonc') ?? '';
    assert.ok(mended.includes('\n    // iam-policy-ignore action-unknown: a reason\n    {'), mended);
    assert.deepEqual(told(mended, 'jsonc'), []);
  });

  it('is not offered where no comment can stand', () => {
    const json =
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObjekt","Resource":"*"}]}';
    assert.equal(written(json, 'action-unknown', 'json'), undefined);
    assert.equal(written(`policy: |\n  ${json}\n`, 'action-unknown'), undefined);
  });
});
