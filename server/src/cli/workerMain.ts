import { parentPort, workerData } from 'node:worker_threads';
import { installationFolder, readIamDataAssets } from '../node/installation';
import { nodeFiles } from './nodeFiles';
import { openQuietService } from './quietService';
import { type CheckTask, checkShares } from './threads';
import type { ThreadMessage } from './worker';

const folder = installationFolder();
const tell = (message: ThreadMessage): void => parentPort?.postMessage(message);

checkShares(
  nodeFiles,
  openQuietService(() => readIamDataAssets(folder)),
  workerData as CheckTask,
  tell,
).then(() => tell('done'));
