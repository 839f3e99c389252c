import type { PackageContents, PackageFile } from "../builder/package-contents.ts";
import { settingsFilesOf } from "../dialect/settings-files.ts";
import { emptyContent } from "../host/file-content.ts";
import type { Message } from "../l10n/translate.ts";
import { type ConfigurationReading, readConfiguration } from "../sysconfig/read-configuration.ts";
import type { Home } from "../system/home.ts";
import { homePath } from "../system/home-path.ts";
import type { SystemState } from "../system/system-state.ts";
import { memo } from "../text/memo.ts";
import { type LogEntry, logEntry } from "./log.ts";
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
  const cleanup = !isOld && isCleanedUp(system);
  const step = <Part extends "begin" | "read" | "deploy" | "end">(part: Part) =>
    ({ kind: "configuration", part, comment, cleanup }) as const;
  const place = planning.uniqueKey("configuration");
  planning.add(`${place} begin`, step("begin"));
  const reading = readSettings(system, cleanup);
  const log: readonly LogEntry[] = reading.log;
  const quirks: QuirkId[] = cleanup || isOld ? [] : ["configuration-no-cleanup"];
  const readKey = `${place} read`;
  const assumption = planning.assumed(readKey);
  const succeeds = assumption ? assumption === "succeeds" : reading.success;
  const assumed = assumption !== undefined;
  const remains = remainsOfConfiguration("read");
  // What is stored and what is removed stays so, even when the new settings are refused.
  const changes = [{ part: "settings", settings: reading.settings } as const];
  if (succeeds) {
    planning.add(readKey, step("read"), { assumed, log, quirks, changes, remains });
    if (!isOld) deploy(planning, `${place} deploy`, step("deploy"));
  } else {
    planning.add(readKey, step("read"), {
      outcome: "fails",
      assumed,
      reason: assumed ? assumedReason : badSettingReason,
      log,
      quirks: [...quirks, "configuration-all-or-nothing", "failure-ignored"],
      changes: assumed ? [] : changes,
      remains,
    });
  }
  if (planning.stopped) return;
  planning.add(
    `${place} end`,
    step("end"),
    succeeds ? {} : { outcome: "fails", reason: notReadReason, log: [logEntry("configuration-not-read")] },
  );
}

const operationNames = {
  install: "Install",
  upgrade: "Upgrade",
  reinstall: "Reinstall",
  uninstall: "Uninstall",
} as const;

const badSettingReason: Message = { text: "A new setting cannot be stored, so none is." };
const notReadReason: Message = { text: "The configuration could not be stored." };

function deploy(
  planning: Planning,
  key: string,
  detail: {
    readonly kind: "configuration";
    readonly part: "deploy";
    readonly comment: string;
    readonly cleanup: boolean;
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
