import { isBuildVersion } from "../builder/plan-archive.ts";
import { isArchiveName } from "../model/archive-name.ts";
import { isVersionText } from "../text/version-text.ts";
import { UsageError } from "./usage-error.ts";

/** @throws UsageError for what is no version at all */
export function requireVersionText(value: string | undefined): void {
  if (value !== undefined && !isVersionText(value))
    throw new UsageError("“{value}” is no version such as 1.0.0.", { value });
}

/**
 * Makes sure that specs can be looked at as the version that was typed.
 *
 * @param paths what is to be looked at
 * @throws UsageError when no package is built as it, and for an archive, whose version is settled
 */
export function requireVersion(version: string | undefined, paths: readonly string[]): void {
  if (version === undefined) return;
  if (!isBuildVersion(version)) {
    throw new UsageError(
      "“{version}” is no version to build with: it takes three groups of one to four digits, such as 1.2.3.",
      { version },
    );
  }
  const archive = paths.find(isArchiveName);
  if (archive !== undefined) {
    throw new UsageError("“{path}” is an archive and has its version; --version is for specs.", {
      path: archive,
    });
  }
}
