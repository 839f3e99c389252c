import assert from "node:assert/strict";
import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { GitRepository, smallSpec, testWithGit as test } from "../support/git-repository.ts";
import { schemaProblems } from "../support/json-schema.ts";
import { runHere } from "../support/run-here.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const setting = (value: string) => `<?xml version="1.0" encoding="utf-8" ?>
<otrs_config version="2.0" init="Application">
    <Setting Name="Acme::Color" Required="1" Valid="1">
        <Description Translatable="1">x</Description>
        <Navigation>Core</Navigation>
        <Value><Item ValueType="String">${value}</Item></Value>
    </Setting>
</otrs_config>
`;

const table = (columns: string) => `    <DatabaseInstall Type="post">
        <TableCreate Name="acme">
            <Column Name="id" Required="true" PrimaryKey="true" AutoIncrement="true" Type="INTEGER"/>
            ${columns}
        </TableCreate>
    </DatabaseInstall>
`;

const settings = "Kernel/Config/Files/XML/Acme.xml";

function withSettings(spec: string): string {
  return spec.replace("</Filelist>", `    <File Permission="660" Location="${settings}"/>\n    </Filelist>`);
}

test("each version is told with its place and what it changed", async (t) => {
  const repository = new GitRepository(t);
  const file = "Kernel/System/Acme.pm";
  repository.commit({ "Acme.sopm": smallSpec("1.0.0"), [file]: "1\n" }, "v1.0.0");
  const name = '<Column Name="name" Required="false" Type="VARCHAR" Size="100"/>';
  repository.commit(
    { "Acme.sopm": withSettings(smallSpec("1.1.0", { inside: table(name) })), [settings]: setting("red") },
    "v1.1.0",
  );
  const wide = name.replace("100", "200");
  const inside = `${table(`${wide}<Index Name="acme_name"><IndexColumn Name="name"/></Index>`)}    <DatabaseUpgrade Type="post">
        <TableAlter Name="acme" Version="1.2.0"><ColumnChange NameOld="name" NameNew="name" Required="false" Type="VARCHAR" Size="200"/></TableAlter>
    </DatabaseUpgrade>
    <PackageRequired Version="2.0.0">Base</PackageRequired>
`;
  repository.write({
    "Acme.sopm": withSettings(smallSpec("1.2.0", { inside })),
    [settings]: setting("blue"),
  });
  const spec = join(repository.folder, "Acme.sopm");
  const archives = temporaryFolder(t);
  assert.equal((await runHere(["build", "--output", archives, "--force", spec])).code, 0);
  copyFileSync(join(archives, "Acme-1.2.0.opm"), join(archives, "Acme-latest.opm"));
  const { code, stdout, stderr } = await runHere(
    ["history", "Acme.sopm", "--packages-of", archives],
    {},
    {
      cwd: repository.folder,
    },
  );
  const commits = repository
    .git("rev-list", "HEAD")
    .split("\n")
    .map((commit) => commit.slice(0, 12));
  assert.equal(stderr, "");
  assert.equal(
    stdout,
    `Acme 1.0.0: tag v1.0.0 of 2024-01-02, commit ${commits[1]}
Acme 1.1.0: tag v1.1.0 of 2024-01-03, commit ${commits[0]}
  + file ${settings}
  + table acme
  + setting Acme::Color
Acme 1.2.0: archive ${archives}/Acme-1.2.0.opm
    also archive ${archives}/Acme-latest.opm
  + requirement Base 2.0.0
  ~ file ${settings}
  ~ column acme.name VARCHAR(100) → VARCHAR(200)
  + key acme.acme_name Index (name)
  ~ setting Acme::Color
  + database upgrade for versions below 1.2.0
Acme 1.2.0: the spec as it is now
  no change
`,
  );
  assert.equal(code, 0);
  const json = await runHere(["history", "--format", "json", spec]);
  const withArchives = await runHere(["history", "--format", "json", "--packages-of", archives, spec]);
  const schema = JSON.parse(
    readFileSync(join(import.meta.dirname, "../../schemas/history.schema.json"), "utf8"),
  );
  assert.deepEqual(schemaProblems(JSON.parse(withArchives.stdout), schema), []);
  const { package: named, versions } = JSON.parse(json.stdout) as {
    readonly package: string;
    readonly versions: readonly {
      readonly version: string;
      readonly source: object;
      readonly changes: unknown;
    }[];
  };
  assert.equal(named, "Acme");
  assert.deepEqual(
    versions.map(({ version, source, changes }) => [version, source, changes === null]),
    [
      [
        "1.0.0",
        {
          kind: "tag",
          name: "v1.0.0",
          commit: repository.git("rev-parse", "HEAD~1"),
          repository: repository.folder,
          path: "Acme.sopm",
          date: "2024-01-02",
        },
        true,
      ],
      [
        "1.1.0",
        {
          kind: "tag",
          name: "v1.1.0",
          commit: repository.git("rev-parse", "HEAD"),
          repository: repository.folder,
          path: "Acme.sopm",
          date: "2024-01-03",
        },
        false,
      ],
      ["1.2.0", { kind: "spec" }, false],
    ],
  );
});

test("what keeps versions from being found is said, and a version that cannot be read ends with 1", async (t) => {
  const folder = temporaryFolder(t, { "Acme.sopm": smallSpec("1.0.0"), "Bad.sopm": "<otrs_package/>" });
  const alone = await runHere(["history", join(folder, "Acme.sopm")]);
  assert.match(alone.stderr, /^sopm: The spec lies in no working copy of Git/);
  assert.equal(alone.stdout, "Acme 1.0.0: the spec as it is now\n");
  assert.equal(alone.code, 0);
  assert.equal((await runHere(["history", join(folder, "Bad.sopm")])).code, 1);
  assert.equal((await runHere(["history", join(folder, "None.sopm")])).code, 2);
});

test("archives in repositories and sandboxes are told with their place", async (t) => {
  const folder = temporaryFolder(t, {
    "Acme.sopm": smallSpec("1.0.0"),
    "Kernel/System/Acme.pm": "1;\n",
    "repository/otrs.xml": "<otrs_package_list/>",
    "now/Acme.sopm": smallSpec("1.1.0"),
  });
  const repository = join(folder, "repository");
  const archive = join(repository, "Acme-1.0.0.opm");
  const sandbox = join(folder, "sandbox");
  for (const words of [
    ["build", "--force", "--output", repository, join(folder, "Acme.sopm")],
    ["sandbox", "create", sandbox, "--product", "Znuny 7.1.3"],
    ["sandbox", "install", sandbox, archive],
  ]) {
    const { code, stderr } = await runHere(words);
    assert.equal(code, 0, stderr);
  }
  const words = ["history", "--packages-of", repository, "--sandbox", sandbox, join(folder, "now/Acme.sopm")];
  const { stdout } = await runHere(words);
  assert.equal(
    stdout,
    `Acme 1.0.0: Acme-1.0.0.opm in the repository ${repository}
    also in the sandbox ${sandbox}
Acme 1.1.0: the spec as it is now
  ~ file Kernel/System/Acme.pm
`,
  );
});
