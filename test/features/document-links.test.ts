import assert from "node:assert/strict";
import { test } from "node:test";
import { documentLinks } from "../../server/src/features/document-links.ts";
import { featureDocument, file, type Surroundings } from "../support/feature-document.ts";
import { marked } from "../support/marked.ts";

function checkLinks(markedText: string, targets: readonly string[], surroundings: Surroundings = {}): void {
  const { text, ranges } = marked(markedText);
  const links = documentLinks(featureDocument(text, surroundings));
  assert.deepEqual(
    links.map(({ span }) => span),
    ranges,
  );
  assert.deepEqual(
    links.map(({ target }) => (target.kind === "file" ? target.path : target.address)),
    targets,
  );
}

const listed = (...locations: readonly string[]) =>
  `<a><Filelist>${locations.map((location) => `<File Location="${location}"/>`).join("")}</Filelist></a>`;

test("links: files that are there or not looked for yet, in their plain form", () => {
  checkLinks(listed("[[Kernel//A.pm]]", "[[./b.pm]]"), ["Kernel/A.pm", "b.pm"]);
  checkLinks(listed("[[a]]", "missing"), ["a"], { disk: { a: file() } });
});

test("links: not to folders, and not out of the package", () => {
  checkLinks(listed("a", "b"), [], {
    disk: { a: { kind: "directory" }, b: { kind: "file", size: 1, leavesBase: true } },
  });
  checkLinks(listed("/etc/passwd", "../a", "a/../b", "a/..", "C:/a", "\\\\host\\a", "a\\..\\b", ""), []);
});

test("links: not to files of an archive, which are inside it", () => {
  checkLinks(listed("a"), [], { kind: "archive" });
});

test("links: addresses of the web alone", () => {
  checkLinks("<a><URL> [[https://acme.example/x]] </URL></a>", ["https://acme.example/x"]);
  checkLinks("<a><URL>command:rm</URL><URL>https:// no</URL><URL>file:///etc</URL></a>", []);
});

test("links: no more than an editor can bear", () => {
  const links = documentLinks(
    featureDocument(listed(...Array.from({ length: 3000 }, (_, index) => `f${index}`))),
  );
  assert.equal(links.length, 2000);
});
