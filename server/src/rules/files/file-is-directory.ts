import { escapeXml } from "../../text/escape.ts";
import type { ElementRule, Fix } from "../rule.ts";
import { fileOnDisk } from "../shared/listed-file.ts";

/** The builder opens a folder like a file and reads nothing from it. */
export const fileIsDirectory: ElementRule = {
  id: "file-is-directory",
  scope: "element",
  elements: ["File"],
  isOfAnyFramework: true,
  severity: "error",
  message: {
    directory:
      "Nothing of “{location}” is packed, because it is a folder: it becomes an empty file, which cannot be installed.",
    special: "“{location}” cannot be packed, because it is neither a file nor a folder.",
  },

  check(file, context) {
    const found = fileOnDisk(file, context);
    if (found?.fact.kind !== "directory" && found?.fact.kind !== "special") return undefined;
    const { location, fact } = found;
    const fix = fact.kind === "directory" ? listing(file.value("Permission"), location.value) : undefined;
    return {
      span: location.valueSpan,
      variant: fact.kind,
      arguments: { location: location.value },
      fixes: fix ? [fix] : [],
    };

    /** Lists what is in the folder, side by side on the line of the entry that named it. */
    function listing(permission: string | undefined, folder: string): Fix | undefined {
      const prefix = `${folder.replace(/\/+$/, "")}/`;
      const inside = (context.folder.files() ?? []).filter((path) => path.startsWith(prefix));
      if (inside.length === 0 || inside.length > 100) return undefined;
      const mode = permission === undefined ? "" : ` Permission="${escapeXml(permission)}"`;
      const entries = inside.map((path) => `<File${mode} Location="${escapeXml(path)}"/>`);
      return {
        title: "List the files in the folder: {count}",
        arguments: { count: inside.length },
        edits: [{ span: file.span, newText: entries.join("\n        ") }],
      };
    }
  },
};
