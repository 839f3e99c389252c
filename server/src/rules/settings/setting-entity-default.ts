import { SyntaxTree } from "../../syntax/tree.ts";
import type { PackageRule } from "../rule.ts";
import { settingsFilesIn } from "../shared/settings-files.ts";

/** Queues, types and the like are data: a system may have renamed what it was delivered with, or switched it off. */
export const settingEntityDefault: PackageRule = {
  id: "setting-entity-default",
  scope: "package",
  elements: ["Filelist"],
  severity: "warning",
  message:
    "The setting {name} may name nothing after the installation: “{value}” has to be a {type} of the system, and nothing checks that.",
  where: "settingsInDatabase",

  *check(spec, context) {
    for (const file of settingsFilesIn(spec, context)) {
      if (!file.text.includes("Entity")) continue;
      for (const setting of SyntaxTree.parse(file.text).elements()) {
        const name = setting.name === "Setting" ? setting.value("Name") : undefined;
        if (!name) continue;
        for (const item of setting.child("Value")?.descendants() ?? []) {
          const { value, span } = item.trimmedText;
          if (item.name !== "Item" || item.value("ValueType") !== "Entity" || value === "") continue;
          const type = item.value("ValueEntityType") ?? "?";
          yield { file, span, arguments: { name, value, type } };
        }
      }
    }
  },
};
