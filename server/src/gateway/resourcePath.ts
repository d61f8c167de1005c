/**
 * The values that a request's path has for the parameters of a resource, in order; `undefined` where the path is not
 * of that resource. A parameter stands for one segment, a greedy one (`{proxy+}`) for the rest
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-settings-method-request.html).
 *
 * @param resourcePath such as `/pets/{petId}`
 * @param path without its leading slash
 */
export function patternValues(resourcePath: string, path: string): readonly string[] | undefined {
  const wanted = segments(resourcePath);
  const given = segments(path);
  const values: string[] = [];
  for (const [index, segment] of wanted.entries()) {
    const value = given[index];
    if (value === undefined) {
      return undefined;
    }
    if (/^\{.*\+\}$/.test(segment)) {
      return [...values, given.slice(index).join('/')];
    }
    if (/^\{.*\}$/.test(segment)) {
      values.push(value);
    } else if (segment !== value) {
      return undefined;
    }
  }
  return wanted.length === given.length ? values : undefined;
}

/** Sorts resources of which several take a path: segment by segment a name goes before a parameter, a greedy one last. */
export function specificity(resourcePath: string): string {
  return segments(resourcePath)
    .map((segment) => (/^\{.*\+\}$/.test(segment) ? 'c' : /^\{.*\}$/.test(segment) ? 'b' : 'a'))
    .join('');
}

/** A slash at the end makes no difference to a REST API's routing. */
function segments(path: string): readonly string[] {
  const trimmed = path.replace(/^\//, '').replace(/\/$/, '');
  return trimmed === '' ? [] : trimmed.split('/');
}
