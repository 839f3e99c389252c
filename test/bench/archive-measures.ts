import { mkdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileUri, LanguageClient } from "../support/language-client.ts";
import { type Comparison, hasCommand, inTurn, peakMemory, runProcess, times } from "./measure.ts";
import { type Bench, textOf, writeArchive, writeFiles } from "./sandbox-measures.ts";

/** An archive of 200 MB, opened and compared, and one of many files, extracted. */
export async function archives({
  folder,
  cli,
  compared,
}: Pick<Bench, "folder" | "cli" | "compared">): Promise<(Comparison | string)[]> {
  if (!["base64", "cmp", "tar", "python3"].every(hasCommand))
    return ["left out, one of base64, cmp, tar and python3 is missing"];
  const large = new Map(
    Array.from({ length: 50 }, (_, index) => [`var/bench/${index}.bin`, textOf(3_000_000, index)] as const),
  );
  const [one, other] = [join(folder, "Large.opm"), join(folder, "Other.opm")];
  writeArchive(one, "Large", large);
  const payload = join(folder, "payload");
  writeFileSync(payload, Buffer.concat([...large.values()]).toString("base64"));
  const before = Buffer.concat([...large.values()]);
  writeFileSync(join(folder, "before"), before);
  large.get("var/bench/49.bin")![10] = 33;
  writeArchive(other, "Large", large);
  writeFileSync(join(folder, "after"), Buffer.concat([...large.values()]));
  const lines: (Comparison | string)[] = [];

  const client = new LanguageClient();
  await client.initialize();
  let round = 0;
  const of = { kind: "file", uri: fileUri(one) };
  const opened = await inTurn(
    7,
    () => client.request("sopm/archive", { of }),
    () => runProcess("base64", ["-d", payload]),
    // What was kept of it counts for the same file only.
    () => utimesSync(one, 1, ++round),
  );
  const cmp = () => runProcess("cmp", [join(folder, "before"), join(folder, "after")], [1]);
  const after = { kind: "file", uri: fileUri(other) };
  const compare = () => client.request("sopm/comparePackages", { before: of, after });
  const again = await inTurn(5, compare, cmp);
  const changed = await inTurn(5, compare, cmp, () => {
    round++;
    for (const path of [one, other]) utimesSync(path, 1, round);
  });
  await client.stop();
  lines.push(
    compared(
      "an archive of 200 MB opened, with its tree",
      "base64 -d of its payload",
      opened,
      times,
      0.6,
      0.4,
    ),
    compared("the same", "300 ms", { ours: opened.ours, theirs: 300 }, times, 1, 0.5),
  );
  const script = "process.stdout.write(String(1))";
  const idle = peakMemory(process.execPath, ["-e", script]);
  const words = [cli, "show", "--spec", one];
  // The first run compiles the program, and is not counted.
  runProcess(process.execPath, words);
  const ours = peakMemory(process.execPath, words) - idle;
  lines.push({
    ...{ name: "peak memory of sopm show --spec of it", yardstick: "an empty Node process", unit: "MB" },
    ...{ ours: ours + idle, theirs: idle, ratio: ours, shown: `+ ${ours.toFixed(1)} MB` },
    ...{ reach: "+ 30 MB", stretch: "+ 20 MB", reachValue: 30, stretchValue: 20 },
  });
  const differ = await inTurn(5, () => runProcess(process.execPath, [cli, "diff", one, other], [1]), cmp);
  const yardstick = "cmp of the files decoded";
  lines.push(
    compared("two of them compared in an editor", yardstick, changed, times, 1.5, 1),
    compared("the same once more", yardstick, again, times, 1.5, 1),
    compared("sopm diff of them", yardstick, differ, times, 1.5, 1),
  );
  return [...lines, await extraction(folder, cli, compared)];
}

async function extraction(folder: string, cli: string, compared: Bench["compared"]): Promise<Comparison> {
  const files = new Map(
    Array.from(
      { length: 2_000 },
      (_, index) => [`Kernel/D${index % 50}/F${index}.pm`, textOf(4_000, index)] as const,
    ),
  );
  const archive = join(folder, "Many.opm");
  writeArchive(archive, "Many", files);
  const source = join(folder, "many");
  writeFiles(source, files);
  runProcess("tar", ["cf", `${source}.tar`, "-C", source, "."]);
  const out = join(folder, "out");
  const result = await inTurn(
    5,
    () => runProcess(process.execPath, [cli, "extract", archive, "--output", out]),
    () => runProcess("tar", ["xf", `${source}.tar`, "-C", out]),
    () => {
      rmSync(out, { recursive: true, force: true });
      mkdirSync(out);
    },
  );
  return compared("sopm extract of 2,000 files", "tar x", result, times, 1.5, 1);
}
