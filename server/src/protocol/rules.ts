/** A finding that the user wants suppressed. */
export interface SuppressionTarget {
  /** Of the document. */
  readonly uri: string;
  readonly rule: string;
  /** For the statement of this Sid alone. */
  readonly sid?: string;
  /**
   * By a comment in the document, where the finding began when it was offered, in UTF-16 units; else in the
   * configuration.
   */
  readonly commentAt?: number;
}

export interface SuppressionParams extends SuppressionTarget {
  readonly reason: string;
}

export interface RuleSeverityParams {
  /** The document for which the severity is to hold. */
  readonly uri: string;
  readonly rule: string;
  readonly severity: string;
}

/** Empty where nothing can be written: the finding is gone, or there is no configuration file and none can be made. */
export interface RuleEdit {
  /** Address of the file that the edit is for. */
  readonly file?: string;
  /** A `WorkspaceEdit` of the language server protocol. */
  readonly edit?: object;
}
