import assert from "node:assert/strict";
import { test } from "node:test";
import { isVersionText } from "../../server/src/text/version-text.ts";

test("any text with a digit may be a version, a path or a word is none", () => {
  for (const text of ["1.0.0", "1", "1.0.0-rc1", "v1.2", "1.0beta", "1.0.0_1", "2.0~rc1", "7.1.x", "rc1"]) {
    assert.equal(isVersionText(text), true, text);
  }
  for (const text of ["", "latest", "x", "../1", "a/1.0", "1.0 0", "1.0\n", "C:\\1", "1\u202e0"]) {
    assert.equal(isVersionText(text), false, text);
  }
});
