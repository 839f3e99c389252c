import {
  isTrue,
  type PackageStructure,
  type RepeatedName,
  type StartTag,
} from "../model/package-structure.ts";
import type { Operation } from "./operation.ts";

/** Before the operation, or after it when it was successful. */
export type IntroPhase = "pre" | "post";

/** An intro as the console command prints it. */
export interface ConsoleIntro {
  readonly tag: StartTag;
  /** All that is printed: a box of lines with name and version, title and text, each line ending with a line break. */
  readonly box: string;
}

/** An intro as the admin screen shows it. */
export interface AdminIntro {
  /** What it was taken from; undefined for a box that shows nothing. */
  readonly tag: StartTag | undefined;
  readonly title: string;
  /** HTML of the package, as written: whoever shows it has to sanitise it. Empty for a box that shows nothing. */
  readonly html: string;
}

/**
 * What the console command prints of a package's intros.
 *
 * The first English text of the phase is taken, else the first one there is. Behind an uninstallation nothing is
 * printed ever: the command looks for a name under which no intro is kept.
 *
 * @source Znuny 7.1 and OTOBO 11, console commands Admin::Package::Install, Upgrade, Reinstall and Uninstall
 */
export function consoleIntro(
  structure: PackageStructure,
  operation: Operation,
  phase: IntroPhase,
): ConsoleIntro | undefined {
  if (operation === "uninstall" && phase === "post") return undefined;
  const inPhase = structure.repeated[introFamily[operation]].filter(
    ({ attributes }) => attributes.get("Type")?.toLowerCase() === phase,
  );
  const withText = inPhase.filter(({ content }) => isTrue(content));
  const tag = withText.find(({ attributes }) => attributes.get("Lang") === "en") ?? withText[0];
  if (!tag) return undefined;
  const text = wrapped(plainText(tag.content!));
  if (!isTrue(text)) return undefined;
  const { Name, Version } = structure.single;
  const title = tag.attributes.get("Title");
  return {
    tag,
    box: [
      boxBorder,
      `| ${Name?.content ?? ""}-${Version?.content ?? ""}\n`,
      isTrue(title) ? wrapped(title!) : "",
      text,
      boxBorder,
    ].join(""),
  };
}

/**
 * What the admin screen shows of a package's intros.
 *
 * Of the entries whose Type begins with the phase the last one in the reader's language is taken, else the first
 * English one. When there are entries for the phase but neither language is among them, the first text of the family
 * is shown, whatever its phase. Behind an uninstallation an empty box is shown.
 *
 * @param language of the reader, such as "de"
 * @source Znuny 7.1 and OTOBO 11, AdminPackageManager
 */
export function adminIntro(
  structure: PackageStructure,
  operation: Operation,
  phase: IntroPhase,
  language: string,
): AdminIntro | undefined {
  const family = structure.repeated[introFamily[operation]];
  const inPhase = family.filter(({ attributes }) =>
    (attributes.get("Type") ?? "").toLowerCase().startsWith(phase),
  );
  if (inPhase.length === 0) return undefined;
  if (operation === "uninstall" && phase === "post") return { tag: undefined, title: "", html: "" };
  const htmlOf = (tag: StartTag) => (inPhase.includes(tag) ? formatted(tag) : (tag.content ?? ""));
  let chosen: StartTag | undefined;
  for (const tag of inPhase) {
    const own = tag.attributes.get("Lang");
    if (own === "en" && (!chosen || !isTrue(htmlOf(chosen)))) chosen = tag;
    if (own === language) chosen = tag;
  }
  if (!chosen || !isTrue(htmlOf(chosen))) {
    chosen = family.find((tag) => isTrue(htmlOf(tag))) ?? family.at(-1)!;
  }
  const intro = { tag: chosen, title: chosen.attributes.get("Title") ?? "", html: htmlOf(chosen) };
  return isTrue(intro.html) || isTrue(intro.title) ? intro : undefined;
}

/** The elements that hold the texts of an operation. */
export const introFamily = {
  install: "IntroInstall",
  upgrade: "IntroUpgrade",
  reinstall: "IntroReinstall",
  uninstall: "IntroUninstall",
} as const satisfies Record<Operation, RepeatedName>;

function formatted({ attributes, content = "" }: StartTag): string {
  return /plain/i.test(attributes.get("Format") ?? "") ? `<pre>${content}</pre>` : content;
}

const boxBorder = `+${"-".repeat(76)}+\n`;

/**
 * Breaks a text into lines of 4 to 78 characters, each with a bar in front. What comes short of four characters, or
 * cannot be broken, stays as it is: without bar, and without a line break of its own.
 */
function wrapped(text: string): string {
  return text.replace(/([^\n]{4,78})(?:\s|$)/gu, "| $1\n");
}

/** The text of an HTML fragment, the way the console makes it: breaks and blocks count, everything else is dropped. */
function plainText(html: string): string {
  let text = html.replace(/^\s+/gm, "").replace(/[\n\r]/g, " ");
  text = withoutStyles(text);
  text = replaceTags(text, (name) => {
    if (/^br\/?$/i.test(name)) return "\n";
    if (/^(?:hr|\/?(?:p|table|code)|tr|th)/i.test(name)) return "\n\n";
    return "";
  });
  return text
    .replaceAll("  ", " ")
    .replaceAll("&amp;", "&")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"');
}

/** Everything from the first style sheet to the end of the last one goes. */
function withoutStyles(text: string): string {
  const lower = text.toLowerCase();
  const start = lower.indexOf("<style");
  const contentStart = start < 0 ? -1 : lower.indexOf(">", start + "<style".length + 1);
  const end = lower.lastIndexOf("</style>");
  if (contentStart < 0 || end <= contentStart) return text;
  return text.slice(0, start) + text.slice(end + "</style>".length);
}

/** A tag reaches to the next `>`, wherever that is; a `<` without one is text. */
function replaceTags(text: string, replace: (inside: string) => string): string {
  const end = text.lastIndexOf(">") + 1;
  const markup = text.slice(0, end).replace(/<([^>]+)>/g, (_, inside: string) => replace(inside));
  return markup + text.slice(end);
}
