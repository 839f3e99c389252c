import type { PackageRule } from "../rule.ts";
import { usualDeclaration } from "../shared/form-fixes.ts";

/** The frameworks do without a declaration; tools that check packages and editors do not. */
export const xmlDeclarationMissing: PackageRule = {
  id: "xml-declaration-missing",
  scope: "package",
  elements: "any",
  severity: "warning",
  summary: "A spec starts with an XML declaration",
  message: "Tools that check packages refuse this document, because it has no XML declaration.",
  docs:
    "The frameworks read a document without declaration as UTF-8 and are content. Other tools insist on one: " +
    "`opmbuild` refuses to check such a spec. Write it into the first line, with the encoding.",
  bad: '<otrs_package version="1.0"/>',
  good: '<?xml version="1.0" encoding="utf-8" ?>\n<otrs_package version="1.0"/>',
  source: "OPM::Validate 1.11, used by opmbuild sopmtest",

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
