import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { createRedactor } from '../../server/src/gateway/redact';

const SECRET = 'abc/DEF+ghi"=\\EXAMPLE';

describe('Redaction', () => {
  it('finds a secret in every spelling', () => {
    const { text } = createRedactor([SECRET]);
    const spellings = [
      SECRET,
      encodeURIComponent(SECRET),
      encodeURIComponent(encodeURIComponent(SECRET)),
      JSON.stringify(SECRET),
      JSON.stringify(SECRET).replaceAll('/', '\\/'),
    ];
    for (const spelling of spellings) {
      assert.doesNotMatch(text(`<${spelling}>`), /abc|EXAMPLE/);
    }
  });

  it('hides values by the name of their header or parameter, however short they are', () => {
    const { headers, url } = createRedactor([]);
    assert.deepEqual(
      headers([
        ['Cookie', 'a=b'],
        ['X-Auth-Token', 't'],
        ['X-Api-Key', 'k'],
        ['Authorization', 'Bearer x'],
        ['X-Tenant', 'blue'],
      ]).map(([, value]) => value),
      ['[redacted]', '[redacted]', '[redacted]', '[redacted]', 'blue'],
    );
    assert.equal(
      url('https://x/prod/pets?page=2&access_token=t&apikey=k&flag'),
      'https://x/prod/pets?page=2&access_token=[redacted]&apikey=[redacted]&flag',
    );
  });

  it('keeps what tells keys apart, and nothing to sign or replay with', () => {
    const { headers } = createRedactor([]);
    const value = `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260101/us-east-1/execute-api/aws4_request, SignedHeaders=host, Signature=${'0'.repeat(64)}`;
    assert.deepEqual(headers([['authorization', value]]), [
      [
        'authorization',
        'AWS4-HMAC-SHA256 Credential=****MPLE/20260101/us-east-1/execute-api/aws4_request, SignedHeaders=host, Signature=[redacted]',
      ],
    ]);
  });

  it('leaves no piece of a secret at a cut', () => {
    const { cutText } = createRedactor([SECRET]);
    fc.assert(
      fc.property(fc.nat(SECRET.length), fc.string({ maxLength: 20 }), (length, before) => {
        const shown = cutText(before + SECRET.slice(0, length));
        assert.ok(length < 4 || !shown.endsWith(SECRET.slice(0, length)));
      }),
    );
  });

  it('leaves no piece of an encoded secret at a cut, within an escape either', () => {
    const { cutText } = createRedactor([SECRET]);
    for (const written of [encodeURIComponent(SECRET), JSON.stringify(JSON.stringify(SECRET)).slice(3, -3)]) {
      for (let length = 8; length <= written.length; length += 1) {
        const shown = cutText(`before ${written.slice(0, length)}`);
        assert.ok(['before ', 'before [redacted]'].includes(shown), `${length} characters: ${shown}`);
      }
    }
  });

  it('cuts what is too long, and never in the middle of a secret', () => {
    const { brief } = createRedactor([SECRET]);
    assert.equal(brief(`${'x'.repeat(10)}${SECRET}`, 15), `${'x'.repeat(10)}…`);
    assert.equal(brief(`x${SECRET}`, 100), 'x[redacted]');
  });

  it('leaves ordinary text alone', () => {
    const { text, cutText } = createRedactor(['test', SECRET]);
    assert.equal(text('a test of Signature and Credential'), 'a test of Signature and Credential');
    assert.equal(cutText('the end ab'), 'the end ab');
    // What is no cut ends where it ends.
    assert.equal(text('the end abc/DEF+'), 'the end abc/DEF+');
    assert.equal(cutText('the end abc/DEF+'), 'the end ');
  });
});
