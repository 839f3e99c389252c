import type { ElementRule } from "../rule.ts";
import { mistakenAttributes } from "../shared/attribute-place.ts";
import { attributeRemoval } from "../shared/fixes.ts";

/** The package parser keeps its own notes in the same place as the attributes, under these names. */
export const attributeReserved: ElementRule = {
  id: "attribute-reserved",
  scope: "element",
  elements: "any",
  goesByNames: true,
  severity: "error",
  summary: "No attribute has a name that the package parser uses itself",
  message: "The value of {name} is lost, because the package parser keeps notes of its own under this name.",
  docs:
    "The package parser turns each tag into a table with its attributes and adds `Tag`, `TagType`, `TagLevel`, " +
    "`TagCount`, `TagLastLevel`, `TagKey` and `Content` to it. An attribute of such a name is overwritten, and the " +
    "builder leaves it out. Choose another name.",
  bad: '<otrs_package><Filelist><File Permission="660" Location="Kernel/System/Acme.pm" Content="x"/></Filelist></otrs_package>',
  good: '<otrs_package><Filelist><File Permission="660" Location="Kernel/System/Acme.pm"/></Filelist></otrs_package>',
  source: "Znuny 7.1 and OTOBO 11, XMLParse and PackageBuild",

  check(element, context) {
    const mistakes = mistakenAttributes(element, context);
    if (mistakes.length === 0) return undefined;
    return mistakes
      .filter(({ mistake }) => mistake.kind === "reserved")
      .map(({ attribute }) => ({
        span: attribute.nameSpan,
        arguments: { name: attribute.name },
        fixes: [attributeRemoval(element, attribute)],
      }));
  },
};
