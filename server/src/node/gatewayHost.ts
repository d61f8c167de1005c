import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as http from 'node:http';
import * as https from 'node:https';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { createSecureContext } from 'node:tls';
import type {
  ClientCertificate,
  GatewayHost,
  NetworkSettings,
  SendFailure,
  SendFailureKind,
  SendOptions,
  SendOutcome,
} from '../gateway/host';
import type { GatewayRequest } from '../gateway/request';
import type { NameValue } from '../gateway/target';
import { createControlPlane } from './controlPlane';
import { resolveCredentials } from './credentials';
import {
  type AgentFor,
  createAgents,
  environmentNetwork,
  FAILURE_MESSAGES,
  failureKind,
  type Route,
} from './network';

export interface GatewayHostOptions {
  /** Asks a person for the code of an MFA device; without it such profiles fail as `mfa-required`. */
  readonly mfaCode?: ((serial: string) => Promise<string>) | undefined;
  /** How this machine reaches others, asked for each time; what the environment says unless given. */
  readonly network?: (() => Promise<NetworkSettings>) | undefined;
}

/** The engine's host in Node: what opens a connection for an invalidation starts here. */
export function createGatewayHost(options: GatewayHostOptions = {}): GatewayHost {
  // The SDK warns on standard error about runtimes that later versions of it will not support; this one does.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  const network = options.network ?? (async () => environmentNetwork(process.env));
  const agentFor: AgentFor = async (url) => createAgents(await network())(url);
  return {
    now: () => new Date(),
    send: async (request, wanted) => {
      try {
        const certificate = readCertificate(wanted.clientCertificate);
        return await send(request, wanted, await agentFor(request), certificate);
      } catch (error) {
        const kind = failureKind(error, 'direct');
        const message = FAILURE_MESSAGES[kind](request.hostname);
        return { kind: 'failure', failure: { kind, message, totalMs: 0 } };
      }
    },
    credentials: (wanted) => resolveCredentials(wanted, { mfaCode: options.mfaCode, agentFor }),
    control: createControlPlane(agentFor),
    wait: async (milliseconds, signal) => {
      // Waiting ends early when it is called off, which is no error here.
      await delay(milliseconds, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
    },
  };
}

/**
 * Sends the request with Node's own client, which leaves the path and the Host header as they are; `fetch` would
 * resolve dot segments and drop the header, and so break the signature.
 */
function send(
  request: GatewayRequest,
  options: SendOptions,
  route: Route,
  certificate: CertificateAndKey | undefined,
): Promise<SendOutcome> {
  const started = performance.now();
  const elapsed = () => Math.round(performance.now() - started);

  return new Promise((resolve) => {
    let status: number | undefined;
    let outgoing: http.ClientRequest | undefined;
    const finish = (outcome: SendOutcome) => {
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', cancel);
      resolve(outcome);
      outgoing?.destroy();
      route.close();
    };
    const fail = (kind: SendFailureKind, message: string) => {
      const failure: SendFailure = {
        kind,
        message,
        totalMs: elapsed(),
        ...(status === undefined ? {} : { status }),
      };
      finish({ kind: 'failure', failure });
    };
    const cancel = () => fail('cancelled', 'Cancelled.');
    const timer = setTimeout(
      () => fail('timeout', `No complete answer within ${options.timeoutMs} ms.`),
      options.timeoutMs,
    );
    if (options.signal?.aborted === true) {
      cancel();
      return;
    }
    options.signal?.addEventListener('abort', cancel, { once: true });

    const onResponse = (incoming: http.IncomingMessage) => {
      status = incoming.statusCode ?? 0;
      const firstByteMs = elapsed();
      const chunks: Buffer[] = [];
      let bodyBytes = 0;
      let countedBytes = 0;
      const mostBytes = Math.max(options.maxBodyBytes + 1, options.maxCountedBytes ?? 0);
      const respond = () => {
        const body = Buffer.concat(chunks);
        finish({
          kind: 'response',
          response: {
            status: incoming.statusCode ?? 0,
            headers: pairs(incoming.rawHeaders),
            body: readBody(body, incoming.headers['content-encoding']),
            bodyBytes,
            countedBytes,
            bodyDigest: createHash('sha256').update(body).digest('hex'),
            truncated: countedBytes > bodyBytes,
            timings: { firstByteMs, totalMs: elapsed() },
          },
        });
      };
      incoming.on('data', (chunk: Buffer) => {
        const room = options.maxBodyBytes - bodyBytes;
        chunks.push(chunk.subarray(0, room));
        bodyBytes += Math.min(chunk.length, room);
        countedBytes += chunk.length;
        if (countedBytes >= mostBytes) {
          respond();
        }
      });
      incoming.on('end', respond);
      incoming.on('error', () => fail('closed', 'The connection was closed in the middle of the answer.'));
    };

    try {
      outgoing = (request.protocol === 'https:' ? https : http).request({
        hostname: request.hostname,
        port: request.port,
        method: request.method,
        path: request.path,
        headers: Object.fromEntries(request.headers),
        agent: route.agent ?? false,
        ...(request.serverName === undefined ? {} : { servername: request.serverName }),
        ...certificate,
      });
      outgoing.on('response', onResponse);
      // What a proxy answers instead of opening a way would otherwise look like the target's answer.
      outgoing.on('proxyConnect', ({ statusCode }: { readonly statusCode: number }) => {
        if (statusCode !== 200) {
          fail('proxy', FAILURE_MESSAGES.proxy(request.hostname));
        }
      });
      // Errors keep coming after an outcome is settled (destroying the socket is one); they change nothing.
      outgoing.on('error', (error) => {
        const kind = failureKind(error, route.way);
        fail(kind, FAILURE_MESSAGES[kind](request.hostname));
      });
      // An answer that wants another protocol than HTTP; Node hangs up and says nothing else about it.
      outgoing.on('upgrade', () => fail('protocol', FAILURE_MESSAGES.protocol(request.hostname)));
      outgoing.on('close', () => {
        if (status === undefined) {
          fail('closed', FAILURE_MESSAGES.closed(request.hostname));
        }
      });
      outgoing.end();
    } catch {
      fail('protocol', 'The request cannot be written as HTTP.');
    }
  });
}

type CertificateAndKey = Pick<https.RequestOptions, 'cert' | 'key'>;

/** Throws an error that `failureKind` knows where the files cannot be read, or do not belong together. */
function readCertificate(files: ClientCertificate | undefined): CertificateAndKey | undefined {
  if (files === undefined) {
    return undefined;
  }
  try {
    const pair = { cert: readFileSync(files.certFile), key: readFileSync(files.keyFile) };
    createSecureContext(pair);
    return pair;
  } catch {
    // Not the error itself: that of a key may quote it.
    throw Object.assign(new Error('The client certificate cannot be used.'), {
      code: 'UNUSABLE_CERTIFICATE',
    });
  }
}

function pairs(raw: readonly string[]): readonly NameValue[] {
  return raw.flatMap((name, index): readonly NameValue[] =>
    index % 2 === 0 ? [[name, raw[index + 1] ?? '']] : [],
  );
}

/** A compressed body, which was not asked for, says nothing as text. */
function readBody(bytes: Buffer, encoding: string | undefined): string {
  return encoding === undefined || encoding === 'identity' ? bytes.toString('utf8') : '';
}
