import type { PackageContents } from "../builder/package-contents.ts";
import type { Release } from "../dialect/switches.ts";
import { type SiblingPackages, unlessUnreadable } from "../engine/sibling-packages.ts";
import { specOf } from "../model/package-spec.ts";
import { SyntaxTree } from "../syntax/tree.ts";
import { decodeText } from "../text/decode.ts";
import { memo } from "../text/memo.ts";
import { foundVersions } from "./found-versions.ts";
import { readEditorPackage } from "./read-package.ts";
import type { Session } from "./session.ts";

/**
 * The packages of the workspace: every spec that is open, and those on disk that the workspace knows. Texts come from the
 * editor where it has them.
 */
export function workspacePackages(session: Session): SiblingPackages {
  return {
    async versionsOf(name) {
      for (const uri of specsOf(session))
        if ((await nameOf(uri, session)) === name) return (await foundVersions(uri, session, false)).versions;
      return [];
    },
    async named(name, release) {
      const found: PackageContents[] = [];
      for (const uri of specsOf(session)) {
        if ((await nameOf(uri, session)) !== name) continue;
        const contents = await contentsOf(uri, release, session);
        if (contents?.structure?.single.Name?.content === name) found.push(contents);
      }
      return found;
    },
  };
}

function specsOf({ workspace, world }: Session): ReadonlySet<string> {
  const open = workspace.documents.all().filter(({ kind }) => kind === "spec");
  const isOpen = new Set(open.map(({ path }) => path));
  const closed = workspace.closedSpecs.paths.filter((path) => !isOpen.has(path));
  return new Set([...open.map(({ uri }) => uri), ...closed.map((path) => world.paths.toUri(path))]);
}

async function contentsOf(
  uri: string,
  release: Release,
  session: Session,
): Promise<PackageContents | undefined> {
  const settings = await session.settingsFor(uri);
  return unlessUnreadable(async () => (await readEditorPackage(uri, release, settings, session)).contents);
}

/** The name that a spec gives its package. A file that has not changed since is not read again. */
async function nameOf(uri: string, session: Session): Promise<string | undefined> {
  const document = session.documentOf(uri);
  if (document) return specOf(document.tree).name;
  const { packages, paths } = session.world;
  const path = paths.fromUri(uri);
  if (path === undefined) return undefined;
  return unlessUnreadable(async () => {
    const names = namesIn(session);
    const stamp = await packages.stampOf(path);
    const known = names.get(path);
    if (known && known.stamp === stamp) return known.name;
    const { text, problem } = decodeText(await packages.spec(path));
    const name = problem ? undefined : specOf(SyntaxTree.parse(text)).name;
    names.set(path, { stamp, name });
    return name;
  });
}

const namesIn = memo(
  (_session: Session) =>
    new Map<string, { readonly stamp: string | undefined; readonly name: string | undefined }>(),
);
