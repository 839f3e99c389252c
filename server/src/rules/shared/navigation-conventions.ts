import { belowOneOf, topGroups } from "./setting-names.ts";

/** Where settings of a kind belong in the tree that administrators look through. */
export interface NavigationConvention {
  readonly setting: RegExp;
  /** Holds only for settings that are there now; absent means anywhere. */
  readonly below?: RegExp;
  readonly wanted: RegExp;
  /** What is told: where they belong, or the groups of which one will do. */
  readonly group: string | readonly string[];
  /** What to write; absent where it is not the whole of it. */
  readonly write?: string;
}

/** What holds for a setting; undefined where nothing does. `navigation` is where it stands now. */
export function conventionFor(name: string, navigation: string): NavigationConvention | undefined {
  return navigationConventions.find(
    ({ setting, below = /^/ }) => setting.test(name) && below.test(navigation),
  );
}

const registration = "ModuleRegistration";

function exactly(setting: RegExp, group: string): NavigationConvention {
  return { setting, wanted: belowOneOf([group]), group, write: group };
}

function either(setting: RegExp, below: string): NavigationConvention {
  const group = `Frontend::Agent::${below}`;
  return {
    setting,
    wanted: belowOneOf(["Agent", "Admin"].map((part) => `Frontend::${part}::${below}`)),
    group,
    write: group,
  };
}

function anyOf(groups: readonly string[]): Pick<NavigationConvention, "wanted" | "group"> {
  return { wanted: belowOneOf(groups), group: groups };
}

const frontendGroups = ["Admin", "Agent", "Base", "Customer", "Public", "External"].map(
  (part) => `Frontend::${part}`,
);

/** The first that fits counts. */
export const navigationConventions: readonly NavigationConvention[] = [
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
