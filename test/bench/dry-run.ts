import { contentsOfSpec } from "../../server/src/builder/contents-of-spec.ts";
import { DryRun } from "../../server/src/engine/try-operation.ts";
import { contentOf } from "../../server/src/host/file-content.ts";
import { english } from "../../server/src/l10n/translate.ts";
import type { Operation } from "../../server/src/lifecycle/operation.ts";
import { renderHtmlBody } from "../../server/src/report/render-html.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";
import { systemNamed } from "../support/system-named.ts";

/** Milliseconds until a dry run was planned, and until its view was there as well. */
export interface DryRunTimes {
  readonly plan: number;
  readonly view: number;
}

/**
 * Opens a spec as a running server has it, with every file of it at hand, and gives a function that makes dry runs.
 *
 * @param edited whether there is a keystroke before each, which is not counted
 */
export function dryRunner(text: string, edited = false): (operation: Operation) => DryRunTimes {
  let tree = SyntaxTree.parse(text);
  // In the first text of the package, so that everything behind it is at another place.
  const start = text.indexOf("</Name>") - 1;
  let isLonger = false;
  const system = systemNamed("Znuny 7.1.3", "mysql");
  const content = contentOf(new TextEncoder().encode("1;\n"));
  return (operation) => {
    if (edited) {
      tree = tree.edited({
        span: { start, end: isLonger ? start + 1 : start },
        newText: isLonger ? "" : "x",
      });
      isLonger = !isLonger;
    }
    const begin = performance.now();
    const dryRun = new DryRun({
      operation,
      contents: contentsOfSpec(tree, system.framework.dialect, "Bench.sopm", () => content),
      specText: text,
      system,
      isStandIn: true,
      assumeRequirements: true,
      from: operation === "upgrade" ? { kind: "version", version: "0.0.1" } : undefined,
      options: { force: true },
      language: "en",
    });
    if (dryRun.plan.verdict !== "success") throw new Error(`${operation} is refused`);
    const planned = performance.now();
    renderHtmlBody(dryRun.report, { translate: english, interactive: true });
    return { plan: planned - begin, view: performance.now() - begin };
  };
}
