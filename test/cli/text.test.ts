import assert from 'node:assert/strict';
import { excerptOf } from '../../server/src/cli/format/excerpt';
import { displayWidth } from '../../server/src/cli/format/printable';
import { runCli } from './memoryIo';

const POLICY = `{
\t"Statement": {
\t\t"Effect": "Allow",
\t\t"Action": ["s3:BAD", "s3:Good"]
\t}
}
`;

describe('iam-policy lint --format text', () => {
  it('shows the line and carets under exactly what is wrong', async () => {
    const run = await runCli(['lint', 'dir/p.json'], { files: { 'dir/p.json': POLICY } });
    assert.equal(
      run.stdout,
      [
        'dir/p.json:4:18 error action-bad The action "s3:BAD" is bad',
        ' 4 | \t\t"Action": ["s3:BAD", "s3:Good"]',
        '   | \t\t               ^^^',
        '',
        '1 error in 1 file; --fix can fix 1',
        '',
      ].join('\n'),
    );
  });

  it('sums up by severity and by file', async () => {
    const run = await runCli(['lint', 'a.json', 'b.json', 'c.json'], {
      files: {
        'a.json': '{"Statement":{"Action":["s3:BAD","s3:BAD"]}}',
        'b.json': '{"Statement":{"Sid":"A","Principal":"*","Action":"s3:BAD"}}',
        'c.json': '{"Statement":{"Action":"s3:Good"}}',
      },
    });
    assert.match(run.stdout, /\n3 errors, 1 warning, 1 info in 2 files \(3 checked\); --fix can fix 3\n$/);
  });

  it('says that there is nothing, rather than nothing', async () => {
    const files = { 'p.json': '{"Statement":{"Action":"s3:Good"}}' };
    assert.equal((await runCli(['lint', 'p.json'], { files })).stdout, 'no findings in 1 file\n');
  });

  it('tells how much --fix has fixed', async () => {
    const files = { 'p.json': '{"Statement":{"Action":["s3:BAD","s3:BAD"]}}' };
    assert.equal(
      (await runCli(['lint', '--fix', 'p.json'], { files })).stdout,
      'no findings in 1 file, 2 fixed\n',
    );
  });

  it('has no excerpt where there is nothing to show', async () => {
    const run = await runCli(['lint', 'p.json'], { files: { 'p.json': '' } });
    assert.match(
      run.stdout,
      /^p\.json:1:1 error policy-not-found No policy was found[^\n]*\n\n1 error in 1 file\n$/,
    );
  });

  it('lets no control character of a policy or a name through to the terminal', async () => {
    const name = 'p\u001b[2J.json';
    const run = await runCli(['lint', name], {
      files: { [name]: '{"Statement":{"Action":"s3:BAD\\u001b[31m\\u202e"},"a":"\u001b]0;x\u0007\u202e"}' },
    });
    assert.doesNotMatch(run.stdout, /[\u001b\u0007\u202e]/);
    assert.match(run.stdout, /^p␛\[2J\.json:1:28 error action-bad The action "s3:BAD␛\[31m\ufffd" is bad\n/);
  });

  const coloured = async (world: Parameters<typeof runCli>[1]) =>
    (await runCli(['lint', 'p.json'], { files: { 'p.json': POLICY }, ...world })).stdout.includes('\u001b[');

  it('is coloured on a terminal and by FORCE_COLOR, and not against NO_COLOR', async () => {
    assert.equal(await coloured({}), false);
    assert.equal(await coloured({ isTty: true }), true);
    assert.equal(await coloured({ isTty: true, env: { NO_COLOR: '1' } }), false);
    assert.equal(await coloured({ isTty: true, env: { NO_COLOR: '' } }), true);
    assert.equal(await coloured({ isTty: true, env: { TERM: 'dumb' } }), false);
    assert.equal(await coloured({ env: { FORCE_COLOR: '1' } }), true);
    assert.equal(await coloured({ env: { FORCE_COLOR: '' } }), false);
    assert.equal(await coloured({ isTty: true, env: { FORCE_COLOR: '0' } }), false);
    assert.equal(await coloured({ env: { FORCE_COLOR: '3', TERM: 'dumb' } }), true);
    assert.equal(await coloured({ env: { FORCE_COLOR: '1', NO_COLOR: '1' } }), false);
  });

  it('never colours JSON', async () => {
    const run = await runCli(['lint', '--format', 'json', 'p.json'], {
      files: { 'p.json': POLICY },
      isTty: true,
    });
    assert.equal(run.stdout.includes('\u001b'), false);
  });
});

describe('excerptOf', () => {
  /** The line's `[` and `]` mark the span. */
  function excerpt(marked: string) {
    const from = marked.indexOf('[');
    const line = marked.replace('[', '').replace(']', '');
    return excerptOf(line, from, marked.indexOf(']') - 1);
  }

  for (const [name, marked, source, marks] of [
    ['plain text', 'ab[cd]e', 'abcde', '  ^^'],
    ['an empty span', 'ab[]cd', 'abcd', '  ^'],
    ['the end of the line', 'ab[]', 'ab', '  ^'],
    ['tabs before the span', '\ta\t[b]', '\ta\tb', '\t \t^'],
    ['a tab in the span', '[a\tb]', 'a␉b', '^^^'],
    ['wide characters before the span', '日本[x]', '日本x', '    ^'],
    ['a wide character in the span', 'a[語]b', 'a語b', ' ^^'],
    ['an empty span at a wide character', '[]語', '語', '^'],
    ['an astral character before the span', '😀[x]', '😀x', '  ^'],
    ['a family of emoji', '👩‍👩‍👧[x]', '👩‍👩‍👧x', '  ^'],
    ['combining marks', 'e\u0301[x]', 'e\u0301x', ' ^'],
    ['half-width katakana', 'ｱ[x]', 'ｱx', ' ^'],
    ['an invisible character', 'a\u200b[x]', 'a\ufffdx', '  ^'],
  ] as const) {
    it(`stands under ${name}`, () => {
      assert.deepEqual(excerpt(marked), { source, marks });
    });
  }

  it('shows a long line from shortly before the span', () => {
    const line = `${'a'.repeat(5000)}XYZ${'b'.repeat(5000)}`;
    const { source, marks } = excerptOf(line, 5000, 5003);
    assert.ok(source.length <= 122, String(source.length));
    assert.ok(source.startsWith('…a') && source.endsWith('b…'));
    assert.equal(source.slice(marks.indexOf('^'), marks.lastIndexOf('^') + 1), 'XYZ');
  });

  it('cuts the carets of a span that is longer than the window', () => {
    const { source, marks } = excerptOf('a'.repeat(1000), 10, 900);
    assert.ok(marks.length <= source.length);
    assert.equal(marks.indexOf('^'), 10);
  });

  it('parts no surrogate pair at the window', () => {
    const line = `${'😀'.repeat(400)}X${'😀'.repeat(400)}`;
    for (const shift of ['', 'a']) {
      const { source } = excerptOf(shift + line, 800 + shift.length, 801 + shift.length);
      assert.match(source, /^…😀+X😀+…$/u);
    }
  });
});

describe('the width of a text on a terminal', () => {
  const widths: readonly (readonly [text: string, width: number])[] = [
    ['', 0],
    ['arn:aws', 7],
    ['caf\u00e9', 4],
    ['cafe\u0301', 4],
    ['日本', 4],
    ['ｱ', 1],
    ['👍🏽!', 3],
    ['\u0301', 0],
  ];
  for (const [text, width] of widths) {
    it(`is ${width} for ${JSON.stringify(text)}`, () => {
      assert.equal(displayWidth(text), width);
    });
  }
});
