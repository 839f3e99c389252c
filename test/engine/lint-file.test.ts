import assert from "node:assert/strict";
import { test } from "node:test";
import { defaultLintSettings } from "../../server/src/engine/lint.ts";
import { lintFile } from "../../server/src/engine/lint-file.ts";
import { filesOf } from "../support/bare-world.ts";
import { MemoryWorkspace } from "../support/memory-workspace.ts";
import { memoryWorld } from "../support/memory-world.ts";

test("an archive is told by its ending, in capitals as well", async () => {
  const text = "<otrs_package><Name>Acme</Name></otrs_package>";
  const disk = new MemoryWorkspace({ "/ws/Acme.opm": text, "/ws/ACME.OPM": text, "/ws/Acme.sopm": text });
  const world = memoryWorld(filesOf(disk));
  const kindOf = async (path: string) => (await lintFile(path, defaultLintSettings, world)).context.kind;
  assert.equal(await kindOf("/ws/Acme.opm"), "archive");
  assert.equal(await kindOf("/ws/ACME.OPM"), "archive");
  assert.equal(await kindOf("/ws/Acme.sopm"), "spec");
});

test("a settings file is checked for itself, as one of the product that its root names", async () => {
  const text =
    '<?xml version="1.0" encoding="utf-8" ?>\n<otobo_config version="2.0" init="Applikation"><Setting Name="Acme::A" Required="1" Valid="1"><Value><Item>1</Item></Value></Setting></otobo_config>';
  const bytes = new TextEncoder().encode(text);
  const path = "/ws/Kernel/Config/Files/XML/Acme.xml";
  const { findings, dialect } = await lintFile(path, defaultLintSettings, memoryWorld(), { bytes });
  assert.equal(dialect, "otobo-11");
  assert.deepEqual(
    findings.map(({ rule, file, span }) => [rule, file, text.slice(span.start, span.end)]),
    [["sysconfig-init", undefined, 'init="Applikation"']],
  );
});

test("an index whose entities are not read is told so", async () => {
  const text =
    '<!DOCTYPE a [<!ENTITY b "c">]><otrs_package_list><Package><Name>&b;</Name></Package></otrs_package_list>';
  const world = memoryWorld(filesOf(new MemoryWorkspace({ "/ws/otrs.xml": text })));
  const { findings, context } = await lintFile("/ws/otrs.xml", defaultLintSettings, world);
  assert.equal(context.kind, "index");
  assert.deepEqual(
    findings.map(({ rule }) => rule),
    ["xml-doctype"],
  );
});
