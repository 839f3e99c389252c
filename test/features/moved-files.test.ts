import assert from "node:assert/strict";
import { test } from "node:test";
import { type FileMove, movedPath, moveFiles, movesBelow } from "../../server/src/features/moved-files.ts";
import { specOf } from "../../server/src/model/package-spec.ts";
import { fileList } from "../../server/src/symbols/file-list.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";
import { applyEdits } from "../support/apply-edits.ts";
import { posixPaths } from "../support/posix-paths.ts";

const inList = (...lines: readonly string[]) =>
  `<otrs_package>\n<Filelist>\n${lines.map((line) => `    ${line}\n`).join("")}</Filelist>\n</otrs_package>\n`;
const file = (location: string) => `<File Permission="660" Location="${location}"/>`;
const list = (...locations: readonly string[]) => inList(...locations.map(file));

const parse = (text: string) => specOf(SyntaxTree.parse(text));
const after = (text: string, moves: readonly FileMove[]) =>
  applyEdits(text, moveFiles(parse(text), moves).edits);
const to = (from: string, target: string): FileMove => ({ from, to: target });
const gone = (from: string): FileMove => ({ from, to: undefined });

/** Absent: nothing changes. */
const cases: Readonly<
  Record<string, readonly [text: string, moves: readonly FileMove[], expected?: string]>
> = {
  "a file": [
    list("Kernel/A.pm", "var/b.js"),
    [to("Kernel/A.pm", "Custom/Kernel/A.pm")],
    list("Custom/Kernel/A.pm", "var/b.js"),
  ],
  "a folder, and nothing whose name only begins like it": [
    list("Kernel/Acme/A.pm", "Kernel/Acme/Deep/B.pm", "Kernel/AcmeX.pm", "Kernel/Acme.pm"),
    [to("Kernel/Acme", "Kernel/Two")],
    list("Kernel/Two/A.pm", "Kernel/Two/Deep/B.pm", "Kernel/AcmeX.pm", "Kernel/Acme.pm"),
  ],
  "the innermost of several moves": [
    list("Kernel/Acme/A.pm", "Kernel/Acme/Deep/B.pm"),
    [to("Kernel/Acme", "Kernel/Two"), to("Kernel/Acme/Deep", "var/Deep")],
    list("Kernel/Two/A.pm", "var/Deep/B.pm"),
  ],
  "two files that change places": [list("a", "b"), [to("a", "b"), to("b", "a")], list("b", "a")],
  "files that move into each other's places": [list("a", "b"), [to("a", "b"), to("b", "c")], list("b", "c")],
  "a chain of which only some are listed": [
    list("a", "c"),
    [to("c", "d"), to("a", "b"), to("b", "c")],
    list("b", "d"),
  ],
  "folders that move into each other's places": [
    list("one/a", "two/b", "two/x/c", "other"),
    [to("one", "two"), to("two", "three")],
    list("two/a", "three/b", "three/x/c", "other"),
  ],
  "a folder that moves to where a file of another one was": [
    list("one/a", "two/x/b"),
    [to("one", "two/x"), to("two/x/b", "three/b")],
    list("two/x/a", "three/b"),
  ],
  "a chain beside moves that are none": [
    list("a", "b", "x"),
    [to("a", "b"), to("b", "c"), to("x", "y")],
    list("b", "c", "y"),
  ],
  "a chain that ends": [list("a", "b"), [to("a", "b"), gone("b")], list("b")],
  "what is deleted goes with its line": [list("a", "b/c", "b/d", "e"), [gone("b")], list("a", "e")],
  "what leaves the base folder": [list("a", "b"), [gone("a")], list("b")],
  "what is listed at its new path already is listed once": [list("a", "b"), [to("a", "b")], list("b")],
  "all entries of a file that is listed twice": [list("a", "a"), [to("a", "c")], list("c", "c")],
  "a path that is written otherwise": [
    list("./Kernel//A.pm", "/Kernel/./B.pm"),
    [to("Kernel", "Core")],
    list("Core/A.pm", "Core/B.pm"),
  ],
  "another file in other letters stays": [list("kernel/A.pm"), [to("Kernel/A.pm", "Kernel/B.pm")]],
  "letter case alone": [list("Kernel/a.pm"), [to("Kernel/a.pm", "Kernel/A.pm")], list("Kernel/A.pm")],
  "moves that were followed already": [list("b"), [to("a", "b")]],
  "what nobody lists": [list("a"), [to("x", "y"), gone("z")]],
  "a file in a path that leads up stays": [list("Kernel/../a"), [to("a", "b")]],
  "references that are written otherwise": [list("a&#45;b &amp; c"), [to("a-b & c", "d")], list("d")],
  "signs that XML keeps for itself": [
    list("a"),
    [to("a", "Kernel/50% of <\"A\"> & 'B' äß 日本.pm")],
    list("Kernel/50% of &lt;&quot;A&quot;&gt; &amp; 'B' äß 日本.pm"),
  ],
  "a quote within quotes of its kind": [
    inList("<File Location='a' Permission='660'/>"),
    [to("a", "it's")],
    inList("<File Location='it&apos;s' Permission='660'/>"),
  ],
  "a value without quotes gets some": [
    inList("<File Location=a Permission='660'/>"),
    [to("a", "b c")],
    inList(`<File Location="b c" Permission='660'/>`),
  ],
  "a line break in a name": [list("a"), [to("a", "b\nc")], list("b&#10;c")],
  "a name that XML cannot write": [list("a"), [to("a", "b\u0001c")]],
  "a path of 4096 characters": [list("a"), [to("a", "x/".repeat(2048))], list("x/".repeat(2048))],
  "a list that has no end": [
    '<otrs_package><Filelist><File Location="a"',
    [to("a", "b")],
    '<otrs_package><Filelist><File Location="b"',
  ],
};

/** The list before and the list after look alike. */
const unknowable: ReadonlySet<string> = new Set(["two files that change places", "a chain that ends"]);

for (const [name, [text, moves, expected = text]] of Object.entries(cases)) {
  test(`the list follows: ${name}`, () => {
    assert.equal(after(text, moves), expected);
    // What reads it again finds what was meant, and following once more changes nothing where that can be known.
    if (!unknowable.has(name)) assert.equal(after(expected, moves), expected);
  });
}

test("what is written is read as the path it is", () => {
  for (const path of ["it's", 'say "x"', "a&amp;b", "<x>", "tab\tline\nend", " blank ", "ä %41 日本"])
    for (const quote of ["'", '"']) {
      const text = inList(`<File Location=${quote}a${quote}/>`);
      const [entry] = fileList(parse(after(text, [to("a", path)]))).files;
      assert.equal(entry?.path, path);
    }
});

test("500 files are one edit each, and the way back is the way there", () => {
  const paths = Array.from({ length: 500 }, (_, number) => `Kernel/System/Acme/Part${number}.pm`);
  const text = list(...paths);
  const moves = paths.map((path) => to(path, path.replace("Acme", "Two")));
  const moved = moveFiles(parse(text), moves);
  assert.deepEqual([moved.edits.length, moved.relocated, moved.removed], [500, 500, 0]);
  const there = applyEdits(text, moved.edits);
  assert.equal(there, text.replaceAll("Acme", "Two"));
  assert.equal(after(text, [to("Kernel/System/Acme", "Kernel/System/Two")]), there, "as one folder");
  assert.equal(
    after(
      there,
      moves.map((move) => to(move.to!, move.from)),
    ),
    text,
  );
});

test("moves are those of files below the base folder", () => {
  const below = (base: string, newBase: string, ...moves: readonly (readonly [string, string?])[]) =>
    movesBelow(
      base,
      newBase,
      moves.map(([from, target]) => ({ from, to: target })),
      posixPaths,
    );
  assert.deepEqual(below("/ws/a", "/ws/a", ["/ws/a/x/y", "/ws/a/z"]), [to("x/y", "z")]);
  assert.deepEqual(below("/ws/a", "/ws/a", ["/ws/a/x", "/ws/b/x"], ["/ws/a/y"]), [gone("x"), gone("y")]);
  assert.deepEqual(below("/ws/a", "/ws/a", ["/ws/b/x", "/ws/a/x"]), [], "what comes in is not listed");
  assert.deepEqual(below("/ws/a", "/ws/a", ["/ws/a", "/ws/b"], ["/ws", "/other"], ["/ws/a"]), []);
  // The spec moves from /ws/a to /ws/b, and one of its folders with it.
  assert.deepEqual(below("/ws/a", "/ws/b", ["/ws/a/Kernel", "/ws/b/Kernel"]), [to("Kernel", "Kernel")]);
});

test("a path moves with the innermost folder that does", () => {
  const moves = [
    { from: "/ws/a", to: "/ws/b" },
    { from: "/ws/a/deep", to: undefined },
  ];
  assert.deepEqual(movedPath("/ws/a/x.sopm", moves, posixPaths)?.to, "/ws/b/x.sopm");
  assert.equal(movedPath("/ws/a/deep/x.sopm", moves, posixPaths)?.to, undefined);
  assert.equal(movedPath("/ws/ax", moves, posixPaths), undefined);
});
