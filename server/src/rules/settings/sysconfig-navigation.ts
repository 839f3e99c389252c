import type { PackageRule } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";
import { belowOneOf, topGroups } from "../shared/setting-names.ts";
import { eachSetting } from "../shared/settings-files.ts";
import { aboutSettings } from "../shared/settings-rules.ts";

/** Administrators look for a setting where all of its kind are. */
export const sysconfigNavigation: PackageRule = {
  ...aboutSettings,
  id: "sysconfig-navigation",
  isOfAnyFramework: true,
  severity: "warning",
  policyPlugins: ["Navigation"],
  message: {
    kind: "The setting {name} does not stand with others of its kind, which belong below {group}.",
    any: "The setting {name} stands below none of the groups that settings belong to: {groups}.",
  },

  check: (spec, context) =>
    eachSetting(spec, context, function* ({ element, name, span }) {
      const navigation = element.child("Navigation");
      const { value = "", span: place = span } = navigation?.trimmedText ?? {};
      const rule = conventions.find(({ setting, below = /^/ }) => setting.test(name) && below.test(value));
      if (!rule || rule.wanted.test(value)) return;
      const fixes = rule.write === undefined || !navigation ? [] : [replacement(place, rule.write)];
      const shown = value === "" ? (navigation?.nameSpan ?? span) : place;
      const { group } = rule;
      const said =
        typeof group === "string"
          ? { variant: "kind", arguments: { name, group } }
          : { variant: "any", arguments: { name, groups: group.join(", ") } };
      yield { span: shown, ...said, fixes };
    }),
};

interface Convention {
  readonly setting: RegExp;
  /** Holds only for settings that are there now; absent means anywhere. */
  readonly below?: RegExp;
  readonly wanted: RegExp;
  /** What is told: where they belong, or the groups of which one will do. */
  readonly group: string | readonly string[];
  /** What to write; absent where it is not the whole of it. */
  readonly write?: string;
}

const registration = "ModuleRegistration";

function exactly(setting: RegExp, group: string): Convention {
  return { setting, wanted: belowOneOf([group]), group, write: group };
}

function either(setting: RegExp, below: string, group = `Frontend::Agent::${below}`): Convention {
  return {
    setting,
    wanted: belowOneOf(["Agent", "Admin"].map((part) => `Frontend::${part}::${below}`)),
    group,
    write: group,
  };
}

function anyOf(groups: readonly string[]): Pick<Convention, "wanted" | "group"> {
  return { wanted: belowOneOf(groups), group: groups };
}

const frontendGroups = ["Admin", "Agent", "Base", "Customer", "Public", "External"].map(
  (part) => `Frontend::${part}`,
);

/** The first that fits counts. */
const conventions: readonly Convention[] = [
  { setting: /::EventModule/, wanted: /^Core::Event::/, group: "Core::Event" },
  {
    setting: /^Loader::(?:Agent|Customer|Enabled)/,
    wanted: /^Frontend::Base::Loader$/,
    group: "Frontend::Base::Loader",
    write: "Frontend::Base::Loader",
  },
  exactly(/^Loader::Module::Admin/, `Frontend::Admin::${registration}::Loader`),
  either(/^Loader::Module::Agent/, `${registration}::Loader`),
  exactly(/^Loader::Module::Customer/, `Frontend::Customer::${registration}::Loader`),
  {
    setting: /^(?:Loader::Module::Public|PublicFrontend::(?:Module|Navigation))/,
    wanted: /^Frontend::Public::ModuleRegistration/,
    group: `Frontend::Public::${registration}`,
    write: `Frontend::Public::${registration}`,
  },
  exactly(/^Frontend::Navigation###Admin/, `Frontend::Admin::${registration}::MainMenu`),
  either(/^Frontend::Navigation###Agent/, `${registration}::MainMenu`),
  exactly(/^CustomerFrontend::Navigation###Customer/, `Frontend::Customer::${registration}::MainMenu`),
  exactly(/^Frontend::NavigationModule/, `Frontend::Admin::${registration}::AdminOverview`),
  exactly(/^Frontend::Search.*###Admin/, `Frontend::Admin::${registration}::MainMenu::Search`),
  exactly(/^Frontend::Search.*###Agent/, `Frontend::Agent::${registration}::MainMenu::Search`),
  exactly(/Output::Filter|OutputFilter/, "Frontend::Base::OutputFilter"),
  ...["Admin", "Agent", "Customer", "Public"].map((part) => ({
    setting: /^/,
    below: new RegExp(`^Frontend::${part}::.*View`),
    wanted: new RegExp(`^Frontend::${part}::View::`),
    group: `Frontend::${part}::View`,
  })),
  { setting: /^/, below: /^Frontend/, ...anyOf(frontendGroups) },
  { setting: /^/, ...anyOf(topGroups) },
];
