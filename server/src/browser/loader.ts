import type { WorkerStart } from '../protocol/worker';

/**
 * The script of the server's worker in a browser. The server's code stands in several files, which it shares with the
 * programs for Node as CommonJS; a worker has no `require`, so this is one. Files are loaded in the middle of functions
 * that wait for nothing, so requests are synchronous, which a worker may.
 */
const worker = globalThis as unknown as DedicatedWorkerGlobalScope;
const modules = new Map<string, { exports: object }>();

/** What a file of ours exports; each is run once. Throws where it cannot be read. */
function load(url: string): object {
  const known = modules.get(url);
  if (known !== undefined) {
    return known.exports;
  }
  const request = new XMLHttpRequest();
  request.open('GET', url, false);
  request.send();
  if (request.status !== 200) {
    throw new Error(`${url} cannot be read: ${request.status}`);
  }
  const module = { exports: {} };
  modules.set(url, module);
  const run = new Function('module', 'exports', 'require', `${request.responseText}\n//# sourceURL=${url}`);
  run(module, module.exports, (path: string) => load(new URL(path, url).href));
  return module.exports;
}

worker.onmessage = ({ data }: MessageEvent<WorkerStart>) => {
  const { serveWorker } = load(data.server) as { serveWorker(start: WorkerStart): void };
  serveWorker(data);
};
