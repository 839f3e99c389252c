import type { FileList } from "../model/file-list.ts";
import type { Element } from "../syntax/element.ts";
import type { TextEdit } from "../text/edit.ts";
import { escapeXml } from "./fixes.ts";
import { customaryMode, homeFolders, isLeftOut } from "./listed-file.ts";
import type { Fix } from "./rule.ts";
import type { RuleContext } from "./rule-context.ts";

/** Files on disk that a package would normally contain and that are not listed; undefined while nothing is known. */
export function unlistedFiles(list: FileList, context: RuleContext): readonly string[] | undefined {
  const files = context.folder.files();
  if (!files) return undefined;
  const known = kept.get(list);
  if (known && known.context === context) return known.unlisted;
  const unlisted = expectedFiles(files, context).filter((path) => !list.has(path));
  kept.set(list, { context, unlisted });
  return unlisted;
}

const kept = new WeakMap<FileList, { readonly context: RuleContext; readonly unlisted: readonly string[] }>();

/** The files that a package should list, sorted. Kept, because they change with the disk only. */
function expectedFiles(files: readonly string[], context: RuleContext): readonly string[] {
  let expected = keptExpected.get(context);
  if (!expected) {
    expected = files.filter((path) => isExpected(path, context)).sort();
    keptExpected.set(context, expected);
  }
  return expected;
}

const keptExpected = new WeakMap<RuleContext, readonly string[]>();

/** Documentation may stay outside, and what editors, patches and the framework itself leave behind always does. */
function isExpected(path: string, context: RuleContext): boolean {
  const top = path.slice(0, path.indexOf("/"));
  if (top === "doc" || !(homeFolders as readonly string[]).includes(top)) return false;
  if (/(^|\/)[.#]|~$|\.(bak|orig|rej|save|swp|tmp|custom_backup|backup|opm|sopm)$/.test(path)) return false;
  if (/^var\/(tmp|log)\/|^Kernel\/Config(\.pm|\/Files\/ZZZ\w+\.pm)$/.test(path) || isLeftOut(path, context))
    return false;
  return context.knowledge.isFrameworkFile(path) !== true;
}

/** Entries for files, one text each, written the way the last entry of the list is. */
export function fileEntries(paths: readonly string[], list: Element | undefined): readonly string[] {
  const last = list?.elements.at(-1);
  const names = last?.attributes.map(({ name }) => name) ?? [];
  const locationFirst = names.indexOf("Location") < names.indexOf("Permission");
  const house = last && /^\d?[0-7]{2}[45]$/.test(last.value("Permission") ?? "");
  return paths.map((path) => {
    const mode = customaryMode(path);
    const permission = `Permission="${house ? (mode === "770" ? "755" : "644") : mode}"`;
    const location = `Location="${escapeXml(path)}"`;
    return `<File ${locationFirst && last ? `${location} ${permission}` : `${permission} ${location}`}/>`;
  });
}

/** The fix that lists these files, which `edit` writes. */
export function additionOf(paths: readonly string[], edit: TextEdit): Fix {
  const [first, second] = paths;
  return second === undefined
    ? { title: "Add “{path}” to the file list", arguments: { path: first! }, edits: [edit] }
    : { title: "Add {count} files to the list", arguments: { count: paths.length }, edits: [edit] };
}

/**
 * Writes elements behind the last one that an element holds, each on a line of its own like that one, or as its
 * first. Undefined when there is no place where they could go.
 */
export function appendElements(element: Element, texts: readonly string[]): TextEdit | undefined {
  const last = element.elements.at(-1);
  if (last) {
    const before = lineBreakBefore(element, last) ?? "";
    return {
      span: { start: last.span.end, end: last.span.end },
      newText: texts.map((text) => before + text).join(""),
    };
  }
  const outside = (element.parent && lineBreakBefore(element.parent, element)) ?? "\n    ";
  const content = texts.map((text) => `${outside}    ${text}`).join("") + outside;
  if (element.closing === "end-tag") return { span: element.contentSpan, newText: content };
  if (element.closing !== "empty") return undefined;
  const { end } = element.startTagSpan;
  return { span: { start: end - 2, end }, newText: `>${content}</${element.name}>` };
}

/** The line break and indentation before an element; undefined when other things stand on its line. */
function lineBreakBefore(parent: Element, element: Element): string | undefined {
  let before: string | undefined;
  for (const { node, start } of parent.children()) {
    if (start >= element.start) break;
    before = node.kind === "text" ? /\r?\n[ \t]*$/.exec(node.raw)?.[0] : undefined;
  }
  return before;
}
