import type { KnownPackage } from "../../host/known-packages.ts";
import type { PackageSpec } from "../../model/package-spec.ts";
import type { TextEdit } from "../../text/edit.ts";
import { escapeXml } from "../../text/escape.ts";
import type { Fix } from "../rule.ts";
import { isUnknownVersion } from "./other-packages.ts";
import { rootChildren } from "./root-child.ts";
import { besides } from "./section-place.ts";

/** What a requirement is written behind, the best place first. */
const places = ["ModuleRequired", "PackageRequired", "Framework"] as const;

/** Asks for a module or a package; undefined where there is no place for it. */
export function addedRequirement(
  spec: PackageSpec,
  element: "ModuleRequired" | "PackageRequired",
  wanted: { readonly name: string; readonly version: string },
): TextEdit | undefined {
  const before = places
    .slice(places.indexOf(element))
    .map((name) => rootChildren(spec, name).at(-1))
    .find((found) => found?.closing === "end-tag" || found?.closing === "empty");
  if (!before) return undefined;
  const [name, version] = [escapeXml(wanted.name), escapeXml(wanted.version)];
  return besides(spec, before, [[`<${element} Version="${version}">${name}</${element}>`]], "behind");
}

/** Asks for the version that is known, which is most likely the one that the package was written with. */
export function packageRequirement(spec: PackageSpec, { name, version }: KnownPackage): readonly Fix[] {
  const edit = isUnknownVersion(version)
    ? undefined
    : addedRequirement(spec, "PackageRequired", { name, version });
  const title = "Ask for {name} with PackageRequired";
  return edit ? [{ title, arguments: { name }, edits: [edit], asks: true }] : [];
}
