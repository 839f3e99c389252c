import type { PackageSpec } from "../model/package-spec.ts";
import type { RuleContext } from "./rule-context.ts";
import { otherBaseFolders } from "./shared/other-base-folders.ts";
import { perlFiles } from "./shared/perl-files.ts";
import { settingsFilesIn } from "./shared/settings-files.ts";

/**
 * Asks the disk for what rules of many a package want to know of it, so that it is known when they run. What only they ask
 * for means another check.
 */
export function askAhead(spec: PackageSpec, context: RuleContext): void {
  const { folder } = context;
  otherBaseFolders(spec, context);
  folder.specs?.();
  folder.gitRules?.();
  askForAll(perlFiles(spec, context));
  askForAll(settingsFilesIn(spec, context));
}

function askForAll(files: Iterable<unknown>): void {
  for (const _ of files);
}
