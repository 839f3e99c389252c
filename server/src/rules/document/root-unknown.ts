import { families, rootNames } from "../../dialect/dialect.ts";
import { closest } from "../../text/similar.ts";
import type { PackageRule } from "../rule.ts";
import { renaming } from "../shared/fixes.ts";
import { isRootName } from "../shared/root-child.ts";

/** No framework looks at the root's name, but everything else does that has to do with packages. */
export const rootUnknown: PackageRule = {
  id: "root-unknown",
  scope: "package",
  elements: "any",
  severity: "error",
  summary: "The root element is otrs_package or otobo_package",
  message: {
    unknown: "No tool takes this for a package, because the root is <{name}> and not <{root}>.",
    similar: "No tool takes this for a package, because <{name}> should read <{root}>.",
  },
  docs:
    "The root of a package is `otrs_package` in OTRS and Znuny and `otobo_package` in OTOBO. The package parser of the " +
    "frameworks does not look at it, but validators refuse other names, and a document with another root is most " +
    "likely something else.",
  bad: '<package version="1.0"/>',
  good: '<otrs_package version="1.0"/>',
  source: "OPM::Validate 1.11; the schema of the Znuny code policy",
  policyPlugins: ["XSD"],

  *check({ root }, { product }) {
    if (!root || isRootName(root.name)) return;
    const meant = closest(
      root.name,
      families.map((family) => rootNames[family]),
    );
    yield {
      span: root.nameSpan,
      variant: meant === undefined ? "unknown" : "similar",
      arguments: { name: root.name, root: meant ?? product.rootName },
      fixes: [renaming(root, meant ?? product.rootName)],
    };
  },
};
