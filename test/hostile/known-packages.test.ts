import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { defaultLintSettings, lint } from "../../server/src/engine/lint.ts";
import { type KnownDocument, readKnownPackages } from "../../server/src/engine/read-known-packages.ts";
import { noFolder } from "../../server/src/host/folder-facts.ts";
import { type KnownPackage, KnownPackages } from "../../server/src/host/known-packages.ts";
import { noKnowledge } from "../../server/src/knowledge/knowledge.ts";
import type { Finding } from "../../server/src/rules/rule.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";
import { Neighbours } from "../../server/src/workspace/neighbours.ts";
import { WorkCounter } from "../support/counted-work.ts";
import { packageText } from "../support/known-packages.ts";
import { withoutHanging } from "../support/without-hanging.ts";

const spec: KnownDocument = { kind: "spec", path: "/ws/Other.sopm" };
const archive: KnownDocument = { kind: "archive", path: "/ws/Other-1.0.0.opm" };
const index: KnownDocument = { kind: "index", path: "/ws/otrs.xml" };
const bytesOf = (text: string) => new TextEncoder().encode(text);

const requiring = (name: string) => `<PackageRequired Version="1.0.0">${name}</PackageRequired>`;
const entry = (name: string, more = "") =>
  `<Package><Name>${name}</Name><Version>1.0.0</Version><Framework>7.1.x</Framework>${more}<File>/${name}.opm</File></Package>\n`;
const indexOf = (entries: string) =>
  `<?xml version="1.0" encoding="utf-8" ?>\n<otrs_package_list version="1.0">\n${entries}</otrs_package_list>\n`;
const many = (count: number, make: (index: number) => string) =>
  Array.from({ length: count }, (_, n) => make(n)).join("");

/** What a spec beside others is found fault with. */
function findingsOf(text: string, packages: readonly KnownPackage[]): readonly Finding[] {
  const known = new KnownPackages();
  known.tell(index.path, packages);
  return lint(SyntaxTree.parse(text), defaultLintSettings, {
    ...{ fileName: "Mine.sopm", kind: "spec", folder: noFolder, today: "2024-05-02" },
    knowledge: () => noKnowledge,
    others: known.beside("/ws/Mine.sopm"),
  }).findings;
}

const cycles = (findings: readonly Finding[]) =>
  findings.filter(({ rule }) => rule === "package-required-cycle");

const sound = packageText("Other", "1.0.0", {
  files: ["Kernel/System/Other.pm", "Kernel/System/Other/A.pm"],
  more: `${requiring("Base")}<PackageMerge Name="Old" TargetVersion="0.9.0"/><CodeInstall Type="post"><![CDATA[ 1; ]]></CodeInstall>`,
});
const soundIndex = indexOf(entry("Other", requiring("Base")) + entry("B&amp;C", requiring("&#66;ase")));

test("a spec, an archive and an index that end anywhere tell no more than the whole, at places that are there", () => {
  for (const [document, whole] of [
    [spec, sound],
    [archive, sound],
    [index, soundIndex],
  ] as const) {
    const lines = whole.split("\n");
    for (let end = 0; end <= whole.length; end++) {
      for (const each of readKnownPackages(document, bytesOf(whole.slice(0, end)))) {
        const places = [each, ...each.required, ...each.merged].map(({ place }) => place);
        const files = [...each.files.paths()].map((path) => each.files.placeOf(path)!);
        for (const { start, end: last } of [...places, ...files]) {
          assert.ok(last.character <= lines[last.line]!.length);
          assert.ok(start.line < last.line || start.character <= last.character);
        }
      }
    }
  }
});

test("entries are placed where their names stand, and what they require where that does", () => {
  const told = readKnownPackages(index, bytesOf(soundIndex));
  const lines = soundIndex.split("\n");
  const at = ({ place: { start, end } }: Pick<KnownPackage, "place">) =>
    lines[start.line]!.slice(start.character, end.character);
  assert.deepEqual(
    told.map((each) => [each.name, at(each), ...each.required.flatMap((next) => [next.name, at(next)])]),
    [
      ["Other", "Other", "Base", "Base"],
      ["B&C", "B&amp;C", "Base", "&#66;ase"],
    ],
  );
});

test("entities are never multiplied, whoever brings them", () => {
  const bomb = `<!DOCTYPE a [<!ENTITY a "${"a".repeat(1000)}">${many(9, (n) => `<!ENTITY ${"b".repeat(n + 1)} "${`&${n === 0 ? "a" : "b".repeat(n)};`.repeat(10)}">`)}]>`;
  const entity = `&${"b".repeat(9)};`;
  for (const document of [spec, archive, index]) {
    const text =
      bomb +
      (document === index ? indexOf(entry(entity)).slice(40) : sound.replace(">Other<", `>${entity}<`));
    for (const each of withoutHanging(() => readKnownPackages(document, bytesOf(text))))
      assert.ok(each.name.length < 100);
  }
});

test("a line of ten megabytes, and bytes of any encoding, are read", () => {
  const long = "x".repeat(10_000_000);
  for (const document of [spec, archive, index]) {
    for (const text of [
      long,
      `<${long}`,
      `<a b="${long}`,
      `<otrs_package><Name>${long}</Name><Version>1</Version></otrs_package>`,
      `<otrs_package_list><Package><Name>${long}</Name></Package></otrs_package_list>`,
      `<otrs_package_list>${"<Package>".repeat(100_000)}`,
      `<otrs_package_list>${"<Package><Name>A</Name>".repeat(50_000)}${"</Package>".repeat(50_000)}</otrs_package_list>`,
    ])
      withoutHanging(() => readKnownPackages(document, bytesOf(text)));
    const text = document === index ? soundIndex : sound;
    for (const encoding of ["utf16le", "latin1", "base64"] as const)
      readKnownPackages(document, Buffer.from(`\uFEFF${text.replaceAll("Other", "Öther")}`, encoding));
    readKnownPackages(
      document,
      Uint8Array.from({ length: 70_000 }, (_, n) => (n * 7919) % 256),
    );
  }
});

test("names that mean something to programs are names", () => {
  const names = [
    "__proto__",
    "constructor",
    "hasOwnProperty",
    "toString",
    "\u0007\u001b[31m",
    "a\u202eb",
    "<b>x</b>",
  ];
  const escaped = names.map((name) => name.replaceAll("<", "&lt;"));
  const text = indexOf(escaped.map((name, n) => entry(name, requiring(escaped[n - 1] ?? "Mine"))).join(""));
  const packages = readKnownPackages(index, bytesOf(text));
  assert.deepEqual(
    packages.map(({ name }) => name),
    names,
  );
  for (const name of escaped) {
    const [found] = cycles(findingsOf(packageText("Mine", "1.0.0", { more: requiring(name) }), packages));
    assert.ok(found?.arguments?.path?.toString().startsWith("Mine → "), name);
  }
  // What nobody has is not found in what every object has.
  const nobody = findingsOf(packageText("Mine", "1.0.0", { more: requiring("valueOf") }), packages);
  assert.ok(nobody.some(({ rule }) => rule === "package-required-unknown"));
});

test("eight times as many entries that require each other take some eight times the work", () => {
  const text = (count: number) => indexOf(many(count, (n) => entry(`P${n}`, requiring(`P${n + 1}`))));
  const counter = new WorkCounter();
  const [small, large] = [1000, 8000].map((count) => {
    const bytes = bytesOf(text(count));
    return counter.count(() => {
      const packages = readKnownPackages(index, bytes);
      assert.equal(packages.length, count);
      findingsOf(packageText("Mine", "1.0.0", { more: requiring("P1") }), packages);
    });
  });
  counter.stop();
  assert.ok(large! < 10 * small!, `${large} against ${small}`);
});

test("an edit costs the same beside eight times as many entries", () => {
  const counter = new WorkCounter();
  const text = packageText("Mine", "1.0.0", {
    files: ["a", "b"],
    more: `<ChangeLog Version="1">a</ChangeLog>${requiring("P1")}`,
  });
  const [few, many] = [1000, 8000].map((count) => {
    const neighbours = new Neighbours(() => {});
    const entries = Array.from({ length: count }, (_, n) => entry(`P${n}`, requiring(`P${n + 1}`)));
    neighbours.read(index, readKnownPackages(index, bytesOf(indexOf(entries.join("")))));
    let tree = SyntaxTree.parse(text);
    const edit = (where: string) => {
      const at = tree.source.toString().indexOf(where) + 1;
      tree = tree.edited({ span: { start: at, end: at }, newText: "x" });
      lint(tree, defaultLintSettings, {
        ...{ fileName: "Mine.sopm", kind: "spec", folder: noFolder, today: "2024-05-02" },
        knowledge: () => noKnowledge,
        others: neighbours.known.beside("/ws/Mine.sopm"),
      });
      neighbours.typed({ path: "/ws/Mine.sopm", kind: "spec", tree });
    };
    edit(">a<");
    return ["a</ChangeLog>", '"b"'].map((where) => counter.count(() => edit(where)));
  });
  counter.stop();
  few!.forEach((work, at) => {
    assert.ok(many![at]! < 1.5 * work, `${many![at]} against ${work}`);
  });
});

test("a circle through thousands of packages is found, and told in a line that can be read", () => {
  const packages = readKnownPackages(
    index,
    bytesOf(indexOf(many(4000, (n) => entry(`P${n}`, requiring(n === 3999 ? "Mine" : `P${n + 1}`))))),
  );
  const [found] = cycles(findingsOf(packageText("Mine", "1.0.0", { more: requiring("P0") }), packages));
  assert.equal(found?.severity, "error");
  const path = String(found?.arguments?.path);
  assert.ok(path.startsWith("Mine → P0 → P1 → ") && path.endsWith(" → … → Mine"), path);
  assert.ok(path.length < 500);
  assert.ok(found!.related!.length < 50);
});

test("a circle that is looked for too long is said not to have been looked for to the end, once", () => {
  const packages = readKnownPackages(
    index,
    bytesOf(indexOf(many(10_000, (n) => entry(`P${n}`, requiring(n === 9999 ? "Mine" : `P${n + 1}`))))),
  );
  const more = requiring("P0") + requiring("P1");
  const found = cycles(findingsOf(packageText("Mine", "1.0.0", { more }), packages));
  assert.deepEqual(
    found.map(({ severity, arguments: values }) => [severity, values]),
    [["information", { name: "P0", count: 5000 }]],
  );
});

test("many ways into what leads nowhere are gone once", () => {
  const packages = readKnownPackages(
    index,
    bytesOf(indexOf(many(4000, (n) => entry(`P${n}`, requiring(`P${n + 1}`))))),
  );
  const more = many(900, (n) => requiring(`P${n}`));
  assert.deepEqual(cycles(findingsOf(packageText("Mine", "1.0.0", { more }), packages)), []);
});

test("an index of a hundred thousand entries needs little memory beside what is known of them", () => {
  const work = `
    import { readKnownPackages } from ${JSON.stringify(new URL("../../server/src/engine/read-known-packages.ts", import.meta.url).href)};
    const entries = Array.from({ length: 100_000 }, (_, n) => \`<Package><Name>P\${n}</Name><Version>1</Version><PackageRequired>P\${n + 1}</PackageRequired></Package>\`);
    const bytes = new TextEncoder().encode(\`<otrs_package_list>\${entries.join("")}</otrs_package_list>\`);
    console.log(readKnownPackages({ kind: "index", path: "/otrs.xml" }, bytes).length);
  `;
  const child = spawnSync(
    process.execPath,
    ["--max-old-space-size=200", "--import", "tsx", "--input-type=module", "--eval", work],
    { encoding: "utf8" },
  );
  assert.equal(child.stdout, "100000\n", child.stderr);
});
