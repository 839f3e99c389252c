import { fileElement, type ListedFile } from "../../symbols/file-list.ts";
import type { PackageRule, Report } from "../rule.ts";
import {
  attributesOf,
  type GitAttributes,
  type GitDecision,
  questionToGit,
  saying,
} from "../shared/git-files.ts";

/** What is built is what lies in the working tree, and Git may put something else there for others. */
export const fileVcsConverted: PackageRule = {
  id: "file-vcs-converted",
  scope: "package",
  elements: ["Filelist"],
  isOfAnyFramework: true,
  severity: "warning",
  message: {
    crlf: "Packages of other checkouts may hold another “{path}”, because Git may convert its line ends (CRLF).",
    crlfMany:
      "Packages of other checkouts may hold other files, because Git may convert the line ends (CRLF) of {count} files, such as “{path}”.",
    lost: "Packages of other checkouts hold another “{path}”, because its line ends are not those that Git gives it there.",
    ident: "Packages of other checkouts may hold another “{path}”, because Git writes into its “$Id$”.",
    filter:
      "Packages of some checkouts hold another “{path}”, because Git passes it through the filter “{name}”.",
    told: "Git converts the line ends of “{path}”. Packages are built from what lies here, whatever it would check out.",
    toldMany:
      "Git converts the line ends of {count} files, such as “{path}”. Packages are built from what lies here, whatever it would check out.",
  },

  *check(spec, context) {
    const crlf: ListedFile[] = [];
    const told: { readonly file: ListedFile; readonly by: GitDecision }[] = [];
    for (const converted of conversions(spec, context)) {
      for (const { file, answer: found } of converted) {
        if (found === "crlf") crlf.push(file);
        else if (found.variant === "told") told.push({ file, by: found.by });
        else
          yield {
            span: placeOf(file),
            variant: found.variant,
            arguments: { path: file.path, ...(found.name !== undefined && { name: found.name }) },
            related: [saying(found.by)],
          };
      }
      yield undefined;
    }
    const [first] = crlf;
    if (first) yield { span: placeOf(first), ...counted("crlf", crlf) };
    const [line] = told;
    if (line)
      yield {
        span: placeOf(line.file),
        ...counted(
          "told",
          told.map(({ file }) => file),
        ),
        severity: "hint",
        related: [saying(line.by)],
      };

    function placeOf(file: ListedFile) {
      return fileElement(spec, file).attribute("Location")!.valueSpan;
    }
  },
};

function counted(variant: string, files: readonly ListedFile[]): Pick<Report, "variant" | "arguments"> {
  const [{ path }] = files as [ListedFile];
  if (files.length === 1) return { variant, arguments: { path } };
  return { variant: `${variant}Many`, arguments: { path, count: files.length } };
}

/** Files whose line ends somebody may want to convert. */
const textName =
  /\.(?:pm|pl|t|pod|sh|tt|dtl|js|mjs|ts|css|scss|less|xml|xsd|dtd|html?|txt|md|json|ya?ml|sql|csv|svg|fpl|psgi|conf|dist)$/;

type Conversion =
  | "crlf"
  | {
      readonly variant: "lost" | "ident" | "filter" | "told";
      readonly by: GitDecision;
      readonly name?: string;
    };

const conversions = questionToGit((path, folder) => {
  const attributes = attributesOf(path, folder);
  return attributes && conversionOf(attributes, textName.test(path) ? folder.textOf?.(path) : undefined);
});

/** @param text what is in the file; undefined while it is not known, or for one that is not read */
function conversionOf(attributes: GitAttributes, text: string | undefined): Conversion | undefined {
  const filter = attributes.get("filter");
  if (typeof filter?.value === "string") return { variant: "filter", by: filter.by, name: filter.value };
  if (!text || text.includes("\0")) return undefined;
  const ident = attributes.get("ident");
  if (ident?.value === true && /\$Id(?:: [^$\n]*)?\$/.test(text)) return { variant: "ident", by: ident.by };
  const hasCrlf = text.includes("\r\n");
  // The older name for it.
  const said = attributes.get("text") ?? attributes.get("crlf");
  const eol = attributes.get("eol");
  if (said?.value === false) return undefined;
  const end = said?.value === "input" ? "lf" : eol?.value;
  const by = eol?.by ?? said?.by;
  if (!by) return hasCrlf ? "crlf" : undefined;
  if (end === "crlf") return /(?<!\r)\n/.test(text) ? { variant: "lost", by } : undefined;
  if (end === "lf" && hasCrlf) return { variant: "lost", by };
  // With the line ends of each system it depends on the system.
  return hasCrlf ? "crlf" : { variant: "told", by };
}
