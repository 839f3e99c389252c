import type { PackageSpec } from "../../model/package-spec.ts";
import type { Element } from "../../syntax/element.ts";
import type { Fix, PackageRule } from "../rule.ts";
import { besides } from "../shared/section-place.ts";

/** Reinstalling repairs files, not what code has set up. */
export const codeReinstallMissing: PackageRule = {
  id: "code-reinstall-missing",
  scope: "package",
  elements: ["CodeInstall"],
  severity: "hint",
  message: "Reinstalling the package does not run this code, and there is no CodeReinstall that would.",

  *check(spec) {
    const installs = spec.all("CodeInstall").filter(({ text }) => text.value.trim() !== "");
    if (!installs[0] || spec.all("CodeReinstall").length > 0) return;
    yield { span: installs[0].nameSpan, fixes: copying(spec, installs) };
  },
};

/** What is wrong with a section is better mended before it is there twice. */
function isPlain({ closing, parent, attributes, node }: Element): boolean {
  return (
    closing === "end-tag" &&
    parent?.parent === undefined &&
    attributes.every(({ name, value }) => name === "Type" && /^(pre|post)$/.test(value)) &&
    node.children.some(({ kind }) => kind === "cdata")
  );
}

function copying(spec: PackageSpec, installs: readonly Element[]): readonly Fix[] {
  if (!installs.every(isPlain)) return [];
  const { source } = spec.tree;
  const copies = installs.map(({ nameSpan, endNameSpan }) => [
    `<CodeReinstall${source.slice(nameSpan.end, endNameSpan!.start)}CodeReinstall>`,
  ]);
  return [
    {
      title: "Add a CodeReinstall with the same code",
      edits: [besides(spec, installs.at(-1)!, copies, "behind")],
    },
  ];
}
