import assert from "node:assert/strict";
import { join } from "node:path";
import type { VersionsResult, VersionText } from "../../server/src/protocol/versions.ts";
import { GitRepository, smallSpec, testWithGit as test } from "../support/git-repository.ts";
import { fileUri, LanguageClient } from "../support/language-client.ts";

test("the versions of a spec are told with their place and what each changed, and its spec is given", async (t) => {
  const repository = new GitRepository(t);
  const file = "Kernel/System/Acme.pm";
  repository.commit({ "Acme.sopm": smallSpec("1.0.0"), [file]: "1\n" }, "v1.0.0");
  repository.commit({ "Acme.sopm": smallSpec("1.1.0"), [file]: "2\n" }, "v1.1.0");
  repository.write({ "Acme.sopm": smallSpec("1.2.0"), "Bare.sopm": "<otrs_package></otrs_package>" });
  const uri = fileUri(join(repository.folder, "Acme.sopm"));
  for (const trusted of [false, true]) {
    const client = new LanguageClient();
    t.after(() => client.stop());
    await client.initialize({ initializationOptions: { trusted, locale: "de" } });
    const versions = (of: string) => client.request<VersionsResult | null>("sopm/versions", { uri: of });
    const text = (version: string) =>
      client.request<VersionText | null>("sopm/versionText", { uri, version });
    const found = await versions(uri);
    if (trusted) {
      assert.equal(found?.name, "Acme");
      assert.deepEqual(found.notes, []);
      assert.deepEqual(
        found.versions.map(({ version, source, date, changes, problem }) => [
          ...[version, source, date, problem],
          changes,
        ]),
        [
          ["1.2.0", "spec", "", "", []],
          ["1.1.0", "tag", "2024-01-03", "", [`~ Datei ${file}`]],
          ["1.0.0", "tag", "2024-01-02", "", null],
        ],
      );
      assert.match(found.versions[1]!.places.join(), /^Tag v1\.1\.0 vom 2024-01-03/);
      assert.equal((await text("1.0.0"))?.text, smallSpec("1.0.0"));
      // What is known is told again, and so is what is new.
      repository.commit({ "Acme.sopm": smallSpec("1.2.0") }, "v1.2.0");
      const again = await versions(uri);
      assert.deepEqual(
        again?.versions.map(({ version, changes }) => [version, changes?.length]),
        [
          ["1.2.0", 0],
          ["1.2.0", 0],
          ["1.1.0", 1],
          ["1.0.0", undefined],
        ],
      );
    } else {
      assert.deepEqual(
        found?.versions.map(({ version }) => version),
        ["1.2.0"],
      );
      assert.deepEqual(found.notes, [
        "Git wird nicht nach Versionen gefragt, weil diesem Arbeitsbereich nicht vertraut wird.",
      ]);
      assert.equal(await text("1.0.0"), null);
    }
    assert.equal(await text("--output=x"), null);
    assert.equal((await versions(fileUri(join(repository.folder, "Bare.sopm"))))?.name, "");
    assert.equal(await versions(fileUri(join(repository.folder, "None.sopm"))), null);
    assert.equal(await versions("untitled:Acme"), null);
  }
});
