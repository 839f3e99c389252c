import { baseModule, baseSettings } from "./family.ts";
import { type Fault, replacing } from "./fault.ts";

const inSettings = (part: string, replacement: string) => replacing(baseSettings, part, replacement);
const floor = '<Setting Name="AcmeBase::Floor" Required="0" Valid="1">';

/** In the spec stands that something is in the file. */
const pointer = "settings-file-findings";

export const settingsFaults: readonly Fault[] = (<readonly Fault[]>[
  {
    what: "the root says not when it is loaded",
    plant: inSettings(' init="Application"', ""),
    rules: ["sysconfig-init", "settings-file-left-out"],
    file: baseSettings,
    at: "<otrs_config",
  },
  {
    what: "the root is that of another product",
    plant: (files) => {
      files[baseSettings] = files[baseSettings]!.replaceAll("otrs_config", "otobo_config");
    },
    rules: ["sysconfig-root", "settings-file-left-out"],
    file: baseSettings,
    at: "<otobo_config",
  },
  {
    what: "the root has the version of another form",
    plant: inSettings('<otrs_config version="2.0"', '<otrs_config version="1.0"'),
    rules: ["sysconfig-version", "settings-file-left-out"],
    file: baseSettings,
    at: '<otrs_config version="1.0"',
  },
  {
    what: "a value that is selected is no option",
    plant: inSettings('SelectedID="short"', 'SelectedID="brief"'),
    rules: "sysconfig-select-default",
    file: baseSettings,
    at: "brief",
  },
  {
    what: "a value breaks its own pattern",
    plant: inSettings(">#00ff00<", ">green<"),
    rules: "sysconfig-regex-default",
    file: baseSettings,
    at: ">green<",
  },
  {
    what: "a checkbox is neither on nor off",
    plant: inSettings('<Item ValueType="Checkbox">1</Item>', '<Item ValueType="Checkbox">yes</Item>'),
    rules: "sysconfig-checkbox",
    file: baseSettings,
    at: ">yes<",
  },
  {
    what: "a kind of value does not exist",
    plant: inSettings('<Item ValueType="String">Ground</Item>', '<Item ValueType="Text">Ground</Item>'),
    rules: "sysconfig-value-type",
    file: baseSettings,
    at: 'ValueType="Text"',
  },
  {
    what: "a setting is there twice",
    plant: inSettings('<Setting Name="AcmeBase::Mode"', '<Setting Name="AcmeBase::Floor"'),
    rules: "sysconfig-setting-duplicate",
    file: baseSettings,
    at: '<Setting Name="AcmeBase::Floor"',
    beside: ["sysconfig-setting-undefined"],
  },
  {
    what: "a module is registered that is not packaged",
    plant: inSettings("Kernel::System::AcmeRoom<", "Kernel::System::AcmeRooms<"),
    rules: "sysconfig-module-missing",
    file: baseSettings,
    at: "Kernel::System::AcmeRooms",
  },
  {
    what: "a screen is registered that is not packaged",
    plant: inSettings("Frontend::Module###AdminAcmeRoom", "Frontend::Module###AdminAcmeRooms"),
    rules: "sysconfig-frontend-module-missing",
    file: baseSettings,
    at: "AdminAcmeRooms",
  },
  {
    what: "a setting has no name",
    plant: inSettings(floor, floor.replace(' Name="AcmeBase::Floor"', "")),
    rules: "sysconfig-setting-name",
    file: baseSettings,
    at: "<Setting Required",
    beside: ["sysconfig-setting-undefined", "setting-overlooked"],
  },
  {
    what: "a value holds two",
    plant: inSettings(
      '<Item ValueType="String">Ground</Item>',
      '<Item ValueType="String">Ground</Item><Item ValueType="String">First</Item>',
    ),
    rules: "sysconfig-value-structure",
    file: baseSettings,
    at: ">First<",
  },
  {
    what: "a setting is read that nobody defines",
    plant: replacing(
      baseModule,
      "$ConfigObject->Get('AcmeBase::Active')",
      "$ConfigObject->Get('AcmeBase::Actives')",
    ),
    rules: "sysconfig-setting-undefined",
    file: baseModule,
    at: "AcmeBase::Actives",
    beside: ["sysconfig-setting-unused"],
  },
  {
    what: "whether a setting is required is said in words",
    plant: inSettings(floor, floor.replace('Required="0"', 'Required="no"')),
    rules: "sysconfig-attributes",
    file: baseSettings,
    at: 'Required="no"',
  },
]).map((fault) => ({ ...fault, beside: [...(fault.beside ?? []), pointer] }));
