import type { IamData } from '../../iamData/iamData';
import { memoize } from '../../pattern/memo';

const WITHOUT_DATA = {};

/** A function of a text and the service reference, worked out once for each text while it is remembered. */
export function textMemo<Data extends IamData | undefined, Result>(
  compute: (text: string, iamData: Data) => Result,
): (text: string, iamData: Data) => Result {
  const memos = new WeakMap<object, (text: string) => Result>();
  // There is one reference in a process, as a rule, and looking it up each time costs more than the text.
  let lastOwner: object | undefined;
  let lastMemo: ((text: string) => Result) | undefined;
  return (text, iamData) => {
    const owner = iamData ?? WITHOUT_DATA;
    if (lastMemo === undefined || lastOwner !== owner) {
      lastMemo = memos.get(owner) ?? memoize((each) => compute(each, iamData));
      lastOwner = owner;
      memos.set(owner, lastMemo);
    }
    return lastMemo(text);
  };
}
