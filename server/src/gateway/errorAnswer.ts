import type { GatewayResponse } from './host';
import type { NameValue } from './target';

/** What API Gateway says in an error: its type, and the message under either spelling of the member. */
export interface ErrorAnswer {
  readonly errorType: string | undefined;
  readonly message: string | undefined;
}

/** The error type without its namespace, and the message, as far as the answer has them. */
export function readError(response: Pick<GatewayResponse, 'headers' | 'body'>): ErrorAnswer {
  const errorType = headerValue(response.headers, 'x-amzn-errortype')
    ?.split(':')[0]
    ?.split('#')
    .pop()
    ?.trim();
  return { errorType: errorType === '' ? undefined : errorType, message: readMessage(response.body) };
}

/** Whether a status says that what was asked for was done. */
export function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

/** The first header of that name, in any case. */
export function headerValue(headers: readonly NameValue[], name: string): string | undefined {
  return headers.find(([candidate]) => candidate.toLowerCase() === name)?.[1];
}

/** API Gateway writes `message`, and `Message` when it denies an authorization. */
function readMessage(body: string): string | undefined {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value !== 'object' || value === null) {
      return undefined;
    }
    const member = Object.entries(value).find(([name]) => name.toLowerCase() === 'message')?.[1];
    return typeof member === 'string' ? member.slice(0, LONGEST_MESSAGE) : undefined;
  } catch {
    return undefined;
  }
}

/** Characters; the patterns of the tables look at no more of what anybody may send. */
const LONGEST_MESSAGE = 8192;
