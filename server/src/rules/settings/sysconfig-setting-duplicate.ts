import { initGroups } from "../../sysconfig/read-definitions.ts";
import type { Fix, PackageRule, Related } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";
import {
  faultTexts,
  type NamedSetting,
  namedFile,
  reportFaults,
  reportIn,
  type SettingsFile,
  settingsIn,
} from "../shared/settings-files.ts";
import { aboutSettings } from "../shared/settings-rules.ts";

const faults = faultTexts("setting-beaten");

/** Of two settings with one name the one that is read last counts, as a whole. */
export const sysconfigSettingDuplicate: PackageRule = {
  ...aboutSettings,
  id: "sysconfig-setting-duplicate",
  severity: "warning",
  message: {
    ...faults,
    again:
      "The setting {name} has no effect here, because the package defines it once more and that is read later.",
    name: "The setting {name} replaces that of the framework only because {own} comes after {file} in the alphabet. With init Config it always does.",
  },

  *check(spec, context) {
    yield* reportFaults(spec, context, faults, (_fault, file) => laterInit(file));
    const last = new Map<string, Placed>();
    const all: Placed[] = [];
    for (const { file, settings } of settingsIn(spec, context)) {
      const init = initOf(file);
      for (const [index, setting] of settings.entries()) {
        const placed = {
          file,
          setting,
          order: [initGroups.indexOf(init as never), file.path, index],
        } as const;
        all.push(placed);
        const before = last.get(setting.name);
        if (!before || isBefore(before.order, placed.order)) last.set(setting.name, placed);
        for (const source of context.knowledge.settingSources(setting.name) ?? []) {
          const own = file.path.slice(file.path.lastIndexOf("/") + 1);
          if (source.init !== init || source.file >= own) continue;
          const report = {
            span: setting.span,
            variant: "name",
            arguments: { name: setting.name, own, file: source.file },
            fixes: laterInit(file),
          };
          yield reportIn(file, report, spec, context);
        }
      }
      yield undefined;
    }
    for (const placed of all) {
      const { file, setting } = placed;
      const winner = last.get(setting.name)!;
      if (winner === placed) continue;
      const related: Related = {
        message: "This one counts.",
        span: winner.setting.span,
        file: namedFile(winner.file),
      };
      const values = { name: setting.name };
      yield reportIn(
        file,
        { span: setting.span, variant: "again", arguments: values, related: [related] },
        spec,
        context,
      );
    }
  },
};

type Order = readonly [init: number, path: string, index: number];

interface Placed {
  readonly file: SettingsFile;
  readonly setting: NamedSetting;
  readonly order: Order;
}

function isBefore(one: Order, other: Order): boolean {
  const place = one.findIndex((each, index) => each !== other[index]);
  return place >= 0 && one[place]! < other[place]!;
}

function initOf({ tree }: SettingsFile): string {
  return tree.root?.value("init") ?? "";
}

/** All settings of the file are read later then, and may replace others: it is said of a file of its own kind alone. */
function laterInit({ tree }: SettingsFile): readonly Fix[] {
  const init = tree.root?.attribute("init");
  return init && ["Framework", "Application"].includes(init.value)
    ? [replacement(init.valueSpan, "Config")]
    : [];
}
