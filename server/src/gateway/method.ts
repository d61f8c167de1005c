/** The methods of a REST API; `ANY` only exists in method definitions, a request has its real verb. */
export const httpMethods: readonly string[] = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** Whether sending the method may change something behind the API, so that a person must agree each time. */
export function mayChangeState(method: string): boolean {
  return method !== 'GET' && method !== 'HEAD';
}
