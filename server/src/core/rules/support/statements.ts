import type { Statement } from '../../model/policy';
import { notedOf } from '../../pattern/internedText';
import { quote } from './quote';

/** How a message names a statement: by its Sid where it has one, else by its place, counted from one. */
export function statementName({ sid, index }: Statement): string {
  return sid === undefined || sid.value === '' ? `statement ${index + 1}` : `statement ${quote(sid.value)}`;
}

/** What the Sid of a statement says, without a look at the statement where that is known. */
export const sidOf: (statement: Statement) => string | undefined = notedOf(
  ({ sid }: Statement) => sid?.value,
);
