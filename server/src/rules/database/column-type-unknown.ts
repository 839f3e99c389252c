import { columnTypes } from "../../model/column-type.ts";
import { isAskedFor } from "../profiles.ts";
import type { ElementRule } from "../rule.ts";
import { codePolicyOf } from "../shared/code-policy.ts";
import { givenAttribute } from "../shared/database-names.ts";
import { replacement } from "../shared/fixes.ts";

/** Seven types are translated; everything else reaches the database as it is. */
export const columnTypeUnknown: ElementRule = {
  id: "column-type-unknown",
  scope: "element",
  elements: ["Column", "ColumnAdd", "ColumnChange"],
  severity: "error",
  message: {
    unknown:
      "The framework logs an error and hands “{type}” to the database as it is, because it knows no such type.",
    case: "The {product} code policy refuses “{type}”, because its schema knows types in upper case only.",
  },
  policyPlugins: ["XSD"],

  check(element, context) {
    const attribute = givenAttribute(element, "Type");
    const type = attribute?.value ?? "";
    if (!attribute || type.trim() === "" || knownTypes.has(type)) return undefined;
    const span = attribute.valueSpan;
    const upper = type.toUpperCase();
    if (knownTypes.has(upper)) {
      const policy = isAskedFor("column-type-unknown/case", context) && codePolicyOf(context);
      if (!policy) return undefined;
      return {
        span,
        variant: "case",
        severity: "hint",
        arguments: { product: policy.product, type },
        fixes: [replacement(span, upper)],
      };
    }
    const meant = knownTypes.has(upper.trim()) ? upper.trim() : usualMeaning[upper.trim()];
    return {
      span,
      variant: "unknown",
      ...(widelyKnown.has(upper.trim()) && { severity: "warning" as const }),
      arguments: { type },
      fixes: meant === undefined ? [] : [replacement(span, meant)],
    };
  },
};

const knownTypes: ReadonlySet<string> = new Set(columnTypes);

/** Types that MySQL and PostgreSQL both take as they are. */
const widelyKnown: ReadonlySet<string> = new Set([
  "TEXT",
  "INT",
  "TIMESTAMP",
  "TIME",
  "FLOAT",
  "REAL",
  "NUMERIC",
  "BOOLEAN",
  "BOOL",
]);

/** Types of single databases and what stands for them here, where no size has to be thought up. */
const usualMeaning: Readonly<Record<string, string>> = {
  INT: "INTEGER",
  TINYINT: "SMALLINT",
  BOOLEAN: "SMALLINT",
  BOOL: "SMALLINT",
  DATETIME: "DATE",
  TIMESTAMP: "DATE",
  BLOB: "LONGBLOB",
  MEDIUMBLOB: "LONGBLOB",
  TEXT: "LONGBLOB",
  MEDIUMTEXT: "LONGBLOB",
  LONGTEXT: "LONGBLOB",
};
