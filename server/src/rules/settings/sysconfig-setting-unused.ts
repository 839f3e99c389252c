import type { PackageSpec } from "../../model/package-spec.ts";
import { fileList } from "../../symbols/file-list.ts";
import type { PackageRule } from "../rule.ts";
import type { RuleContext } from "../rule-context.ts";
import { removal } from "../shared/fixes.ts";
import { isLeftOut } from "../shared/listed-file.ts";
import { isFrameworkFamily } from "../shared/setting-names.ts";
import { eachSetting } from "../shared/settings-files.ts";
import { aboutSettings } from "../shared/settings-rules.ts";

const codeFile = /\.(?:pm|pl|t|tt|dtl|js|html|psgi|fpl)$/;

/** Packages with more code bundle somebody else's. */
const mostFiles = 1000;

/** A setting of the package's own that none of its code speaks of changes nothing. */
export const sysconfigSettingUnused: PackageRule = {
  ...aboutSettings,
  id: "sysconfig-setting-unused",
  severity: "hint",
  message: "The setting {name} changes nothing in this package, because none of its files reads it.",

  *check(spec, context) {
    if (context.kind === "archive") return;
    const code = codeOf(spec, context);
    if (!code) return;
    yield undefined;
    yield* eachSetting(spec, context, function* ({ element, name, span }) {
      const [first = ""] = name.split("###");
      if (isFrameworkFamily(first, context) !== false || isSpokenOf(first, code)) return;
      yield { span, arguments: { name }, fixes: [removal(element)] };
    });
  },
};

/** What the package's files say, in one piece; undefined while it is not known, and where there is too much of it or none. */
function codeOf(spec: PackageSpec, context: RuleContext): Code | undefined {
  const { folder } = context;
  const paths = fileList(spec)
    .matching(codeFile)
    .filter(({ path }) => !/^(?:Custom\/)?Kernel\/Language\//.test(path));
  if (paths.length === 0 || paths.length > mostFiles || !folder.textOf) return undefined;
  const texts: string[] = [];
  for (const { path } of paths) {
    if (isLeftOut(path, context)) continue;
    const text = folder.textOf(path);
    // One that cannot be read may speak of anything.
    if (!text) return undefined;
    texts.push(text);
  }
  return texts.length === 0 ? undefined : { texts, prefixes: texts.flatMap(prefixesIn) };
}

interface Code {
  readonly texts: readonly string[];
  /** Beginnings of names that code puts the rest to. */
  readonly prefixes: readonly string[];
}

function prefixesIn(text: string): readonly string[] {
  return [...text.matchAll(/(?<![\w:])((?:\w{1,80}::){1,8})(?:["'$[{]|\w*[$@]\{?\w)/g)].map(
    ([, prefix]) => prefix!,
  );
}

function isSpokenOf(name: string, { texts, prefixes }: Code): boolean {
  return texts.some((text) => text.includes(name)) || prefixes.some((prefix) => name.startsWith(prefix));
}
