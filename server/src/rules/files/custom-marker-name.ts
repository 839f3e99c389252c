import type { PackageRule } from "../rule.ts";
import { ownCodeFiles } from "../shared/own-code.ts";

/** A marker tells which package has made a change. */
export const customMarkerName: PackageRule = {
  id: "custom-marker-name",
  scope: "package",
  elements: ["Filelist"],
  where: "codePolicyNamesMarkers",
  severity: "hint",
  message:
    "The Znuny code policy refuses “{path}”, because this marks a change of “{name}” and the package is “{package}”.",

  *check(spec, context) {
    const { packageName } = context;
    if (packageName === undefined) return;
    for (const file of ownCodeFiles(spec, context, "CodeMarkerPackageName")) {
      const { path, text } = file;
      yield undefined;
      // In a copy of a copy there may be markers of others.
      if (text.includes("$former-origin:")) continue;
      for (const found of text.matchAll(nameMarker)) {
        const [, head = "", , name = ""] = found;
        if (name === packageName || name === "---") continue;
        const start = found.index + head.length;
        yield {
          span: { start, end: start + name.length },
          file,
          arguments: { path, name, package: packageName },
        };
      }
    }
  },
};

const nameMarker = /^((#|\/\/) ---\r?\n\2 )(\S+)(?=\r?\n\2 ---\r?$)/gm;
