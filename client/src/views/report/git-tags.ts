import * as vscode from "vscode";

/** A spec as it was at a tag. */
export interface TaggedSpec {
  readonly tag: string;
  /** @throws when there was no such file then */
  readonly read: () => Promise<string>;
}

/** What we use of the API, version 1, of the Git extension that comes with the editor. */
interface GitExtension {
  readonly enabled: boolean;
  getAPI(version: 1): { getRepository(uri: vscode.Uri): Repository | null };
}

interface Repository {
  getRefs(query: { pattern?: string; sort?: "committerdate" }): Promise<readonly GitRef[]>;
  show(ref: string, path: string): Promise<string>;
}

interface GitRef {
  readonly type: number;
  readonly name?: string;
}

const tagType = 2;

/** More than anybody looks through. */
const shownTags = 100;

/**
 * The tags of the repository that a spec lies in, newest first. We start no program for it: the editor's own Git
 * extension is asked, and where that is absent or off there are none.
 */
export async function tagsOf(spec: vscode.Uri): Promise<readonly TaggedSpec[]> {
  try {
    const extension = vscode.extensions.getExtension<GitExtension>("vscode.git");
    const git = await extension?.activate();
    const repository = git?.enabled ? git.getAPI(1).getRepository(spec) : null;
    if (!repository) return [];
    const refs = await repository.getRefs({ pattern: "refs/tags/*", sort: "committerdate" });
    return refs
      .flatMap(({ type, name }) => (type === tagType && name !== undefined ? [name] : []))
      .slice(0, shownTags)
      .map((tag) => ({ tag, read: () => repository.show(tag, spec.fsPath) }));
  } catch {
    // Another version of the extension, or Git itself is missing.
    return [];
  }
}
