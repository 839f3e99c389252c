import type { Shell } from "../host/shell.ts";
import type { Message } from "../l10n/translate.ts";
import { jsonText } from "../report/json-text.ts";
import { type Damage, findDamage } from "../sandbox/find-damage.ts";
import { type RepairStep, repairSandbox } from "../sandbox/repair.ts";
import type { ExitCode, Given } from "./command.ts";
import { complainAbout } from "./complain-about.ts";
import { requirePackageFile } from "./package-argument.ts";
import { worldFor } from "./sandbox-argument.ts";
import type { repairParameters, verifyParameters } from "./sandbox-commands.ts";

/** `sopm sandbox verify`: looks at everything in a sandbox and changes nothing. */
export async function sandboxVerify(
  { folder, format }: Given<typeof verifyParameters>,
  shell: Shell,
): Promise<ExitCode> {
  const { print, lineOf } = shell;
  const found = await findDamage(shell.world.paths.resolve(folder), worldFor({}, shell));
  const isSound = found.every(({ isHarmless }) => isHarmless);
  if (format === "json") {
    print(
      jsonText({
        folder: shell.world.paths.resolve(folder),
        isSound,
        findings: found.map((each) => findingOf(each, shell)),
      }),
    );
  } else {
    printFindings(found, shell);
    print(`${lineOf(isSound ? soundText : unsoundText(found, shell.world.paths.resolve(folder)))}\n`);
  }
  return isSound ? 0 : 1;
}

/** `sopm sandbox repair`: makes a damaged sandbox one that can be used. */
export async function sandboxRepair(given: Given<typeof repairParameters>, shell: Shell): Promise<ExitCode> {
  const { print, lineOf } = shell;
  const { folder, archives, unlock, format } = given;
  for (const path of archives) await requirePackageFile(path, shell);
  const path = shell.world.paths.resolve(folder);
  const { steps, setAside, left, problem } = await repairSandbox(path, worldFor(given, shell), {
    unlock,
    archives: archives.map((each) => shell.world.paths.resolve(each)),
  });
  const isSound = !problem && left.every(({ isHarmless }) => isHarmless);
  if (format === "json") {
    const done = steps.map(({ outcome, message }) => ({ outcome, message: lineOf(message) }));
    print(
      jsonText({
        folder: path,
        isSound,
        steps: done,
        setAside: setAside ?? null,
        left: left.map((each) => findingOf(each, shell)),
      }),
    );
  } else {
    for (const { outcome, message } of steps) print(`${signs[outcome]} ${lineOf(message)}\n`);
    printFindings(left, shell);
    if (setAside) {
      print(
        `${lineOf({ text: "What was set aside is in {folder}.", values: { folder: `${path}/${setAside}` } })}\n`,
      );
    }
    if (!problem) print(`${lineOf(isSound ? soundText : unsoundText(left, path))}\n`);
  }
  if (problem) complainAbout(shell, problem);
  return isSound ? 0 : 1;
}

const signs: Readonly<Record<RepairStep["outcome"], string>> = {
  mended: "✓",
  kept: "✓",
  "set-aside": "→",
  lost: "✗",
};

const soundText: Message = { text: "The sandbox is sound." };

/** Files that are not as the packages have them are for the package manager to mend, not for a repair. */
function unsoundText(found: readonly Damage[], folder: string): Message {
  const isFile = ({ kind, isHarmless }: Damage) => isHarmless || kind === "file";
  const isLocked = found.some(({ kind }) => kind === "lock");
  if (isLocked) {
    return {
      text: "Wait until no SOPM works on the sandbox any more, then: sopm sandbox repair --unlock {folder}",
      values: { folder },
    };
  }
  return found.every(isFile)
    ? {
        text: "Files are not as the packages have them: sopm sandbox check {folder} names the packages, and a reinstall brings the files back.",
        values: { folder },
      }
    : { text: "What can be done about it: sopm sandbox repair {folder}", values: { folder } };
}

function printFindings(found: readonly Damage[], { print, lineOf }: Shell): void {
  for (const { message, isHarmless } of found) print(`${isHarmless ? "·" : "✗"} ${lineOf(message)}\n`);
}

function findingOf({ kind, file, message, isHarmless }: Damage, { lineOf }: Shell) {
  return { kind, file, isHarmless, message: lineOf(message) };
}
