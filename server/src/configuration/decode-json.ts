/** The text of a JSON file, which is UTF-8, with the byte order mark that it may have. */
export function decodedJson(
  bytes: Uint8Array,
): { readonly text: string } | { readonly problem: "utf-16" | "not-utf-8" } {
  const [first, second] = bytes;
  const hasMark = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  // JSON begins with a character of ASCII; the other byte of it tells that there are two.
  if (hasMark || (bytes.length > 1 && (first === 0 || second === 0))) return { problem: "utf-16" };
  try {
    return { text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { problem: "not-utf-8" };
  }
}
