import assert from "node:assert/strict";
import { test } from "node:test";
import { createPassText, type PassedText } from "../../server/src/builder/base64-text.ts";
import { assemblyExports } from "../../server/src/text/assembly.ts";

const blanks = " \t\r\n";
const known = `ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/${blanks}`;

/** What is passed over of a text, and looked at one by one after that. */
function passed(text: Buffer, start: number): PassedText {
  const passText = createPassText();
  assert.ok(passText, "this machine has no SIMD instructions");
  return passText(text, start);
}

test("text is passed over up to the characters around the first that is neither Base64 nor blank", () => {
  const text = Buffer.from(known.repeat(3));
  for (let byte = 0; byte < 256; byte++) {
    const isKnown = byte < 128 && known.includes(String.fromCharCode(byte));
    for (const place of [0, 15, 16, 31, 32, 100]) {
      const changed = Buffer.from(text);
      changed[place] = byte;
      const { end } = passed(changed, 0);
      if (isKnown) assert.ok(end > text.length - 32, `byte ${byte} at ${place}`);
      else assert.ok(end <= place && end > place - 32, `byte ${byte} at ${place}`);
    }
  }
});

test("characters and line feeds are counted, however long the text is and wherever it begins", () => {
  const line = `${"QUJD".repeat(19)}\r\n \t`;
  for (const lines of [1, 12, 13, 14, 820, 3_000]) {
    for (const start of [0, 1, 77]) {
      const text = Buffer.from(`${".".repeat(start)}${line.repeat(lines)}`);
      const { end, count, lineFeeds } = passed(text, start);
      assert.ok(end > text.length - 32);
      const over = text.toString("latin1", start, end);
      assert.equal(count, over.replace(/[ \t\r\n]/g, "").length);
      assert.equal(lineFeeds, over.split("\n").length - 1);
    }
  }
});

test("what stands far behind the beginning ends it as well", () => {
  const text = Buffer.alloc(300_000, "A");
  for (const place of [1_023, 1_024, 65_535, 65_536, 200_000, 299_999]) {
    text[place] = "<".charCodeAt(0);
    const { end } = passed(text, 0);
    assert.ok(end <= place && end > place - 32);
    text[place] = "A".charCodeAt(0);
  }
});

test("a module that this machine does not know is none", () => {
  assert.equal(assemblyExports(Uint8Array.of(0, 97, 115, 109, 9, 0, 0, 0)), undefined);
});
