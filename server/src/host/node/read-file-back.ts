import { isUtf8 } from "node:buffer";
import { createHash } from "node:crypto";
import { readSync } from "node:fs";
import type { PlannedElement } from "../../builder/planned-element.ts";
import { type PackedContent, type ReadBackDifference, readBack } from "../../builder/read-back.ts";

/**
 * Compares an archive on disk with its plan.
 *
 * @param descriptor of the file, open for reading
 * @param size bytes that were written
 * @throws the system's error when it cannot be read
 */
export function readFileBack(
  descriptor: number,
  size: number,
  elements: readonly PlannedElement[],
  packed: readonly PackedContent[],
): ReadBackDifference | undefined {
  const bytes = Buffer.allocUnsafe(size + 1);
  let length = 0;
  for (let read = 1; read > 0; length += read) {
    read = readSync(descriptor, bytes, length, bytes.length - length, length);
  }
  const written = bytes.subarray(0, size);
  if (length !== size || !isUtf8(written))
    return { kind: "unreadable", reason: `${length} bytes of ${size}` };
  return readBack(written.toString("utf8"), elements, packed, contentOf);
}

function contentOf(base64: string): PackedContent {
  const bytes = Buffer.from(base64, "base64");
  // The decoder passes over what is no Base64.
  const isClean = bytes.toString("base64") === base64.replaceAll("\n", "");
  return { size: isClean ? bytes.length : -1, digest: createHash("sha256").update(bytes).digest("hex") };
}
