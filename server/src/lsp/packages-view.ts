import { defaultDialect } from "../dialect/detect.ts";
import type { LintResult } from "../engine/lint.ts";
import type { KnownPackage } from "../host/known-packages.ts";
import { versionInArchiveName } from "../model/archive-name.ts";
import { isAtLeast } from "../model/version.ts";
import {
  type FindingCounts,
  type PackagesResult,
  packageContentsRequest,
  packagesChangedNotification,
  packagesRequest,
  type WorkspacePackage,
} from "../protocol/packages-view.ts";
import type { Finding } from "../rules/rule.ts";
import { oneLine } from "../text/visible.ts";
import { inDependencyOrder } from "../workspace/dependency-order.ts";
import type { OpenDocument } from "../workspace/open-documents.ts";
import { answer, tell } from "./answer.ts";
import type { Session } from "./session.ts";

/** Milliseconds in which many changes are told of as one; while very many specs are checked, the longer ones. */
const pause = 100;
const longPause = 1000;

/** Keeps what is told of the packages of the workspace where an editor lists them, and tells it when that changes. */
export class PackagesKeeper {
  readonly #session: Session;
  /** By the absolute path of the spec. */
  readonly #counts = new Map<string, FindingCounts>();
  /** What was built since the start: an archive may lie where nobody looks. By the path of the spec. */
  readonly #built = new Map<string, NonNullable<WorkspacePackage["built"]>>();
  #isAsked = false;
  #isToTell = false;
  /** What was told last, to tell only of what has changed. */
  #told = "";

  constructor(session: Session) {
    this.#session = session;
    answer(session, packagesRequest, async () => {
      this.#isAsked = true;
      const result = this.#packages();
      this.#told = JSON.stringify(result);
      return result;
    });
    answer(session, packageContentsRequest, async (params) =>
      (await import("./package-contents.ts")).packageContentsForEditor(params, session),
    );
  }

  /** All findings of an open document are known. */
  checked({ path, kind }: OpenDocument, { findings }: Pick<LintResult, "findings">): void {
    if (path !== undefined && kind === "spec") this.#found(path, findings);
  }

  /** A closed spec was checked. @param findings undefined for one that is not checked any more */
  closedChecked(path: string, findings: readonly Finding[] | undefined): void {
    this.#found(path, findings);
  }

  /** @param spec @param archive absolute paths */
  built(spec: string, archive: string): void {
    const uri = this.#session.world.paths.toUri(archive);
    // What is typed in the spec may be another one by now.
    this.#built.set(spec, { uri, version: oneLine(versionInArchiveName(archive)) });
    this.changed();
  }

  /** Something may have changed: many things do when a branch is checked out, and an editor is told once. */
  changed(): void {
    if (!this.#isAsked || this.#isToTell) return;
    this.#isToTell = true;
    const { connection, workspace, world } = this.#session;
    world.timers.after(workspace.closedSpecs.isBusy ? longPause : pause, () => {
      this.#isToTell = false;
      if (JSON.stringify(this.#packages()) !== this.#told) tell(connection, packagesChangedNotification, {});
    });
  }

  #found(path: string, findings: readonly Finding[] | undefined): void {
    if (findings) this.#counts.set(path, countsOf(findings));
    else this.#counts.delete(path);
    this.changed();
  }

  #packages(): PackagesResult {
    const { workspace, world } = this.#session;
    const specs = new Map(workspace.closedSpecs.paths.map((path) => [path, world.paths.toUri(path)]));
    for (const { kind, path, uri } of workspace.documents.all())
      if (kind === "spec" && path !== undefined) specs.set(path, uri);
    const known = new Map([...specs.keys()].map((path) => [path, workspace.neighbours.known.in(path)[0]]));
    const names = new Set([...known.values()].map((each) => each?.name));
    const packages = [...specs].map(([path, uri]): WorkspacePackage => {
      const found = known.get(path);
      const findings = this.#counts.get(path);
      const built = this.#built.get(path) ?? this.#newestArchiveOf(found);
      return {
        uri,
        name: oneLine(found?.name ?? world.paths.basename(path)),
        version: oneLine(found?.version ?? ""),
        requires: (found?.required ?? []).flatMap(({ name }) => (names.has(name) ? oneLine(name) : [])),
        ...(findings && { findings }),
        ...(built && { built }),
      };
    });
    return { kind: "packages", packages: inDependencyOrder(packages) };
  }

  #newestArchiveOf(spec: KnownPackage | undefined): WorkspacePackage["built"] {
    if (!spec) return undefined;
    const { workspace, world } = this.#session;
    let newest: KnownPackage | undefined;
    for (const each of workspace.neighbours.known.beside(spec.document).named(spec.name)) {
      if (each.kind !== "archive") continue;
      if (!newest || !isAtLeast(newest.version, each.version, defaultDialect)) newest = each;
    }
    return newest && { uri: world.paths.toUri(newest.document), version: oneLine(newest.version) };
  }
}

function countsOf(findings: readonly Finding[]): FindingCounts {
  let [errors, warnings, others] = [0, 0, 0];
  for (const { severity } of findings) {
    if (severity === "error") errors++;
    else if (severity === "warning") warnings++;
    else others++;
  }
  return { errors, warnings, others };
}
