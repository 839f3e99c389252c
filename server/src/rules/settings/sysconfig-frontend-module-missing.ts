import type { PackageRule } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";
import { isModuleNowhere, listedLike } from "../shared/package-files.ts";
import { eachSetting } from "../shared/settings-files.ts";
import { aboutSettings } from "../shared/settings-rules.ts";

const registration = /^(?:Customer|Public)?Frontend::Module###(\w+)$/;
const frontendModule = /^(?:Custom\/)?Kernel\/Modules\/\w+\.pm$/;

/** Whoever goes to the page gets an error, because nothing makes it. */
export const sysconfigFrontendModuleMissing: PackageRule = {
  ...aboutSettings,
  id: "sysconfig-frontend-module-missing",
  severity: "error",
  message:
    "The page {action} ends in an error, because neither the package nor {framework} has Kernel/Modules/{action}.pm.",

  *check(spec, context) {
    const framework = context.knowledge.release;
    if (framework === undefined) return;
    yield* eachSetting(spec, context, function* ({ name, span, element }) {
      const action = registration.exec(name)?.[1];
      if (action === undefined || element.value("Valid") === "0") return;
      if (!isModuleNowhere(`Kernel::Modules::${action}`, spec, context)) return;
      const meant = listedLike(action, spec, frontendModule, (path) => /(\w+)\.pm$/.exec(path)?.[1]);
      const place = { start: span.end - action.length, end: span.end };
      const fixes = meant === undefined ? [] : [replacement(place, meant)];
      yield { span: place, arguments: { action, framework }, fixes };
    });
  },
};
