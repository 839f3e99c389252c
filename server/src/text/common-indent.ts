/** A text without the blanks that all its lines begin with, and without the empty lines around it. */
export function withoutCommonIndent(text: string): string {
  const lines = text.replace(/\r\n?/g, "\n").split("\n");
  const first = lines.findIndex(hasText);
  if (first < 0) return "";
  const kept = lines.slice(first, lines.findLastIndex(hasText) + 1);
  let indent: string | undefined;
  for (const line of kept) {
    if (!hasText(line)) continue;
    const own = /^[\t ]*/.exec(line)![0];
    indent = indent === undefined ? own : commonStart(indent, own);
    if (indent === "") break;
  }
  const width = indent?.length ?? 0;
  return kept.map((line) => (hasText(line) ? line.slice(width) : "")).join("\n");
}

function hasText(line: string): boolean {
  return /[^\t ]/.test(line);
}

function commonStart(a: string, b: string): string {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return a.slice(0, length);
}
