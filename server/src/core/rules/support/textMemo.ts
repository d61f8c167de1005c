import type { IamData } from '../../iamData/iamData';

/** More texts of one sort than a policy has. Documents are edited for days, so what was found is forgotten some time. */
const LIMIT = 10_000;

const WITHOUT_DATA = {};

/** A function of a text and the service reference, worked out once for each text while it is remembered. */
export function textMemo<Data extends IamData | undefined, Result>(
  compute: (text: string, iamData: Data) => Result,
): (text: string, iamData: Data) => Result {
  const memos = new WeakMap<object, Map<string, { readonly result: Result }>>();
  return (text, iamData) => {
    const owner = iamData ?? WITHOUT_DATA;
    let memo = memos.get(owner);
    if (memo === undefined || memo.size >= LIMIT) {
      memo = new Map();
      memos.set(owner, memo);
    }
    let known = memo.get(text);
    if (known === undefined) {
      known = { result: compute(text, iamData) };
      memo.set(text, known);
    }
    return known.result;
  };
}
