import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** By so many bytes the heap has to have grown since the last time: a collection of all garbage holds everything up. */
const LEAST_GROWTH = 8_000_000;
/** Searching a larger heap takes too long while somebody may begin to type. */
const LARGEST_HEAP = 400_000_000;

/**
 * Has V8 give back the memory of what nobody needs any more. By itself it keeps all that it once took for as long as it is
 * asked for nothing, which after a long document is many times what is left of it.
 */
export function memoryReleaser(): () => void {
  let size = 0;
  let collectGarbage: (() => void) | undefined;
  return () => {
    const { total_heap_size: current } = getHeapStatistics();
    if (current - size < LEAST_GROWTH || current > LARGEST_HEAP) {
      return;
    }
    // Node tells no program how to collect garbage that was not started for it.
    if (collectGarbage === undefined) {
      setFlagsFromString('--expose-gc');
      collectGarbage = runInNewContext('gc') as () => void;
    }
    // The second time pages are left with little on them, and what is on these is moved together.
    collectGarbage();
    collectGarbage();
    size = getHeapStatistics().total_heap_size;
  };
}
