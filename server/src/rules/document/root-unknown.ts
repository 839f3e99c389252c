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
  message: {
    unknown:
      "“opmbuild sopmtest” and the Znuny code policy refuse this document, because the root is <{name}> and not <{root}>.",
    similar:
      "“opmbuild sopmtest” and the Znuny code policy refuse this document, because <{name}> should read <{root}>.",
  },
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
