import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { cpus, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { listFiles, PackageManager } from "@vscode/vsce";
import { build } from "esbuild";
import { perlParts } from "../../server/src/node/perl-checker.ts";
import { generateSpec } from "../support/generate-spec.ts";
import { fileUri, fullClient, LanguageClient, serverBundle } from "../support/language-client.ts";
import { sharedFolder } from "../support/shared.ts";
import { archives } from "./archive-measures.ts";
import { embeddedReady, statementsOnDatabases, upgradesOnEmbedded } from "./engine-measures.ts";
import {
  type Comparison,
  hasCommand,
  inTurn,
  loadAverage,
  median,
  peakMemory,
  percent,
  runProcess,
  timed,
  times,
} from "./measure.ts";
import {
  applyOfManyFiles,
  type Bench,
  checkOfManyFiles,
  installsOfTheFramework,
} from "./sandbox-measures.ts";
import { views } from "./view-measures.ts";

/**
 * Measures SOPM against named yardsticks, each pair in turn in one run, and prints ratios of medians.
 * Words on the command line choose measures by a part of their name.
 */
const root = join(import.meta.dirname, "../..");
const chosen = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "sopm-bench-"));
const schema = join(root, "schemas/sopm-otrs.xsd");
const cli = join(root, "dist/cli.js");

type Measure = () => Promise<readonly (Comparison | string)[]>;

const measures: Readonly<Record<string, Measure>> = {
  "edit to tree": editToTree,
  "edit to findings": editToFindings,
  "edit to hints and tokens": editToShown,
  formatting,
  "move of many files": moveOfManyFiles,
  "edits among very many files": editsAmongVeryManyFiles,
  "history of 40 versions": historyOfVersions,
  "upgrade matrix": upgradeMatrix,
  "embedded database ready": () => embeddedReady(compared),
  "statements on databases": () => statementsOnDatabases(compared),
  "upgrades on the embedded database": () => upgradesOnEmbedded(compared),
  "diagram of 2,000 tables": diagramOfManyTables,
  "rules across packages": rulesAcrossPackages,
  "lint of very many attributes": lintOfVeryManyAttributes,
  "change to diagnostics": changeToDiagnostics,
  "very many changes to diagnostics": veryManyChangesToDiagnostics,
  "workspace of many specs": workspaceOfManySpecs,
  moving,
  "packed server": startOfPackedServer,
  "lint of one file": lintOfOneFile,
  "lint of many files": lintOfManyFiles,
  "lint of a thousand specs": lintOfThousandSpecs,
  "build of a large file": buildOfLargeFile,
  "build of many files": buildOfManyFiles,
  "build of the example": buildOfExample,
  "list of a repository": listOfRepository,
  "upgrade of all packages": upgradeOfAllPackages,
  "SQL of database sections": sqlOfSections,
  "dry run": dryRun,
  trials,
  simulation,
  "lint with simulation": lintWithSimulation,
  "apply of many files to a sandbox": () => inSandbox(applyOfManyFiles),
  "check of many files in a sandbox": () => inSandbox(checkOfManyFiles),
  "install in a sandbox": () => inSandbox(installsOfTheFramework),
  archives: () => archives({ folder, cli, compared }),
  "views of packages, sandboxes and repositories": () => views({ folder, cli, compared }),
  "size of the package": sizeOfPackage,
};

/** A line about milliseconds; goals are ratios, shown like the measured one. */
function compared(
  name: string,
  yardstick: string,
  { ours, theirs }: { readonly ours: number; readonly theirs: number },
  shown: (ratio: number) => string,
  reach: number,
  stretch: number,
): Comparison {
  const ratio = ours / theirs;
  return {
    ...{ name, yardstick, ours, theirs, unit: "ms", ratio, shown: shown(ratio) },
    ...{ reach: shown(reach), stretch: shown(stretch), reachValue: reach, stretchValue: stretch },
  };
}

function lineOf(line: Comparison): string {
  const verdict =
    line.ratio <= line.stretchValue ? "stretch" : line.ratio <= line.reachValue ? "reach" : "MISSED";
  const figures = `${line.ours.toPrecision(3)} / ${line.theirs.toPrecision(3)} ${line.unit}`;
  return `${verdict.padEnd(8)} ${(line.shown ?? String(line.ratio)).padStart(9)}  (reach ${line.reach}, stretch ${line.stretch})  ${line.name}  against ${line.yardstick}: ${figures}`;
}

async function editToTree(): Promise<(Comparison | string)[]> {
  if (!hasCommand("xmllint")) return ["left out, there is no xmllint"];
  const engine = await bundledEngine();
  const lines: Comparison[] = [];
  const medians = new Map<number, number>();
  for (const size of [300, 3_000, 30_000]) {
    const text = generateSpec(size);
    const file = join(folder, `tree-${size}.sopm`);
    writeFileSync(file, text);
    const edit = engine.treeEditor(text);
    const elapsed: number[] = [];
    const { theirs } = await inTurn(
      9,
      () => elapsed.push(...edit(60)),
      () => runProcess("xmllint", ["--noout", "--schema", schema, file], [0, 3]),
    );
    const ours = median(elapsed);
    medians.set(size, ours);
    lines.push(
      compared(
        `one-character edit to updated tree, ${size} lines`,
        "xmllint --noout --schema",
        { ours, theirs },
        percent,
        0.02,
        0.01,
      ),
    );
  }
  for (const [small, large] of [
    [300, 3_000],
    [3_000, 30_000],
  ] as const) {
    const ours = medians.get(large)!;
    const theirs = medians.get(small)!;
    lines.push(
      compared(`growth of a local edit, ${large} lines`, `${small} lines`, { ours, theirs }, times, 4, 2),
    );
  }
  return lines;
}

async function editToFindings(): Promise<(Comparison | string)[]> {
  if (!hasCommand("xmllint")) return ["left out, there is no xmllint"];
  const engine = await bundledEngine();
  const lines: (Comparison | string)[] = [];
  const corpus = sharedFolder("corpus");
  const largest = corpus && largestSpec(corpus);
  const inputs = [
    { name: "3,000 lines", text: generateSpec(3_000), reach: 0.15, stretch: 0.05 },
    ...(largest ? [{ name: "largest corpus file", text: largest, reach: 0.1, stretch: 0.02 }] : []),
  ];
  if (!largest) lines.push("largest corpus file left out, the corpus is not there");
  for (const { name, text, reach, stretch } of inputs) {
    const file = join(folder, "findings.sopm");
    writeFileSync(file, text);
    const edit = engine.findingsEditor(text);
    const elapsed: number[] = [];
    const { theirs } = await inTurn(
      9,
      () => elapsed.push(...edit(40)),
      () => runProcess("xmllint", ["--noout", "--schema", schema, file], [0, 3]),
    );
    const ours = median(elapsed);
    lines.push(
      compared(
        `one-character edit to all findings, ${name}`,
        "xmllint --noout --schema",
        { ours, theirs },
        percent,
        reach,
        stretch,
      ),
    );
  }
  return lines;
}

/** The time that 95 of 100 edits stay below. The largest spec may take three times as long. */
async function editToShown(): Promise<(Comparison | string)[]> {
  const engine = await bundledEngine();
  const corpus = sharedFolder("corpus");
  const inputs = [
    { name: "3,000 lines", text: generateSpec(3_000), factor: 1 },
    ...(corpus ? [{ name: "largest corpus file", text: largestSpec(corpus), factor: 3 }] : []),
  ];
  const shown = [
    { what: "hints", title: "hints in view", goal: 5 },
    { what: "tokens", title: "tokens in view", goal: 5 },
    { what: "allTokens", title: "all tokens", goal: 20 },
  ] as const;
  const lines = inputs.flatMap(({ name, text, factor }) =>
    shown.map(({ what, title, goal }) => {
      const edit = engine.showingEditor(text, what);
      edit(100);
      const sorted = edit(400).sort((a, b) => a - b);
      const times = { ours: sorted[Math.floor(sorted.length * 0.95)]!, theirs: goal * factor };
      const yardstick = `a goal of ${times.theirs} ms`;
      return compared(
        `one-character edit to ${title}, 95 of 100, ${name}`,
        yardstick,
        times,
        percent,
        1,
        0.5,
      );
    }),
  );
  return corpus ? lines : [...lines, "largest corpus file left out, the corpus is not there"];
}

function largestSpec(corpus: string): string {
  return readFileSync(join(corpus, "sopm/znuny__ZnunyCodePolicy__ZnunyCodePolicy@291866e.sopm"), "utf8");
}

function specOfFiles(count: number): string {
  const files = Array.from(
    { length: count },
    (_, index) => `        <File Permission="660" Location="Kernel/System/Acme/M${index}.pm"/>\n`,
  );
  return `<?xml version="1.0" encoding="utf-8" ?>\n<otrs_package version="1.0">\n    <Name>Acme</Name>\n    <Version>1.0.0</Version>\n    <Framework>7.1.x</Framework>\n    <Vendor>Bench</Vendor>\n    <URL>https://bench.example/</URL>\n    <License>MIT</License>\n    <Description Lang="en">Bench.</Description>\n    <Filelist>\n${files.join("")}    </Filelist>\n</otrs_package>\n`;
}

/** 500 files that move one by one, in a spec that nobody has read before. */
async function moveOfManyFiles(): Promise<Comparison[]> {
  const { mover } = createRequire(import.meta.url)(
    await bundled("moved-files.ts"),
  ) as typeof import("./moved-files.ts");
  const move = mover(
    specOfFiles(3_000),
    Array.from({ length: 500 }, (_, index) => `Kernel/System/Acme/M${index * 6}.pm`),
  );
  const elapsed = Array.from({ length: 120 }, move).slice(20);
  const ours = elapsed.sort((a, b) => a - b)[94]!;
  return [
    compared(
      "edit of a file list for 500 files that move, of 3,000, 95 %",
      "a goal of 100 ms",
      { ours, theirs: 100 },
      percent,
      1,
      0.5,
    ),
  ];
}

/** A repository that nobody has read before, and once more. */
async function historyOfVersions(): Promise<(Comparison | string)[]> {
  if (!hasCommand("git")) return ["left out, there is no git"];
  const { historian, makeRepository } = createRequire(import.meta.url)(
    await bundled("history.ts"),
  ) as typeof import("./history.ts");
  const repository = mkdtempSync(join(folder, "history-"));
  makeRepository(repository, 40);
  const runs = Array.from({ length: 5 }, () => historian(repository, 40));
  const first = [];
  for (const run of runs) first.push(await run());
  const again = [];
  for (const run of runs) again.push(await run());
  const all = median(first.map(({ find, changes }) => find + changes));
  const found = median(again.map(({ find }) => find));
  const line = (name: string, ours: number, theirs: number) =>
    compared(name, `a goal of ${theirs} ms`, { ours, theirs }, percent, 1, 0.5);
  return [
    line("history of 40 versions from Git, with what each changed, first time", all, 2000),
    line("history of 40 versions from Git, again", found, 50),
  ];
}

/** Of the largest package of which there are several versions, with as many made of them as the goal speaks of. */
async function upgradeMatrix(): Promise<(Comparison | string)[]> {
  const corpus = sharedFolder("corpus");
  if (!corpus) return ["left out, there is no corpus"];
  const { matrixRunner } = createRequire(import.meta.url)(
    await bundled("matrix.ts"),
  ) as typeof import("./matrix.ts");
  const name = "znuny__ITSMConfigurationManagement__ITSMConfigurationManagement";
  const texts = ["@0ffcf07", "@81b87c1", "@bb00c08", "@5ceee69", ""].map((commit) =>
    readFileSync(join(corpus, `sopm/${name}${commit}.sopm`), "utf8"),
  );
  const run = matrixRunner(texts, 20);
  const first = await run();
  const later = [];
  for (let round = 0; round < 11; round++) later.push(await run());
  const line = (about: string, ours: number, theirs: number) =>
    compared(
      `processor time of a matrix of 20 versions x 3 databases, ${about}`,
      `a goal of ${theirs} ms`,
      { ours, theirs },
      percent,
      1,
      0.5,
    );
  return [line("first", first, 1500), line("after an edit", median(later), 200)];
}

/** As many as a diagram shows at most, each of which refers to another one. */
async function diagramOfManyTables(): Promise<Comparison[]> {
  const tables = Array.from({ length: 2_000 }, (_, index) => {
    const columns = ["id", "name", "other_id"].map(
      (name) => `<Column Name="${name}" Required="true" Type="BIGINT"/>\n`,
    );
    const reference = '<Reference Local="other_id" Foreign="id"/>';
    const key = `<ForeignKey ForeignTable="bench_${index >> 1}">${reference}</ForeignKey>\n`;
    return `<TableCreate Name="bench_${index}">\n${columns.join("")}${key}</TableCreate>\n`;
  });
  const sections = `<DatabaseInstall>\n${tables.join("")}</DatabaseInstall>\n</otrs_package>`;
  const [spec, output] = [join(folder, "Tables.sopm"), join(folder, "tables.svg")];
  writeFileSync(spec, specOfFiles(1).replace("</otrs_package>", sections));
  const draw = () => runProcess(process.execPath, [cli, "diagram", spec, "--output", output]);
  const { ours } = await inTurn(5, draw, () => runProcess(process.execPath, ["-e", ""]));
  const drawn = readFileSync(output, "utf8");
  if (!drawn.includes("bench_1999")) throw new Error("the diagram is not whole");
  const goal = { ours, theirs: 2_000 };
  return [compared("sopm diagram of 2,000 tables as SVG", "a goal of 2 s", goal, percent, 1, 0.5)];
}

/** The edits stay, so that each finds a spec with one more mistake. */
async function editsAmongVeryManyFiles(): Promise<Comparison[]> {
  const engine = await bundledEngine();
  const text = specOfFiles(100_000);
  return [true, false].flatMap((filesAreThere) => {
    const edit = engine.stepEditor(text, filesAreThere);
    for (let round = 0; round < 5; round++) edit();
    const measured = Array.from({ length: 21 }, edit);
    const files = `100,000 files ${filesAreThere ? "that are there" : "none of which is there"}`;
    const total = median(measured.map((each) => each.total));
    const longest = median(measured.map((each) => each.longest));
    return [
      compared(
        `one-character edit to all findings, ${files}`,
        "a goal of 1 s",
        { ours: total, theirs: 1_000 },
        percent,
        1,
        0.2,
      ),
      compared(
        `longest time without an answer in that, ${files}`,
        "a goal of 50 ms",
        { ours: longest, theirs: 50 },
        percent,
        1,
        0.4,
      ),
    ];
  });
}

/** The spec lies beside 30 packages and an index of 100,000 entries, each of which requires the next. */
async function rulesAcrossPackages(): Promise<Comparison[]> {
  const engine = await bundledEngine();
  const text = generateSpec(3_000).replace(
    /<Filelist>/,
    '<PackageRequired Version="1.0.0">Listed5</PackageRequired>\n    <PackageRequired Version="1.0.0">Beside1</PackageRequired>\n    <Filelist>',
  );
  const documents: Record<string, string> = {};
  for (let index = 0; index < 30; index++) {
    documents[`/ws/beside/Beside${index}.sopm`] = specOfFiles(200)
      .replace("<Name>Acme<", `<Name>Beside${index}<`)
      .replaceAll("System/Acme/", `System/Beside${index}/`);
  }
  const entries = Array.from(
    { length: 100_000 },
    (_, index) =>
      `<Package><Name>Listed${index}</Name><Version>1</Version><PackageRequired>Listed${index + 1}</PackageRequired></Package>`,
  );
  const start = performance.now();
  const beside = engine.specBeside(text, {
    ...documents,
    "/ws/otrs.xml": `<otrs_package_list>${entries.join("")}</otrs_package_list>`,
  });
  const read = performance.now() - start;
  const alone = engine.specBeside(text);
  const edits = { beside: [] as number[], alone: [] as number[] };
  await inTurn(
    9,
    () => edits.beside.push(...beside.edit(40)),
    () => edits.alone.push(...alone.edit(40)),
  );
  const keystroke = { ours: median(edits.beside), theirs: median(edits.alone) };
  const check = await inTurn(
    21,
    () => beside.check(),
    () => alone.check(),
  );
  return [
    compared("one-character edit beside 100,000 others", "the same alone", keystroke, times, 1.1, 1.03),
    compared("lint beside 100,000 others", "the same alone", check, times, 1.1, 1.03),
    compared(
      "reading of 100,000 entries that require",
      "a goal of 1,500 ms",
      { ours: read, theirs: 1500 },
      percent,
      1,
      0.5,
    ),
  ];
}

async function lintOfVeryManyAttributes(): Promise<Comparison[]> {
  const engine = await bundledEngine();
  const [large, small] = [8_000, 1_000].map((count) => {
    const attributes = Array.from({ length: count }, (_, index) => ` a${index}="1"`).join("");
    return engine.checker(
      `<otrs_package version="1.0">\n    <Filelist>\n        <File${attributes}/>\n    </Filelist>\n</otrs_package>\n`,
    );
  });
  const result = await inTurn(21, large!, small!);
  return [
    compared("lint of an element with 8,000 attributes", "1,000 attributes", { ...result }, times, 10, 8),
  ];
}

/** 500 packages, 5,000 entries in two indexes; the texts of both are read anew each time. */
async function upgradeOfAllPackages(): Promise<Comparison[]> {
  const { upgradePlanner }: typeof import("./upgrade-all.ts") = createRequire(import.meta.url)(
    await bundled("upgrade-all.ts"),
  );
  const plan = upgradePlanner(500, 5_000);
  for (let round = 0; round < 5; round++) await plan();
  const measured: Awaited<ReturnType<typeof plan>>[] = [];
  for (let round = 0; round < 21; round++) measured.push(await plan());
  const line = (name: string, ours: number) =>
    compared(name, "a goal of 200 ms", { ours, theirs: 200 }, percent, 1, 0.5);
  return [
    line("plan to upgrade 500 packages from 5,000 entries", median(measured.map((each) => each.plan))),
    line("every step of these 500 upgrades", median(measured.map((each) => each.steps))),
  ];
}

async function listOfRepository(): Promise<Comparison[]> {
  const { listReader }: typeof import("./upgrade-all.ts") = createRequire(import.meta.url)(
    await bundled("upgrade-all.ts"),
  );
  const read = listReader(5_000);
  for (let round = 0; round < 5; round++) read();
  const lists = Array.from({ length: 21 }, () => read());
  // What a view does when a package was installed.
  const readAgain = listReader(5_000, new Map());
  for (let round = 0; round < 5; round++) readAgain();
  const again = Array.from({ length: 21 }, () => readAgain());
  return [
    compared(
      "list of a repository with 5,000 entries",
      "a goal of 60 ms",
      { ours: median(lists), theirs: 60 },
      percent,
      1,
      0.5,
    ),
    compared(
      "the same list for a system that has changed",
      "a goal of 50 ms",
      { ours: median(again), theirs: 50 },
      percent,
      1,
      0.5,
    ),
  ];
}

/** The largest package of the corpus has 8,439 files; here each of them is there and has a line. */
async function simulation(): Promise<Comparison[]> {
  const { simulations }: typeof import("./simulation.ts") = createRequire(import.meta.url)(
    await bundled("simulation.ts"),
  );
  const goals = [
    { name: "first", what: "from nothing", goal: 400 },
    { name: "inTable", what: "after an edit in a table", goal: 60 },
    { name: "elsewhere", what: "after an edit elsewhere", goal: 60 },
  ] as const;
  const tried = simulations();
  return goals.flatMap(({ name, what, goal }) => {
    for (let round = 0; round < 5; round++) tried[name]();
    const measured = Array.from({ length: 15 }, tried[name]);
    const [total, longest] = [measured.map((each) => each.total), measured.map((each) => each.longest)].map(
      median,
    );
    const within = (line: string, ours: number, theirs: number) =>
      compared(line, `a goal of ${theirs} ms`, { ours, theirs }, percent, 1, 0.5);
    return [
      within(`simulation of 3,000 lines with 40 upgrades on three databases, ${what}`, total!, goal),
      within(`longest time without an answer in that, ${what}`, longest!, 50),
    ];
  });
}

async function lintWithSimulation(): Promise<(Comparison | string)[]> {
  const corpus = sharedFolder("corpus");
  if (!corpus) return ["left out, the corpus is not there"];
  const lint = (...options: string[]) =>
    runProcess(process.execPath, [cli, "lint", join(corpus, "sopm"), ...options], [0, 1]);
  const result = await inTurn(
    5,
    () => lint(),
    () => lint("--no-simulation"),
  );
  return [
    compared("sopm lint of the corpus with simulation", "sopm lint --no-simulation", result, times, 3, 2),
  ];
}

async function dryRun(): Promise<(Comparison | string)[]> {
  const corpus = sharedFolder("corpus");
  if (!corpus) return ["left out, the corpus is not there"];
  const { dryRunner }: typeof import("./dry-run.ts") = createRequire(import.meta.url)(
    await bundled("dry-run.ts"),
  );
  const text = largestSpec(corpus);
  const run = dryRunner(text);
  const runAfterKeystroke = dryRunner(text, true);
  const lines: Comparison[] = [];
  const plans = new Map<string, number>();
  for (const operation of ["install", "upgrade", "reinstall", "uninstall"] as const) {
    for (let round = 0; round < 8; round++) run(operation);
    const measured = Array.from({ length: 21 }, () => run(operation));
    const plan = median(measured.map((each) => each.plan));
    plans.set(operation, plan);
    const goal = (name: string, ours: number) =>
      compared(name, "a goal of 50 ms", { ours, theirs: 50 }, percent, 1, 0.2);
    lines.push(
      goal(`dry run of ${operation}, largest corpus package`, plan),
      goal(`the same with its view, ${operation}`, median(measured.map((each) => each.view))),
    );
    for (let round = 0; round < 8; round++) runAfterKeystroke(operation);
    const edited = Array.from({ length: 21 }, () => runAfterKeystroke(operation));
    lines.push(goal(`dry run of ${operation} after a keystroke`, median(edited.map((each) => each.plan))));
  }
  const base = join(folder, "dry-run");
  const locations = [...text.matchAll(/Location="([^"]+)"/g)].map(([, location]) => location!);
  for (const location of locations) {
    mkdirSync(dirname(join(base, location)), { recursive: true });
    writeFileSync(join(base, location), "1;\n");
  }
  const spec = join(base, "Largest.sopm");
  writeFileSync(spec, text);
  const output = join(folder, "dry-run.txt");
  const command = await inTurn(
    7,
    () =>
      runProcess(process.execPath, [cli, "dry-run", "install", spec, "--force", "--output", output], [0, 1]),
    () => runProcess(process.execPath, ["-e", ""]),
  );
  const theirs = 1.5 * command.theirs + plans.get("install")!;
  lines.push(
    compared(
      "sopm dry-run install, largest corpus package",
      "1.5 x an empty Node process and the dry run in it",
      { ours: command.ours, theirs },
      times,
      1,
      0.8,
    ),
  );
  return lines;
}

/** Five trials of the largest package on four systems, one of them the upgrade from an archive. All files are there. */
async function trials(): Promise<(Comparison | string)[]> {
  const corpus = sharedFolder("corpus");
  if (!corpus) return ["left out, the corpus is not there"];
  const base = join(folder, "trials");
  const text = largestSpec(corpus).replaceAll(/<PackageIs\w+>0<\/PackageIs\w+>/g, "");
  for (const [, location] of text.matchAll(/Location="([^"]+)"/g)) {
    mkdirSync(dirname(join(base, location!)), { recursive: true });
    writeFileSync(join(base, location!), "1;\n");
  }
  const spec = join(base, "Largest.sopm");
  writeFileSync(spec, text.replace("<Version>0.0.0<", "<Version>1.0.0<"));
  runProcess(process.execPath, [cli, "build", "--force", spec]);
  writeFileSync(spec, text.replace("<Version>0.0.0<", "<Version>1.1.0<"));
  const systems = ["OTRS 5.0.26", "OTRS 6.0.41", "Znuny 6.0.48", "Znuny 7.0.9"];
  const words = ["test", spec, ...systems.flatMap((each) => ["--product", each])];
  const output = join(folder, "trials.json");
  const run = () =>
    runProcess(process.execPath, [cli, ...words, "--format", "json", "--output", output], [0, 1]);
  const { ours } = await inTurn(3, run, () => runProcess(process.execPath, ["-e", ""]));
  const { counts } = JSON.parse(readFileSync(output, "utf8"));
  const count = counts.passed + counts.failed;
  const name = `sopm test, ${count} trials of the largest corpus package`;
  return [compared(name, "a goal of 3 s", { ours, theirs: 3_000 }, times, 1, 0.5)];
}

/** Questions about names of a spec of 3,000 lines among 300 packages, all of which know one of its tables. */
async function moving(): Promise<Comparison[]> {
  const ws = join(folder, "moving");
  const text = generateSpec(3_000).replaceAll("generated_", "asked_");
  const table = /TableCreate Name="(\w+)"/.exec(text)![1]!;
  for (let index = 0; index < 300; index++) {
    const base = join(ws, `package-${index}`);
    mkdirSync(base, { recursive: true });
    const own = generateSpec(300, index)
      .replaceAll("generated_", `own${index}_`)
      .replace("GeneratedSpec", `Own${index}`);
    const uses = `<DatabaseInstall Type="post"><Insert Table="${table}"><Data Key="id">1</Data></Insert></DatabaseInstall>`;
    writeFileSync(join(base, `Own${index}.sopm`), own.replace("</otrs_package>", `${uses}</otrs_package>`));
  }
  const file = join(ws, "Asked.sopm");
  writeFileSync(file, text);
  const uri = fileUri(file);
  const server = new LanguageClient();
  const seen = new Set<string>();
  // While closed specs are checked, questions wait a few milliseconds.
  const all = server.diagnostics((each) => each.uri !== uri && seen.add(each.uri).size >= 300, 120);
  await server.initialize({ workspaceFolders: [{ uri: fileUri(ws), name: "ws" }] });
  await Promise.all([all, server.open(uri, text)]);
  const lines = text.split("\n");
  const line = lines.findIndex((each) => each.includes(`TableDrop Name="${table}"`));
  const position = { line, character: lines[line]!.indexOf(table) + 3 };
  const about = { textDocument: { uri }, position };
  const places = async () => {
    const context = { includeDeclaration: true };
    const found = await server.request<unknown[]>("textDocument/references", { ...about, context });
    if (found.length < 302) throw new Error(`${found.length} references`);
  };
  const questions: readonly (readonly [name: string, goal: number, ask: () => unknown])[] = [
    ["definition", 2, () => server.request("textDocument/definition", about)],
    ["hover on a table", 2, () => server.request("textDocument/hover", about)],
    ["completion of a table", 5, () => server.request("textDocument/completion", about)],
    ["references over the workspace", 30, places],
    [
      "rename over the workspace",
      30,
      () => server.request("textDocument/rename", { ...about, newName: "other_name" }),
    ],
    ["symbols of the workspace", 30, () => server.request("workspace/symbol", { query: "own7col" })],
    [
      "symbols of the workspace, nothing asked for",
      30,
      () => server.request("workspace/symbol", { query: "" }),
    ],
  ];
  const measured: Comparison[] = [];
  for (const [name, goal, ask] of questions) {
    const taken: number[] = [];
    for (let round = 0; round < 120; round++) taken.push(await timed(ask));
    const ours = taken.slice(20).sort((a, b) => a - b)[94]!;
    const what = `${name}, 3,000 lines among 300 packages, 95 %`;
    measured.push(compared(what, `a goal of ${goal} ms`, { ours, theirs: goal }, percent, 1, 0.5));
  }
  await server.stop();
  return measured;
}

/** 300 packages of 100 files, each with a finding. Questions about an open document are asked meanwhile. */
async function workspaceOfManySpecs(): Promise<Comparison[]> {
  const count = 300;
  const ws = join(folder, "workspace");
  for (let index = 0; index < count; index++) {
    const base = join(ws, `package-${index}`);
    mkdirSync(join(base, "Kernel/System/Acme"), { recursive: true });
    // The file is not called like the package, which is a finding.
    writeFileSync(join(base, `Package${index}.sopm`), specOfFiles(100));
    for (let file = 0; file < 100; file++) {
      writeFileSync(join(base, `Kernel/System/Acme/M${file}.pm`), "1;\n");
    }
  }
  const server = new LanguageClient();
  const seen = new Set<string>();
  const start = performance.now();
  const all = server.diagnostics(
    (each) => each.uri.startsWith("file:") && seen.add(each.uri).size >= count,
    120,
  );
  await server.initialize({ workspaceFolders: [{ uri: fileUri(ws), name: "ws" }] });
  const uri = "untitled:Open.sopm";
  await server.open(uri, specOfFiles(100));
  let first: number | undefined;
  const ended = all.then(() => {
    first = performance.now() - start;
  });
  let longest = 0;
  while (first === undefined) {
    const asked = timed(() =>
      server.request("textDocument/hover", { textDocument: { uri }, position: { line: 3, character: 6 } }),
    );
    longest = Math.max(longest, await asked);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await ended;
  const at = { line: 6, character: 30 };
  const edits: number[] = [];
  for (let edit = 0; edit < 60; edit++) {
    edits.push(await timed(() => server.change(uri, [{ range: { start: at, end: at }, text: "x" }])));
  }
  const status = readFileSync(`/proc/${server.process.pid}/status`, "utf8");
  const memory = Number(/VmRSS:\s*(\d+)/.exec(status)![1]) / 1024;
  await server.stop();
  const line = (name: string, yardstick: string, ours: number, theirs: number, stretch: number) =>
    compared(name, yardstick, { ours, theirs }, percent, 1, stretch);
  const workspace = "a workspace of 300 specs and 30,000 files";
  return [
    line(`first diagnosis of ${workspace}`, "a goal of 6 s", first, 6_000, 0.5),
    line("longest wait for an answer in that", "a goal of 50 ms", longest, 50, 0.5),
    line(`one edit in ${workspace}, to its findings`, "a goal of 15 ms", median(edits.slice(20)), 15, 1 / 3),
    { ...line("memory of the server with it", "a goal of 250 MB", memory, 250, 0.6), unit: "MB" },
  ];
}

/** The empty server, bundled like ours. */
async function emptyServer(): Promise<string> {
  return bundled("empty-server.ts");
}

/** The engine, bundled like ours: what runs the sources as they are makes them slower than users will ever see them. */
/** Against milliseconds that nobody notices: those in which a spec is formatted, and a line that is typed. */
async function formatting(): Promise<(Comparison | string)[]> {
  const { formatter } = createRequire(import.meta.url)(
    await bundled("format.ts"),
  ) as typeof import("./format.ts");
  const corpus = sharedFolder("corpus");
  const lines: (Comparison | string)[] = [];
  for (const { name, text, limit } of [
    { name: "3,000 lines", text: generateSpec(3_000), limit: 20 },
    ...(corpus ? [{ name: "largest corpus file", text: largestSpec(corpus), limit: 60 }] : []),
  ]) {
    const { crooked, tidy, typed } = formatter(text);
    for (const [what, time, goal] of [
      ["formatting a crooked text", crooked, limit],
      ["formatting a tidy text", tidy, limit],
      ["formatting a line that is typed", typed, (limit * 3) / 20],
    ] as const) {
      const elapsed = Array.from({ length: 120 }, (_, index) => time(((index * 37) % 100) / 100)).slice(20);
      const ours = elapsed.sort((a, b) => a - b)[94]!;
      lines.push(
        compared(`${what}, ${name}, 95 %`, `a goal of ${goal} ms`, { ours, theirs: goal }, percent, 1, 0.5),
      );
    }
  }
  return lines;
}

async function bundledEngine(): Promise<typeof import("./in-process.ts")> {
  return createRequire(import.meta.url)(await bundled("in-process.ts"));
}

async function bundled(name: string): Promise<string> {
  const outfile = join(folder, name.replace(/\.ts$/, ".cjs"));
  await build({
    entryPoints: [join(import.meta.dirname, name)],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    minify: true,
    mainFields: ["module", "main"],
    // Data is found beside the bundle of the product.
    define: { "import.meta.url": JSON.stringify(pathToFileURL(cli).href) },
    logLevel: "error",
  });
  return outfile;
}

/** Starts a server without settings of its own, so that its first diagnostics need no further question. */
async function started(server: string): Promise<LanguageClient> {
  const client = new LanguageClient(server);
  await client.initialize({ capabilities: { textDocument: fullClient.capabilities.textDocument! } });
  return client;
}

async function changeToDiagnostics(): Promise<Comparison[]> {
  const text = generateSpec(3_000);
  const uri = "untitled:change.sopm";
  const ours = await started(serverBundle);
  const theirs = await started(await emptyServer());
  await ours.open(uri, text);
  await theirs.open(uri, text);
  const lineCount = text.split("\n").length;
  let line = 0;
  const type = async (client: LanguageClient) => {
    line = (line + 131) % (lineCount - 2);
    const at = { line, character: 0 };
    await client.change(uri, [{ range: { start: at, end: at }, text: " " }]);
  };
  for (let round = 0; round < 20; round++) {
    await type(ours);
    await type(theirs);
  }
  const result = await inTurn(
    200,
    () => type(ours),
    () => type(theirs),
  );
  await ours.stop();
  await theirs.stop();
  return [
    compared(
      "didChange to publishDiagnostics over stdio, 3,000 lines",
      "an empty vscode-languageserver",
      { ...result },
      times,
      3,
      2,
    ),
  ];
}

/** A thousand changes that are sent at once, against one of them. */
async function veryManyChangesToDiagnostics(): Promise<Comparison[]> {
  const uri = "untitled:changes.sopm";
  const client = await started(serverBundle);
  await client.open(uri, specOfFiles(20_000));
  const start = { line: 5_000, character: 12 };
  const change = [{ range: { start, end: start }, text: "x" }];
  const result = await inTurn(
    5,
    () => client.changeQuickly(uri, Array(1_000).fill(change)),
    () => client.change(uri, change),
  );
  await client.stop();
  return [
    compared(
      "1,000 didChange to publishDiagnostics, 20,000 files",
      "one didChange",
      { ...result },
      times,
      100,
      30,
    ),
  ];
}

/** What is in the .vsix, started without what was compiled earlier and with what it keeps then. */
async function startOfPackedServer(): Promise<Comparison[]> {
  const text = generateSpec(300);
  const uri = "untitled:start.sopm";
  const packed = join(folder, "packed");
  for (const path of await listFiles({ cwd: root, packageManager: PackageManager.None })) {
    cpSync(join(root, path), join(packed, path));
  }
  const server = join(packed, "dist/server.js");
  const empty = await emptyServer();
  const start = async (path: string, codeCache: string) => {
    process.env.SOPM_CODE_CACHE = codeCache;
    const begin = performance.now();
    const client = await started(path);
    await client.open(uri, text);
    const elapsed = performance.now() - begin;
    await client.stop();
    delete process.env.SOPM_CODE_CACHE;
    return elapsed;
  };
  const measured = { first: [] as number[], second: [] as number[], theirs: [] as number[] };
  for (let round = 0; round <= 11; round++) {
    const first = await start(server, "off");
    const second = await start(server, join(folder, "code-cache"));
    const theirs = await start(empty, "off");
    if (round === 0) continue;
    measured.first.push(first);
    measured.second.push(second);
    measured.theirs.push(theirs);
  }
  const theirs = median(measured.theirs);
  const line = (which: string, ours: number, reach: number, stretch: number) =>
    compared(
      `packed server, ${which} start, spawn to first diagnostics, 300 lines`,
      "an empty bundled vscode-languageserver",
      { ours, theirs },
      times,
      reach,
      stretch,
    );
  return [line("first", median(measured.first), 2.5, 2), line("second", median(measured.second), 1.4, 1.1)];
}

/** Once without the optional part that compiles Perl, whether it is installed or not, and once with it. */
async function lintOfOneFile(): Promise<(Comparison | string)[]> {
  const file = join(folder, "one.sopm");
  writeFileSync(file, generateSpec(300));
  const lint = (...options: string[]) =>
    runProcess(process.execPath, [cli, "lint", "--no-simulation", file, ...options], [0, 1]);
  const withoutPerl = () => lint("--rule", "code-perl-syntax=off");
  const result = await inTurn(21, withoutPerl, () => runProcess(process.execPath, ["-e", ""]));
  const line = compared("sopm lint of 300 lines", "an empty Node process", { ...result }, times, 2, 1.5);
  if (!perlParts()) return [line, "with Perl left out, the optional part is not installed"];
  const both = await inTurn(9, () => lint(), withoutPerl);
  const name = "sopm lint of 300 lines with three sections of Perl";
  return [line, compared(name, "the same without compiling Perl", { ...both }, times, 3, 2)];
}

async function lintOfManyFiles(): Promise<(Comparison | string)[]> {
  if (!hasCommand("xmllint")) return ["left out, there is no xmllint"];
  const many = join(folder, "many");
  mkdirSync(many);
  const files = Array.from({ length: 1_000 }, (_, index) => join(many, `Package${index}.sopm`));
  for (const file of files) writeFileSync(file, generateSpec(300));
  const result = await inTurn(
    3,
    () => runProcess(process.execPath, [cli, "lint", "--no-simulation", many], [0, 1]),
    () => {
      for (const file of files) runProcess("xmllint", ["--noout", "--schema", schema, file], [0, 3]);
    },
  );
  return [
    compared(
      "sopm lint of 1,000 files of 300 lines",
      "an xmllint --schema process per file",
      { ...result },
      times,
      0.5,
      0.2,
    ),
  ];
}

/** What these say is found out by asking the disk, of which there is none for the specs that are measured. */
const rulesAboutDisk = [
  "archive-too-large",
  "base-folder-elsewhere",
  "file-case-mismatch",
  "file-empty",
  "file-is-directory",
  "file-not-found",
  "file-not-listed",
  "file-symlink",
];

/** Real specs where there are any, each several times under other names; else made ones of all lengths. */
function thousandSpecs(): { readonly origin: string; readonly texts: readonly Buffer[] } {
  const corpus = sharedFolder("corpus");
  const names = corpus ? readdirSync(join(corpus, "sopm")) : [];
  const texts = corpus
    ? names.map((name) => readFileSync(join(corpus, "sopm", name)))
    : Array.from({ length: 100 }, (_, index) => Buffer.from(generateSpec(40 + 7 * index, index)));
  return {
    origin: corpus ? "made from the corpus" : "made up",
    texts: Array.from({ length: 1_000 }, (_, index) => texts[index % texts.length]!),
  };
}

async function lintOfThousandSpecs(): Promise<(Comparison | string)[]> {
  const { origin, texts } = thousandSpecs();
  const place = join(folder, "thousand");
  mkdirSync(place);
  texts.forEach((text, index) => {
    writeFileSync(join(place, `Package${index}.sopm`), text);
  });
  const bytes = texts.reduce((sum, text) => sum + text.length, 0);
  const name = `sopm lint of 1,000 specs ${origin}, ${(bytes / 1e6).toFixed(0)} MB, rules about the disk off`;
  const words = [
    cli,
    "lint",
    "--no-simulation",
    place,
    ...rulesAboutDisk.flatMap((id) => ["--rule", `${id}=off`]),
  ];
  const lint = () => runProcess(process.execPath, words, [0, 1]);
  const lines: (Comparison | string)[] = [];
  if (hasCommand("xmllint")) {
    const files = readdirSync(place).map((file) => join(place, file));
    const result = await inTurn(5, lint, () => runProcess("xmllint", ["--noout", ...files], [0, 1]));
    lines.push(compared(name, "xmllint --noout of all of them", result, times, 8, 3));
  } else lines.push("xmllint left out, it is not there");
  const perMegabyte = (yardstick: string, { ours, theirs }: { ours: number; theirs: number }, size: number) =>
    compared(
      `${name}, time for a megabyte`,
      yardstick,
      { ours: (ours * 1e6) / bytes, theirs: (theirs * 1e6) / size },
      times,
      2,
      1,
    );
  if (hasCommand("oxlint")) {
    const sources = ["client", "scripts", "server", "test"].map((each) => join(root, each));
    const size = sources.reduce((sum, each) => sum + sourceBytesIn(each), 0);
    const result = await inTurn(7, lint, () => runProcess("oxlint", ["--threads=1", ...sources], [0, 1]));
    lines.push(perMegabyte("oxlint --threads=1 of our own sources", result, size));
  } else {
    const engine = await bundledEngine();
    const result = await inTurn(5, lint, engine.treeReader(texts.map(String)));
    lines.push("oxlint left out, it is not there", perMegabyte("reading the trees alone", result, bytes));
  }
  return lines;
}

function sourceBytesIn(place: string): number {
  return readdirSync(place, { recursive: true, encoding: "utf8" })
    .filter((path) => /\.[cm]?[jt]s$/.test(path))
    .reduce((sum, path) => sum + statSync(join(place, path)).size, 0);
}

/** Writes a package with these files and returns its spec. */
function packageWith(name: string, files: ReadonlyMap<string, Buffer>, place = folder): string {
  const base = join(place, name);
  mkdirSync(join(base, "var/bench"), { recursive: true });
  const entries = [...files].map(([location, content]) => {
    writeFileSync(join(base, location), content);
    return `        <File Permission="660" Location="${location}"/>\n`;
  });
  const spec = join(base, `${name}.sopm`);
  writeFileSync(
    spec,
    `<?xml version="1.0" encoding="utf-8" ?>\n<otrs_package version="1.0">\n    <Name>${name}</Name>\n    <Version>1.0.0</Version>\n    <Framework>7.1.x</Framework>\n    <Vendor>Bench</Vendor>\n    <URL>https://bench.example/</URL>\n    <License>MIT</License>\n    <Description Lang="en">Bench.</Description>\n    <Filelist>\n${entries.join("")}    </Filelist>\n</otrs_package>\n`,
  );
  return spec;
}

function noise(length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  let state = 88_172_645;
  for (let index = 0; index + 4 <= length; index += 4) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes.writeInt32LE(state, index);
  }
  return bytes;
}

async function buildOfLargeFile(): Promise<(Comparison | string)[]> {
  if (!hasCommand("base64")) return ["left out, there is no base64"];
  const lines: (Comparison | string)[] = [];
  // On a disk the figures are those of its write-back, which changes from one second to the next.
  const place = existsSync("/dev/shm") ? mkdtempSync("/dev/shm/sopm-bench-") : folder;
  const memory: number[] = [];
  const idle = hasCommand("python3") ? peakMemory(process.execPath, ["-e", "0"]) : undefined;
  for (const megabytes of [500, 1024]) {
    const name = `Large${megabytes}`;
    const spec = packageWith(name, new Map([["var/bench/large.bin", noise(1024 * 1024)]]), place);
    const content = join(place, name, "var/bench/large.bin");
    const block = readFileSync(content);
    writeFileSync(content, "");
    for (let index = 0; index < megabytes; index++) writeFileSync(content, block, { flag: "a" });
    const output = join(place, name, "out");
    mkdirSync(output);
    const words = [cli, "build", spec, "--output", output, "--force", "--strict-schema", "off"];
    const result = await inTurn(
      5,
      () => runProcess(process.execPath, words),
      () => runProcess("sh", ["-c", `base64 -w 0 "${content}" > "${output}/plain"`]),
      // Ours keeps the archive before until the new one is there, which is not what is measured.
      () => {
        rmSync(output, { recursive: true });
        mkdirSync(output);
      },
    );
    lines.push(
      compared(`sopm build, one file of ${megabytes} MB`, "base64 -w 0", { ...result }, times, 1.1, 0.75),
    );
    if (idle !== undefined) memory.push(peakMemory(process.execPath, words));
    rmSync(join(place, name), { recursive: true });
  }
  if (idle === undefined) lines.push("memory left out, there is no python3 to ask the kernel");
  memory.forEach((ours, index) => {
    lines.push({
      name: `peak memory of sopm build, ${[500, 1024][index]} MB`,
      yardstick: "an empty Node process",
      ours,
      theirs: idle!,
      unit: "MB",
      ratio: ours - idle!,
      shown: `+ ${(ours - idle!).toFixed(1)} MB`,
      reach: "+ 90 MB",
      stretch: "+ 12 MB",
      reachValue: 90,
      stretchValue: 12,
    });
  });
  if (place !== folder) rmSync(place, { recursive: true });
  return lines;
}

async function buildOfManyFiles(): Promise<(Comparison | string)[]> {
  if (!hasCommand("base64")) return ["left out, there is no base64"];
  const files = new Map(
    Array.from({ length: 2_000 }, (_, index) => [
      `var/bench/file-${String(index).padStart(4, "0")}.bin`,
      noise(5 * 1024),
    ]),
  );
  const spec = packageWith("Many", files);
  const output = join(folder, "Many/out");
  mkdirSync(output);
  const client = await started(serverBundle);
  const result = await inTurn(
    9,
    async () => {
      const outcome = await client.request<{ kind: string }>("sopm/build", {
        uri: fileUri(spec),
        force: true,
        outputFolder: output,
      });
      if (outcome.kind !== "built") throw new Error(`the build ended with ${JSON.stringify(outcome)}`);
    },
    // Both write the contents in Base64, and look whether that is what stands there.
    () =>
      runProcess("sh", [
        "-c",
        `cat "${join(folder, "Many/var/bench")}"/* > "${output}/all"; base64 "${output}/all" > "${output}/plain"; base64 -d "${output}/plain" | cmp - "${output}/all"`,
      ]),
  );
  await client.stop();
  return [
    compared(
      "build of 2,000 files of 5 KB in a running server",
      "cat of all files, base64 of it, and that decoded and compared",
      { ...result },
      times,
      1.5,
      1,
    ),
  ];
}

/** What an author waits for who presses the key. */
async function buildOfExample(): Promise<(Comparison | string)[]> {
  const place = join(folder, "AcmeContracts");
  cpSync(join(root, "examples/AcmeContracts"), place, { recursive: true });
  const client = new LanguageClient(serverBundle);
  await client.initialize({ initializationOptions: { trusted: true } });
  const buildWith = async (strictSchema: string) => {
    client.settings = { build: { strictSchema } };
    const uri = fileUri(join(place, "AcmeContracts.sopm"));
    const outcome = await client.request<{ kind: string }>("sopm/build", { uri, force: false });
    if (outcome.kind !== "built") throw new Error(`the build ended with ${JSON.stringify(outcome)}`);
  };
  const lines: (Comparison | string)[] = [];
  const plain = await inTurn(
    15,
    () => buildWith("off"),
    () => runProcess(process.execPath, ["-e", ""]),
  );
  lines.push(compared("Build Package without Java", "an empty Node process", { ...plain }, times, 1, 0.3));
  if (hasCommand("java")) {
    const java = await inTurn(
      7,
      () => buildWith("off"),
      () => buildWith("on"),
    );
    lines.push(
      compared(
        "Build Package without Java",
        "the same with Java asked first",
        { ...java },
        percent,
        0.2,
        0.05,
      ),
    );
    // Java is at work on the build before when the next one begins, as it is for somebody who builds often.
    const behind = await inTurn(
      7,
      () => buildWith("auto"),
      () => buildWith("on"),
    );
    lines.push(
      compared(
        "Build Package with Java asked behind it",
        "the same with Java asked first",
        { ...behind },
        percent,
        0.25,
        0.1,
      ),
    );
  } else lines.push("with Java left out, there is no Java");
  await client.stop();
  return lines;
}

/** In a running server, as often as a preview is asked for. */
async function sqlOfSections(): Promise<(Comparison | string)[]> {
  const corpus = sharedFolder("corpus");
  if (!corpus) return ["left out, the corpus is not there"];
  const name = "znuny__ITSMConfigurationManagement__ITSMConfigurationManagement.sopm";
  const { sqlWork }: typeof import("./sql.ts") = createRequire(import.meta.url)(await bundled("sql.ts"));
  const work = sqlWork(readFileSync(join(corpus, "sopm", name), "utf8"));
  const { ours, theirs } = await inTurn(100, work.generate, work.read);
  return [
    {
      name: `SQL of the longest database sections of the corpus for three databases, ${work.statements} statements`,
      yardstick: "reading the spec",
      ...{ ours, theirs, unit: "ms", ratio: ours, shown: `${ours.toFixed(2)} ms` },
      ...{ reach: "5 ms", stretch: "2.5 ms", reachValue: 5, stretchValue: 2.5 },
    },
  ];
}

async function inSandbox(
  measure: (bench: Bench) => Promise<(Comparison | string)[]>,
): Promise<(Comparison | string)[]> {
  const program: typeof import("./sandbox.ts") = createRequire(import.meta.url)(await bundled("sandbox.ts"));
  const place = mkdtempSync(join(folder, "sandbox-"));
  try {
    return await measure({ folder: place, cli, program, compared });
  } finally {
    rmSync(place, { recursive: true });
  }
}

async function sizeOfPackage(): Promise<(Comparison | string)[]> {
  const elapsed = await timed(() =>
    runProcess("npm", ["run", "--silent", "package", "--", "--out", join(folder, "sopm.vsix")]),
  );
  const size = statSync(join(folder, "sopm.vsix")).size / 1024 / 1024;
  return [
    {
      name: "packed .vsix",
      yardstick: "itself",
      ours: size,
      theirs: elapsed,
      unit: "MB",
      ratio: size,
      shown: `${size.toFixed(2)} MB`,
      reach: "3 MB",
      stretch: "1 MB",
      reachValue: 3,
      stretchValue: 1,
    },
  ];
}

console.log(
  `node ${process.version}, ${cpus().length} cores, load ${loadAverage()}; medians, pairs in turn, ratios ours / yardstick\n`,
);
try {
  for (const [name, measure] of Object.entries(measures)) {
    if (chosen.length > 0 && !chosen.some((word) => name.includes(word))) continue;
    for (const line of await measure())
      console.log(typeof line === "string" ? `${name}: ${line}` : lineOf(line));
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
