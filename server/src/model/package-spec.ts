import type { Element, Located } from "../syntax/element.ts";
import type { SyntaxTree } from "../syntax/tree.ts";
import { memo } from "../text/memo.ts";

/** Families of sections: elements of one name belong together. */
export const codeFamilies = ["CodeInstall", "CodeUpgrade", "CodeReinstall", "CodeUninstall"] as const;
export const databaseFamilies = [
  "DatabaseInstall",
  "DatabaseUpgrade",
  "DatabaseReinstall",
  "DatabaseUninstall",
] as const;
export const introFamilies = ["IntroInstall", "IntroUpgrade", "IntroReinstall", "IntroUninstall"] as const;

export type CodeFamily = (typeof codeFamilies)[number];
export type DatabaseFamily = (typeof databaseFamilies)[number];

/** Tells whether an element of this name is a database section. */
export function isDatabaseFamily(name: string): name is DatabaseFamily {
  return (databaseFamilies as readonly string[]).includes(name);
}

/** What somebody looked at: elements of these names, or possibly anything. */
export interface Reads {
  readonly names: Set<string>;
  everything: boolean;
}

/** The package that a tree tells of: one for each tree, so that what was looked up is not looked up again. */
export const specOf = memo((tree: SyntaxTree) => new PackageSpec(tree));

/**
 * A package as its spec tells it, for reading while the author types.
 *
 * Everything is looked up when asked for, from the tree and with the tree's places, and nothing is judged. Elements
 * are found the way the frameworks' package parser does it: by name, the nesting being looked at only where it
 * tells sections and files apart; of elements that count once the last one counts (Znuny 7.1, PackageParse).
 */
class PackageSpec {
  readonly #tree: SyntaxTree;
  readonly #root: Element | undefined;
  #byName: Map<string, Element[]> | undefined;
  #files: readonly Element[] | undefined;
  #reads: Reads | undefined;

  constructor(tree: SyntaxTree) {
    this.#tree = tree;
    this.#root = tree.root;
  }

  get tree(): SyntaxTree {
    if (this.#reads) this.#reads.everything = true;
    return this.#tree;
  }

  get root(): Element | undefined {
    if (this.#reads) this.#reads.everything = true;
    return this.#root;
  }

  /** All elements of a name below the root, in document order, also inside `PackageMerge` and unknown elements. */
  all(name: string): readonly Element[] {
    this.#reads?.names.add(name);
    return this.#index().get(name) ?? [];
  }

  /**
   * Notes from now on what of the package is looked at, so that the result of some work can be kept.
   *
   * @returns to be called when the work is done; it tells what was looked at, be it for that work or meanwhile
   */
  noteReads(): () => Readonly<Reads> {
    const outer = this.#reads;
    const reads: Reads = { names: new Set(), everything: false };
    this.#reads = reads;
    return () => {
      this.#reads = outer;
      return reads;
    };
  }

  /** The element that counts where only one can: the last. */
  last(name: string): Element | undefined {
    return this.all(name).at(-1);
  }

  /** The text of the last element of a name, untrimmed as the frameworks take it; undefined when there is none. */
  textOf(name: string): Located | undefined {
    return this.last(name)?.text;
  }

  /** The package name; undefined when the tag is missing or empty. */
  get name(): string | undefined {
    return this.textOf("Name")?.value || undefined;
  }

  /** The package version; undefined when the tag is missing or empty. */
  get version(): string | undefined {
    return this.textOf("Version")?.value || undefined;
  }

  /** The texts of all `Framework` elements, in document order. */
  get frameworks(): readonly string[] {
    return this.all("Framework").map(({ text }) => text.value);
  }

  /** Every element directly in a `Filelist`, whatever its name: the parser takes them all for files. */
  get files(): readonly Element[] {
    const lists = this.all("Filelist");
    this.#files ??= lists.flatMap(({ elements }) => elements);
    return this.#files;
  }

  /** The elements of all these families, in document order. */
  sections(families: readonly string[]): readonly Element[] {
    return families.flatMap((family) => this.all(family)).sort((a, b) => a.start - b.start);
  }

  #index(): Map<string, Element[]> {
    if (this.#byName) return this.#byName;
    const index = new Map<string, Element[]>();
    const waiting: Element[] = [];
    if (this.#root) pushReversed(waiting, this.#root.elements);
    for (let element = waiting.pop(); element; element = waiting.pop()) {
      const list = index.get(element.name);
      if (list) list.push(element);
      else index.set(element.name, [element]);
      if (!isClosedWorld(element.name)) pushReversed(waiting, element.elements);
    }
    this.#byName = index;
    return index;
  }
}

/** The elements last first, so that the first is taken next. A spread would overflow the stack with very many. */
function pushReversed(waiting: Element[], elements: readonly Element[]): void {
  for (let index = elements.length - 1; index >= 0; index--) waiting.push(elements[index]!);
}

/** Below these the elements are files, columns and rows; metadata that strayed in there is found by a rule of its own. */
function isClosedWorld(name: string): boolean {
  return name === "Filelist" || name.startsWith("Database");
}

export type { PackageSpec };
