import type { Schema } from "../../dialect/schema.ts";
import { memo } from "../../text/memo.ts";
import type { ElementRule, Report } from "../rule.ts";

/** Attributes that an element does not work without. */
export const attributeMissing: ElementRule = {
  id: "attribute-missing",
  scope: "element",
  elements: "any",
  goesByNames: true,
  severity: "error",
  message: "<{element}> does nothing useful, because it has no {name}.",
  policyPlugins: ["XSD"],

  check(element, { schema }, parentName) {
    const needed = neededAttributes(element.name, schema);
    if (needed.length === 0 || parentName === undefined || !schema.allows(parentName, element.name))
      return undefined;
    const { attributes } = element.node;
    let reports: Report[] | undefined;
    for (const name of needed) {
      if (attributes.some((given) => given.name === name)) continue;
      // A wrongly cased attribute is said by another rule.
      const lowerName = name.toLowerCase();
      if (attributes.some((given) => given.name.toLowerCase() === lowerName)) continue;
      reports ??= [];
      reports.push({ span: element.nameSpan, arguments: { element: element.name, name } });
    }
    return reports;
  },
};

/** What an element does not work without and no rule of its own speaks of. Most elements need nothing. */
function neededAttributes(element: string, schema: Schema): readonly string[] {
  return neededBy(schema).get(element) ?? nothing;
}

const neededBy = memo(
  ({ elements }: Schema): ReadonlyMap<string, readonly string[]> =>
    new Map(
      elements.map(({ name, attributes }) => [
        name,
        attributes.flatMap((row) =>
          row.required && !saidByOthers.get(name)?.has(row.name) ? [row.name] : [],
        ),
      ]),
    ),
);
const nothing: readonly string[] = [];

/** What rules of their own say, by element. */
const saidByOthers: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    File: ["Location", "Permission"],
    PackageRequired: ["Version"],
    PackageMerge: ["Name", "TargetVersion"],
    Column: ["Name", "Type"],
    ColumnAdd: ["Name", "Type"],
    ColumnChange: ["NameOld", "NameNew", "Type"],
    Index: ["Name"],
    IndexCreate: ["Name"],
    IndexDrop: ["Name"],
    UniqueCreate: ["Name"],
    UniqueDrop: ["Name"],
    Insert: ["Table"],
    Data: ["Key"],
    Reference: ["Local", "Foreign"],
  }).map(([element, names]) => [element, new Set(names)]),
);
