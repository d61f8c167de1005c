/** What the client is to do after a suppression was written with an empty reason. */
export interface ReasonParams {
  /** Address of the file that was written to: the configuration, or the document itself. */
  readonly config: string;
  /** Whether the suppression is a comment in the document. */
  readonly isComment?: boolean;
  readonly rule: string;
  /** Whether the file was made for it. */
  readonly created: boolean;
  /** What was written where, in UTF-16 units, and what stood there before: declined, it is taken back. */
  readonly offset: number;
  readonly inserted: string;
  readonly replaced: string;
}

export interface RuleSeverityParams {
  /** The document for which the severity is to hold. */
  readonly uri: string;
  readonly rule: string;
  readonly severity: string;
}

/** Empty where there is no configuration file and none can be made. */
export interface RuleSeverityResult {
  readonly config?: string;
  /** A `WorkspaceEdit` of the language server protocol. */
  readonly edit?: object;
}
