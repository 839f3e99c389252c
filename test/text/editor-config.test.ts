import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type EditorConfig,
  isOutermostConfig,
  readEditorConfig,
} from "../../server/src/text/editor-config.ts";

function said(text: string, path = "Acme.sopm"): EditorConfig {
  return readEditorConfig([{ text, path }]);
}

test("editorconfig: the keys that are about lines", () => {
  assert.deepEqual(
    said(
      "[*]\nindent_style = space\nindent_size=2\r\ntab_width = 8\nmax_line_length = 100\nend_of_line = lf",
    ),
    { indentStyle: "space", indentSize: 2, tabWidth: 8, lineLength: 100 },
  );
  assert.deepEqual(said("[*]\nINDENT_STYLE = Tab\nindent_size = tab\ntab_width = 3"), {
    indentStyle: "tab",
    indentSize: 3,
    tabWidth: 3,
  });
  assert.deepEqual(said("[*]\nindent_size = 2"), { indentSize: 2, tabWidth: 2 });
});

test("editorconfig: values that are none say nothing", () => {
  assert.deepEqual(
    said("[*]\nindent_style = both\nindent_size = 0\ntab_width = -1\nmax_line_length = off"),
    {},
  );
  assert.deepEqual(said("[*]\nindent_size = 100000000\nindent_style"), {});
  assert.deepEqual(said("[*]\n# indent_size = 2\n; indent_size = 3\nindent_size = unset"), {});
});

test("editorconfig: later sections and inner files win", () => {
  assert.deepEqual(
    said("[*]\nindent_size = 2\n[*.sopm]\nindent_size = 4\n[*.md]\nindent_size = 8").indentSize,
    4,
  );
  const files = [
    { text: "[*]\nindent_size = 2\nindent_style = tab", path: "packages/Acme.sopm" },
    { text: "[*.sopm]\nindent_size = 3", path: "Acme.sopm" },
  ];
  assert.deepEqual(readEditorConfig(files), { indentStyle: "tab", indentSize: 3, tabWidth: 3 });
});

const patterns: readonly (readonly [pattern: string, path: string, fits: boolean])[] = [
  ["*", "a/b/Acme.sopm", true],
  ["*.sopm", "a/Acme.sopm", true],
  ["*.sopm", "a/Acme.sopm.md", false],
  ["*.{opm,sopm}", "Acme.sopm", true],
  ["*.{opm,xml}", "Acme.sopm", false],
  ["{Acme}.sopm", "Acme.sopm", false],
  ["Acme?.sopm", "Acme1.sopm", true],
  ["Acme[0-9].sopm", "Acme1.sopm", true],
  ["Acme[!0-9].sopm", "Acme1.sopm", false],
  ["Acme{1..3}.sopm", "Acme1.sopm", true],
  ["/Acme.sopm", "Acme.sopm", true],
  ["/Acme.sopm", "a/Acme.sopm", false],
  ["a/*.sopm", "a/Acme.sopm", true],
  ["a/*.sopm", "a/b/Acme.sopm", false],
  ["a/**.sopm", "a/b/Acme.sopm", true],
  ["**/b/*", "a/b/Acme.sopm", true],
  ["A(c)+me.sopm", "A(c)+me.sopm", true],
  ["\\*.sopm", "Acme.sopm", false],
  ["*.sopm", "Größe.sopm", true],
  [`${"*a".repeat(200)}`, `${"a".repeat(300)}b`, false],
  ["*".repeat(1000), "Acme.sopm", false],
];

for (const [pattern, path, fits] of patterns) {
  test(`editorconfig: ${pattern.slice(0, 30)} ${fits ? "means" : "does not mean"} ${path.slice(0, 30)}`, () => {
    assert.deepEqual(said(`[${pattern}]\nindent_size = 3`, path).indentSize, fits ? 3 : undefined);
  });
}

test("editorconfig: root counts before the first section alone", () => {
  assert.equal(isOutermostConfig("# a\nroot = true\n[*]\n"), true);
  assert.equal(isOutermostConfig("\ufeffRoot=TRUE"), true);
  assert.equal(isOutermostConfig("[*]\nroot = true"), false);
  assert.equal(isOutermostConfig("root = false"), false);
});
