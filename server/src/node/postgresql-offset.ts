/** The offset of a character that is counted from 1, as PostgreSQL counts: whole characters, not halves of them. */
export function offsetOf(sql: string, position: number): number {
  let offset = 0;
  for (const character of sql) {
    if (--position <= 0) break;
    offset += character.length;
  }
  return offset;
}
