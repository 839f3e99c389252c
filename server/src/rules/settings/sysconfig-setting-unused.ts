import type { PackageSpec } from "../../model/package-spec.ts";
import { fileList, type ListedFile } from "../../symbols/file-list.ts";
import type { PackageRule } from "../rule.ts";
import type { RuleContext } from "../rule-context.ts";
import { removal } from "../shared/fixes.ts";
import { keptByPart } from "../shared/kept-by-part.ts";
import { isLeftOut } from "../shared/listed-file.ts";
import { isFrameworkFamily } from "../shared/setting-names.ts";
import { eachSetting, settingsFilesIn } from "../shared/settings-files.ts";
import { aboutSettings } from "../shared/settings-rules.ts";

/** Translations speak of settings and read none. */
const codeFile = /^(?!(?:Custom\/)?Kernel\/Language\/).*\.(?:pm|pl|t|tt|dtl|js|html|psgi|fpl)$/s;

/** Packages with more code bundle somebody else's. */
const mostFiles = 1000;

/** A setting of the package's own that none of its code speaks of changes nothing. */
export const sysconfigSettingUnused: PackageRule = {
  ...aboutSettings,
  id: "sysconfig-setting-unused",
  severity: "hint",
  message: "The setting {name} changes nothing in this package, because none of its files reads it.",

  *check(spec, context) {
    if (context.kind === "archive" || !hasSettings(spec, context)) return;
    const code: Code[] = [];
    for (const part of codeOf(spec, context)) {
      if (!part) return;
      code.push(part);
      yield undefined;
    }
    if (code.every(({ texts }) => texts.length === 0)) return;
    yield* eachSetting(spec, context, function* ({ element, name, span }) {
      const [first = ""] = name.split("###");
      if (isFrameworkFamily(first, context) !== false || isSpokenOf(first, code)) return;
      yield { span, arguments: { name }, fixes: [removal(element)] };
    });
  },
};

/** Without any, nobody has to read the code. */
function hasSettings(spec: PackageSpec, context: RuleContext): boolean {
  for (const _ of settingsFilesIn(spec, context)) return true;
  return false;
}

/** What some of the package's files say. */
interface Code {
  readonly texts: readonly string[];
  /** Beginnings of names that code puts the rest to. */
  readonly prefixes: readonly string[];
  /** Which names it speaks of, as far as they were asked for. */
  readonly spokenOf: Map<string, boolean>;
}

/** The code of the package part by part; undefined for a part that is not known. Empty where there is too much. */
function codeOf(spec: PackageSpec, context: RuleContext): Iterable<Code | undefined> {
  return fileList(spec).matching(codeFile).length > mostFiles ? [] : codeByPart(spec, context);
}

const codeByPart = keptByPart(codeIn);

function codeIn(files: readonly ListedFile[], context: RuleContext): Code | undefined {
  const texts: string[] = [];
  for (const { path } of files) {
    if (!codeFile.test(path) || isLeftOut(path, context)) continue;
    const text = context.folder.textOf?.(path);
    // One that cannot be read may speak of anything.
    if (!text) return undefined;
    texts.push(text);
  }
  return { texts, prefixes: texts.flatMap(prefixesIn), spokenOf: new Map() };
}

function prefixesIn(text: string): readonly string[] {
  return [...text.matchAll(/(?<![\w:])((?:\w{1,80}::){1,8})(?:["'$[{]|\w*[$@]\{?\w)/g)].map(
    ([, prefix]) => prefix!,
  );
}

function isSpokenOf(name: string, code: readonly Code[]): boolean {
  return code.some(({ texts, prefixes, spokenOf }) => {
    const known = spokenOf.get(name);
    if (known !== undefined) return known;
    const found =
      texts.some((text) => text.includes(name)) || prefixes.some((prefix) => name.startsWith(prefix));
    spokenOf.set(name, found);
    return found;
  });
}
