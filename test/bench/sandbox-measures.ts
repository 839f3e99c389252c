import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import {
  type Comparison,
  hasCommand,
  inTurn,
  median,
  peakMemory,
  runProcess,
  timed,
  times,
} from "./measure.ts";

/** What the measures need of the run they are part of. */
export interface Bench {
  /** An empty place. */
  readonly folder: string;
  readonly cli: string;
  readonly program: typeof import("./sandbox.ts");
  compared(
    name: string,
    yardstick: string,
    result: { readonly ours: number; readonly theirs: number },
    shown: (ratio: number) => string,
    reach: number,
    stretch: number,
  ): Comparison;
}

/** As many files as the largest package of the corpus has. */
export async function applyOfManyFiles({ folder, program, compared }: Bench): Promise<Comparison[]> {
  const files = new Map<string, Buffer>();
  for (let index = 0; index < 8_439; index++) {
    files.set(`Kernel/Bench${index % 120}/File${index}.pm`, textOf(2_000 + ((index * 37) % 9_000), index));
  }
  const archive = join(folder, "Files.opm");
  writeArchive(archive, "Files", files);
  const source = join(folder, "source");
  writeFiles(source, files);
  const figures = { apply: [] as number[], undo: [] as number[], copy: [] as number[] };
  for (let round = 0; round <= 7; round++) {
    const { apply, undo } = await program.applyAndUndo(archive, join(folder, "sandbox"));
    rmSync(join(folder, "sandbox"), { recursive: true });
    const copy = await timed(() =>
      runProcess("sh", [
        "-c",
        'cp -r "$0" "$1" && echo state > "$1/state" && sync "$1/state"',
        source,
        `${source}-copy`,
      ]),
    );
    rmSync(`${source}-copy`, { recursive: true });
    if (round === 0) continue;
    figures.apply.push(apply);
    figures.undo.push(undo);
    figures.copy.push(copy);
  }
  const theirs = median(figures.copy);
  const line = (name: string, ours: readonly number[]) =>
    compared(name, "cp -r of them and sync of one file", { ours: median(ours), theirs }, times, 3, 1.5);
  return [
    line("apply of an install of 8,439 files to a sandbox", figures.apply),
    line("undo of that", figures.undo),
  ];
}

export async function checkOfManyFiles({
  folder,
  cli,
  program,
  compared,
}: Bench): Promise<(Comparison | string)[]> {
  if (!hasCommand("md5sum")) return ["left out, there is no md5sum"];
  const archives: string[] = [];
  for (let index = 0; index < 300; index++) {
    const files = new Map<string, Buffer>();
    for (let file = 0; file < 334; file++) {
      const length = 800 + (((index * 334 + file) * 37) % 4_000);
      files.set(`Kernel/P${index}/D${file % 10}/F${file}.pm`, textOf(length, index * 1_000 + file));
    }
    const archive = join(folder, `P${index}.opm`);
    writeArchive(archive, `P${index}`, files);
    archives.push(archive);
  }
  const sandbox = join(folder, "checked");
  await program.installAll(archives, sandbox);
  const result = await inTurn(
    5,
    () => runProcess(process.execPath, [cli, "sandbox", "check", sandbox]),
    () => runProcess("sh", ["-c", 'find "$0" -type f -print0 | xargs -0 md5sum', join(sandbox, "home")]),
  );
  return [
    compared(
      "sopm sandbox check of 300 packages with 100,200 files",
      "md5sum of the same files",
      result,
      times,
      1.5,
      1,
    ),
  ];
}

/**
 * The framework's own figures are from its package manager on a quiet machine of this kind. They do not grow with the
 * load of this run, so that the least disturbed round is compared with them.
 */
export async function installsOfTheFramework({
  folder,
  cli,
  compared,
}: Bench): Promise<(Comparison | string)[]> {
  const packages = [
    { name: "Many", files: 500, length: 6_000, seconds: 1.35, shown: "500 files" },
    { name: "Large", files: 50, length: 1024 * 1024, seconds: 5, shown: "50 MB" },
  ];
  const lines: (Comparison | string)[] = [];
  for (const { name, files, length, seconds, shown } of packages) {
    const archive = join(folder, `${name}.opm`);
    const contents = Array.from(
      { length: files },
      (_, index) => [`var/bench/${index}.bin`, textOf(length, index)] as const,
    );
    writeArchive(archive, name, new Map(contents));
    const sandbox = join(folder, `framework-${name}`);
    const create = () => {
      rmSync(sandbox, { recursive: true, force: true });
      runProcess(process.execPath, [cli, "sandbox", "create", sandbox, "--product", "Znuny 7.1.7"]);
    };
    const words = [cli, "sandbox", "install", sandbox, archive, "--output", join(folder, "report.txt")];
    const elapsed: number[] = [];
    for (let round = 0; round <= 7; round++) {
      create();
      const time = await timed(() => runProcess(process.execPath, words));
      if (round > 0) elapsed.push(time);
    }
    const result = { ours: Math.min(...elapsed), theirs: seconds * 1_000 };
    lines.push(
      compared(`sopm sandbox install, ${shown}`, "the framework's own install", result, times, 0.2, 0.1),
    );
    if (!hasCommand("python3")) {
      lines.push("memory left out, there is no python3 to ask the kernel");
      continue;
    }
    create();
    const ours = peakMemory(process.execPath, words);
    lines.push({
      name: `peak memory of sopm sandbox install, ${shown}`,
      yardstick: "a goal",
      ...{ ours, theirs: 150, unit: "MB", ratio: ours, shown: `${ours.toFixed(0)} MB` },
      ...{ reach: "150 MB", stretch: "100 MB", reachValue: 150, stretchValue: 100 },
    });
  }
  return lines;
}

export function textOf(length: number, seed: number): Buffer {
  return Buffer.alloc(length, `use strict; # line ${seed} of a file that stands for others\n`);
}

export function writeFiles(folder: string, files: ReadonlyMap<string, Buffer>): void {
  for (const [path, content] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

export function writeArchive(path: string, name: string, files: ReadonlyMap<string, Buffer>): void {
  const entries = [...files].map(
    ([location, content]) =>
      `<File Location="${location}" Permission="660" Encode="Base64">${content.toString("base64")}</File>\n`,
  );
  writeFileSync(
    path,
    `<?xml version="1.0" encoding="utf-8" ?>\n<otrs_package version="1.1">\n<Name>${name}</Name>\n<Version>1.0.0</Version>\n<Vendor>Bench</Vendor>\n<Framework>7.1.x</Framework>\n<Filelist>\n${entries.join("")}</Filelist>\n</otrs_package>\n`,
  );
}
