import type { TargetProblem } from './target';

/*
 * A token for a Cognito or Lambda authorizer
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-enable-cognito-user-pool.html).
 */

/** The header's value for a token: with the scheme that it names itself, else as a bearer token (RFC 6750). */
export function bearerHeader(token: string): string {
  return SCHEME.test(token) ? token : `Bearer ${token}`;
}

/** What of a token must not be shown, with a scheme before it or without. */
export function bearerSecrets(token: string | undefined): readonly string[] {
  return token === undefined ? [] : [token, token.replace(SCHEME, '')];
}

/** Why a token cannot be sent: in a header a line end would be another header. */
export function bearerProblems(token: string | undefined): readonly TargetProblem[] {
  return token === undefined || /^[\u0021-\u007e]+$/.test(token.replace(SCHEME, ''))
    ? []
    : [{ kind: 'header-value', field: 'headers', message: 'The bearer token is not printable text.' }];
}

const SCHEME = /^[A-Za-z][A-Za-z0-9-]* (?=\S)/;
