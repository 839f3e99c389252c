import { PackageError } from "../host/package-error.ts";
import { complainAbout } from "./complain-about.ts";
import type { ExitCode } from "./main.ts";
import { sandboxCheck } from "./sandbox-check.ts";
import { sandboxCreate } from "./sandbox-create.ts";
import { sandboxExport } from "./sandbox-export.ts";
import { sandboxList } from "./sandbox-list.ts";
import { sandboxOperation } from "./sandbox-operation.ts";
import { sandboxReset, sandboxUndo } from "./sandbox-past.ts";
import { sandboxShow } from "./sandbox-show.ts";
import { sandboxUpgradeAll } from "./sandbox-upgrade-all.ts";
import { sandboxRepair, sandboxVerify } from "./sandbox-verify.ts";
import { UsageError } from "./usage-error.ts";

const commands: Readonly<Record<string, (words: string[]) => Promise<ExitCode>>> = {
  create: sandboxCreate,
  list: sandboxList,
  show: sandboxShow,
  install: (words) => sandboxOperation("install", words),
  upgrade: (words) => sandboxOperation("upgrade", words),
  reinstall: (words) => sandboxOperation("reinstall", words),
  uninstall: (words) => sandboxOperation("uninstall", words),
  "upgrade-all": sandboxUpgradeAll,
  check: sandboxCheck,
  verify: sandboxVerify,
  repair: sandboxRepair,
  export: sandboxExport,
  undo: sandboxUndo,
  reset: sandboxReset,
};

/** `sopm sandbox …`: makes systems out of folders and works on them. */
export async function sandbox(words: string[]): Promise<ExitCode> {
  const [name, ...rest] = words;
  const command = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) {
    const allowed = Object.keys(commands).join(", ");
    throw new UsageError("“sopm sandbox” is followed by one of: {allowed}.", { allowed });
  }
  try {
    return await command(rest);
  } catch (error) {
    if (!(error instanceof PackageError)) throw error;
    complainAbout(error);
    return 1;
  }
}
