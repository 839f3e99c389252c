import type { Paths } from "../host/paths.ts";
import type { Message } from "../l10n/translate.ts";
import type { Finding } from "../rules/rule.ts";

/**
 * How to name the folder that has the files of a spec, when a finding says that they are elsewhere.
 *
 * @param base as it was given; undefined for the folder of the spec
 */
export function baseFolderHint(
  spec: string,
  base: string | undefined,
  findings: readonly Finding[],
  { dirname, join }: Paths,
): Message | undefined {
  const folder = findings
    .flatMap(({ fixes = [] }) => fixes)
    .find((fix) => fix.baseFolder !== undefined)?.baseFolder;
  if (folder === undefined) return undefined;
  return {
    text: "Pass --base “{folder}” to have the files looked for where they are.",
    values: { folder: join(base ?? dirname(spec), folder) },
  };
}
