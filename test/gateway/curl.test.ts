import * as assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fc from 'fast-check';
import { curlCaveat, curlCommand } from '../../server/src/gateway/curl';
import { buildRequest, requestUrl } from '../../server/src/gateway/request';
import { validateTarget } from '../../server/src/gateway/targetProblems';
import { aTarget } from './targets';

/** The words that a shell makes of the command, with this environment. */
function words(command: string, env: Readonly<Record<string, string>> = {}): readonly string[] {
  const script = `curl() { for word in "$@"; do printf '%s\\0' "$word"; done; }\n${command}\n`;
  const output = execFileSync('sh', ['-c', script], { env: { PATH: process.env.PATH ?? '', ...env } });
  return output.toString('utf8').split('\0').slice(0, -1);
}

const KEYS = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'se cr"et$`x' };

describe('The request as a curl command', () => {
  it('reads well', () => {
    assert.equal(
      curlCommand(aTarget({ headers: [['X-Tenant', 'blue']] }), { signing: 'sigv4', apiKey: 'sent' }),
      [
        'curl --include --path-as-is --globoff --request GET',
        "'https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/prod/pets/1'",
        "--aws-sigv4 'aws:amz:us-east-1:execute-api'",
        '--user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY"',
        '${AWS_SESSION_TOKEN:+--header} ${AWS_SESSION_TOKEN:+"x-amz-security-token: $AWS_SESSION_TOKEN"}',
        '--header "x-api-key: $API_KEY"',
        "--header 'cache-control: max-age=0'",
        "--header 'accept: */*'",
        "--header 'x-tenant: blue'",
      ].join(' \\\n  '),
    );
  });

  it('takes keys from the environment, and a session token only where there is one', () => {
    const command = curlCommand(aTarget(), { signing: 'sigv4', apiKey: 'absent' });
    assert.ok(words(command, KEYS).includes('AKIDEXAMPLE:se cr"et$`x'));
    assert.ok(!words(command, KEYS).join().includes('security-token'));
    const temporary = words(command, { ...KEYS, AWS_SESSION_TOKEN: 'a token' });
    assert.equal(temporary[temporary.indexOf('x-amz-security-token: a token') - 1], '--header');
  });

  it('signs nothing that is sent unsigned, and asks for headers alone with HEAD', () => {
    const command = curlCommand(aTarget({ method: 'HEAD' }), { signing: 'unsigned', apiKey: 'absent' });
    assert.doesNotMatch(command, /AWS|x-amz/);
    assert.ok(words(command).includes('--head'));
  });

  it('holds no secret, and sends it all the same', () => {
    const target = aTarget({
      query: [
        ['page', '1'],
        ['access_token', "s3cret'one"],
        ['2nd', 'plain two'],
        ['api_key', 's3cret'],
        ['last', 'x'],
      ],
      headers: [['X-Session-Token', 's3cret three']],
    });
    const command = curlCommand(target, { signing: 'unsigned', apiKey: 'absent' });
    assert.doesNotMatch(command, /s3cret/);
    const sent = words(command, { ACCESS_TOKEN: 'T', API_KEY: 'K', X_SESSION_TOKEN: 'S' });
    assert.ok(
      sent.some((word) => word.endsWith('?2nd=plain%20two&access_token=T&api_key=K&last=x&page=1')),
      command,
    );
    assert.ok(sent.includes('x-session-token: S'));
  });

  it('warns of paths that some versions of curl sign wrongly', () => {
    const signed = { signing: 'sigv4', apiKey: 'absent' } as const;
    assert.match(curlCaveat(aTarget({ path: 'pets/a b' }), signed) ?? '', /Older versions of curl/);
    assert.match(curlCaveat(aTarget({ path: 'orders:search' }), signed) ?? '', /Older versions of curl/);
    assert.equal(curlCaveat(aTarget({ query: [['q', 'a b']] }), signed), undefined);
    assert.match(curlCaveat(aTarget({ path: 'pets//1' }), signed) ?? '', /Older versions of curl/);
    assert.match(curlCaveat(aTarget({ headers: [['x-k', '']] }), signed) ?? '', /empty header/);
    assert.equal(curlCaveat(aTarget({ path: 'a b' }), { ...signed, signing: 'unsigned' }), undefined);
  });

  it('sorts the values of one parameter only for a signature, and says so', () => {
    const ids = (...values: readonly string[]) => aTarget({ query: values.map((id) => ['id', id]) });
    const signed = { signing: 'sigv4', apiKey: 'absent' } as const;
    const unsigned = { ...signed, signing: 'unsigned' } as const;
    assert.match(curlCommand(ids('9', '10'), signed), /id=10&id=9/);
    assert.match(curlCaveat(ids('9', '10'), signed) ?? '', /values of the query parameter "id" are sorted/);
    assert.equal(curlCaveat(ids('10', '9'), signed), undefined);
    assert.match(curlCommand(ids('9', '10'), unsigned), /id=9&id=10/);
    assert.equal(curlCaveat(ids('9', '10'), unsigned), undefined);
  });

  it('has a variable of its own for each secret', () => {
    const target = aTarget({
      query: [
        ['api_key', 'one'],
        ['token', 'two'],
        ['token', 'three'],
      ],
    });
    const command = curlCommand(target, { signing: 'unsigned', apiKey: 'sent' });
    const sent = words(command, { API_KEY: 'H', API_KEY_2: '1', TOKEN: '2', TOKEN_2: '3' });
    assert.ok(
      sent.some((word) => word.endsWith('?api_key=1&token=2&token=3')),
      command,
    );
    assert.ok(sent.includes('x-api-key: H'));
  });

  it('is the same words whatever the target holds', () => {
    const part = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 });
    const value = fc.string({
      unit: fc.integer({ min: 32, max: 126 }).map((code) => String.fromCharCode(code)),
    });
    fc.assert(
      fc.property(fc.array(part, { maxLength: 3 }), part, value, (path, query, header) => {
        const target = aTarget({
          path: path.join('/'),
          query: [['q', query]],
          headers: [['x-tenant', header]],
        });
        fc.pre(validateTarget(target).length === 0);
        const sent = words(curlCommand(target, { signing: 'unsigned', apiKey: 'absent' }));
        assert.equal(sent[5], requestUrl(buildRequest(target)));
        assert.equal(sent.at(-1), header.trim() === '' ? 'x-tenant;' : `x-tenant: ${header}`);
      }),
      { numRuns: 20 },
    );
  }).timeout(10_000);
});
