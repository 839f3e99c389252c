import { rangeOfElement } from "../../model/framework-range.ts";
import { isAtLeast } from "../../model/version.ts";
import type { NeighbourRule } from "../rule.ts";
import { frameworkText } from "../shared/framework-element.ts";
import { isUnknownVersion, newestIn, ownPackage, placeIn, shareRelease } from "../shared/other-packages.ts";
import { rootChildren } from "../shared/root-child.ts";

/** Where the required package is not to be had, this one is not either. */
export const packageRequiredFrameworkGap: NeighbourRule = {
  id: "package-required-framework-gap",
  scope: "neighbours",
  elements: ["PackageRequired"],
  severity: "warning",
  message:
    "This package cannot be installed on {frameworks} unless there is another version of {name}: none that is known here and new enough is for {frameworks}.",

  *check(spec, context, others) {
    const own = ownPackage(spec);
    const frameworks = rootChildren(spec, "Framework").flatMap((element) => {
      const text = frameworkText(element, element.parent?.name);
      if (text?.form !== "release" && text?.form !== "version") return [];
      return [{ text, range: { ...rangeOfElement(element), pattern: text.text } }];
    });
    if (!own || frameworks.length === 0) return;
    for (const element of rootChildren(spec, "PackageRequired")) {
      const name = element.text.value;
      const wanted = element.value("Version");
      if (wanted === undefined || name === own.name) continue;
      const enough = others
        .named(name)
        .filter(({ version }) => isUnknownVersion(version) || isAtLeast(version, wanted, context.dialect));
      const newest = newestIn(enough);
      if (!newest) continue;
      const gaps = frameworks.filter(
        ({ range }) => !enough.some((each) => shareRelease([range], each.frameworks, context)),
      );
      if (gaps.length === 0) continue;
      yield {
        span: element.text.span,
        arguments: { name, frameworks: gaps.map(({ text }) => text.text).join(", ") },
        related: [
          ...gaps.map(({ text: { span } }) => ({ message: "The Framework stands here.", span })),
          ...placeIn(newest, newest.place, "{name} {version} is here.", { name, version: newest.version }),
        ],
      };
    }
  },
};
