import { entrances, operations } from "../lifecycle/operation.ts";
import { databaseKinds } from "../protocol/databases.ts";
import type { SettingRow } from "./setting-rows.ts";

/** What has to come of a scenario for its trial to pass; without a word it has to go well. */
const scenarioExpectations = ["success", "refusal"] as const;
export type ScenarioExpectation = (typeof scenarioExpectations)[number];

/** One key of a scenario, which is a dry run that has a name. */
export interface ScenarioRow extends Pick<SettingRow, "key" | "type" | "needsTrust"> {
  /** What it is for: whole sentences, English. */
  readonly text: string;
}

/** All that a scenario may say. What it is silent about is as the settings have it. */
export const scenarioRows = [
  {
    key: "operation",
    type: { kind: "choice", choices: operations },
    text: "What is done to the package.",
  },
  {
    key: "productVersion",
    type: { kind: "text" },
    text: "The system, as it is delivered, such as “Znuny 7.1.3”.",
  },
  {
    key: "frameworkHome",
    type: { kind: "path" },
    needsTrust: true,
    text: "The home of a framework, which is only read, in place of the product.",
  },
  {
    key: "sandbox",
    type: { kind: "path" },
    needsTrust: true,
    text: "The system in the sandbox of this folder, in place of all these.",
  },
  {
    key: "database",
    type: { kind: "choice", choices: databaseKinds },
    text: "Database of the system; mysql is MariaDB, mysql-8 Oracle’s MySQL. A sandbox has its own.",
  },
  {
    key: "from",
    type: { kind: "path", orVersion: true },
    needsTrust: true,
    text: "What is installed before an upgrade: a version, or the path of an archive or a spec, which tells more.",
  },
  {
    key: "before",
    type: { kind: "paths" },
    needsTrust: true,
    text: "Packages that are installed before, in this order: the paths of archives and specs.",
  },
  {
    key: "requirements",
    type: { kind: "choice", choices: ["assume", "check"] },
    text: "Whether packages that are required, and not there, are taken to be installed.",
  },
  {
    key: "entrance",
    type: { kind: "choice", choices: entrances },
    text: "Who asks the framework.",
  },
  { key: "force", type: { kind: "flag" }, text: "Whether it is done as if Force were given." },
  {
    key: "expect",
    type: { kind: "choice", choices: scenarioExpectations },
    text: "What “sopm test” and the Test Explorer count as passed: that it goes well, or that the framework refuses it.",
  },
] as const satisfies readonly ScenarioRow[];

/** The row of a key; undefined for none. */
export function scenarioRow(key: string): ScenarioRow | undefined {
  return scenarioRows.find((row) => row.key === key);
}
