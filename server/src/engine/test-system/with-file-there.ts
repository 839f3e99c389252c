import type { World } from "../../host/world.ts";
import { isPlainWord } from "../../text/plain-word.ts";
import { failureReason } from "./console-answers.ts";
import type { SystemCommands } from "./system-commands.ts";
import type { SystemReach } from "./system-reach.ts";
import { TestSystemError } from "./test-system-error.ts";

/** A file of this computer that a test system is to read. */
export interface FileForSystem {
  readonly what: keyof typeof kinds;
  /** Its absolute path here. */
  readonly from: string;
  /** Added to a name that nobody has, as far as a shell on the way takes it as it is; empty for nothing. */
  readonly label: string;
}

/** The ending of the name that each has there, with the dot, and what is told where it does not get there. */
const kinds = {
  archive: {
    ending: ".opm",
    notCopied: { text: "The archive “{file}” was not copied to the test system “{system}”: {reason}" },
  },
  "phase-package": {
    ending: ".opm",
    notCopied: {
      text: "The package that has the phase alone was not copied to the test system “{system}”: {reason}",
    },
  },
  "phase-program": {
    ending: ".pl",
    notCopied: {
      text: "The program that runs the phase was not copied to the test system “{system}”: {reason}",
    },
  },
} as const;

/**
 * Has a file lie where a test system sees it while some work is done, and takes it away afterwards.
 *
 * @param work told the path of the file there
 * @throws TestSystemError when it does not get there
 */
export async function withFileThere<T>(
  { what, from, label }: FileForSystem,
  reach: SystemReach,
  { copy, removeCopy }: SystemCommands,
  { files, paths, packages, output }: Pick<World, "files" | "paths" | "packages" | "output">,
  work: (there: string) => Promise<T>,
): Promise<T> {
  const { transfer, name: system } = reach.system;
  const { ending, notCopied } = kinds[what];
  if (transfer.kind === "none") return work(from);
  const disk = files({ flush: false });
  const isPlain = label !== "" && isPlainWord(label) && !label.includes("/");
  const fileName = `sopm-${disk.randomName(6)}${isPlain ? `-${label}` : ""}${ending}`;
  const there = `${transfer.kind === "shared" ? transfer.there : transfer.folder}/${fileName}`;
  const shared = transfer.kind === "shared" ? paths.join(transfer.here, fileName) : undefined;
  try {
    if (shared !== undefined) await output.write(shared, await (await packages.archive(from)).read());
    if (copy) {
      const copied = await reach.run(copy, { from, archive: there });
      if (copied.code !== 0) {
        throw new TestSystemError({
          ...notCopied,
          values: { file: paths.basename(from), system, reason: failureReason(copied) },
        });
      }
    }
    return await work(there);
  } finally {
    if (shared !== undefined) await disk.remove([shared]).catch(() => undefined);
    // Where it does not work, a file is left in a folder for such.
    if (copy) await reach.run(removeCopy, { archive: there }, { isLast: true }).catch(() => undefined);
  }
}
