import { families, rootNames } from "../../dialect/dialect.ts";
import type { PackageSpec } from "../../model/package-spec.ts";
import type { Element } from "../../syntax/element.ts";

/** Tells whether a name is that of a root, be it of the dialect at hand or not. */
export function isRootName(name: string | undefined): boolean {
  return families.some((family) => rootNames[family] === name);
}

/** The elements of a name that stand directly in the root, in document order. Others are found fault with as such. */
export function rootChildren(spec: PackageSpec, name: string): readonly Element[] {
  return spec.all(name).filter(({ parent }) => parent !== undefined && parent.parent === undefined);
}

/**
 * Tells whether a text is put in by a build tool, such as `?`, `@VERSION@` or `{{ version }}`.
 * What will stand there is not known, so nothing should be said about it.
 */
export function isPlaceholder(text: string): boolean {
  return /^\?+$|[{}%$]|^@.*@$|^__.*__$/.test(text.trim());
}
