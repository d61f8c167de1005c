/**
 * The layout of the compiled service reference, as written by `server/scripts/compileIamData.mjs`.
 * Whoever changes it raises LAYOUT in both places.
 */
export const LAYOUT = 2;

export interface IndexFile {
  readonly layout: number;
  /** Version of the data package. */
  readonly version: string;
  /** The day on which the data was collected, `YYYY-MM-DD`. */
  readonly date: string;
  readonly services: readonly ServiceRow[];
  readonly globalKeys: readonly GlobalKeyRow[];
  /** Prefixes of condition keys that are defined by some other service, with those services. */
  readonly keyPrefixes: readonly (readonly [prefix: string, services: readonly string[]])[];
  readonly arnNamespaces: readonly string[];
  readonly rcpServices: readonly string[];
}

/** Offsets say where the service's line begins in the facts and in the prose. */
export type ServiceRow = readonly [
  prefix: string,
  name: string,
  actionCount: number,
  factsOffset: number,
  proseOffset: number,
];

/** `type` is a key type, or `ArrayOf` and a key type for a multivalued key. */
export type KeyRow = readonly [name: string, type: string];
export type GlobalKeyRow = readonly [name: string, type: string, category: string];

/** A `list` is a number into `lists`, whose members are numbers into `keys`. */
export interface FactsLine {
  readonly keys: readonly KeyRow[];
  readonly types: readonly (readonly [name: string, arn: string, list: number])[];
  readonly actions: readonly ActionRow[];
  readonly lists: readonly (readonly number[])[];
}

/** `levels` has one letter per access level: List, Read, Write, Tagging, Permissions management. */
export type ActionRow = readonly [
  name: string,
  levels: string,
  list: number,
  resources: readonly ResourceRow[],
  dependentActions?: readonly string[],
];

export type ResourceRow = readonly [
  type: number,
  required: 0 | 1,
  list: number,
  dependentActions?: readonly string[],
];

/** The first line of the prose: parts that many descriptions have. */
export type ProseParts = readonly string[];

/** Abbreviated descriptions in the order of the keys and actions of the service's facts. */
export interface ProseLine {
  readonly keys: readonly string[];
  readonly actions: readonly string[];
}
