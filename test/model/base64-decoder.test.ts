import assert from "node:assert/strict";
import { test } from "node:test";
import { Base64Decoder, decodeBase64, mostDecoded } from "../../server/src/model/base64.ts";

const content = Buffer.from(Array.from({ length: 400 }, (_, index) => (index * 37) & 255));
const written = content.toString("base64");
const texts = {
  "in one line": written,
  "in lines": written.replace(/.{76}/g, "$&\r\n"),
  "with what is no Base64": written.replace(/.{5}/g, "$&-"),
  "with something behind its end": `${written}QUJD`,
  "without its end": written.replace(/=+$/, ""),
};

for (const [name, text] of Object.entries(texts)) {
  test(`Base64 ${name} comes to the same in whatever pieces it is decoded`, () => {
    assert.deepEqual(Buffer.from(decodeBase64(text)), content);
    const bytes = Buffer.from(text);
    for (const pieceLength of [1, 2, 3, 4, 5, 7, 77, bytes.length]) {
      const decoder = new Base64Decoder();
      const pieces: Uint8Array[] = [];
      for (let start = 0; start < bytes.length; start += pieceLength) {
        const piece = bytes.subarray(start, start + pieceLength);
        const target = new Uint8Array(mostDecoded(piece.length));
        const length = decoder.decode(piece, target, 0);
        assert.ok(length <= target.length, `${length} bytes of ${piece.length} characters`);
        pieces.push(target.subarray(0, length));
      }
      assert.deepEqual(Buffer.concat(pieces), content);
    }
  });
}
