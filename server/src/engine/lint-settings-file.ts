import { isSettingsPath } from "../dialect/settings-files.ts";
import { noFolder } from "../host/folder-facts.ts";
import type { World } from "../host/world.ts";
import type { Finding } from "../rules/rule.ts";

import { SyntaxTree } from "../syntax/tree.ts";
import { escapeXml } from "../text/escape.ts";
import { type LintResult, type LintSettings, lint } from "./lint.ts";
import { type SurroundingWorld, surroundingsOf } from "./surroundings.ts";

/** Whether a file has settings and is no spec. */
export function isSettingsFile(path: string | undefined, tree: SyntaxTree): boolean {
  const root = tree.root?.name ?? "";
  if (/_package$/.test(root)) return false;
  return /_config$/.test(root) || (path !== undefined && isSettingsPath(path));
}

/** Rules that ask what else the package has. */
const aboutPackage: ReadonlySet<string> = new Set(["sysconfig-unittest-blacklist"]);

/**
 * Checks a settings file for itself, as if a package listed it alone. What depends on the rest of the package is not
 * said. The root element tells the product, unless the settings do.
 */
export function lintSettingsFile(
  path: string | undefined,
  tree: SyntaxTree,
  settings: LintSettings,
  world: SurroundingWorld & Pick<World, "paths">,
): LintResult {
  const { source } = tree;
  const text = source.slice(0, source.length);
  const name = path === undefined ? "Settings.xml" : world.paths.basename(path);
  const location = `Kernel/Config/Files/XML/${name}`;
  const root = tree.root?.name === "otobo_config" ? "otobo_package" : "otrs_package";
  const spec = `<${root} version="1.0"><Filelist><File Location="${escapeXml(location)}"/></Filelist></${root}>`;
  const folder = { ...noFolder, textOf: (asked: string) => (asked === location ? text : undefined) };
  const result = lint(SyntaxTree.parse(spec), settings, surroundingsOf({ path: undefined, folder }, world));
  const findings = result.findings.filter(({ file, rule }) => file && !aboutPackage.has(rule)).map(inItself);
  return { ...result, findings };
}

/** A finding in another file as one in the document. */
function inItself({ file, related, ...finding }: Finding): Finding {
  const places = related?.map((each) => {
    if ("document" in each) return each;
    const { file: itself, ...place } = each;
    return place;
  });
  return places ? { ...finding, related: places } : finding;
}
