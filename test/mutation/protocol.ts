/** A place that tests may reach: an offset in a compiled file. */
export interface MutantId {
  readonly path: string;
  readonly at: number;
}

/** What a child is asked: which tests reach which mutants, or whether some notice a mutant. */
export type Asked =
  | { readonly tests: readonly string[]; readonly mutants: readonly MutantId[] }
  | {
      /** The compiled file, and its text with the mutant. */
      readonly path: string;
      readonly text: string;
      readonly runs: readonly TestRun[];
      /** Milliseconds of processor time, after which the mutant counts as noticed: nothing ends any more. */
      readonly limit: number;
    };

export interface TestRun {
  /** Below out/test. */
  readonly file: string;
  /** Full titles; all tests of the file without. */
  readonly titles?: readonly string[];
}

/** Indexes of mutants, and the processor time that it took to reach them. */
export interface Reached {
  readonly ms: number;
  readonly reached: readonly number[];
}

export interface SurveyedFile {
  readonly surveyed: string;
  /** By loading the file and what it imports. */
  readonly loaded: Reached;
  /** Those that pass without a mutant. */
  readonly tests: readonly (Reached & { readonly title: string })[];
  /** The titles of those that fail without one: they would notice every mutant. */
  readonly failing: readonly string[];
}

export type Told =
  | SurveyedFile
  | { readonly surveyedAll: true }
  /** The test file that noticed. */
  | { readonly noticed: string | undefined };
