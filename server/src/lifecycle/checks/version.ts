import { disagree } from "../../model/version.ts";
import { logEntry } from "../log.ts";
import { type Check, holds } from "./check.ts";

/** An upgrade needs a newer version. @source Znuny 7.1 and OTOBO 11, PackageUpgrade */
export const version: Check = (planning) => {
  const { identity, installedVersion: installed = "", release } = planning;
  const { name = "", version: own } = identity;
  if (own !== undefined && !planning.isAtLeast(installed, own)) {
    return disagree(own, installed, release) ? { holds: true, quirks: ["version-as-text"] } : holds;
  }
  const span = planning.spanOf(planning.structure.single.Version);
  if (own === installed) {
    return {
      holds: false,
      reason: {
        text: "The version {version} is installed already. Reinstall it instead.",
        values: { version: own },
      },
      span,
      log: [logEntry("already-installed", { name, version: own })],
    };
  }
  const values = { installed, version: own ?? "" };
  return {
    holds: false,
    reason: { text: "The installed version {installed} is newer than {version}.", values },
    span,
    log:
      own === undefined
        ? [logEntry("version-not-given"), logEntry("installed-newer", values)]
        : [logEntry("installed-newer", values)],
    quirks: own !== undefined && disagree(own, installed, release) ? ["version-as-text"] : [],
  };
};
