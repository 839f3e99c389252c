import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { withPaths } from "../../server/src/cli/command.ts";
import { commands } from "../../server/src/cli/commands.ts";

const project = join(import.meta.dirname, "../..");
const lines = readFileSync(join(project, "docs/package-manager.md"), "utf8").split("\n");

interface Row {
  readonly framework: string;
  readonly name: string;
  readonly file: string;
  readonly command: string;
  readonly testFile: string;
  readonly title: string;
}

const rows = lines.filter((line) => /^\| (?!Framework|---)/.test(line)).map(rowOf);

function rowOf(line: string): Row {
  const row = /^\| (.+?) \| `(\w+)` \| `([^`]+)` \| `sopm ([^`]+)` \| `([^`]+)`: (.+) \|$/.exec(line);
  assert.ok(row, `five columns in ${line}`);
  const [, framework, name, file, command, testFile, title] = row as unknown as [
    string,
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  return { framework, name, file, command, testFile, title };
}

const cliTests = readdirSync(join(project, "test/cli"))
  .map((file) => readFileSync(join(project, "test/cli", file), "utf8"))
  .join("\n");

for (const { framework, command } of rows) {
  test(`${framework} is on the command line`, () => {
    const [name, ...options] = command.split(/ (?=--)/);
    const found = withPaths(commands).find(({ path }) => path === name);
    assert.ok(found, `there is no command ${name}`);
    for (const option of options) assert.ok(Object.hasOwn(found.command.parameters, option.slice(2)), option);
    assert.match(cliTests, new RegExp(`"${found.command.name}"`), `no test tries ${name}`);
  });
}

for (const { framework, name, file, testFile, title } of rows) {
  test(`${framework} has its equal`, () => {
    const path = join(project, "server/src", file);
    assert.ok(existsSync(path), `there is no ${file}`);
    const declaration = new RegExp(`^export (?:async function|function\\*?|const) ${name}\\b`, "m");
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
