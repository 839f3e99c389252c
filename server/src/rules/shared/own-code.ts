import type { PackageSpec } from "../../model/package-spec.ts";
import type { NamedText } from "../rule.ts";
import type { RuleContext } from "../rule-context.ts";
import { listedTexts } from "./listed-texts.ts";

/** What the code policies of Znuny and OTOBO take for code with comments; other people's is left aside. */
const ownCode = /^(?!Kernel\/cpan-lib\/)(?!.*\/thirdparty\/)(?!.*\.min\.js$).*\.(?:pm|pl|t|psgi|js|tt|dtl)$/;

/**
 * The code of its author that a spec lists, as far as the disk has told what is in it.
 *
 * @param plugin the last part of the name of the plugin of a code policy that a comment in a file may switch off for it
 */
export function* ownCodeFiles(spec: PackageSpec, context: RuleContext, plugin: string): Iterable<NamedText> {
  const filter = new RegExp(`nofilter\\(TidyAll::Plugin::(?:\\w+::)+${plugin}\\)`);
  for (const file of listedTexts(spec, context, ownCode)) if (!filter.test(file.text)) yield file;
}
