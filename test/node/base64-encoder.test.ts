import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type Base64Encoder,
  bytesPerLine,
  chunkLength,
  createPlainEncoder,
  createSimdEncoder,
  encodedLength,
} from "../../server/src/node/base64-encoder.ts";

const encoders: [name: string, encoder: Base64Encoder | undefined][] = [
  ["the encoder with SIMD instructions", createSimdEncoder()],
  ["the plain encoder", createPlainEncoder()],
];

/** All byte values, in an order that no short pattern describes. */
function bytes(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => (index * 167 + (index >> 3) * 31 + (index >> 11)) & 255);
}

const lengths = [...Array.from({ length: 200 }, (_, length) => length), chunkLength - 1, chunkLength];

for (const [name, encoder] of encoders) {
  test(`${name} agrees with Node's`, () => {
    assert.ok(encoder, "this machine has no SIMD instructions");
    for (const length of lengths) {
      const content = bytes(length);
      const expected = Buffer.from(content).toString("base64");
      for (const wrapped of [false, true]) {
        encoder.input.set(content);
        const at = 5;
        const end = encoder.encode(length, at, wrapped);
        const text = Buffer.from(encoder.output.slice(at, end)).toString("latin1");
        assert.equal(text, wrapped ? expected.replace(/.{1,76}/g, "$&\n") : expected, `${length} bytes`);
        assert.ok(end - at + 16 <= encodedLength(length));
      }
    }
  });
}

test("chunks consist of whole lines, and their characters fit into the output", () => {
  assert.equal(chunkLength % bytesPerLine, 0);
  assert.equal(bytesPerLine % 3, 0);
  for (const [, encoder] of encoders) {
    assert.ok(encoder!.input.length >= chunkLength + 2);
    assert.ok(encoder!.output.length >= encodedLength(chunkLength));
  }
});
