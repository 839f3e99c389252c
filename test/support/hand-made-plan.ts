import type { PackageContents } from "../../server/src/builder/package-contents.ts";
import { Database } from "../../server/src/database/database.ts";
import { contentOf } from "../../server/src/host/file-content.ts";
import { noKnowledge } from "../../server/src/knowledge/knowledge.ts";
import type { Plan, Step, StepDetail, StepFacts } from "../../server/src/lifecycle/plan.ts";
import type { StartTag } from "../../server/src/model/package-structure.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";
import { ChangedSystem } from "../../server/src/system/changed-system.ts";
import type { Home } from "../../server/src/system/home.ts";
import { SystemFacts } from "../../server/src/system/system-facts.ts";
import type { SystemState } from "../../server/src/system/system-state.ts";

/** A home without a file. */
export const emptyHome: Home = {
  entry: () => undefined,
  isFrameworkFile: () => false,
  list: () => [],
};

/** A system without anything in it. */
export const emptySystem: SystemState = {
  framework: {
    product: "Znuny",
    version: "7.1.3",
    dialect: "znuny-7",
    operatingSystem: "linux",
    perlModules: new Map(),
    assumeModules: true,
    knowledge: noKnowledge,
  },
  packages: [],
  archives: {
    contents() {
      throw new Error("nothing is stored here");
    },
  },
  home: emptyHome,
  database: new Database("mysql", noKnowledge),
  settings: new Map(),
  facts: new SystemFacts(),
};

/** A step that runs, with other facts in place of the usual ones. */
export function step(detail: StepDetail, facts: Partial<StepFacts> & Pick<StepFacts, "lane">): Step {
  return {
    number: 0,
    key: detail.kind,
    operation: "install",
    depth: 1,
    outcome: "runs",
    doubt: undefined,
    assumed: false,
    reason: undefined,
    span: undefined,
    log: [],
    quirks: [],
    changes: [],
    remains: undefined,
    ...facts,
    ...detail,
  };
}

/** Writes a file as a step. */
export function writeFile(location: string, facts: Partial<StepFacts> = {}): Step {
  const content = contentOf(new TextEncoder().encode("1;\n"));
  return step(
    {
      kind: "write-file",
      location,
      permission: "660",
      type: undefined,
      existedBefore: false,
      savedTo: undefined,
      madeFolders: [],
    },
    {
      lane: "files",
      key: `write-file ${location}`,
      changes: [{ part: "home", change: { kind: "write", path: location, content, mode: 0o660 } }],
      ...facts,
    },
  );
}

/** A tag that stands nowhere. */
const tag: StartTag = {
  kind: "start",
  name: "TableCreate",
  level: 2,
  count: 2,
  parent: "DatabaseInstall",
  attributes: new Map(),
  content: undefined,
  size: undefined,
  element: SyntaxTree.parse("<TableCreate/>").root!,
};

/** An element that no operation runs. */
export function neverRun(element: string, facts: Partial<StepFacts> = {}): Step {
  return step(
    { kind: "database-element", family: "DatabaseUpgrade", phase: "pre", element, tag },
    { lane: "database", outcome: "never", reason: { text: "Nothing runs it." }, ...facts },
  );
}

/** Runs a statement as a step. */
export function statement(sql: string, facts: Partial<StepFacts> = {}): Step {
  return step(
    {
      kind: "statement",
      family: "DatabaseInstall",
      phase: "post",
      list: "main",
      statement: { sql, tag, change: undefined },
    } as StepDetail,
    { lane: "database", key: `statement ${sql}`, ...facts },
  );
}

/** A plan of these steps, numbered in their order, with their changes made. */
export function planOf(steps: readonly Step[], facts: Partial<Plan> = {}): Plan {
  const before = facts.before ?? emptySystem;
  const after = new ChangedSystem(before);
  for (const { changes } of steps) for (const change of changes) after.apply(change);
  return {
    operation: "install",
    entrance: "api",
    force: false,
    package: { name: "Acme", version: "1.0.0", vendor: "Acme Inc." },
    installedVersion: undefined,
    verdict: "success",
    refusals: [],
    before,
    after: after.state(),
    merged: new Map(),
    ...facts,
    steps: steps.map((each, index): Step => ({ ...each, number: index + 1 })),
  };
}

/** A row of the package table with its package. */
export function addRow(name: string, version: string): Step {
  const row = {
    name,
    version,
    vendor: "Acme Inc.",
    status: "installed",
    digest: `${name} ${version}`,
  } as const;
  const contents = {} as PackageContents;
  return step(
    { kind: "package-table", action: "add", name, version },
    { lane: "registration", changes: [{ part: "packages", change: { kind: "add-row", row, contents } }] },
  );
}
