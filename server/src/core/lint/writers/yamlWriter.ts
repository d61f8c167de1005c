import { jsonWriter } from './jsonWriter';
import type { Writer } from './writer';
export const yamlWriter: Writer = jsonWriter;
