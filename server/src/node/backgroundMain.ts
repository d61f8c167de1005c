import { parentPort } from 'node:worker_threads';
import { READINGS } from '../lsp/readings';
import type { Job, Message } from './background';

const tell = (message: Message): void => parentPort?.postMessage(message);

parentPort?.on('message', ({ id, name, uri, text }: Job) => tell({ id, told: READINGS[name](uri, text) }));
tell('ready');
