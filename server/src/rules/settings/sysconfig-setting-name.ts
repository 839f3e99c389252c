import { isNamedSetting } from "../../sysconfig/read-definitions.ts";
import type { PackageRule } from "../rule.ts";
import { faultTexts, reportFaults, reportIn, settingElements, settingsIn } from "../shared/settings-files.ts";
import { aboutSettings } from "../shared/settings-rules.ts";

const faults = faultTexts("name-long");

/** A setting without name is passed over, and one with a very long name cannot be stored. */
export const sysconfigSettingName: PackageRule = {
  ...aboutSettings,
  id: "sysconfig-setting-name",
  severity: "error",
  message: { ...faults, missing: "This setting is lost, because it has no Name." },

  *check(spec, context) {
    yield* reportFaults(spec, context, faults);
    for (const { file } of settingsIn(spec, context)) {
      for (const element of settingElements(file.tree)) {
        if (isNamedSetting(element)) continue;
        const { nameSpan } = element;
        const span = element.attribute("Name")?.span ?? nameSpan;
        yield reportIn(file, { span, variant: "missing" }, spec, context);
      }
    }
  },
};
