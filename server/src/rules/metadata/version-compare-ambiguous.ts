import { disagree } from "../../model/version.ts";
import type { Attribute, Element } from "../../syntax/element.ts";
import type { PackageRule } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";
import { comparingAcross } from "../shared/version-comparison.ts";
import { isNumeric } from "../shared/version-element.ts";

/** Gates that the installer orders otherwise than they are meant, among the versions that systems have. */
export const versionCompareAmbiguous: PackageRule = {
  id: "version-compare-ambiguous",
  scope: "package",
  elements: ["CodeUpgrade", "DatabaseUpgrade"],
  severity: "error",
  message:
    "This may run when it should not, or never, because {gate} and {version} count as equal to the installer.",

  *check(spec, { releases }) {
    // Systems have one of these versions before or after an upgrade. What is wrong with them is said there.
    const logged = spec.all("ChangeLog").map((element) => element.value("Version"));
    const versions = [spec.version, ...logged].filter(
      (version) => version !== undefined && isNumeric(version) && !/(^|\.)0\d/.test(version),
    );
    const spreadOf = (gate: string, version: string) =>
      comparingAcross(releases, (release) => disagree(gate, version, release));
    const unusual = versions.filter((version) => !isPlain(version!));
    const changes = spec.all("DatabaseUpgrade").flatMap(({ elements }) => elements);
    for (const gate of gatesOf([...spec.all("CodeUpgrade"), ...changes])) {
      if (!isNumeric(gate.value)) continue;
      const version = (isPlain(gate.value) ? unusual : versions).find(
        (each) => spreadOf(gate.value, each!) !== "off",
      );
      if (version === undefined) continue;
      const plain = gate.value
        .split(".")
        .slice(0, 6)
        .map((group) => group.replace(/^0+(?=\d)/, ""))
        .join(".");
      yield {
        span: gate.valueSpan,
        arguments: { gate: gate.value, version },
        releases: spreadOf(gate.value, version),
        fixes: [replacement(gate.valueSpan, plain)],
      };
    }
  },
};

/** Whether all installers order a version and others of this form as they are meant, which saves asking each of them. */
function isPlain(version: string): boolean {
  return /^(?:0|[1-9]\d{0,3})(?:\.(?:0|[1-9]\d{0,3})){0,4}$/.test(version);
}

function* gatesOf(elements: readonly Element[]): Iterable<Attribute> {
  for (const element of elements) {
    const gate = element.attribute("Version");
    if (gate) yield gate;
  }
}
