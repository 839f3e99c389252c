import type { PackageRule } from "../rule.ts";
import { usualDeclaration } from "../shared/form-fixes.ts";

/** The frameworks do without a declaration; tools that check packages and editors do not. */
export const xmlDeclarationMissing: PackageRule = {
  id: "xml-declaration-missing",
  scope: "package",
  elements: "any",
  isOfAnyFramework: true,
  severity: "warning",
  message:
    "“opmbuild sopmtest” refuses this document, because it has no XML declaration. The frameworks read it as UTF-8.",

  *check({ tree, root }) {
    if (!root || tree.declaration) return;
    const first = tree.topLevel()[0]!;
    const at = first.node.kind === "byte-order-mark" ? first.node.width : 0;
    yield {
      span: root.nameSpan,
      fixes: [
        {
          title: "Insert the declaration",
          edits: [{ span: { start: at, end: at }, newText: `${usualDeclaration}\n` }],
        },
      ],
    };
  },
};
