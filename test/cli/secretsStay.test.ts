import assert from 'node:assert/strict';
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLanguageService } from '../../server/src/core/index';
import { hostOf } from '../support/callerHost';
import { isThorough } from '../support/thorough';
import { runCli } from './memoryIo';

/** Everything secret that an invalidation can carry, in characters that encodings change. */
const SECRETS = {
  accessKey: 'wJalr+XUtn/FEMI"K7MDENG=bPxRfiCY<EXAMPLE>',
  sessionToken: 'IQoJb3JpZ2lu/X2VjEJ+session&token=="EXAMPLE',
  apiKey: 'd41d8cd9/8f00b204+e9800998"ecf8427eEXAMPLE',
  bearer: 'eyJhbGciOi/JIUzI1NiJ9.eyJzdWIi+OiJhbmEifQ.EXAMPLE==',
  parameter: 'parameter/with+every"thing&in=it',
  header: 'header/with+every"thing&in=it',
};

/** How a server may write down what it was sent. */
const SPELLINGS: Readonly<Record<string, (text: string) => string>> = {
  'as it is': (text) => text,
  percent: encodeURIComponent,
  'percent in small letters': (text) =>
    encodeURIComponent(text).replace(/%../g, (each) => each.toLowerCase()),
  'percent twice': (text) => encodeURIComponent(encodeURIComponent(text)),
  form: (text) => new URLSearchParams({ x: text }).toString().slice(2),
  JSON: (text) => JSON.stringify(text).slice(1, -1),
  'JSON in JSON': (text) => JSON.stringify(JSON.stringify(text).slice(1, -1)).slice(1, -1),
  'JSON with code units': (text) =>
    text.replace(/[^\w.]/g, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`),
  HTML: (text) =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
  'HTML with numbers': (text) => text.replace(/[^\w.]/g, (each) => `&#${each.charCodeAt(0)};`),
  'HTML with hexadecimal numbers': (text) =>
    text.replace(/[^\w.]/g, (each) => `&#x${each.charCodeAt(0).toString(16)};`),
  base64: (text) => Buffer.from(text).toString('base64'),
  base64url: (text) => Buffer.from(text).toString('base64url'),
};

describe('a secret', () => {
  let spell: (text: string) => string = (text) => text;
  let status = 200;
  const server = http.createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? '/', 'http://loopback');
    // Names stand beside values, so that the answer looks as servers' answers do; the line of each ends it.
    const told = [
      ...Object.entries(request.headers).map(([name, value]) => [name, String(value)] as const),
      ...searchParams,
    ].filter(([name]) => name !== 'authorization' || !request.headers.authorization?.startsWith('AWS4'));
    const lines = told.map(([name, value]) => `${name}: ${spell(value.replace(/^Bearer /, ''))}`);
    response.writeHead(status, {
      'content-type': 'text/plain',
      ...Object.fromEntries(
        lines.map((line, index) => [`x-echo-${index}`, encodeURI(line).replaceAll('%25', '%')]),
      ),
      ...(status === 302 ? { location: `http://127.0.0.1/?${lines.map(encodeURIComponent).join('&')}` } : {}),
    });
    response.end(`It went wrong.\n${lines.join('\n')}\n${JSON.stringify({ message: lines.join(' ') })}\n`);
  });
  let endpoint = '';
  before(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => {
    server.close();
    server.closeAllConnections();
  });

  const arn = 'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/pets/7';
  const keys = {
    accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
    secretAccessKey: SECRETS.accessKey,
    sessionToken: SECRETS.sessionToken,
  };
  const env = { KEY: SECRETS.apiKey, TOKEN: SECRETS.bearer };
  const carried = ['--query', `token=${SECRETS.parameter}`, '--header', `X-Session-Token: ${SECRETS.header}`];
  const commands: readonly (readonly string[])[] = [
    ['invalidate', arn, ...carried, '--api-key-env', 'KEY'],
    ['invalidate', arn, ...carried, '--verify'],
    ['invalidate', arn, ...carried, '--bearer-env', 'TOKEN'],
    ['invalidate', arn, ...carried, '--whoami', '--read-stage', '--read-keys'],
    ['invalidate', arn, ...carried, '--api-key-env', 'KEY', '--curl'],
    ['invalidate', arn, ...carried, '--bearer-env', 'TOKEN', '--dry-run'],
    ['stage-cache', arn],
    ['flush', arn, '--yes'],
  ];

  async function assertKept(command: readonly string[], format: string): Promise<void> {
    const { stdout, stderr } = await runCli(
      [
        ...command,
        ...(command[0] === 'invalidate' ? ['--endpoint', endpoint] : []),
        ...['--control-endpoint', endpoint, '--format', format],
      ],
      { env, io: { gatewayHost: async () => hostOf(keys) } },
    );
    const output = stdout + stderr;
    assert.notEqual(output, '');
    for (const [kind, secret] of Object.entries(SECRETS)) {
      for (const [shape, write] of Object.entries(SPELLINGS)) {
        const seen = output.includes(write(secret));
        assert.ok(!seen, `${kind} (${shape}), ${status}, iam-policy ${command.join(' ')}:\n${output}`);
      }
    }
  }

  for (const [at, command] of commands.entries()) {
    it(`is in no output of ${command.filter((each) => /^[a-z-]+$/.test(each)).join(' ')}`, async () => {
      spell = (text) => text;
      for (const [turn, code] of [200, 302, 403, 500].entries()) {
        status = code;
        // In a quick run in one of the two, in the other after the next status and for the next command.
        for (const [index, format] of ['text', 'json'].entries()) {
          if (isThorough || (at + turn + index) % 2 === 0) await assertKept(command, format);
        }
      }
    });
  }

  for (const [name, spelling] of Object.entries(SPELLINGS)) {
    it(`is in no output, though the server tells all it was sent: ${name}`, async () => {
      spell = spelling;
      status = 403;
      for (const command of commands.slice(0, 3)) await assertKept(command, 'json');
    });
  }
});

describe('a secret in an argument', () => {
  const HOST = 'a1b2c3d4e5.execute-api.us-east-1.amazonaws.com';
  const ARN = 'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/pets';
  const arguments_ = [
    `https://ann:SECRET-ONE@${HOST}/prod/pets?X-Amz-Security-Token=SECRET-TWO&X-Amz-Signature=SECRET-THREE`,
    `ftp://ann:SECRET-ONE@${HOST}/prod`,
    `https:/ann:SECRET-ONE@${HOST}/prod`,
    `ann:SECRET-ONE@${HOST}/prod?token=SECRET-TWO`,
    `https://${HOST}/prod/pets#access_token=SECRET-TWO`,
    `${ARN}?X-Amz-Security-Token=SECRET-TWO`,
    '/prod/pets?a=1&b=%zz&api_key=SECRET-TWO',
    'arn:aws:s3:::b?token=SECRET-TWO',
  ];
  const files = {
    'p.json': '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}}',
  };
  const commands = [
    ['explain'],
    ['invalidate'],
    ['stage-cache'],
    ['flush'],
    ['check-target'],
    ['allows', 'p.json', '--action', 's3:GetObject', '--resource'],
    ['never', 'p.json', '--action', 's3:GetObject', '--resource'],
  ];
  for (const command of commands) {
    it(`is not repeated by ${command[0]}`, async () => {
      // An ARN is what allows and never answer about.
      const asked = command.includes('--resource')
        ? arguments_.filter((text) => !text.startsWith('arn:'))
        : arguments_;
      for (const argument of asked) {
        for (const format of ['text', 'json']) {
          const argv = [...command, argument, '--format', format];
          const { stdout, stderr } = await runCli(argv, { createService: createLanguageService, files });
          assert.ok(stdout + stderr !== '', argv.join(' '));
          assert.doesNotMatch(stdout + stderr, /SECRET/, argv.join(' '));
        }
      }
    });
  }
});
