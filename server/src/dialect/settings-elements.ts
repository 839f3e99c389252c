/** The two forms of settings files, as the root element's `version` tells them: up to OTRS 5, and from OTRS 6 on. */
export type SettingsFormat = "1.0" | "2.0";

/** One attribute in settings files. A row of the tag schema of these files. */
export interface SettingsAttribute {
  readonly name: string;
  /** The elements that the element has to stand in; absent where any will do. */
  readonly in?: readonly string[];
  /** True where an element does not work without it, or says too little. */
  readonly advised?: boolean;
  /** The values to choose from; absent where any text goes. */
  readonly values?: readonly string[];
  /** What the value names, for completion and hover. Absent means free text. */
  readonly type?: "setting" | "value-type" | "option" | "key";
  /** One English sentence, Markdown inline code allowed. */
  readonly summary: string;
}

/** One element of settings files. A row of the tag schema of these files. */
export interface SettingsElement {
  /** "root" stands for the root elements, which the products call differently. */
  readonly name: string;
  readonly parents: readonly string[];
  readonly repeat: "one" | "optional" | "many";
  /** What the text names, for completion and hover. Absent means free text, or none. */
  readonly type?: "navigation" | "value" | "script" | "style" | "module";
  readonly attributes: readonly SettingsAttribute[];
  /** English sentences, Markdown inline code allowed. */
  readonly summary: string;
  /** The whole element in the editors' snippet syntax, indented by four blanks. */
  readonly snippet: string;
}

/** One type of values. */
export interface SettingsValueType {
  readonly name: string;
  /** The types of the `Item` around it; absent for types that stand for themselves. */
  readonly in?: readonly string[];
  /** One English sentence, Markdown inline code allowed. */
  readonly summary: string;
}

const flags = ["0", "1"];
const setFlags = ["1", "0"];
const weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** @source Znuny 7.1 and OTOBO 11, ConfigurationXML2DB; OTRS 5, Kernel::System::SysConfig */
const init: SettingsAttribute = {
  name: "init",
  advised: true,
  values: ["Application", "Framework", "Config", "Changes"],
  summary:
    "When the file is read: Framework, Application, Config, Changes, in this order. Of two settings with one name the later one replaces the other. Settings of a package are `Application`; what changes settings of the framework is `Config` or `Changes`.",
};

/** Of texts that are written to be read. */
const translated: SettingsAttribute = {
  name: "Translatable",
  advised: true,
  values: setFlags,
  summary: "`1` has the text translated where administrators see it.",
};

/** Of values. */
const translatable: SettingsAttribute = {
  name: "Translatable",
  values: setFlags,
  summary: "`1` has the text translated where it is shown.",
};

const settingFlags: readonly SettingsAttribute[] = [
  { name: "Required", advised: true, values: flags, summary: "`1`: the setting cannot be switched off." },
  { name: "Valid", advised: true, values: setFlags, summary: "`1`: the setting is switched on." },
  {
    name: "ReadOnly",
    values: flags,
    summary: "`1`: administrators see the setting and cannot change it.",
  },
];

const configLevel: SettingsAttribute = {
  name: "ConfigLevel",
  values: ["100", "200", "300"],
  summary: "How much an administrator has to know; a number, 100 when it is missing.",
};

const limits: readonly SettingsAttribute[] = [
  { name: "MinItems", summary: "How many entries there are at least." },
  { name: "MaxItems", summary: "How many entries there are at most." },
];

const typed: readonly SettingsAttribute[] = [
  {
    name: "ValueType",
    type: "value-type",
    summary: "How the value is edited and stored. Without it the value is a `String`.",
  },
  {
    name: "ValueRegex",
    summary: "A pattern that a new value has to match. The value in this file is not checked against it.",
  },
  {
    name: "ValueFilter",
    summary: "The files a `PerlModule` is chosen from, such as `Kernel/System/Log/*.pm`.",
  },
  {
    name: "ValueEntityType",
    values: ["DynamicField", "Priority", "Queue", "State", "Type"],
    summary: "What an `Entity` is one of.",
  },
  {
    name: "SelectedID",
    type: "option",
    summary: "The `Value` of the option that is chosen, for a `Select`.",
  },
];

/** An element that may be left out and holds text, but for what more there is to say of it. */
function row(
  name: string,
  parents: readonly string[],
  summary: string,
  more: Partial<SettingsElement> = {},
): SettingsElement {
  return {
    ...{ name, parents, summary, repeat: "optional", attributes: [] },
    snippet: `<${name}>$0</${name}>`,
    ...more,
  };
}

/** @param version which files a release reads */
function rootRow(version: SettingsAttribute): SettingsElement {
  return row(
    "root",
    [],
    "The settings that a package brings. A file with the root element of another product is left out.",
    { repeat: "one", attributes: [version, init], snippet: "" },
  );
}

function descriptionOf(setting: string, more: Partial<SettingsElement>): SettingsElement {
  return row(
    "Description",
    [setting],
    "What the setting is for, as a sentence. Administrators read it above the value.",
    { snippet: '<Description Translatable="1">$0</Description>', ...more },
  );
}

const hashSnippet = '<Hash>\n    <Item Key="$1">$0</Item>\n</Hash>';
const arraySnippet = "<Array>\n    <Item>$0</Item>\n</Array>";

/** @source Znuny 7.1 and OTOBO 11, SettingListParse, SettingEffectiveValueGet */
const stored: readonly SettingsElement[] = [
  rootRow({
    name: "version",
    advised: true,
    values: ["2.0"],
    summary: "`2.0` from OTRS 6, Znuny 6 and OTOBO 10 on. Files with another version are left out.",
  }),
  {
    name: "Setting",
    parents: ["root"],
    repeat: "many",
    attributes: [
      {
        name: "Name",
        advised: true,
        type: "setting",
        summary:
          "The name that Perl asks for, of at most 250 characters. `###` leads into a hash: `Frontend::Module###AgentX` is the key `AgentX` of `Frontend::Module`.",
      },
      ...settingFlags,
      { name: "Invisible", values: flags, summary: "`1`: administrators do not see the setting." },
      configLevel,
      {
        name: "UserModificationPossible",
        values: flags,
        summary: "`1`: agents may have a value of their own, if an administrator lets them.",
      },
      {
        name: "UserModificationActive",
        values: flags,
        summary: "`1`: agents may have a value of their own from the start.",
      },
      {
        name: "UserPreferencesGroup",
        summary: "The group of preferences where agents find the setting.",
      },
    ],
    summary: "One setting.",
    snippet:
      '<Setting Name="$1" Required="${2|0,1|}" Valid="${3|1,0|}">\n    <Description Translatable="1">$4</Description>\n    <Navigation>$5</Navigation>\n    <Value>\n        <Item ValueType="${6|String,Checkbox,Textarea,Select,PerlModule|}">$0</Item>\n    </Value>\n</Setting>',
  },
  descriptionOf("Setting", { repeat: "one", attributes: [translated] }),
  row("Navigation", ["Setting"], "Where administrators find the setting: groups, separated by `::`.", {
    repeat: "one",
    type: "navigation",
  }),
  row("Value", ["Setting"], "The value as delivered: exactly one `Item`, `Hash` or `Array`.", {
    repeat: "one",
    snippet: "<Value>\n    $0\n</Value>",
  }),
  {
    name: "Item",
    parents: ["Value", "Hash", "Array", "Item", "DefaultItem"],
    repeat: "many",
    type: "value",
    attributes: [
      {
        name: "Key",
        in: ["Hash"],
        advised: true,
        type: "key",
        summary:
          "The key in the hash. An item of a hash without one is lost; of two with the same key the later one wins.",
      },
      ...typed,
      translatable,
      {
        name: "Value",
        in: ["Item", "DefaultItem"],
        summary: "What is stored when an `Option` is chosen; its text is what is shown.",
      },
      {
        name: "ValueName",
        in: ["Item", "DefaultItem"],
        values: weekdays,
        summary: "The day of the week, for a `Day` of `WorkingHours`.",
      },
      {
        name: "ValueYear",
        in: ["Item", "DefaultItem"],
        summary: "The year, for a day of `VacationDaysOneTime`.",
      },
      { name: "ValueMonth", in: ["Item", "DefaultItem"], summary: "The month, for a day of vacation." },
      {
        name: "ValueDay",
        in: ["Item", "DefaultItem"],
        summary: "The day of the month, for a day of vacation.",
      },
    ],
    summary:
      "A value: text, or a `Hash` or an `Array` in it. In some types of values it holds further items.",
    snippet: "<Item>$0</Item>",
  },
  row("Hash", ["Value", "Item", "DefaultItem"], "Values with keys.", {
    attributes: limits,
    snippet: hashSnippet,
  }),
  row("Array", ["Value", "Item", "DefaultItem"], "Values in an order. Empty items are lost.", {
    attributes: limits,
    snippet: arraySnippet,
  }),
  row(
    "DefaultItem",
    ["Hash", "Array"],
    "What new entries of the list look like. Items of the list take its attributes where they have none.",
    { attributes: typed, snippet: '<DefaultItem ValueType="$1">$0</DefaultItem>' },
  ),
];

const registration = ["FrontendModuleReg"];
const menu = ["NavBar"];

/** @source OTRS 5, Kernel::System::SysConfig */
const loaded: readonly SettingsElement[] = [
  rootRow({ name: "version", advised: true, values: ["1.0"], summary: "`1.0` up to OTRS 5." }),
  {
    name: "ConfigItem",
    parents: ["root"],
    repeat: "many",
    attributes: [
      {
        name: "Name",
        advised: true,
        type: "setting",
        summary: "The name that Perl asks for. `###` leads into a hash.",
      },
      ...settingFlags,
      configLevel,
    ],
    summary: "One setting, in the form of OTRS 5 and older.",
    snippet:
      '<ConfigItem Name="$1" Required="${2|0,1|}" Valid="${3|1,0|}">\n    <Description Translatable="1">$4</Description>\n    <Group>$5</Group>\n    <SubGroup>$6</SubGroup>\n    <Setting>\n        <String Regex="">$0</String>\n    </Setting>\n</ConfigItem>',
  },
  descriptionOf("ConfigItem", {
    repeat: "many",
    attributes: [translated, { name: "Lang", summary: "The language of the text, such as `en` or `de`." }],
  }),
  row("Group", ["ConfigItem"], "The group that administrators choose first, mostly the name of the package."),
  row("SubGroup", ["ConfigItem"], "Where in the group the setting stands, such as `Core::Acme`.", {
    type: "navigation",
  }),
  row("Setting", ["ConfigItem"], "The value as delivered: exactly one element, which tells its type.", {
    repeat: "one",
    snippet: "<Setting>\n    $0\n</Setting>",
  }),
  row("String", ["Setting"], "One line of text.", {
    type: "value",
    attributes: [{ name: "Regex", advised: true, summary: "A pattern that a new value has to match." }],
    snippet: '<String Regex="$1">$0</String>',
  }),
  row("TextArea", ["Setting"], "A text of several lines."),
  row("Option", ["Setting", "Item"], "One of several values.", {
    attributes: [
      { name: "SelectedID", advised: true, type: "option", summary: "The `Key` of the item that is chosen." },
    ],
    snippet: '<Option SelectedID="$1">\n    <Item Key="$1">$0</Item>\n</Option>',
  }),
  row("Hash", ["Setting", "Item"], "Values with keys.", {
    snippet: hashSnippet,
  }),
  row("Array", ["Setting", "Item"], "Values in an order.", {
    snippet: arraySnippet,
  }),
  row("Item", ["Hash", "Array", "Option", "TimeVacationDays", "TimeVacationDaysOneTime", "Day"], "A value.", {
    repeat: "many",
    type: "value",
    attributes: [
      {
        name: "Key",
        in: ["Hash", "Option"],
        advised: true,
        type: "key",
        summary: "The key in the hash, or what is stored when the option is chosen.",
      },
      translatable,
      {
        name: "Year",
        in: ["TimeVacationDaysOneTime"],
        advised: true,
        summary: "The year of a day of vacation.",
      },
      {
        name: "Month",
        in: ["TimeVacationDays", "TimeVacationDaysOneTime"],
        advised: true,
        summary: "The month, for a day of vacation.",
      },
      {
        name: "Day",
        in: ["TimeVacationDays", "TimeVacationDaysOneTime"],
        advised: true,
        summary: "The day of the month, for a day of vacation.",
      },
    ],
  }),
  row("TimeVacationDays", ["Setting"], "Days off in every year.", {
    snippet: '<TimeVacationDays>\n    <Item Month="$1" Day="$2">$0</Item>\n</TimeVacationDays>',
  }),
  row("TimeVacationDaysOneTime", ["Setting"], "Days off in one year.", {
    snippet:
      '<TimeVacationDaysOneTime>\n    <Item Year="$1" Month="$2" Day="$3">$0</Item>\n</TimeVacationDaysOneTime>',
  }),
  row("TimeWorkingHours", ["Setting"], "The working hours of a week.", {
    snippet:
      '<TimeWorkingHours>\n    <Day Name="${1|Mon,Tue,Wed,Thu,Fri,Sat,Sun|}">\n        <Item>$0</Item>\n    </Day>\n</TimeWorkingHours>',
  }),
  row("Day", ["TimeWorkingHours"], "The hours of one day of the week.", {
    repeat: "many",
    attributes: [
      {
        name: "Name",
        advised: true,
        values: weekdays,
        summary: "The day of the week.",
      },
    ],
    snippet: '<Day Name="${1|Mon,Tue,Wed,Thu,Fri,Sat,Sun|}">\n    <Item>$0</Item>\n</Day>',
  }),
  row(
    "FrontendModuleReg",
    ["Setting"],
    "Registers a page: the setting is `Frontend::Module###` with its name.",
    {
      snippet:
        "<FrontendModuleReg>\n    <Description>$1</Description>\n    <Title>$2</Title>\n    <NavBarName>$3</NavBarName>\n    $0\n</FrontendModuleReg>",
    },
  ),
  row("Group", [...registration, ...menu], "A group that may use it with all rights.", { repeat: "many" }),
  row("GroupRo", [...registration, ...menu], "A group that may use it for reading.", { repeat: "many" }),
  row("Description", [...registration, ...menu, "NavBarModule"], "What it is for.", {
    attributes: [translated],
  }),
  row("Title", registration, "The title of the page.", { attributes: [translated] }),
  row("NavBarName", registration, "The entry of the main menu that is shown as chosen on the page."),
  row("NavBar", registration, "An entry of the main menu.", {
    repeat: "many",
    snippet:
      '<NavBar>\n    <Description Translatable="1">$1</Description>\n    <Name Translatable="1">$2</Name>\n    <Link>Action=$3</Link>\n    <NavBar>$4</NavBar>\n    <Type>$5</Type>\n    <Block>$6</Block>\n    <AccessKey>$7</AccessKey>\n    <Prio>${8:100}</Prio>\n</NavBar>',
  }),
  row("Name", [...menu, "NavBarModule"], "What is shown.", { attributes: [translated] }),
  row("Link", menu, "Where the entry leads, such as `Action=AgentX`."),
  row("LinkOption", menu, "More attributes of the link, as HTML."),
  row("Image", menu, "An image for the entry."),
  row("NavBar", menu, "The name of the menu that the entry belongs to."),
  row("Type", menu, "`Menu` for an entry of the main menu, empty for one below another."),
  row("Block", [...menu, "NavBarModule"], "The block of the template that shows it."),
  row("AccessKey", menu, "The key that chooses the entry."),
  row("Prio", [...menu, "NavBarModule"], "A number; lower ones come first."),
  row("NavBarModule", registration, "An entry on a page of entries, such as the administrator's.", {
    snippet:
      '<NavBarModule>\n    <Module>$1</Module>\n    <Name Translatable="1">$2</Name>\n    <Block>$3</Block>\n    <Prio>${4:100}</Prio>\n</NavBarModule>',
  }),
  row("Module", ["NavBarModule"], "The Perl module that makes the entry.", { type: "module" }),
  row("Loader", registration, "Style sheets and scripts of the page.", {
    snippet: "<Loader>\n    <CSS>$1</CSS>\n    <JavaScript>$0</JavaScript>\n</Loader>",
  }),
  row("CSS", ["Loader"], "A style sheet, by its name in the folder `css` of a skin.", {
    repeat: "many",
    type: "style",
  }),
  row("JavaScript", ["Loader"], "A script, by its name below `var/httpd/htdocs/js`.", {
    repeat: "many",
    type: "script",
  }),
];

export const settingsElements: Readonly<Record<SettingsFormat, readonly SettingsElement[]>> = {
  "1.0": loaded,
  "2.0": stored,
};

/** What `ValueType` may be in format 2.0, the usual ones first. @source Znuny 7.1, Kernel/System/SysConfig/ValueType */
export const settingsValueTypes: readonly SettingsValueType[] = [
  { name: "String", summary: "One line of text." },
  { name: "Checkbox", summary: "`1` for yes, `0` for no. The text is stored as it is written." },
  { name: "Textarea", summary: "A text of several lines." },
  {
    name: "Select",
    summary:
      "One of several values: `SelectedID` is the chosen one, items with the type `Option` are those to choose from.",
  },
  { name: "PerlModule", summary: "The name of a Perl module whose file `ValueFilter` finds." },
  {
    name: "Entity",
    summary: "The name of something that exists in the system, of the kind in `ValueEntityType`.",
  },
  { name: "Password", summary: "A text that is not shown while it is typed." },
  { name: "File", summary: "The path of a file." },
  { name: "Directory", summary: "The path of a folder." },
  { name: "Date", summary: "A day, such as `2024-05-02`." },
  { name: "DateTime", summary: "A day and a time, such as `2024-05-02 08:30:00`." },
  { name: "TimeZone", summary: "The name of a time zone, such as `Europe/Berlin`." },
  { name: "VacationDays", summary: "Days off in every year: items with `ValueMonth` and `ValueDay`." },
  {
    name: "VacationDaysOneTime",
    summary: "Days off in one year: items with `ValueYear`, `ValueMonth` and `ValueDay`.",
  },
  {
    name: "WorkingHours",
    summary:
      "The working hours of a week: items with the type `Day`, and in these items with the type `Hour`.",
  },
  {
    name: "FrontendRegistration",
    summary: "The registration of a page, below `Frontend::Module###`: a hash with fixed keys.",
  },
  {
    name: "FrontendNavigation",
    summary: "An entry of the main menu, below `Frontend::Navigation###`: a hash with fixed keys.",
  },
  { name: "YAML", summary: "A structure, written as YAML." },
  {
    name: "Option",
    in: ["Select"],
    summary: "A value to choose from: `Value` is stored, the text is shown.",
  },
  { name: "Day", in: ["WorkingHours"], summary: "The hours of one day of the week." },
  { name: "Hour", in: ["Day"], summary: "A working hour, from 1 to 23: 0 is not stored." },
];

/** The keys that the hash in a setting customarily has, by the setting's name; the first that fits counts. */
export const settingsKeys: readonly { readonly setting: RegExp; readonly keys: readonly string[] }[] = [
  {
    setting: /^(?:Customer|Public)?Frontend::Module###/,
    keys: ["GroupRo", "Group", "Description", "Title", "NavBarName"],
  },
  {
    setting: /^(?:Customer|Public)?Frontend::Navigation###/,
    keys: [
      ...["Group", "GroupRo", "Description", "Name", "Link", "LinkOption"],
      ...["NavBar", "Type", "Block", "AccessKey", "Prio"],
    ],
  },
  {
    setting: /^Frontend::NavigationModule###/,
    keys: ["Group", "GroupRo", "Module", "Name", "Title", "Description", "Block", "IconBig", "IconSmall"],
  },
  { setting: /^Loader::Module::/, keys: ["CSS", "JavaScript"] },
  { setting: /::EventModule(?:Pre|Post)?###/, keys: ["Module", "Event", "Transaction"] },
  {
    setting: /^Daemon::SchedulerCronTaskManager::Task###/,
    keys: ["TaskName", "Schedule", "Module", "Function", "MaximumParallelInstances", "Params"],
  },
];
