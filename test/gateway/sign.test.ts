import * as assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as aws4 from 'aws4';
import * as fc from 'fast-check';
import { buildRequest, type GatewayRequest } from '../../server/src/gateway/request';
import { type AwsKeys, signRequest } from '../../server/src/gateway/sign';
import type { NameValue } from '../../server/src/gateway/target';
import { validateTarget } from '../../server/src/gateway/targetProblems';
import { aTarget } from './targets';

const CORPUS = join(__dirname, '../../../../shared/corpus/sigv4/v4');
const keys: AwsKeys = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
};

describe('The signature', () => {
  it('is what the AWS signing test suite expects', async () => {
    if (!existsSync(CORPUS)) {
      console.log(`      The AWS signing test suite is not at ${CORPUS}: no case ran.`);
      return;
    }
    // The unnormalized cases sign as S3 does, which leaves the path as it is; with a space alone that is no difference.
    const cases = readdirSync(CORPUS).filter(
      (name) => !name.endsWith('-unnormalized') || name === 'get-space-unnormalized',
    );
    for (const name of cases) {
      assert.equal(await signCase(join(CORPUS, name)), readText(CORPUS, name, 'header-signature.txt'), name);
    }
    console.log(`      ${cases.length} cases of the AWS signing test suite ran.`);
    assert.equal(cases.length, 32);
  });

  // Paths as sent, and as AWS said their canonical form should have been.
  const CANONICAL: readonly (readonly [sent: string, canonical: string])[] = [
    ['/dev/%40connections/x%3D', '/dev/%2540connections/x%253D'],
    ['/$default/pets', '/%24default/pets'],
    ['/myStage/@connections', '/myStage/%40connections'],
  ];
  for (const [sent, canonical] of CANONICAL) {
    it(`covers ${sent} as ${canonical}`, async () => {
      const request = aRequest({ path: sent });
      const signed = await signRequest(request, keys, {
        service: 'execute-api',
        region: 'us-east-1',
        date: DATE,
      });
      assert.equal(signed.path, sent);
      assert.equal(signatureOf(signed), signatureOver(canonical));
    });
  }

  it('covers the session token, and not cache-control', async () => {
    const signed = await signRequest(
      buildRequest(aTarget()),
      { ...keys, sessionToken: 'a-token' },
      { service: 'execute-api', region: 'us-east-1', date: DATE },
    );
    const authorization = header(signed, 'authorization');
    assert.match(authorization, /Credential=AKIDEXAMPLE\/20150830\/us-east-1\/execute-api\/aws4_request,/);
    assert.match(authorization, /SignedHeaders=accept;host;x-amz-date;x-amz-security-token,/);
    assert.equal(header(signed, 'cache-control'), 'max-age=0');
    assert.equal(header(signed, 'x-amz-security-token'), 'a-token');
  });

  it('is the one that another implementation calculates, whatever the path and the query hold', async () => {
    const part = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(part, { maxLength: 4 }),
        fc.array(fc.tuple(part, part)),
        async (path, query) => {
          const target = aTarget({ path: path.join('/'), query });
          fc.pre(validateTarget(target).length === 0);
          const request = buildRequest(target);
          const signed = await signRequest(request, keys, {
            service: 'execute-api',
            region: 'us-east-1',
            date: DATE,
          });
          assert.match(request.path, /^[\x21-\x7e]+$/);
          assert.equal(signatureOf(signed), signatureByAws4(signed));
        },
      ),
      { numRuns: 300 },
    );
  });
});

const DATE = new Date('2015-08-30T12:36:00Z');

async function signCase(folder: string): Promise<string> {
  const context = JSON.parse(readText(folder, 'context.json'));
  const [head = '', ...rest] = readText(folder, 'request.txt').split('\n\n');
  const [requestLine = '', ...lines] = head.replace(/\n[ \t]+/g, ' ').split('\n');
  const [, method = '', path = ''] = /^(\S+) (.*) HTTP\/1\.1$/.exec(requestLine) ?? [];
  const headers = lines.filter(Boolean).map((line): NameValue => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon), line.slice(colon + 1)];
  });
  const body = rest.join('\n\n');
  const { access_key_id, secret_access_key, token } = context.credentials;
  const extra: NameValue[] = context.sign_body
    ? [['x-amz-content-sha256', createHash('sha256').update(body).digest('hex')]]
    : [];
  const signed = await signRequest(
    aRequest({ method, path, headers: [...headers, ...extra] }),
    {
      accessKeyId: access_key_id,
      secretAccessKey: secret_access_key,
      // Services differ in whether the token is signed; for this case it is added afterwards.
      sessionToken: context.omit_session_token === true ? undefined : token,
    },
    { service: context.service, region: context.region, date: new Date(context.timestamp) },
    body === '' ? undefined : body,
  );
  return signatureOf(signed);
}

function aRequest(changes: Partial<GatewayRequest>): GatewayRequest {
  return {
    method: 'GET',
    protocol: 'https:',
    hostname: 'example.amazonaws.com',
    port: undefined,
    path: '/',
    headers: [['host', 'example.amazonaws.com']],
    ...changes,
  };
}

/** The signature of a GET with this canonical path, calculated step by step from the specification. */
function signatureOver(canonicalPath: string): string {
  const canonical = `GET\n${canonicalPath}\n\nhost:example.amazonaws.com\nx-amz-date:20150830T123600Z\n\nhost;x-amz-date\n${sha256('')}`;
  const scope = '20150830/us-east-1/execute-api/aws4_request';
  const stringToSign = `AWS4-HMAC-SHA256\n20150830T123600Z\n${scope}\n${sha256(canonical)}`;
  const key = scope
    .split('/')
    .reduce(
      (secret, part) => createHmac('sha256', secret).update(part).digest(),
      Buffer.from(`AWS4${keys.secretAccessKey}`),
    );
  return createHmac('sha256', key).update(stringToSign).digest('hex');
}

function signatureByAws4(signed: GatewayRequest): string {
  const names = /SignedHeaders=([^,]+)/.exec(header(signed, 'authorization'))?.[1]?.split(';') ?? [];
  const signer = new aws4.RequestSigner(
    {
      method: signed.method,
      path: signed.path,
      headers: Object.fromEntries(names.map((name) => [name, header(signed, name)])),
      service: 'execute-api',
      region: 'us-east-1',
      doNotModifyHeaders: true,
    },
    { ...keys, sessionToken: '' },
  );
  signer.datetime = header(signed, 'x-amz-date');
  return signer.signature();
}

function signatureOf(signed: GatewayRequest): string {
  return /Signature=([0-9a-f]+)$/.exec(header(signed, 'authorization'))?.[1] ?? '';
}

function header(request: GatewayRequest, wanted: string): string {
  return request.headers.find(([name]) => name === wanted)?.[1] ?? '';
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function readText(...path: string[]): string {
  return readFileSync(join(...path), 'utf8').trimEnd();
}
