/** Zero-based; `character` counts UTF-16 code units, as everywhere in the protocol. */
export interface TextPosition {
  readonly line: number;
  readonly character: number;
}

export interface TextRange {
  readonly start: TextPosition;
  readonly end: TextPosition;
}
