import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const project = join(import.meta.dirname, "../..");
const lines = readFileSync(join(project, "docs/package-manager.md"), "utf8").split("\n");

interface Row {
  readonly framework: string;
  readonly name: string;
  readonly file: string;
  readonly testFile: string;
  readonly title: string;
}

const rows = lines.filter((line) => /^\| (?!Framework|---)/.test(line)).map(rowOf);

function rowOf(line: string): Row {
  const row = /^\| (.+?) \| `(\w+)` \| `([^`]+)` \| `([^`]+)`: (.+) \|$/.exec(line);
  assert.ok(row, `four columns in ${line}`);
  const [, framework, name, file, testFile, title] = row as unknown as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  return { framework, name, file, testFile, title };
}

for (const { framework, name, file, testFile, title } of rows) {
  test(`${framework} has its equal`, () => {
    const path = join(project, "server/src", file);
    assert.ok(existsSync(path), `there is no ${file}`);
    const declaration = new RegExp(`^export (?:function\\*?|const) ${name}\\b`, "m");
    assert.match(readFileSync(path, "utf8"), declaration);
    const tests = readFileSync(join(project, "test", testFile), "utf8");
    assert.ok(tests.includes(`test("${title}"`) || tests.includes(`test(\`${title}\``), `no test “${title}”`);
  });
}

test("the table has a row for every method of the framework's package manager", () => {
  const listed = new Set(rows.flatMap(({ framework }) => framework.split(/,\s*| of /)));
  for (const method of methods) assert.ok(listed.has(method), method);
});

/** Those that Znuny 7.1 and OTOBO 11 offer to their callers, as far as they have an equal. */
const methods = [
  "RepositoryList",
  "RepositoryGet",
  "RepositoryAdd",
  "RepositoryRemove",
  "PackageInstall",
  "PackageReinstall",
  "PackageUpgrade",
  "PackageUninstall",
  "GetRequiredPackages",
  "GetRequiredModules",
  "RootRepositoryListGet",
  "ConfiguredRepositoryListGet",
  "RepositoryPackageListGet",
  "PackageOnlineRepositories",
  "PackageOnlineList",
  "PackageOnlineGet",
  "DeployCheck",
  "DeployCheckInfo",
  "PackageBuild",
  "PackageParse",
  "PackageExport",
  "PackageIsInstalled",
  "PackageInstallDefaultFiles",
  "PackageFileGetMD5Sum",
  "AnalyzePackageFrameworkRequirements",
  "PackageUpgradeAll",
  "PackageInstallOrderListGet",
  "PackageUpgradeAllDataDelete",
  "PackageUpgradeAllIsRunning",
];
