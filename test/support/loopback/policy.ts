import type { PolicyStatement } from './config';

/** Whether the statements allow an action on an ARN: an explicit Deny wins, and silence is a no. */
export function isAllowed(statements: readonly PolicyStatement[], action: string, arn: string): boolean {
  const applies = (statement: PolicyStatement) =>
    list(statement.Action).some((pattern) => glob(pattern.toLowerCase(), action.toLowerCase())) &&
    list(statement.Resource).some((pattern) => glob(pattern, arn));
  const matching = statements.filter(applies);
  return (
    matching.some((statement) => statement.Effect === 'Allow') &&
    !matching.some((statement) => statement.Effect === 'Deny')
  );
}

function list(value: string | readonly string[]): readonly string[] {
  return typeof value === 'string' ? [value] : value;
}

/** `*` is any run of characters, slashes and colons included; `?` is one. */
function glob(pattern: string, text: string): boolean {
  const source = pattern
    .split('')
    .map((char) => (char === '*' ? '.*' : char === '?' ? '.' : char.replace(/[\\^$.|+()[\]{}/]/g, '\\$&')))
    .join('');
  return new RegExp(`^${source}$`, 's').test(text);
}
