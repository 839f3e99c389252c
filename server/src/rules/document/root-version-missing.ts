import type { PackageRule } from "../rule.ts";
import { attributeInsertion } from "../shared/fixes.ts";
import { isRootName } from "../shared/root-child.ts";

/** Validators ask for the version of the format; the frameworks do not. */
export const rootVersionMissing: PackageRule = {
  id: "root-version-missing",
  scope: "package",
  elements: "any",
  severity: "warning",
  message:
    '“opmbuild sopmtest” and the Znuny code policy refuse this document, because its root has no version="1.0". The frameworks do not look at it.',
  policyPlugins: ["XSD"],

  *check({ root }) {
    if (!root || !isRootName(root.name)) return;
    // A wrongly cased attribute is said by another rule.
    if (root.attributes.some(({ name }) => name.toLowerCase() === "version")) return;
    yield { span: root.nameSpan, fixes: [attributeInsertion(root, "version", "1.0")] };
  },
};
