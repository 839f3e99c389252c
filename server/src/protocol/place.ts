/** Lines and characters from 0, characters in UTF-16 code units. */
export interface ProtocolPosition {
  readonly line: number;
  readonly character: number;
}

export interface ProtocolRange {
  readonly start: ProtocolPosition;
  readonly end: ProtocolPosition;
}

/** An LSP text edit. */
export interface ProtocolEdit {
  readonly range: ProtocolRange;
  readonly newText: string;
}
