import { contentsOfArchive } from "../../server/src/builder/contents-of-archive.ts";
import type { PackageContents } from "../../server/src/builder/package-contents.ts";
import { Database } from "../../server/src/database/database.ts";
import { noKnowledge } from "../../server/src/knowledge/knowledge.ts";
import { joinSources } from "../../server/src/repository/joined-sources.ts";
import { onlineList } from "../../server/src/repository/online-list.ts";
import { planUpgradeAll } from "../../server/src/repository/plan-upgrade-all.ts";
import type { IndexReading } from "../../server/src/repository/read-index.ts";
import { SystemFacts } from "../../server/src/system/system-facts.ts";
import type { SystemState } from "../../server/src/system/system-state.ts";

/** Milliseconds that the parts of one plan take. */
export interface UpgradeTimes {
  /** Indexes read, sources joined, order and tasks found: what is shown before anybody agrees. */
  readonly plan: number;
  /** Every single upgrade planned step by step. */
  readonly steps: number;
}

/**
 * A system with many packages, each of which requires some of those before it and has a newer version in one of two
 * repositories.
 *
 * @returns makes the plan anew from the texts of the indexes
 */
export function upgradePlanner(packages: number, entries: number): () => Promise<UpgradeTimes> {
  const name = (index: number) => `Package${String(index).padStart(4, "0")}`;
  const requirements = (index: number) =>
    [1, 7, 31]
      .filter((step) => index >= step)
      .map((step) => `<PackageRequired Version="1.0.0">${name(index - step)}</PackageRequired>`)
      .join("");
  const archive = (index: number, version: string): PackageContents => {
    const files = [1, 2, 3].map(
      (file) =>
        `<File Location="Kernel/System/${name(index)}/${file}.pm" Permission="644" Encode="Base64">MTs=</File>`,
    );
    const text =
      `<otrs_package version="1.1"><Name>${name(index)}</Name><Version>${version}</Version><Vendor>V</Vendor>` +
      `<Framework>7.1.x</Framework>${requirements(index)}<Filelist>${files.join("")}</Filelist></otrs_package>`;
    return contentsOfArchive(new TextEncoder().encode(text), undefined, "znuny-7", `${index} ${version}`);
  };
  const installed = Array.from({ length: packages }, (_, index) => archive(index, "1.0.0"));
  const offered = new Map(
    Array.from({ length: packages }, (_, index) => [name(index), archive(index, "1.1.0")]),
  );
  const texts = [0, 1].map((source) => indexText(name, requirements, entries / 2, packages, source));
  const system = systemWith(installed, name);
  return async () => {
    const start = performance.now();
    const joined = joinSources({
      dialect: "znuny-7",
      framework: "7.1.7",
      packages: system.packages,
      sources: [0, 1].map((source) => ({ name: `${source}`, url: `${source}`, header: undefined })),
      download: ({ url }) => texts[Number(url.slice(0, 1))],
    });
    const plan = planUpgradeAll(system, joined, async ({ entry }) => offered.get(entry.name));
    const planned = performance.now();
    if (plan.tasks.length !== packages) throw new Error(`${plan.tasks.length} tasks`);
    for await (const { outcome } of plan.results()) if (outcome !== "Updated") throw new Error(outcome);
    return { plan: planned - start, steps: performance.now() - planned };
  };
}

/**
 * A repository's index of so many entries.
 *
 * @param readings keeps what was read, as for a view that is open
 * @returns reads it, and makes the list that is offered of it, in milliseconds
 */
export function listReader(entries: number, readings?: Map<string, IndexReading>): () => number {
  const text = indexText(
    (index) => `Package${String(index).padStart(4, "0")}`,
    (index) => `<PackageRequired Version="1.0.0">Package${index}</PackageRequired>`,
    entries,
    500,
    0,
  );
  return () => {
    const start = performance.now();
    const { packages } = onlineList("one", {
      ...{ dialect: "znuny-7", framework: "7.1.7", packages: [], download: () => text },
      sources: [{ name: "one", url: "one", header: undefined }],
      ...(readings && { readings }),
    });
    if (packages.length !== 500) throw new Error(`${packages.length} packages`);
    return performance.now() - start;
  };
}

/** Old versions fill the index up to its length. */
function indexText(
  name: (index: number) => string,
  requirements: (index: number) => string,
  entries: number,
  packages: number,
  source: number,
): string {
  const lines = Array.from({ length: entries }, (_, line) => {
    const index = line % packages;
    const version = line < packages ? "1.1.0" : `0.${Math.floor(line / packages)}.${source}`;
    return (
      `<Package>\n    <Name>${name(index)}</Name>\n    <Version>${version}</Version>\n    <Vendor>V</Vendor>\n` +
      '    <License>GNU GENERAL PUBLIC LICENSE Version 3</License>\n    <Description Lang="en">A package.</Description>\n' +
      `    <ChangeLog Date="2024-05-02" Version="${version}">A change.</ChangeLog>\n    <Framework>7.1.x</Framework>\n` +
      `    ${requirements(index)}\n    <Filelist>\n    </Filelist>\n  <File>${name(index)}-${version}.opm</File>\n</Package>\n`
    );
  });
  return `<?xml version="1.0" encoding="utf-8" ?>\n<otrs_package_list version="1.0">\n${lines.join("")}</otrs_package_list>\n`;
}

function systemWith(installed: readonly PackageContents[], name: (index: number) => string): SystemState {
  const archives = new Map(installed.map((contents) => [contents.digest, contents]));
  const folder = { kind: "folder", mode: 0o755 } as const;
  const entries = new Map(
    installed.flatMap(({ files }) =>
      files.map(({ location = "", content }) => [
        location,
        { kind: "file", mode: 0o644, content: content! } as const,
      ]),
    ),
  );
  return {
    framework: {
      product: "Znuny",
      version: "7.1.7",
      dialect: "znuny-7",
      operatingSystem: "linux",
      perlModules: new Map(),
      assumeModules: true,
      knowledge: noKnowledge,
    },
    packages: installed.map(({ digest }, index) => ({
      ...{ name: name(index), version: "1.0.0", vendor: "V", digest },
      status: "installed",
    })),
    archives: { contents: (digest) => archives.get(digest)! },
    home: {
      entry: (path) => entries.get(path) ?? (path.endsWith(".pm") ? undefined : folder),
      isFrameworkFile: () => false,
      list: () => [],
    },
    database: new Database("mysql", noKnowledge),
    settings: new Map(),
    facts: new SystemFacts(),
  };
}
