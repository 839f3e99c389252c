import assert from "node:assert/strict";
import { test } from "node:test";
import { dialectIds } from "../../server/src/dialect/dialect.ts";
import { forbiddenPathsOf } from "../../server/src/dialect/forbidden-paths.ts";
import { productOf } from "../../server/src/dialect/products.ts";
import { settingsFilesOf } from "../../server/src/dialect/settings-files.ts";
import { keyOf, type Release } from "../../server/src/dialect/switches.ts";
import { otrs31 } from "../support/package-text.ts";

test("names of roots and indexes follow the family", () => {
  const { rootName, configRootName, indexFileName, indexRootName } = productOf("otobo-11");
  assert.deepEqual(
    { rootName, configRootName, indexFileName, indexRootName },
    {
      rootName: "otobo_package",
      configRootName: "otobo_config",
      indexFileName: "otobo.xml",
      indexRootName: "otobo_package_list",
    },
  );
  assert.equal(productOf("znuny-7").rootName, "otrs_package");
  assert.equal(settingsFilesOf("otrs-5").folder, "Kernel/Config/Files");
});

test("each dialect names itself, a release line and a table of groups", () => {
  for (const dialect of dialectIds) {
    const product = productOf(dialect);
    assert.equal(product.dialect, dialect);
    assert.ok(
      product.releaseLines.every((line) => /^\d+\.\d+$/.test(line)) && product.releaseLines.length > 0,
    );
    assert.ok(product.permissionGroupTables.length > 0);
  }
});

const paths: readonly [path: string, kind: string | undefined, release?: Release][] = [
  ["Kernel/Config.pm", "main-config"],
  ["Custom/Kernel/Config.pm", "main-config"],
  ["Kernel/Config.pm.dist", undefined],
  ["Kernel/Config/Files/ZZZAAuto.pm", "generated-config"],
  ["Kernel/Config/Files/ZZZAcmeSettings.pm", undefined],
  ["Kernel/Config/Files/ZZZACL.pm", undefined],
  ["Kernel/Config/Files/ZZZACL.pm", "generated-config", "otobo-11"],
  ["Kernel/Config/Files/ZZZProcessManagement.pm", "generated-config"],
  ["var/tmp/CacheFileStorable/x", "cache"],
  ["var/tmp/other", undefined],
  ["var/log/x.log", "log"],
  ["Kernel/../x", "traversal"],
  ["Kernel/..x", undefined],
  ["/opt/x", "absolute"],
  ["./x", undefined],
  ["a//b", undefined],
  ["/opt/x", undefined, otrs31],
  ["/opt/x", "absolute", "otrs-legacy"],
  ["Kernel/Config/Files/ZZZACL.pm", undefined, { dialect: "otobo-10", version: "10.0.22" }],
  ["Kernel/Config/Files/ZZZACL.pm", "generated-config", "otobo-10"],
];

for (const [path, kind, release = "znuny-7"] of paths) {
  test(`${path} in ${keyOf(release)}: ${kind ?? "allowed"}`, () => {
    assert.equal(forbiddenPathsOf(release).find(({ pattern }) => pattern.test(path))?.kind, kind);
  });
}
