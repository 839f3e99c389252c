import assert from "node:assert/strict";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { dryRun } from "../../server/src/library.ts";
import { engineParts } from "../../server/src/node/embedded-database.ts";
import { GitRepository, smallSpec, testWithGit } from "../support/git-repository.ts";
import { runCli } from "../support/run-cli.ts";

const column = (name: string) => `<Column Name="${name}" Required="false" Type="VARCHAR" Size="20"/>`;
const made = (columns: string) => `<DatabaseInstall Type="post">
<TableCreate Name="acme"><Column Name="id" Required="true" PrimaryKey="true" Type="INTEGER"/>${columns}</TableCreate>
</DatabaseInstall>
`;
/** Adds a column that 1.0.0 has made already. */
const upgrade = `<DatabaseUpgrade Type="post">
<TableAlter Name="acme" Version="1.1.0"><ColumnAdd Name="note" Required="false" Type="VARCHAR" Size="20"/></TableAlter>
</DatabaseUpgrade>
`;

/** The spec of 1.1.0 in a repository that has released 1.0.0. */
function specIn(t: TestContext): string {
  const repository = new GitRepository(t);
  const files = { "Kernel/System/Acme.pm": "1;\n" };
  repository.commit({ ...files, "Acme.sopm": smallSpec("1.0.0", { inside: made(column("note")) }) }, "1.0.0");
  repository.write({
    "Acme.sopm": smallSpec("1.1.0", { inside: made(column("note") + column("more")) + upgrade }),
  });
  return join(repository.folder, "Acme.sopm");
}

testWithGit("a program that uses SOPM has the same answer", async (t) => {
  const report = await dryRun("upgrade", specIn(t), { from: "1.0.0", database: "postgresql" });
  assert.ok(
    report.assumptions.some((each) => each.includes("found here: tag 1.0.0 of ")),
    report.assumptions.join(),
  );
  assert.ok(report.steps.some(({ outcome, reason }) => outcome === "fails" && reason?.includes("“note”")));
});

testWithGit("a dry run knows what a version had made that Git has", async (t) => {
  const spec = specIn(t);
  const { code, stdout } = await runCli([
    "dry-run",
    "upgrade",
    spec,
    "--from",
    "1.0.0",
    "--database",
    "postgresql",
  ]);
  assert.equal(code, 1);
  assert.match(stdout, /“acme” has a column “note” already/);
  assert.match(
    stdout.replace(/\s+/g, " "),
    /1\.0\.0, which the upgrade starts from, was found here: tag 1\.0\.0 of /,
  );
  const unknown = await runCli(["dry-run", "upgrade", spec, "--from", "0.9.0", "--database", "postgresql"]);
  assert.doesNotMatch(unknown.stdout, /“note” already/);
});

if (engineParts()) {
  testWithGit("what a version of Git had made is executed before the upgrade", async (t) => {
    const spec = specIn(t);
    const run = (from: string) => runCli(["verify", spec, "--operation", "upgrade", "--from", from]);
    const { code, stdout } = await run("1.0.0");
    assert.equal(code, 1);
    assert.match(stdout, /found here: tag 1\.0\.0 of /);
    assert.match(stdout, /column "note" of relation "acme" already exists \(42701\)/);
    const unknown = await run("0.9.0");
    assert.equal(unknown.code, 1);
    assert.match(unknown.stderr, /not a version alone/);
  });
} else console.log("left out: the embedded database, for which an optional part is not installed");
