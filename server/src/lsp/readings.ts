import { readKnowledge, readUses } from '../core/index';

/**
 * How files of the workspace are read, by the name of what is wanted. What they give can be sent to another thread: there
 * are only maps, arrays, plain objects and texts in it.
 */
export const READINGS = { knowledge: readKnowledge, uses: readUses } as const;

export type ReadingName = keyof typeof READINGS;

export type Reading<Name extends ReadingName> = ReturnType<(typeof READINGS)[Name]>;

/** Reads files where it keeps nobody waiting. */
export interface Background {
  /**
   * The result of one of the {@link READINGS} for a text; `undefined` if that takes more time or memory than a file is
   * worth. Never rejects.
   */
  read<Name extends ReadingName>(name: Name, uri: string, text: string): Promise<Reading<Name> | undefined>;
}
