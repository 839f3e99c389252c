import { forbiddenPathsOf } from "../../dialect/forbidden-paths.ts";
import type { ElementRule } from "../rule.ts";
import { bareRemoval } from "../shared/fixes.ts";
import { isLeftOut, locationOf } from "../shared/listed-file.ts";

/** The parser has a list of paths that no package may bring along. */
export const fileForbiddenPath: ElementRule = {
  id: "file-forbidden-path",
  scope: "element",
  elements: ["File"],
  severity: "error",
  summary: "A package brings along no configuration, cache or log of the system",
  message: {
    "main-config":
      "The framework silently leaves out “{location}”, because the main configuration belongs to the system.",
    "generated-config": "The framework silently leaves out “{location}”, because it writes that file itself.",
    cache: "The framework silently leaves out “{location}”, because it lies in the cache.",
    log: "The framework silently leaves out “{location}”, because it lies among the logs.",
  },
  docs:
    "The package parser drops files whose path ends in `Kernel/Config.pm` or names one of the generated `ZZZ…` files " +
    "in `Kernel/Config/Files`, and everything in `var/tmp/Cache…` and `var/log/`. It does so when building and when " +
    "installing, writes one line to the log and reports success. The paths are searched anywhere, so that " +
    "`Custom/Kernel/Config.pm` is dropped as well. OTOBO drops `ZZZACL.pm` too, Znuny does not.",
  bad: '<File Permission="660" Location="Kernel/Config/Files/ZZZAAuto.pm"/>',
  good: '<File Permission="660" Location="Kernel/Config/Files/XML/Acme.xml"/>',
  source: "Znuny 7.1 and OTOBO 11, PackageParse",

  check(file, context) {
    const location = locationOf(file);
    if (!location || !isLeftOut(location.value, context)) return undefined;
    const kind = forbiddenPathsOf(context.releases.highest).find(({ pattern }) =>
      pattern.test(location.value),
    )?.kind;
    if (!kind || kind === "absolute" || kind === "traversal") return undefined;
    return {
      span: location.valueSpan,
      variant: kind,
      arguments: { location: location.value },
      fixes: [bareRemoval(file)],
    };
  },
};
