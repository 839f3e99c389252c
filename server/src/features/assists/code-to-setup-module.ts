import { switchAcross } from "../../dialect/switches.ts";
import { codeText } from "../../model/code-text.ts";
import type { PerlText } from "../../perl/perl-text.ts";
import { appendElements, fileEntries } from "../../rules/shared/new-files.ts";
import { codeSection } from "../../symbols/code-section.ts";
import { fileList } from "../../symbols/file-list.ts";
import { phaseOf } from "../section-timing.ts";
import type { Assist, AssistPlace } from "./assist.ts";

/** What a setup module is called must be a word of Perl. */
const plainName = /^[A-Za-z]\w*$/;

/** When the files of the package are there, by section. */
const phaseWithFiles: Readonly<Record<string, string>> = {
  CodeInstall: "post",
  CodeUpgrade: "post",
  CodeReinstall: "post",
  CodeUninstall: "pre",
};

/** What means something else in a sub, or stands in no sub: the framework's own variables, and what ends the text. */
const boundToPlace =
  /[$@%]\{?(?:Self|Param|Structure|Item|Code)\b|@_|\$_\[|\b(?:shift|caller|wantarray|__PACKAGE__|__END__|__DATA__|package|sub|use|no|BEGIN|END)\b|packagesetup|^=/m;

/**
 * Moves the code of a section into a setup module that does not exist yet, as a sub that is named after the section, and
 * calls it. Not offered for code that knows where it runs, nor where it runs while the files of the package are not there.
 */
export function codeToSetupModule(place: AssistPlace): readonly Assist[] {
  const { around, spec, context } = place;
  const section = around[0]!;
  const { packageName = "", releases, folder } = context;
  if (phaseWithFiles[section.name] !== phaseOf(section, spec) || !plainName.test(packageName)) return [];
  if (switchAcross("objectManager", releases) !== "on") return [];
  const path = `var/packagesetup/${packageName}.pm`;
  const fact = folder.factOf(path);
  // Of a path that was not asked for before, the files that were found tell as much.
  const isMissing = fact ? fact.kind === "missing" : folder.files()?.includes(path) === false;
  const isFree = !fileList(spec).has(path) && isMissing;
  const [list] = spec.all("Filelist");
  if (!isFree || !list || spec.all("Filelist").length > 1) return [];
  const { text } = codeText(section);
  const { perl } = codeSection(section);
  if (text.trim() === "" || section.elements.length > 0 || perl.fault || boundToPlace.test(perl.withStrings))
    return [];
  const listed = appendElements(list, fileEntries([path], list));
  if (!listed) return [];
  const { contentSpan } = section;
  const call = `$Kernel::OM->Get('var::packagesetup::${packageName}')->${section.name}();`;
  const lead = /^[ \t]*\r?\n[ \t]*/.exec(text)?.[0] ?? "";
  const tail = /\r?\n[ \t]*$/.exec(text)?.[0] ?? "";
  return [
    {
      title: "Move the code to a new setup module {path}",
      arguments: { path },
      edits: [{ span: contentSpan, newText: `<![CDATA[${lead}${call}${tail}]]>` }, listed],
      newFile: { path, text: moduleText(packageName, section.name, perl) },
    },
  ];
}

function moduleText(packageName: string, sub: string, perl: PerlText): string {
  const asked = perl.withStrings.matchAll(/\$Kernel::OM\s*->\s*Get\s*\(\s*['"]([\w:]+)['"]/g);
  const modules = [...new Set([...asked].map(([, module]) => module!))].sort();
  return `package var::packagesetup::${packageName};

use strict;
use warnings;

our @ObjectDependencies = (
${modules.map((module) => `    '${module}',\n`).join("")});

sub new {
    my ($Type) = @_;

    return bless {}, $Type;
}

sub ${sub} {
    my ($Self) = @_;

${indented(perl)}

    return 1;
}

1;
`;
}

/**
 * The lines of code as they are in a sub, the least indented four blanks deep. Where a line may begin within a string they
 * stay as they are.
 */
function indented({ source, withStrings, code }: PerlText): string {
  const starts = [...source.matchAll(/^[ \t]*(?=\S)/gm)].map(({ index, 0: blanks }) => index + blanks.length);
  const isPlain = starts.every((at) => withStrings[at] === code[at]);
  const lines = source.split(/\r?\n/);
  while (lines[0]?.trim() === "") lines.shift();
  while (lines.at(-1)?.trim() === "") lines.pop();
  if (!isPlain) return lines.join("\n");
  const depths = lines.filter((line) => line.trim() !== "").map((line) => line.search(/\S/));
  const depth = Math.min(...depths);
  return lines.map((line) => (line.trim() === "" ? "" : `    ${line.slice(depth)}`)).join("\n");
}
