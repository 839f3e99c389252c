import type { Message } from "../l10n/translate.ts";
import type { CodeFamily, DatabaseFamily } from "../model/package-spec.ts";
import type { Operation } from "./operation.ts";
import type { Planning } from "./planning.ts";

/**
 * What is left behind when a step fails, in the words of the one who has to clean up. The frameworks take nothing
 * back, so this is mostly: what has been done by then stays.
 */

export function remainsOfCheck({ mergedHere }: Planning): Message {
  return mergedHere ? mergedGone : nothingChanged;
}

const nothingChanged: Message = { text: "The operation is refused; nothing has been changed." };
const mergedGone: Message = {
  text: "The operation is refused, but what was merged stays merged: the files and the row of the absorbed package are gone, its tables stay.",
};

export function remainsOfCode(planning: Planning, family: CodeFamily, phase: string): Message {
  if (!planning.has("failure-ignored")) return stopped;
  if (phase === "merge") return codeRemains.merge;
  if (phase.toLowerCase() === "pre") return codeRemains.pre;
  return family === "CodeUninstall" ? codeRemains.uninstallPost : codeRemains.post;
}

const codeRemains = {
  pre: {
    text: "What the code did until then stays, and the sections behind it in this phase are not run. The operation goes on and reports success.",
  },
  post: {
    text: "Files, tables and settings of the package are in place, but what this code and the sections behind it should have set up is missing. Success is reported; a reinstall runs other code.",
  },
  uninstallPost: {
    text: "The package is gone from the table and from the disk, but what this code and the sections behind it should have removed stays. Nothing can run it again.",
  },
  merge: {
    text: "What the code did until then stays, and the sections behind it are not run. The absorbed package is removed all the same, so they cannot be run later.",
  },
} as const satisfies Record<string, Message>;

export function remainsOfStatement(planning: Planning, family: DatabaseFamily, phase: string): Message {
  if (!planning.has("failure-ignored")) return stopped;
  if (family === "DatabaseUninstall") {
    return {
      text: "What the statement should have removed stays in the database. The other statements are run, and success is reported.",
    };
  }
  if (family === "DatabaseUpgrade" && phase !== "merge") {
    return {
      text: "The change is missing in the database, but the package counts as upgraded, so that no later upgrade makes up for it. The other statements are run.",
    };
  }
  return {
    text: "What the statement should have made is missing in the database. The other statements are run, and success is reported.",
  };
}

export function remainsOfWriting(operation: Operation, savedTo: string | undefined): Message {
  if (savedTo !== undefined) {
    return {
      text: "The file that was there is called “{path}”, and no new one is in its place. The other files are written, and success is reported.",
      values: { path: savedTo },
    };
  }
  return operation === "reinstall" ? fileRemains.overwritten : fileRemains.missing;
}

export function remainsOfRemoving(operation: Operation): Message {
  return operation === "upgrade" ? fileRemains.replaced : fileRemains.kept;
}

const fileRemains = {
  overwritten: {
    text: "The file may be as before, empty or missing. The other files are written, and success is reported.",
  },
  missing: { text: "The file is missing. The other files are written, and success is reported." },
  replaced: { text: "The old file stays and becomes the .save of the new one, if the new version has it." },
  kept: { text: "The file stays although no package owns it any more." },
} as const satisfies Record<string, Message>;

export function remainsOfRow(
  operation: Operation,
  action: "add" | "remove" | "insert" | "delete" | "set-status",
): Message | undefined {
  if (action === "delete" || action === "remove") {
    return operation === "upgrade"
      ? { text: "The old row stays beside the new one, and the package has two rows." }
      : { text: "The package still counts as installed, although its files are gone." };
  }
  if (action === "set-status") {
    return {
      text: "The package is in the table but does not count as installed. Its files are on disk; installing it again moves them to .save.",
    };
  }
  return operation === "upgrade"
    ? {
        text: "The operation ends as failed. The old row is gone and the new one is missing, so that the package does not count as installed, while the files of the old version are still there.",
      }
    : {
        text: "The operation ends as failed. What there is of code and SQL of phase pre has run, and the files are written, but no package owns them; uninstalling needs the archive.",
      };
}

const remainsOfReading = {
  read: {
    text: "None of the new settings is stored and nothing is deployed, while files and row of the package are in place. The operation goes on and reports success.",
  },
  lost: {
    text: "The lost settings are missing, while files and row of the package are in place. The operation goes on and reports success.",
  },
  deploy: {
    text: "The settings are stored but not active until somebody deploys the configuration. The operation goes on and reports success.",
  },
} as const satisfies Record<string, Message>;

/** @param part `lost` where the rest could be stored */
export function remainsOfConfiguration(part: keyof typeof remainsOfReading): Message {
  return remainsOfReading[part];
}

const stopped: Message = { text: "The operation stops here. What has been done by then stays." };
