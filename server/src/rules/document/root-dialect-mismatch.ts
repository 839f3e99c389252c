import { defaultDialect, familyOfMajor } from "../../dialect/detect.ts";
import { type Family, rootNames } from "../../dialect/dialect.ts";
import { type Product, productOf } from "../../dialect/products.ts";
import type { Element } from "../../syntax/element.ts";
import type { PackageRule, Report } from "../rule.ts";
import { renaming, replacement } from "../shared/fixes.ts";
import { isRootName } from "../shared/root-child.ts";

/** The builder writes the root of its own product; what the author wrote matters to readers and other tools. */
export const rootDialectMismatch: PackageRule = {
  id: "root-dialect-mismatch",
  scope: "package",
  elements: "any",
  severity: "warning",
  message: {
    root: "“opmbuild” builds an archive with the root of another product, because it leaves <{name}> as it is instead of <{root}>. The builder of a framework writes its own.",
    framework: "No {product} installs this package, because “{text}” fits no release of it.",
  },

  *check(spec, { product, packageVersion }) {
    const { root, frameworks } = spec;
    if (!root || !isRootName(root.name)) return;
    const family = familyOfReleases(frameworks);
    // The usual root is what every older package has. Who wrote another one meant it, and forgot the Framework.
    if (family && family !== product.family && root.name === product.rootName && root.name !== usualRoot) {
      const [foreign] = spec.all("Framework").filter(({ text }) => text.value.trim() !== "");
      if (foreign) yield ofFramework(foreign, root, product, packageVersion, rootNames[family]);
      return;
    }
    const expected = family ? rootNames[family] : product.rootName;
    if (root.name === expected) return;
    yield {
      span: root.nameSpan,
      variant: "root",
      arguments: { name: root.name, root: expected },
      fixes: [renaming(root, expected)],
    };
  },
};

const usualRoot = productOf(defaultDialect).rootName;

function ofFramework(
  framework: Element,
  root: Element,
  { product, releaseLines }: Product,
  packageVersion: string | undefined,
  otherRoot: string,
): Report {
  const { value, span } = framework.trimmedText;
  const own = releaseLines.find((line) => packageVersion?.startsWith(`${line}.`));
  return {
    span,
    variant: "framework",
    severity: "error",
    arguments: { product, text: value },
    fixes: [replacement(span, `${own ?? releaseLines.at(-1)}.x`), renaming(root, otherRoot)],
  };
}

/** The family that all releases named belong to; undefined when there are none, or some of both. */
function familyOfReleases(frameworks: readonly string[]): Family | undefined {
  const majors = frameworks.flatMap((text) => /^\s*(\d+)\./.exec(text)?.[1] ?? []).map(Number);
  const [family, ...others] = new Set(majors.map(familyOfMajor));
  return others.length === 0 ? family : undefined;
}
