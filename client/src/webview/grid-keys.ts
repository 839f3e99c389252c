/** A cell of a table, both from 0. */
export interface Cell {
  readonly row: number;
  readonly column: number;
}

/**
 * Where a key leads from a cell, as in all grids: arrows one further, Home and End along the row, with Control to the corners.
 * Undefined for other keys.
 *
 * @param last the cell in the lower right corner
 */
export function cellAfterKey(
  { row, column }: Cell,
  last: Cell,
  { key, ctrlKey }: { readonly key: string; readonly ctrlKey: boolean },
): Cell | undefined {
  switch (key) {
    case "ArrowLeft":
      return { row, column: Math.max(0, column - 1) };
    case "ArrowRight":
      return { row, column: Math.min(last.column, column + 1) };
    case "ArrowUp":
      return { row: Math.max(0, row - 1), column };
    case "ArrowDown":
      return { row: Math.min(last.row, row + 1), column };
    case "Home":
      return { row: ctrlKey ? 0 : row, column: 0 };
    case "End":
      return { row: ctrlKey ? last.row : row, column: last.column };
    default:
      return undefined;
  }
}
