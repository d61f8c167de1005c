import type { IamData } from '../../iamData/iamData';
import { memoize } from '../../pattern/memo';

const WITHOUT_DATA = {};

/** A function of a text and the service reference, worked out once for each text while it is remembered. */
export function textMemo<Data extends IamData | undefined, Result>(
  compute: (text: string, iamData: Data) => Result,
): (text: string, iamData: Data) => Result {
  const memos = new WeakMap<object, (text: string) => Result>();
  return (text, iamData) => {
    const owner = iamData ?? WITHOUT_DATA;
    let memo = memos.get(owner);
    if (memo === undefined) {
      memo = memoize((each) => compute(each, iamData));
      memos.set(owner, memo);
    }
    return memo(text);
  };
}
