import assert from "node:assert/strict";
import { join } from "node:path";
import { GitRepository, smallSpec, testWithGit as test } from "../support/git-repository.ts";
import { runHere } from "../support/run-here.ts";

const table = (columns: string) => `    <DatabaseInstall Type="post">
        <TableCreate Name="acme">
            <Column Name="id" Required="true" PrimaryKey="true" AutoIncrement="true" Type="INTEGER"/>
            ${columns}
        </TableCreate>
    </DatabaseInstall>
    <DatabaseUninstall Type="pre"><TableDrop Name="acme"/></DatabaseUninstall>
`;
const name = '<Column Name="name" Required="false" Type="VARCHAR" Size="100"/>';
const upgrade = `    <DatabaseUpgrade Type="post">
        <TableAlter Name="acme" Version="1.1.0"><ColumnAdd Name="name" Required="false" Type="VARCHAR" Size="100"/></TableAlter>
    </DatabaseUpgrade>
`;

/** A spec at 1.1.0 beside a tag of 1.0.0, which has no column yet. */
function released(t: Parameters<Parameters<typeof test>[1]>[0], inside: string): GitRepository {
  const repository = new GitRepository(t);
  const files = { "Kernel/System/Acme.pm": "1;\n" };
  repository.commit({ "Acme.sopm": smallSpec("1.0.0", { inside: table("") }), ...files }, "v1.0.0");
  repository.write({ "Acme.sopm": smallSpec("1.1.0", { inside }) });
  return repository;
}

test("0 where all upgrades come to a fresh install", async (t) => {
  const { folder } = released(t, table(name) + upgrade);
  const { code, stdout } = await runHere(["matrix", join(folder, "Acme.sopm")]);
  assert.equal(code, 0, stdout);
});

test("1 where one does not, with its start, the table and the column in every form", async (t) => {
  const { folder } = released(t, table(name));
  for (const format of ["text", "json", "junit", "markdown", "html"]) {
    const { code, stdout } = await runHere(["matrix", "--format", format, join(folder, "Acme.sopm")]);
    assert.equal(code, 1, format);
    assert.match(stdout, /Upgraded systems have no column name in acme\./, format);
    assert.ok(stdout.includes("1.0.0"), format);
  }
  const { code } = await runHere(["matrix", "--since", "1.1.0", join(folder, "Acme.sopm")]);
  assert.equal(code, 0, "older versions do not count");
});

test("2 for words that it does not know", async (t) => {
  const { folder } = released(t, table(name));
  const spec = join(folder, "Acme.sopm");
  for (const words of [["--since", "newest", spec], ["--format", "pdf", spec], []])
    assert.equal((await runHere(["matrix", ...words])).code, 2, words.join(" "));
});
