import { type DiagramSurroundings, databaseDiagram } from "../../server/src/engine/database-diagram.ts";
import { defaultLintSettings, lintContext } from "../../server/src/engine/lint.ts";
import { surroundingsOf } from "../../server/src/engine/surroundings.ts";
import { noFolder } from "../../server/src/host/folder-facts.ts";
import { type PackageSpec, specOf } from "../../server/src/model/package-spec.ts";
import { nodeWorld } from "../../server/src/node/world.ts";
import type { DiagramModel } from "../../server/src/report/diagram-model.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";
import { packagesIn, packageText } from "./known-packages.ts";

/** A package with database sections. */
export function databaseText(sections: string, version = "2.0.0", name = "Acme"): string {
  return packageText(name, version, { more: sections });
}

/** What is known of a spec beside some documents, by their paths. */
export function besides(
  spec: PackageSpec,
  documents: Readonly<Record<string, string>> = {},
): DiagramSurroundings {
  const others = packagesIn(documents);
  const surroundings = surroundingsOf({ path: "/Acme.sopm", folder: noFolder, others }, nodeWorld());
  return { context: lintContext(spec, defaultLintSettings, surroundings).context, others };
}

/** The diagram of a spec beside some documents. */
export function diagramOf(
  text: string,
  documents: Readonly<Record<string, string>> = {},
  version?: string,
): DiagramModel {
  const spec = specOf(SyntaxTree.parse(text));
  return databaseDiagram(spec, besides(spec, documents), version);
}

/** A diagram as text to compare: one line for each table, column and reference. */
export function diagramText({ tables, references }: DiagramModel): string {
  const sign = (change: string | undefined) => (change === "new" ? "+" : change === "changed" ? "~" : "");
  return [
    ...tables.flatMap((table) => [
      `${sign(table.change)}${table.name} (${[table.owner, table.from].join(" ").trim()})${table.isOnlyUpgraded ? " by upgrades" : ""}`,
      ...table.columns.map(
        ({ name, type, keys, change, isAdded }) =>
          `  ${sign(change)}${[name, type, ...keys].filter((part) => part !== "").join(" ")}${isAdded ? " added" : ""}`,
      ),
      ...(table.moreColumns === 0 ? [] : [`  ${table.moreColumns ?? "?"} more`]),
    ]),
    ...references.map(
      ({ from, fromColumn, to, toColumn, change }) =>
        `${sign(change)}${tables[from]!.name}.${fromColumn} -> ${tables[to]!.name}.${toColumn}`,
    ),
  ].join("\n");
}
