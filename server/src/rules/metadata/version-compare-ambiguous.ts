import { disagree } from "../../model/version.ts";
import type { Attribute, Element } from "../../syntax/element.ts";
import type { PackageRule } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";
import { isNumeric } from "../shared/version-element.ts";

/** Versions that the installer orders otherwise than they are meant. */
export const versionCompareAmbiguous: PackageRule = {
  id: "version-compare-ambiguous",
  scope: "package",
  elements: ["CodeUpgrade", "DatabaseUpgrade"],
  severity: "error",
  message:
    "This may run when it should not, or never, because {gate} and {version} count as equal to the installer.",

  *check(spec, { dialect }) {
    const version = spec.version;
    // What is wrong with the package's own version is said there.
    if (version === undefined || !isNumeric(version) || /(^|\.)0\d/.test(version)) return;
    const changes = spec.all("DatabaseUpgrade").flatMap(({ elements }) => elements);
    for (const gate of gatesOf([...spec.all("CodeUpgrade"), ...changes])) {
      if (!isNumeric(gate.value) || !disagree(gate.value, version, dialect)) continue;
      const plain = gate.value
        .split(".")
        .slice(0, 6)
        .map((group) => group.replace(/^0+(?=\d)/, ""))
        .join(".");
      yield {
        span: gate.valueSpan,
        arguments: { gate: gate.value, version },
        fixes: [replacement(gate.valueSpan, plain)],
      };
    }
  },
};

function* gatesOf(elements: readonly Element[]): Iterable<Attribute> {
  for (const element of elements) {
    const gate = element.attribute("Version");
    if (gate) yield gate;
  }
}
