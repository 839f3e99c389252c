import assert from "node:assert/strict";
import { test } from "node:test";
import { escapedJson, escapedXml, oneLine, severalLines, shortened } from "../../server/src/text/visible.ts";

/** Characters of every kind that nobody sees or should obey, and how they are shown. */
const unseen: Readonly<Record<string, string>> = {
  "\0": "\\u0000",
  "\x1b": "\\u001b",
  "\x7f": "\\u007f",
  "\u0085": "\\u0085",
  "\u009b": "\\u009b",
  "\u00ad": "\\u00ad",
  "\u034f": "\\u034f",
  "\u061c": "\\u061c",
  "\u115f": "\\u115f",
  "\u17b4": "\\u17b4",
  "\u180e": "\\u180e",
  "\u200b": "\\u200b",
  "\u200c": "\\u200c",
  "\u200d": "\\u200d",
  "\u200e": "\\u200e",
  "\u2028": "\\u2028",
  "\u2029": "\\u2029",
  "\u202e": "\\u202e",
  "\u2060": "\\u2060",
  "\u2066": "\\u2066",
  "\u206f": "\\u206f",
  "\u3164": "\\u3164",
  "\ufe0f": "\\ufe0f",
  "\ufeff": "\\ufeff",
  "\uffa0": "\\uffa0",
  "\ufff9": "\\ufff9",
  "\u{1d173}": "\\u{1d173}",
  "\u{e0001}": "\\u{e0001}",
  "\u{e0041}": "\\u{e0041}",
  "\u{e0100}": "\\u{e0100}",
  "\ud800": "\\ud800",
  "\udc00": "\\udc00",
};

test("what nobody sees is an escape, in lines and in texts", () => {
  for (const [character, shown] of Object.entries(unseen)) {
    assert.equal(oneLine(`Ac${character}me`), `Ac${shown}me`);
    assert.equal(severalLines(`Ac${character}me\n`), `Ac${shown}me\n`);
    assert.equal(oneLine(character), shown);
  }
  assert.equal(oneLine("a\tb\r\nc"), "a\\tb\\r\\nc");
  assert.equal(severalLines("a\tb\r\nc\rd"), "a\tb\r\nc\\rd");
});

test("escapes of JSON and XML mean the same", () => {
  for (const character of Object.keys(unseen)) {
    const json = escapedJson(JSON.stringify({ name: `Ac${character}me` }));
    assert.match(json, /^[ -~]*$/);
    assert.deepEqual(JSON.parse(json), { name: `Ac${character}me` });
    const xml = escapedXml(`<a>Ac${character}me</a>`);
    assert.equal(xml, `<a>Ac&#x${character.codePointAt(0)!.toString(16).toUpperCase()};me</a>`);
  }
  assert.equal(escapedJson('{\n\t"a": 1\r\n}'), '{\n\t"a": 1\r\n}');
});

test("texts in any language stay as they are", () => {
  const texts = [
    "Größe ändern – „schön“ & gut, naïve façade, 5 € … z. B.",
    "Пакет для управления договорами",
    "यह एक पैकेज है, क्‍ष और श्री, रा‌म", // Joiners between Devanagari letters.
    "این بسته می‌خواهد کتاب‌ها را نصب کند", // Non-joiners between Arabic letters.
    "حزمة لإدارة العقود \u0601\u0661\u0662", // A sign of Arabic that is a format character, and seen.
    "契約を管理するパッケージ　です。葛\u{e0100}城市 神\ufe00",
    "แพ็กเกจสำหรับจัดการสัญญา",
    "👩‍💻 👩🏽‍💻 ❤️ ☎︎ 1️⃣ 🏳️‍🌈 👨‍👩‍👧‍👦 🇩🇪",
    "한국어 패키지",
  ];
  for (const text of texts) assert.equal(severalLines(text), text);
  // In a name the same joiners and selectors are more often a disguise.
  assert.equal(oneLine("می‌خواهد"), "می\\u200cخواهد");
  assert.equal(oneLine("❤️"), "❤\\ufe0f");
  for (const text of [...texts.slice(0, 2), texts[6]!, texts[8]!]) assert.equal(oneLine(text), text);
});

test("a joiner where it joins nothing is an escape in a text, too", () => {
  assert.equal(
    severalLines("Ac\u200dme \u200c👩\u200d \u200d\u200d ا\u200c."),
    "Ac\\u200dme \\u200c👩\\u200d \\u200d\\u200d ا\\u200c.",
  );
  assert.equal(
    severalLines("A\ufe0f 1\ufe0f \u{1f3f4}\u{e0067}\u{e007f}"),
    "A\\ufe0f 1\\ufe0f 🏴\\u{e0067}\\u{e007f}",
  );
});

test("a text that is shortened loses no half of a character", () => {
  assert.equal(shortened("ab👩cd", 3), "ab…");
  assert.equal(shortened("abc", 3), "abc");
});
