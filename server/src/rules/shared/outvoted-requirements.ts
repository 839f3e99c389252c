import type { PackageSpec } from "../../model/package-spec.ts";
import { compareStrictly } from "../../model/version.ts";
import type { Element } from "../../syntax/element.ts";
import { rootChildren } from "./root-child.ts";

/** A requirement that another one for the same thing makes needless. */
export interface OutvotedRequirement {
  readonly element: Element;
  /** What is required: the text of the element. */
  readonly subject: string;
  /** The requirement that decides. */
  readonly rival: Element;
}

/**
 * The requirements that change nothing, because another one asks for the same or a higher version. Of equal ones the
 * first stays.
 */
export function outvotedRequirements(
  spec: PackageSpec,
  elementName: "ModuleRequired" | "PackageRequired",
): readonly OutvotedRequirement[] {
  const all = rootChildren(spec, elementName).map((element) => ({
    element,
    subject: element.text.value.trim(),
    version: element.value("Version") ?? "",
  }));
  const highest = new Map<string, (typeof all)[number]>();
  for (const requirement of all) {
    const rival = highest.get(requirement.subject);
    if (!rival || compareStrictly(requirement.version, rival.version) > 0) {
      highest.set(requirement.subject, requirement);
    }
  }
  return all.flatMap(({ element, subject }) => {
    const { element: rival } = highest.get(subject)!;
    return subject === "" || rival === element ? [] : [{ element, subject, rival }];
  });
}
