import type { PackageRule } from "../rule.ts";
import { attributeInsertion } from "../shared/fixes.ts";
import { isRootName } from "../shared/root-child.ts";

/** Validators ask for the version of the format; the frameworks do not. */
export const rootVersionMissing: PackageRule = {
  id: "root-version-missing",
  scope: "package",
  elements: "any",
  severity: "warning",
  summary: "The root element has a version",
  message: 'Tools that check packages refuse this document, because its root has no version="1.0".',
  docs:
    "The attribute `version` of the root is the version of the format. No framework looks at it, and the builder " +
    "always writes `1.1`, but `opmbuild` and the Znuny code policy insist on it. Authors write `1.0` by custom.",
  bad: "<otrs_package/>",
  good: '<otrs_package version="1.0"/>',
  source: "OPM::Validate 1.11; the schema of the Znuny code policy",
  policyPlugins: ["XSD"],

  *check({ root }) {
    if (!root || !isRootName(root.name)) return;
    // A wrongly cased attribute is said by another rule.
    if (root.attributes.some(({ name }) => name.toLowerCase() === "version")) return;
    yield { span: root.nameSpan, fixes: [attributeInsertion(root, "version", "1.0")] };
  },
};
