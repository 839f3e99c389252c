import assert from "node:assert/strict";
import { PackageError } from "../../server/src/host/package-error.ts";
import { findDamage } from "../../server/src/sandbox/find-damage.ts";
import { MemoryDisk, type Step } from "./memory-file-system.ts";
import { type Random, randomFrom } from "./random.ts";
import { box, makings, pictureOf, repairs, type Scene, Stage, scenes } from "./sandbox-scenes.ts";
import { type Misfortune, PowerCut, SimulatedDisk } from "./simulated-disk.ts";

/** A scene with all that is the same for each seed. */
interface Prepared {
  readonly scene: Scene;
  readonly disk: MemoryDisk;
  /** Steps of an act that nothing disturbs. */
  readonly steps: number;
  readonly before: string | undefined;
  /** What the sandbox may be like after the act was begun. */
  readonly possible: ReadonlySet<string>;
  readonly after: string;
}

/** What became of one seed. */
export interface Fate {
  readonly scene: string;
  readonly outcome: "before" | "after" | "between" | "nothing" | "damaged";
  /** Steps that failed. */
  readonly failures: number;
  /** How often the power went. */
  readonly cuts: number;
}

/** Prepares all scenes, and gives back what does one of them on a disk that fails and loses its power. */
export async function powerCuts(): Promise<(seed: number) => Promise<Fate>> {
  const prepared: Prepared[][] = [];
  // Repairs take longest, and most of them is looking.
  for (const group of [...scenes.map((scene) => [scene]), makings, repairs]) {
    const all: Prepared[] = [];
    for (const scene of group) all.push(await prepare(scene));
    prepared.push(all);
  }
  return (seed) => fateOf(prepared, seed);
}

async function prepare(scene: Scene): Promise<Prepared> {
  const disk = new MemoryDisk();
  await scene.prepare(stageOn(disk));
  const { folder = box, act, parts = [act] } = scene;
  const isThere = scenes.includes(scene);
  const before = isThere ? await pictureOf(stageOn(disk.copy()), folder) : undefined;
  const possible = new Set(before === undefined ? [] : [before]);
  const played = stageOn(disk.copy());
  const counter = new SimulatedDisk(played.files.disk, randomFrom(0), {});
  for (const part of parts) {
    await part(played);
    possible.add(await pictureOf(stageOn(played.files.disk.copy()), folder));
  }
  return { scene, disk, steps: counter.steps, before, possible, after: [...possible].at(-1)! };
}

/** No process of before lives any more, and none has the number of one of those. */
let lastProcess = 0;

function stageOn(disk: MemoryDisk, flushes = true): Stage {
  disk.processes.clear();
  return new Stage(disk, ++lastProcess, flushes);
}

async function fateOf(all: readonly (readonly Prepared[])[], seed: number): Promise<Fate> {
  const random = randomFrom(Math.imul(seed + 1, 2_654_435_761));
  const prepared = random.pick(random.pick(all));
  const { scene, steps } = prepared;
  const flushes = random.below(10) > 0;
  const act = await suffered(prepared.disk.copy(), random, misfortuneOf(random, steps), flushes, scene.act);
  let { disk } = act;
  const failed = [...act.failed];
  let cuts = 1;
  // Whoever comes next may have no more luck.
  while (random.below(3) === 0) {
    const next = await suffered(disk, random, misfortuneOf(random, 40), flushes, (stage) =>
      repairs.includes(scene) ? scene.act(stage) : stage.open(scene.folder),
    );
    disk = next.disk;
    failed.push(...next.failed);
    cuts++;
  }
  // An empty folder that somebody is in stays where it is, which nobody minds.
  const keepsFolders = failed.some(({ name }) => name === "removeFolders");
  const outcome = await outcomeOf(prepared, disk, flushes, keepsFolders);
  if (flushes && act.isDone)
    assert.ok(outcome === "after" || repairs.includes(scene), `done, but ${outcome}`);
  return { scene: scene.name, outcome, failures: failed.length, cuts };
}

function misfortuneOf(random: Random, steps: number): Misfortune {
  const failures = random.pick([0, 0, 5, 20, 100]);
  return random.below(5) === 0 ? { failures } : { failures, cutAt: random.below(steps + 3) };
}

/** Does something on a disk until the power goes, which at the end it does in any case. */
async function suffered(
  disk: MemoryDisk,
  random: Random,
  misfortune: Misfortune,
  flushes: boolean,
  work: (stage: Stage) => Promise<unknown>,
): Promise<{ readonly disk: MemoryDisk; readonly isDone: boolean; readonly failed: readonly Step[] }> {
  const simulated = new SimulatedDisk(disk, random, misfortune);
  let isDone = false;
  try {
    await work(stageOn(disk, flushes));
    isDone = true;
  } catch (error) {
    if (!(error instanceof PowerCut) && !(error instanceof PackageError)) throw error;
  }
  const wasCut = simulated.isOff;
  return { disk: simulated.afterPowerCut(), isDone: isDone && !wasCut, failed: simulated.failed };
}

async function outcomeOf(
  { scene, before, possible, after }: Prepared,
  disk: MemoryDisk,
  flushes: boolean,
  keepsFolders: boolean,
): Promise<Fate["outcome"]> {
  const { folder = box } = scene;
  const look = (picture: string | undefined) =>
    keepsFolders ? picture?.replaceAll(folderLine, "") : picture;
  const stage = stageOn(disk);
  const [there] = await stage.files.status([folder]);
  if (!there) {
    assert.ok(makings.includes(scene), "the sandbox is gone");
    return "nothing";
  }
  try {
    if (repairs.includes(scene)) {
      // A repair that was cut off may have to give up more of the past than one that was not.
      await scene.act(stage);
      assert.ok(!flushes || !(await isNamed(stage, folder)), "it is not repaired");
      return "after";
    }
    const picture = await pictureOf(stage, folder);
    if (look(picture) === look(after)) return "after";
    if (look(picture) === look(before)) return "before";
    if ([...possible].some((each) => look(picture) === look(each))) return "between";
    assert.ok(!flushes, `neither before nor after: ${picture}\nbefore: ${before}\nafter: ${after}`);
    return "damaged";
  } catch (error) {
    if (!(error instanceof PackageError)) throw error;
    assert.ok(!flushes, `${error.message}\n${error.stack}`);
    return "damaged";
  }
}

/** A folder in a picture, with the comma on one of its sides. */
const folderLine = /,"[^"]*\/ 755"|"[^"]*\/ 755",?/g;

async function isNamed(stage: Stage, folder: string): Promise<boolean> {
  return (await findDamage(folder, stage.world)).some(({ isHarmless }) => !isHarmless);
}
