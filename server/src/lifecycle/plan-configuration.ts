import type { PackageContents, PackageFile } from "../builder/package-contents.ts";
import { settingsFilesOf, unreadPlaceOf } from "../dialect/settings-files.ts";
import { emptyContent, type FileContent } from "../host/file-content.ts";
import type { Message } from "../l10n/translate.ts";
import { type ConfigurationReading, readConfiguration } from "../sysconfig/read-configuration.ts";
import {
  isOpen,
  namesText,
  placeFault,
  type SettingsFault,
  settingsFaults,
} from "../sysconfig/settings-faults.ts";
import type { Home } from "../system/home.ts";
import { homePath } from "../system/home-path.ts";
import type { Framework, SystemState } from "../system/system-state.ts";
import { memo } from "../text/memo.ts";
import type { Span } from "../text/span.ts";
import { settingsDoubt } from "./doubt.ts";
import { type LogEntry, logEntry } from "./log.ts";
import type { SettingsLoss } from "./plan.ts";
import { assumedReason } from "./plan-check.ts";
import type { Planning } from "./planning.ts";
import type { QuirkId } from "./quirks.ts";
import { remainsOfConfiguration } from "./remains.ts";

/**
 * Plans that the configuration files are read into the database and made active. When reading fails, nothing is
 * deployed, and the operation goes on.
 *
 * @source Znuny 7.1 and OTOBO 11, _ConfigurationDeploy; OTRS 5 writes a file of defaults anew
 */
export function planConfiguration(planning: Planning): void {
  const { identity, operation, system } = planning;
  const isOld = settingsFilesOf(planning.release).version === "1.0";
  const names: string[] = [operationNames[operation], identity.name ?? "", identity.version ?? ""];
  const comment = `Package ${names.join(" ")}`;
  const needsDeployed = planning.switches.cleanupNeedsDeployed;
  const cleanup = !isOld && (!needsDeployed || isCleanedUp(system));
  const step = <Part extends "begin" | "read" | "deploy" | "end">(
    part: Part,
    losses: readonly SettingsLoss[] = [],
  ) => ({ kind: "configuration", part, comment, cleanup, losses }) as const;
  const place = planning.uniqueKey("configuration");
  planning.add(`${place} begin`, step("begin"));
  const reading = readSettings(system, cleanup);
  const log: readonly LogEntry[] = reading.log;
  const quirks: QuirkId[] = cleanup || isOld ? [] : ["configuration-no-cleanup"];
  const readKey = `${place} read`;
  const assumption = planning.assumed(readKey);
  const stores = assumption ? assumption === "succeeds" : reading.success;
  const assumed = assumption !== undefined;
  const losses = assumed ? [] : lossesOf(planning, reading);
  const certain = losses.filter(({ isOpen }) => !isOpen);
  const [open] = losses.filter((loss) => loss.isOpen);
  const lost = assumed ? [] : [...new Set([...certain.flatMap((loss) => loss.lost), ...reading.notStored])];
  const remains = remainsOfConfiguration(stores && lost.length > 0 ? "lost" : "read");
  // What is stored and what is removed stays so, even when the new settings are refused.
  const changes = [{ part: "settings", settings: reading.settings } as const];
  if (stores && lost.length === 0) {
    const doubt = open && settingsDoubt({ text: open.text, ...(open.values && { values: open.values }) });
    const span = spanOfFile(planning, open?.location);
    planning.add(readKey, step("read", losses), { assumed, doubt, span, log, quirks, changes, remains });
  } else {
    if (!stores) quirks.push("configuration-all-or-nothing");
    planning.add(readKey, step("read", losses), {
      outcome: "fails",
      assumed,
      span: spanOfFile(planning, losses[0]?.location),
      reason: assumed
        ? assumedReason
        : { text: "Settings are lost: {names}.", values: { names: namesText(lost) } },
      log,
      quirks: [...quirks, "failure-ignored"],
      changes: assumed ? [] : changes,
      remains,
    });
  }
  // The framework itself goes on as long as it could store what it has read.
  if (stores && !isOld && !planning.stopped) deploy(planning, `${place} deploy`, step("deploy"));
  if (planning.stopped) return;
  planning.add(
    `${place} end`,
    step("end"),
    stores ? {} : { outcome: "fails", reason: notReadReason, log: [logEntry("configuration-not-read")] },
  );
}

const operationNames = {
  install: "Install",
  upgrade: "Upgrade",
  reinstall: "Reinstall",
  uninstall: "Uninstall",
} as const;

/** What the files of the package bring, and the framework does not take over as it is written. */
function lossesOf(
  { contents, system }: Planning,
  { settings }: ConfigurationReading,
): readonly SettingsLoss[] {
  const { framework, home, facts } = system;
  const { folder } = settingsFilesOf(framework);
  return xmlFiles(contents).flatMap(({ location = "" }) => {
    const path = homePath(location);
    const entry = path === undefined ? undefined : home.entry(path);
    if (path === undefined || entry?.kind !== "file" || typeof entry.content === "string") return [];
    const isUnread = unreadPlaceOf(path, framework) !== undefined;
    if ((!isUnread && !path.startsWith(`${folder}/`)) || isOfFramework(home, path)) return [];
    const text = new TextDecoder().decode(facts.bytesOf(entry.content));
    const misplaced = isUnread && placeFault(path, text, framework, (name) => settings.has(name));
    const faults = isUnread ? (misplaced ? [misplaced] : []) : faultsIn(entry.content, path, text, framework);
    return faults.map((fault) => {
      const { text: message, values, span, lost } = fault;
      return {
        text: message,
        values,
        location,
        line: text.slice(0, span.start).split("\n").length,
        lost,
        isOpen: isOpen(fault),
      };
    });
  });
}

/** Where a package lists a file. */
function spanOfFile(planning: Planning, location: string | undefined): Span | undefined {
  const file = planning.contents.files.find((each) => each.location === location);
  return location === undefined ? undefined : planning.spanOf(file?.tag);
}

/** The faults of a file are the same in every plan, as long as it is the same file on the same release. */
function faultsIn(
  content: FileContent,
  path: string,
  text: string,
  { dialect, version, knowledge }: Framework,
): readonly SettingsFault[] {
  const kept = keptFaults.get(content);
  if (kept?.text === text && kept.version === version && kept.knowledge === knowledge) return kept.faults;
  const name = path.slice(path.lastIndexOf("/") + 1);
  const faults = settingsFaults({ name, text }, { dialect, version }, knowledge);
  keptFaults.set(content, { text, version, knowledge, faults });
  return faults;
}

const keptFaults = new WeakMap<
  FileContent,
  Pick<Framework, "version" | "knowledge"> & {
    readonly text: string;
    readonly faults: readonly SettingsFault[];
  }
>();

const notReadReason: Message = { text: "The configuration could not be stored." };

function deploy(
  planning: Planning,
  key: string,
  detail: {
    readonly kind: "configuration";
    readonly part: "deploy";
    readonly comment: string;
    readonly cleanup: boolean;
    readonly losses: readonly SettingsLoss[];
  },
): void {
  const assumption = planning.assumed(key);
  const assumed = assumption !== undefined;
  const remains = remainsOfConfiguration("deploy");
  if (assumption !== "fails") {
    planning.add(key, detail, { assumed, remains });
    return;
  }
  const log = [logEntry("configuration-not-deployed")];
  planning.add(key, detail, { outcome: "fails", assumed, reason: assumedReason, log, remains });
}

/**
 * Settings that are no longer defined are removed only while the files in XML of every package are as they were
 * installed, whatever folder they are in.
 */
function isCleanedUp({ packages, archives, home, facts }: SystemState): boolean {
  return packages.every(({ digest }) =>
    xmlFiles(archives.contents(digest)).every(({ location = "", content = emptyContent }) => {
      const path = homePath(location);
      const entry = path === undefined ? undefined : home.entry(path);
      if (entry?.kind !== "file") return false;
      if (entry.content === "unreadable") return true;
      return entry.content !== "unknown" && facts.areSame(entry.content, content) !== false;
    }),
  );
}

/** Few of the files are looked at, over and over again by each operation. */
export const xmlFiles = memo(({ files }: PackageContents): readonly PackageFile[] =>
  files.filter(({ location }) => location !== undefined && /\.xml\n?$/i.test(location)),
);

function readSettings(
  { framework, home, settings, facts }: SystemState,
  cleanup: boolean,
): ConfigurationReading {
  const { dialect, version, knowledge } = framework;
  const { folder } = settingsFilesOf(framework);
  const names = home
    .list(folder)
    .filter((name) => name.endsWith(".xml") && !isOfFramework(home, `${folder}/${name}`));
  const files = names.sort().flatMap((name) => {
    const entry = home.entry(`${folder}/${name}`);
    if (entry?.kind !== "file" || typeof entry.content === "string") return [];
    return [{ name, text: new TextDecoder().decode(facts.bytesOf(entry.content)) }];
  });
  return readConfiguration(files, { dialect, version, previous: settings, cleanup, knowledge });
}

/** Whether a file is as the framework brings it: one that a package replaces has left its original beside it. */
function isOfFramework(home: Home, path: string): boolean {
  return (
    home.isFrameworkFile(path) === true &&
    home.entry(`${path}.save`) === undefined &&
    home.entry(`${path}.backup`) === undefined
  );
}
