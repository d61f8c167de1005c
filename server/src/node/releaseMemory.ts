import { getHeapStatistics } from 'node:v8';

/** By so many bytes the heap has to have grown since the last time: a collection of all garbage holds everything up. */
const LEAST_GROWTH = 8_000_000;
/**
 * Of a larger heap so much may be in use that searching it takes a second, while somebody may begin to type. What a document of
 * several megabytes has left is hundreds of megabytes, most of which nobody needs: that is searched in a tenth of a second.
 */
const LARGEST_HEAP = 2_000_000_000;

/**
 * Has V8 give back the memory of what nobody needs any more. By itself it keeps all that it once took for as long as it is
 * asked for nothing, which after a long document is many times what is left of it.
 */
export function memoryReleaser(): () => Promise<void> {
  let size = 0;
  return async () => {
    const { total_heap_size: current } = getHeapStatistics();
    if (current - size < LEAST_GROWTH || current > LARGEST_HEAP) {
      return;
    }
    if (await collectGarbage()) {
      size = getHeapStatistics().total_heap_size;
    }
  };
}

/**
 * Collects all garbage as V8 does where memory is low: what is left on pages that are nearly empty is moved together, which
 * the function `gc` that V8 can be told to expose does not do. No port is opened for it.
 *
 * @returns whether it was collected; there are builds of Node without an inspector
 */
async function collectGarbage(): Promise<boolean> {
  try {
    const { Session } = await import('node:inspector');
    const session = new Session();
    session.connect();
    const fault = await new Promise((resolve) => {
      // It answers when it is done. A session that is closed before collects nothing, and one that is closed within its
      // own answer never returns.
      session.post('HeapProfiler.collectGarbage', (failed) => setImmediate(resolve, failed));
    });
    session.disconnect();
    return fault === null;
  } catch {
    return false;
  }
}
