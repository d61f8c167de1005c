/** The first message to the server's worker in a browser, from which nothing but its own script can be reached. */
export interface WorkerStart {
  /** The version of the extension. */
  readonly version: string;
  /** The files of the service reference, in UTF-8. Absent where they could not be read. */
  readonly reference?: {
    readonly index: Uint8Array;
    readonly facts: Uint8Array;
    readonly prose: Uint8Array;
  };
}
