import type { ElementRule } from "../rule.ts";
import { misplacementOf } from "../shared/element-place.ts";

/** Files, tables and their parts are looked for in their sections only. */
export const elementMisplaced: ElementRule = {
  id: "element-misplaced",
  scope: "element",
  elements: "any",
  goesByNames: true,
  severity: "error",
  summary: "Elements stand where the framework looks for them",
  message: "The framework silently leaves out <{name}>, because it looks for it only in {places}.",
  docs:
    "Metadata counts wherever it stands, but a `File` outside a `Filelist` and a `TableCreate` outside a database " +
    "section belong to nothing: they are passed over, and the builder drops them. Move the element into the section " +
    "it belongs to.",
  bad: '<otrs_package><File Permission="660" Location="Kernel/System/Acme.pm"/></otrs_package>',
  good: '<otrs_package><Filelist><File Permission="660" Location="Kernel/System/Acme.pm"/></Filelist></otrs_package>',
  source: "Znuny 7.1 and OTOBO 11, PackageParse",
  policyPlugins: ["XSD"],

  check(element, context, parentName) {
    const misplacement = misplacementOf(element.name, parentName, context);
    if (misplacement?.kind !== "misplaced") return undefined;
    const places = misplacement.parents.map((parent) => `<${parent}>`).join(", ");
    return { span: element.nameSpan, arguments: { name: element.name, places } };
  },
};
