import { oneLine } from "./visible.ts";

/**
 * Hands on a text that comes in pieces as lines that no terminal obeys, each as soon as it has ended.
 *
 * @param write gets lines without their ends
 */
export function linesTo(write: (line: string) => void): (text: string) => void {
  let rest = "";
  return (text) => {
    const lines = `${rest}${text}`.split(/\r?\n/);
    rest = lines.pop()!;
    for (const line of lines) write(oneLine(line));
  };
}
