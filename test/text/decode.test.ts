import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeText } from "../../server/src/text/decode.ts";
import { randomFrom } from "../support/random.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);

test("UTF-8 is read as it is, and keeps its byte order mark", () => {
  for (const text of ["", "<", "<a/>", "\ufeff<a>ä €\u{1f600}</a>", "written as such: \ufffd"]) {
    assert.deepEqual(decodeText(bytesOf(text)), { text });
  }
});

test("UTF-16 is read, and refused, with and without byte order mark", () => {
  const text = "<?xml version='1.0'?>\n<a>ä</a>";
  for (const whole of [text, `\ufeff${text}`]) {
    const little = new Uint8Array(Buffer.from(whole, "utf16le"));
    assert.deepEqual(decodeText(little), { text: whole, problem: { id: "utf-16" } });
    const big = new Uint8Array(Buffer.from(little).swap16());
    assert.deepEqual(decodeText(big), { text: whole, problem: { id: "utf-16" } });
  }
});

const declared: [encoding: string, bytes: number[], text: string][] = [
  ["iso-8859-1", [0xe4, 0x80], "ä\u0080"],
  ["ISO-8859-15", [0xa4], "€"],
  ["utf-8", [0xc3, 0xa4], "ä"],
];
for (const [encoding, bytes, text] of declared) {
  test(`a declared ${encoding} is what the bytes are read in`, () => {
    const declaration = `<?xml version="1.0" encoding="${encoding}"?>`;
    const decoded = decodeText(new Uint8Array([...bytesOf(declaration), ...bytes]));
    assert.deepEqual(decoded, { text: declaration + text });
  });
}

for (const encoding of ["klingon", "utf-16"]) {
  test(`a declared ${encoding} is a problem, and the bytes are read as UTF-8`, () => {
    const text = `<?xml version="1.0" encoding="${encoding}"?><a>ä</a>`;
    assert.deepEqual(decodeText(bytesOf(text)), { text, problem: { id: "unknown-encoding", encoding } });
  });
}

const invalid: [name: string, before: string, bytes: number[]][] = [
  ["a Latin-1 letter", "<a>k", [0xe4, 0x73, 0x65]],
  ["a Latin-1 letter at the end", "<a>", [0xe4]],
  ["a continuation byte alone", "ä", [0x80]],
  ["an overlong slash", "€\u{1f600}", [0xc0, 0xaf]],
  ["an overlong form of three bytes", "", [0xe0, 0x80, 0xaf]],
  ["half a surrogate pair", "x", [0xed, 0xa0, 0x80]],
  ["a sequence cut off", "x\ufffd", [0xf0, 0x9f, 0x98]],
  ["beyond the last plane", "x", [0xf4, 0x90, 0x80, 0x80]],
  ["no UTF-8 at all", "x", [0xff]],
];
for (const [name, before, bytes] of invalid) {
  test(`${name} is invalid at its first byte`, () => {
    const start = bytesOf(before);
    const { text, problem } = decodeText(new Uint8Array([...start, ...bytes, ...bytesOf("</a>")]));
    assert.deepEqual(problem, { id: "not-utf-8", offset: start.length, textOffset: before.length });
    assert.equal(text.slice(0, before.length + 1), `${before}\ufffd`);
    assert.ok(text.endsWith("</a>"));
  });
}

test("the verdict on random bytes is that of a strict decoder", () => {
  const random = randomFrom(7);
  const strict = new TextDecoder("utf-8", { fatal: true });
  const interesting = [
    0x20, 0x3c, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc2, 0xe0, 0xe1, 0xed, 0xef, 0xf0, 0xf1, 0xf4,
  ];
  let valid = 0;
  for (let round = 0; round < 20_000; round++) {
    const rest = Array.from({ length: random.below(5) }, () => random.pick(interesting));
    // The letter in front keeps UTF-16 out of the game.
    const bytes = new Uint8Array([0x41, ...rest]);
    let isValid = true;
    try {
      strict.decode(bytes);
      valid++;
    } catch {
      isValid = false;
    }
    assert.equal(decodeText(bytes).problem === undefined, isValid, String(bytes));
  }
  assert.ok(valid > 1000);
});
