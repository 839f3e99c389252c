import type { ElementRule } from "../rule.ts";

/** The installer joins `Location` to its home folder, so the parser leaves out a file whose Location starts with a slash. */
export const fileAbsolute: ElementRule = {
  id: "file-absolute",
  scope: "element",
  elements: ["File"],
  severity: "error",
  summary: "A file's Location is relative to the framework's home",
  message: "The framework silently leaves out “{location}”, because its Location starts with a slash.",
  docs:
    "`Location` is relative to the home folder of the framework. The package parser leaves out every file whose " +
    "`Location` starts with a slash, writes one line to the log and reports success. Write the path without it.",
  bad: '<File Permission="660" Location="/Kernel/System/Acme.pm"/>',
  good: '<File Permission="660" Location="Kernel/System/Acme.pm"/>',
  source: "Znuny 7.1 and OTOBO 11, PackageParse",
  where: "forbidsPaths",
  policyPlugins: ["FileList"],

  check(file) {
    const location = file.attribute("Location");
    const slashes = location && /^\/+/.exec(location.value);
    if (!slashes) return undefined;
    const span = { start: location.valueSpan.start, end: location.valueSpan.start + slashes[0].length };
    return {
      span,
      arguments: { location: location.value },
      fixes: [{ title: "Remove the slash", edits: [{ span, newText: "" }] }],
    };
  },
};
