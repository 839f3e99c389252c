import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { hostilePackage } from "../support/hostile-package.ts";
import { runHere } from "../support/run-here.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** Files that are no package, with what is said of them. */
const others: Readonly<Record<string, readonly [string | Uint8Array, RegExp]>> = {
  empty: ["", /It is empty\./],
  binary: [Uint8Array.of(0, 1, 2, 255), /It is no text\./],
  zip: [Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0), /It is a ZIP archive\./],
  gzip: [Uint8Array.of(0x1f, 0x8b, 8, 0), /It is compressed with gzip\./],
  page: ["<!DOCTYPE html>\n<html><body><input></body></html>", /It is a web page/],
  "page without a doctype": ["<HTML><body>&nbsp;</body></HTML>", /It is a web page/],
  json: ['{"message": "Not Found"}', /It is JSON\./],
  text: ["404 not found", /There is no XML element in it\./],
  root: ["<nothing/>", /Its root element is <nothing>\./],
  index: ["<otobo_package_list></otobo_package_list>", /It is the index of a repository\./],
  settings: ["<otrs_config></otrs_config>", /It is a file of settings\./],
  broken: ["<otrs_package><Name>", /It begins as a package, and is not well-formed from line 1 on\./],
};

const commands: readonly (readonly string[])[] = [
  ["show"],
  ["extract", "--output", "out"],
  ["diff", "whole.opm"],
  ["dry-run", "install"],
  ["verify"],
  ["matrix"],
  ["diagram"],
  ["sql", "--operation", "install"],
];

function withFile(t: TestContext, content: string | Uint8Array): string {
  const folder = temporaryFolder(t, { "whole.opm": hostilePackage("<Vendor>A</Vendor>") });
  writeFileSync(join(folder, "Other.opm"), content);
  return folder;
}

for (const words of commands) {
  test(`sopm ${words[0]} tells what a file is that is no package`, async (t) => {
    for (const [content, said] of Object.values(others)) {
      const folder = withFile(t, content);
      const given = words.map((each) => (/^(?:out|whole\.opm)$/.test(each) ? join(folder, each) : each));
      const { code, stderr } = await runHere([...given, join(folder, "Other.opm")]);
      assert.equal(code, 1, stderr);
      assert.match(stderr, said);
      assert.match(
        stderr,
        /cannot be read as an? (?:package|archive)\..*(?:A spec \(\.sopm\) or an|An) archive/,
      );
      assert.match(stderr, /<otrs_package>, <otobo_package>/);
    }
  });
}

test("sopm history and sopm test tell what a file is that is no spec", async (t) => {
  for (const [name, [content, said]] of Object.entries(others)) {
    if (name === "broken") continue;
    const folder = temporaryFolder(t);
    const spec = join(folder, "Other.sopm");
    writeFileSync(spec, content);
    const history = await runHere(["history", spec]);
    assert.equal(history.code, 1);
    assert.match(history.stderr, said);
    assert.match((await runHere(["test", spec])).stdout, said);
  }
});

test("sopm index --check tells what it read, and what is no index", async (t) => {
  const checked = async (name: string, content: string | Uint8Array) => {
    const folder = temporaryFolder(t);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, name), content);
    const { code, stdout, stderr } = await runHere(["index", "--check", folder]);
    return { code, said: stdout + stderr };
  };
  for (const name of ["otrs.xml", "otobo.xml"]) {
    for (const [kind, [content, said]] of Object.entries(others)) {
      if (kind === "index") continue;
      const { code, said: found } = await checked(name, content);
      assert.equal(code, 1, `${kind}: ${found}`);
      if (/index-root-unknown/.test(found)) assert.match(found, /Its root element is <\w+>, and generators/);
      else {
        assert.match(found, /is no index of a repository/);
        assert.match(found, kind === "broken" ? /It is a package\./ : said);
      }
    }
    const empty = await checked(
      name,
      `<${name.slice(0, -4)}_package_list></${name.slice(0, -4)}_package_list>`,
    );
    assert.equal(empty.code, 0);
    assert.match(empty.said, /: entries in the index: 0\n$/);
  }
  const entry = "<Package><Name>A</Name><Version>1</Version><Framework>7.1.x</Framework></Package>";
  const { said } = await checked("otrs.xml", `<any>${entry}${entry}</any>`);
  assert.match(said, /otrs\.xml: entries in the index: 2\n$/);
  assert.doesNotMatch(said, /index-root-unknown/);
});
