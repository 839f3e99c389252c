import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import ts from "typescript";

const root = join(import.meta.dirname, "../..");

/** An empty folder in which the packed package is installed, without a network. */
let folder: string;
let packed: readonly string[];

before(() => {
  folder = mkdtempSync(join(tmpdir(), "sopm-test-"));
  // Not among the caches of whoever runs the tests.
  process.env.SOPM_CODE_CACHE = join(folder, "code-cache");
  const [pack] = JSON.parse(npm(root, "pack", "--json", "--ignore-scripts", "--pack-destination", folder));
  packed = pack.files.map(({ path }: { path: string }) => path);
  writeFileSync(join(folder, "package.json"), '{ "private": true, "type": "module" }');
  npm(folder, "install", "--offline", "--omit=optional", "--no-audit", "--no-fund", `./${pack.filename}`);
  cpSync(join(root, "examples"), folder, { recursive: true });
});
after(() => rmSync(folder, { recursive: true, force: true }));

test("the package has what is run and read, and neither tests nor sources", () => {
  const needed = [
    "dist/cli.js",
    "dist/engine.js",
    "dist/index.mjs",
    "dist/index.d.mts",
    "LICENSE",
    "README.md",
  ];
  for (const path of needed) assert.ok(packed.includes(path), path);
  const strange = /^(test|server|scripts|examples|node_modules)\/|(?<!\.d)\.m?ts$|\.cache$|\.map$/;
  assert.deepEqual(
    packed.filter((path) => strange.test(path)),
    [],
  );
});

test("installing it brings nothing else where optional parts are not wanted", () => {
  const installed = readdirSync(join(folder, "node_modules")).filter((name) => !name.startsWith("."));
  assert.deepEqual(installed, ["sopm"]);
});

test("npx lints, builds and dry-runs in an empty folder", () => {
  const npx = (...words: string[]) => npm(folder, "exec", "--offline", "--no", "--", "sopm", ...words);
  const spec = join("AcmeContracts", "AcmeContracts.sopm");
  assert.match(npx("lint", "--language", "en", spec), /Files checked: 1\. Errors: 0/);
  assert.match(npx("build", spec, "--output", "."), /AcmeContracts-[\d.]+\.opm/);
  assert.match(npx("dry-run", "install", spec), /AcmeContracts/);
});

test("a program that imports it passes its type check and runs", () => {
  writeFileSync(join(folder, "consumer.ts"), consumer);
  assert.deepEqual(complaintsOf("consumer.ts", { noEmit: false }), []);
  const output = execFileSync(process.execPath, ["consumer.js"], { cwd: folder, encoding: "utf8" });
  const { rules, errorsInFile, built, blocked, installed, upgraded, german, refused } = JSON.parse(output);
  assert.ok(rules.includes("element-unknown"), rules);
  assert.equal(errorsInFile, 0);
  assert.match(built, /^AcmeContracts-[\d.]+\.opm$/);
  assert.equal(blocked.kind, "blocked");
  assert.ok(blocked.reasons.some((reason: { rule?: string; place?: object }) => reason.rule && reason.place));
  assert.equal(installed.kind, "success");
  assert.ok(installed.steps > 10);
  assert.equal(upgraded, "Znuny 7.1.3");
  assert.match(german, /würde das tun/);
  assert.deepEqual(refused, ["TypeError", "TypeError", "archive-missing"]);
});

test("the type check of such a program finds mistakes", () => {
  const wrong = 'import { lint, noSuchThing } from "sopm";\nlint(5);\nexport { noSuchThing };\n';
  writeFileSync(join(folder, "wrong.ts"), wrong);
  const [missing, argument, ...others] = complaintsOf("wrong.ts", { noEmit: true });
  assert.match(missing!, /no exported member 'noSuchThing'/);
  assert.match(argument!, /not assignable to parameter of type 'string'/);
  assert.deepEqual(others, []);
});

const consumer = `
import { basename } from "node:path";
import { type BuildResult, build, type DryRunReport, dryRun, type Finding, lint, lintFile, setLanguage } from "sopm";

const spec = "AcmeContracts/AcmeContracts.sopm";
const findings: readonly Finding[] = lint("<otrs_package><Vender/></otrs_package>", { dialect: "znuny-7" }).findings;
const { findings: inFile } = await lintFile(spec, { profile: "strict", rules: { "element-order": "off" } });
const result: BuildResult = await build(spec, { outputFolder: "." });
const blocked = await build("AcmeBroken/AcmeBroken.sopm");
const report: DryRunReport = await dryRun("install", spec);
setLanguage("de");
const german: string = (await dryRun("install", spec)).verdict.sentence;
const attempts: (() => Promise<unknown>)[] = [
  () => dryRun("upgrade", spec),
  () => dryRun("install", spec, { product: "Acme 1" }),
  () => dryRun("install", "absent.sopm"),
];
const refused: unknown[] = [];
for (const attempt of attempts) {
  try {
    refused.push(await attempt());
  } catch (error) {
    refused.push(error instanceof TypeError ? error.name : (error as { code?: string }).code);
  }
}
console.log(
  JSON.stringify({
    rules: findings.map(({ rule }) => rule),
    errorsInFile: inFile.filter(({ severity }) => severity === "error").length,
    built: result.kind === "built" ? basename(result.path) : result.kind,
    blocked,
    installed: { kind: report.verdict.kind, steps: report.steps.length },
    upgraded: (await dryRun("upgrade", spec, { from: "1.0.0", product: "Znuny 7.1.3", database: "postgresql" })).product,
    german,
    refused,
  }),
);
`;

/** What the type check says of a program in the folder, which is written beside it as JavaScript if wanted. */
function complaintsOf(name: string, { noEmit }: { noEmit: boolean }): string[] {
  const program = ts.createProgram([join(folder, name)], {
    noEmit,
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    strict: true,
    types: ["node"],
    typeRoots: [join(root, "node_modules/@types")],
  });
  const complaints = ts.getPreEmitDiagnostics(program);
  program.emit();
  return complaints.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}

function npm(cwd: string, ...words: string[]): string {
  // What an outer `npm run` wants is not what is wanted here.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith("npm_config_")),
  );
  const { npm_execpath: script } = process.env;
  const [program, first] = script ? [process.execPath, [script]] : ["npm", []];
  return execFileSync(program, [...first, ...words], {
    cwd,
    env,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
}
