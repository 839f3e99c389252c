import type { PackageSpec } from "../../model/package-spec.ts";
import type { FileList, ListedFile } from "../../symbols/file-list.ts";
import { Element } from "../../syntax/element.ts";
import { isElement, type SyntaxNode } from "../../syntax/node.ts";
import type { TextEdit } from "../../text/edit.ts";
import { escapeXml } from "../../text/escape.ts";
import { memo } from "../../text/memo.ts";
import type { Fix } from "../rule.ts";
import type { RuleContext } from "../rule-context.ts";
import { ignoringLine, isPassedOver } from "./git-files.ts";
import { customaryMode, homeFolders, isLeftOut } from "./listed-file.ts";

/** Files on disk that a package would normally contain and that are not listed; undefined while nothing is known. */
export function unlistedFiles(list: FileList, context: RuleContext): readonly string[] | undefined {
  const files = context.folder.files();
  if (!files) return undefined;
  return expectedFiles(context, files).notIn(list);
}

const expectedFiles = memo(
  (context: RuleContext, files: readonly string[]) =>
    new ExpectedFiles(files.filter((path) => isExpected(path, context)).sort()),
);

/**
 * The files that a package should list, and which of them are not listed. The disk may hold ten thousand, so after an
 * edit only those are looked at that stand in the changed part of the list.
 */
class ExpectedFiles {
  readonly #paths: readonly string[];
  /** How often each path is listed, by what it is in lower case. */
  readonly #counts: Map<string, number>;
  #parts: ReadonlySet<readonly string[]> = new Set();
  #unlisted: readonly string[] | undefined;

  constructor(paths: readonly string[]) {
    this.#paths = paths;
    this.#counts = new Map(paths.map((path) => [path.toLowerCase(), 0]));
  }

  notIn(list: FileList): readonly string[] {
    const parts = new Set<readonly string[]>(
      list.summaries(this, (files) => files.map(meantPath).filter((path) => this.#counts.has(path))),
    );
    for (const part of this.#parts) if (!parts.has(part)) this.#count(part, -1);
    for (const part of parts) if (!this.#parts.has(part)) this.#count(part, 1);
    this.#parts = parts;
    this.#unlisted ??= this.#paths.filter((path) => this.#counts.get(path.toLowerCase()) === 0);
    return this.#unlisted;
  }

  #count(part: readonly string[], step: 1 | -1): void {
    for (const path of part) {
      const before = this.#counts.get(path)!;
      this.#counts.set(path, before + step);
      if (before === 0 || before + step === 0) this.#unlisted = undefined;
    }
  }
}

/**
 * The file that an entry is about, in lower case. One that is written in other letters or from the root of the disk on is
 * the business of rules about its path: it was not forgotten.
 */
function meantPath({ folded }: ListedFile): string {
  return folded.replace(/^\/+/, "");
}

/** Documentation may stay outside, and what editors, patches and the framework itself leave behind always does. */
function isExpected(path: string, context: RuleContext): boolean {
  const top = path.slice(0, path.indexOf("/"));
  if (top === "doc" || !(homeFolders as readonly string[]).includes(top)) return false;
  if (/(^|\/)[.#]|~$|\.(bak|orig|rej|save|swp|tmp|custom_backup|backup|opm|sopm)$/.test(path)) return false;
  if (/^var\/(tmp|log)\/|^Kernel\/Config(\.pm|\/Files\/ZZZ\w+\.pm)$/.test(path) || isLeftOut(path, context))
    return false;
  return context.knowledge.isFrameworkFile(path) !== true;
}

/** More files than this are not added to the list by a fix. */
export const additionLimit = 500;

/** Leaves out the files that could not be installed if they were listed, as far as that is known of so few. */
export function installable(paths: readonly string[], { folder }: RuleContext): readonly string[] {
  if (paths.length > additionLimit) return paths;
  return paths.filter((path) => {
    const fact = folder.factOf(path);
    return !fact || (fact.kind === "file" && fact.size > 0 && !fact.leavesBase);
  });
}

/**
 * Of files that are not listed those that a package would have: what Git ignores was made by a tool, or is for its author
 * alone, and what opmbuild is told to pass over is known to be none.
 */
export function addable(paths: readonly string[], context: RuleContext): readonly string[] {
  const found = installable(paths, context);
  if (found.length > additionLimit) return found;
  return found.filter((path) => !ignoringLine(path, context.folder) && !isPassedOver(path, context.folder));
}

/** Entries for files, one text each, written the way the last entry of the list is. */
export function fileEntries(paths: readonly string[], list: Element | undefined): readonly string[] {
  const last = list && lastChild(list, isElement)?.element;
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

/** Lists files behind those that a package lists, or in a list of its own at the end; undefined where neither can be. */
export function listing(spec: PackageSpec, paths: readonly string[]): TextEdit | undefined {
  const filelist = spec.last("Filelist");
  const entries = fileEntries(paths, filelist);
  if (filelist) return appendElements(filelist, entries);
  const list = `<Filelist>${entries.map((entry) => `\n        ${entry}`).join("")}\n    </Filelist>`;
  return spec.root && appendElements(spec.root, [list]);
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
  const last = lastChild(element, isElement);
  const outside = (element.parent && lineBreakBefore(element.parent, element)) ?? "\n    ";
  const inside = last ? (last.lineBreak ?? "") : `${outside}    `;
  const newText = texts.map((text) => inside + text).join("");
  // Without an element there may still be comments, which stay.
  const behind = last ?? lastChild(element, (node) => node.kind !== "text");
  if (behind) return { span: { start: behind.end, end: behind.end }, newText };
  if (element.closing === "end-tag") return { span: element.contentSpan, newText: newText + outside };
  if (element.closing !== "empty") return undefined;
  const { end } = element.startTagSpan;
  return { span: { start: end - 2, end }, newText: `>${newText}${outside}</${element.name}>` };
}

interface LastChild {
  /** Undefined for comments and the like. */
  readonly element: Element | undefined;
  readonly end: number;
  /** The line break and indentation before it; undefined when other things stand on its line. */
  readonly lineBreak: string | undefined;
}

/** The last child that passes the test. It is looked for from the end, because a list may have ten thousand. */
function lastChild(parent: Element, test: (node: SyntaxNode) => boolean): LastChild | undefined {
  let end = parent.contentSpan.end;
  const { blocks } = parent.node.content;
  for (let block = blocks.length - 1; block >= 0; block--) {
    const { nodes } = blocks[block]!;
    for (let index = nodes.length - 1; index >= 0; index--) {
      const node = nodes[index]!;
      if (test(node)) {
        const element = node.kind === "element" ? new Element(node, end - node.width, parent) : undefined;
        return { element, end, lineBreak: lineBreakIn(nodes[index - 1] ?? blocks[block - 1]?.nodes.at(-1)) };
      }
      end -= node.width;
    }
  }
  return undefined;
}

function lineBreakBefore(parent: Element, element: Element): string | undefined {
  let before: SyntaxNode | undefined;
  for (const { node, start } of parent.children()) {
    if (start >= element.start) break;
    before = node;
  }
  return lineBreakIn(before);
}

function lineBreakIn(before: SyntaxNode | undefined): string | undefined {
  return before?.kind === "text" ? /\r?\n[ \t]*$/.exec(before.raw)?.[0] : undefined;
}
