import {
  baseModule,
  baseSettings,
  baseSetup,
  baseSpec,
  type Files,
  toolList,
  toolModule,
  toolSpec,
} from "./family.ts";
import { type Fault, replace, replacing } from "./fault.ts";

const inBase = (part: string, replacement: string) => replacing(baseSpec, part, replacement);
const listing = (location: string) => `<File Location="${location}" Permission="660"/>`;
const room = listing("Kernel/System/AcmeRoom.pm");
const program = '<File Location="bin/acme.Rooms.pl" Permission="770"/>';

/** A spec without its sections of code, or without those for the database. */
function withoutSections(spec: string, kind: "Code" | "Database"): string {
  return spec.replace(new RegExp(` {4}<(${kind}\\w+)[\\s\\S]*?</\\1>\\n`, "g"), "");
}

/** A spec that lists no file. */
function withoutFiles(spec: string): string {
  return spec.replace(/ {8}<File .*\n/g, "");
}

export const fileFaults: readonly Fault[] = [
  {
    what: "a file is listed that was deleted",
    plant: (files) => delete files["AcmeBase/bin/acme.Rooms.pl"],
    rules: "file-not-found",
    file: baseSpec,
    at: program,
  },
  {
    what: "a file is listed twice",
    plant: inBase(program, `${program}\n        ${program}`),
    rules: "file-duplicate",
    file: baseSpec,
    at: program,
  },
  {
    what: "a letter stands in the mode of a file",
    plant: inBase(program, program.replace("770", "77o")),
    rules: "file-permission-invalid",
    file: baseSpec,
    at: "77o",
  },
  {
    what: "a file has no mode",
    plant: inBase(program, program.replace(' Permission="770"', "")),
    rules: "file-permission-missing",
    file: baseSpec,
    at: "bin/acme.Rooms.pl",
  },
  {
    what: "a path is written in other letters than on the disk",
    plant: inBase(room, room.replace("System", "system")),
    rules: "file-case-mismatch",
    file: baseSpec,
    at: "Kernel/system",
  },
  {
    what: "a path begins at the root of the disk",
    plant: inBase(program, program.replace('"bin', '"/bin')),
    rules: "file-absolute",
    file: baseSpec,
    at: '"/bin',
  },
  {
    what: "a new file was not listed",
    plant: (files) => {
      files["AcmeBase/Kernel/System/AcmeRoom/Floor.pm"] = files[baseModule]!.replaceAll(
        "AcmeRoom",
        "AcmeRoom::Floor",
      );
    },
    rules: "file-not-listed",
    file: baseSpec,
    at: "<Filelist>",
  },
  {
    what: "a file is empty",
    plant: (files) => {
      files["AcmeBase/bin/acme.Rooms.pl"] = "";
    },
    rules: "file-empty",
    file: baseSpec,
    at: program,
  },
  {
    what: "a program may not be executed",
    plant: inBase(program, program.replace("770", "660")),
    rules: "file-permission-not-executable",
    file: baseSpec,
    at: "bin/acme.Rooms.pl",
  },
  {
    what: "a file of the framework is replaced",
    plant: (files) => {
      files["AcmeBase/Kernel/System/Ticket.pm"] =
        "package Kernel::System::Ticket;\nuse strict;\nuse warnings;\n1;\n";
      replace(files, baseSpec, room, `${room}\n        ${listing("Kernel/System/Ticket.pm")}`);
    },
    rules: "file-framework-override",
    file: baseSpec,
    at: "Kernel/System/Ticket.pm",
  },
  {
    what: "a file of text has the line ends of another system",
    plant: (files) => {
      files[baseModule] = files[baseModule]!.replaceAll("\n", "\r\n");
    },
    rules: "file-vcs-converted",
    file: baseSpec,
    at: room,
  },
  {
    what: "a file that is ignored by version control is listed",
    plant: (files) => {
      files["AcmeBase/.gitignore"] = "/bin/\n";
    },
    rules: "file-vcs-ignored",
    file: baseSpec,
    at: program,
  },
  {
    what: "a template is of a form that the release does not read",
    plant: (files) => {
      files["AcmeBase/Kernel/Output/HTML/Standard/AcmeRoom.dtl"] = '<h1>$Text{"Rooms"}</h1>\n';
      replace(
        files,
        baseSpec,
        room,
        `${listing("Kernel/Output/HTML/Standard/AcmeRoom.dtl")}\n        ${room}`,
      );
    },
    rules: "framework-path-mismatch",
    file: baseSpec,
    at: "AcmeRoom.dtl",
  },
  {
    what: "a settings file lies beside the folder that is read",
    plant: (files) => {
      files["AcmeBase/Kernel/Config/Files/XML/Acme/Base.xml"] = files[baseSettings]!;
      delete files[baseSettings];
      replace(files, baseSpec, "XML/AcmeBase.xml", "XML/Acme/Base.xml");
    },
    rules: "config-xml-outside",
    file: baseSpec,
    at: "XML/Acme/Base.xml",
    beside: ["sysconfig-setting-undefined"],
  },
];

const ownerColumn = '<Column Name="owner_id" Required="false" Type="INTEGER"/>';
const floorAdded = '<ColumnAdd Name="floor" Required="false" Size="100" Type="VARCHAR"/>';
const ownerKey = '<ForeignKey ForeignTable="users"><Reference Local="owner_id" Foreign="id"/></ForeignKey>';
const ownerKeyMade =
  '<ForeignKeyCreate ForeignTable="users"><Reference Local="owner_id" Foreign="id"/></ForeignKeyCreate>';
const keyTable = '<TableCreate Name="acme_key">';
const drops = '<TableDrop Name="acme_key"/>\n        <TableDrop Name="acme_room"/>';
const label = '<Column Name="label" Required="true" Size="100" Type="VARCHAR"/>';
const lobby = '<Data Key="name" Type="Quote">Lobby</Data>';

const row = `        <Insert Table="valid">
            <Data Key="name" Type="Quote">acme-archived</Data>
            <Data Key="create_time">current_timestamp</Data>
            <Data Key="create_by">1</Data>
            <Data Key="change_time">current_timestamp</Data>
            <Data Key="change_by">1</Data>
        </Insert>
`;

export const databaseFaults: readonly Fault[] = [
  {
    what: "a table is made by the install and left by the uninstall",
    plant: inBase('<TableDrop Name="acme_key"/>\n        ', ""),
    rules: "table-not-dropped",
    file: baseSpec,
    at: keyTable,
    beside: ["table-drop-order", "statement-drops-used"],
  },
  {
    what: "a parent is dropped before its child",
    plant: inBase(drops, '<TableDrop Name="acme_room"/>\n        <TableDrop Name="acme_key"/>'),
    rules: "table-drop-order",
    file: baseSpec,
    at: '<TableDrop Name="acme_room"/>',
  },
  {
    what: "a column is only there on upgraded systems",
    plant: (files) => {
      replace(files, baseSpec, `            ${ownerColumn}\n`, "");
      replace(files, baseSpec, `            ${ownerKey}\n`, "");
    },
    rules: "install-upgrade-drift",
    file: baseSpec,
    at: '<ColumnAdd Name="owner_id"',
  },
  {
    what: "a column is added by two upgrades",
    plant: inBase('<ColumnAdd Name="owner_id"', `${floorAdded}\n            <ColumnAdd Name="owner_id"`),
    rules: "column-exists",
    file: baseSpec,
    at: floorAdded,
  },
  {
    what: "a key refers to a column that is not there",
    plant: inBase('<IndexColumn Name="label"/>', '<IndexColumn Name="lable"/>'),
    rules: "index-column-unknown",
    file: baseSpec,
    at: "lable",
  },
  {
    what: "a foreign key has another type than what it refers to",
    plant: (files) => {
      replace(files, baseSpec, ownerColumn, ownerColumn.replace("INTEGER", "BIGINT"));
      replace(
        files,
        baseSpec,
        '<ColumnAdd Name="owner_id" Required="false" Type="INTEGER"/>',
        '<ColumnAdd Name="owner_id" Required="false" Type="BIGINT"/>',
      );
    },
    rules: "fk-type-mismatch",
    file: baseSpec,
    at: ownerKey,
  },
  {
    what: "a type of column does not exist",
    plant: inBase(label, label.replace("VARCHAR", "STRING")),
    rules: "column-type-unknown",
    file: baseSpec,
    at: "STRING",
  },
  {
    what: "text is inserted without quotes",
    plant: inBase(lobby, lobby.replace(' Type="Quote"', "")),
    rules: "insert-unquoted-string",
    file: baseSpec,
    at: '<Data Key="name">Lobby</Data>',
  },
  {
    what: "a row has a column that the table has not",
    plant: inBase('<Data Key="floor"', '<Data Key="storey"'),
    rules: "insert-column-unknown",
    file: baseSpec,
    at: '"storey"',
  },
  {
    what: "a row lacks what the table requires",
    plant: inBase(`${lobby}\n            `, ""),
    rules: "insert-required-missing",
    file: baseSpec,
    at: '<Insert Table="acme_room">',
  },
  {
    what: "an element of an upgrade has no version",
    plant: inBase('<TableAlter Name="acme_room" Version="1.1.0">', '<TableAlter Name="acme_room">'),
    rules: "db-upgrade-version-missing",
    file: baseSpec,
    at: '<TableAlter Name="acme_room">',
    beside: ["install-upgrade-drift"],
  },
  {
    what: "a table is made before the one that it refers to, in an upgrade",
    plant: (files) => {
      replace(
        files,
        baseSpec,
        '<TableAlter Name="acme_room" Version="1.2.0">',
        `${upgradeChild}${upgradeParent}<TableAlter Name="acme_room" Version="1.2.0">`,
      );
      replace(files, baseSpec, keyTable, `${installParent}${installChild}${keyTable}`);
      replace(
        files,
        baseSpec,
        drops,
        `<TableDrop Name="acme_wing"/>\n        <TableDrop Name="acme_house"/>\n        ${drops}`,
      );
    },
    rules: "statement-misses",
    file: baseSpec,
    at: '<TableCreate Name="acme_wing" Version="1.2.0">',
  },
  {
    what: "a required text is empty, which Oracle takes for none",
    plant: inBase(
      '<Data Key="floor" Type="Quote">0</Data>\n        </Insert>',
      '<Data Key="floor" Type="Quote">0</Data>\n        </Insert>\n        <Insert Table="acme_key">\n            <Data Key="room_id">1</Data>\n            <Data Key="label" Type="Quote"></Data>\n        </Insert>',
    ),
    rules: "statement-value-refused",
    file: baseSpec,
    at: '<Insert Table="acme_key">',
  },
  {
    what: "two indexes of two tables have one name",
    plant: inBase(
      '<Unique Name="acme_room_name">',
      '<Index Name="acme_key_label"><IndexColumn Name="floor"/></Index>\n            <Unique Name="acme_room_name">',
    ),
    rules: "index-name-duplicate",
    file: baseSpec,
    at: '<Index Name="acme_key_label"><IndexColumn Name="label"/></Index>',
    beside: ["install-upgrade-drift"],
  },
  {
    what: "a row is put into a table of the framework and stays",
    plant: replacing(toolSpec, "    </DatabaseInstall>", `${row}    </DatabaseInstall>`),
    rules: "statement-row-twice",
    file: toolSpec,
    at: '<Insert Table="valid">',
  },
  {
    what: "a column is dropped while a key stands on it",
    plant: (files) => {
      replace(files, baseSpec, `            ${ownerColumn}\n`, "");
      replace(files, baseSpec, `            ${ownerKey}\n`, "");
      replace(
        files,
        baseSpec,
        `${ownerKeyMade}\n        </TableAlter>`,
        `${ownerKeyMade}\n        </TableAlter>\n        <TableAlter Name="acme_room" Version="1.2.0">\n            <ColumnDrop Name="owner_id"/>\n        </TableAlter>`,
      );
    },
    rules: "statement-drops-used",
    file: baseSpec,
    at: '<ColumnDrop Name="owner_id"/>',
    beside: ["install-upgrade-drift"],
  },
];

const parentColumns =
  '<Column Name="id" Required="true" PrimaryKey="true" AutoIncrement="true" Type="INTEGER"/></TableCreate>\n        ';
const childColumns =
  '<Column Name="id" Required="true" PrimaryKey="true" AutoIncrement="true" Type="INTEGER"/><Column Name="house_id" Required="true" Type="INTEGER"/><ForeignKey ForeignTable="acme_house"><Reference Local="house_id" Foreign="id"/></ForeignKey></TableCreate>\n        ';
const installParent = `<TableCreate Name="acme_house">${parentColumns}`;
const installChild = `<TableCreate Name="acme_wing">${childColumns}`;
const upgradeParent = `<TableCreate Name="acme_house" Version="1.2.0">${parentColumns}`;
const upgradeChild = `<TableCreate Name="acme_wing" Version="1.2.0">${childColumns}`;

const installCall = "->CodeInstall();";
const upgradeSection = '<CodeUpgrade Type="post" Version="1.1.0">';

export const codeFaults: readonly Fault[] = [
  {
    what: "the phase of code is misspelled",
    plant: inBase('<CodeInstall Type="post">', '<CodeInstall Type="psot">'),
    rules: "code-type-invalid",
    file: baseSpec,
    at: "psot",
  },
  {
    what: "a method is called that the setup module has not",
    plant: inBase(installCall, "->CodeInstal();"),
    rules: "code-packagesetup-method-missing",
    file: baseSpec,
    at: "CodeInstal()",
  },
  {
    what: "a brace of Perl is not closed",
    plant: inBase(installCall, `${installCall}\n        if (1) {`),
    rules: ["code-unbalanced", "code-perl-syntax"],
    file: baseSpec,
    at: "if (1) {",
  },
  {
    what: "code returns nothing in the middle",
    plant: inBase(installCall, `${installCall}\n        return;`),
    rules: "code-early-return",
    file: baseSpec,
    at: "return;",
  },
  {
    what: "code runs before its module is there",
    plant: inBase('<CodeInstall Type="post">', '<CodeInstall Type="pre">'),
    rules: "code-install-pre-uses-package",
    file: baseSpec,
    at: "var::packagesetup::AcmeBase')->CodeInstall",
  },
  {
    what: "code runs after its module is gone",
    plant: inBase('<CodeUninstall Type="pre">', '<CodeUninstall Type="post">'),
    rules: "code-uninstall-post-uses-package",
    file: baseSpec,
    at: "->CodeUninstall();",
  },
  {
    what: "code uses $Self where there is none",
    plant: inBase(installCall, `${installCall}\n        $Self->{LogObject}->Log();`),
    rules: "code-uses-self",
    file: baseSpec,
    at: "$Self->{LogObject}",
  },
  {
    what: "the setup module is not listed",
    plant: inBase(`        ${listing("var/packagesetup/AcmeBase.pm")}\n`, ""),
    rules: "code-packagesetup-not-listed",
    file: baseSpec,
    at: "->CodeInstall();",
    beside: ["file-not-listed"],
  },
  {
    what: "a module of the framework is misspelled",
    plant: inBase(
      installCall,
      `${installCall}\n        $Kernel::OM->Get('Kernel::System::Tickets')->TicketGet();`,
    ),
    rules: "framework-module-unknown",
    file: baseSpec,
    at: "Kernel::System::Tickets",
  },
  {
    what: "setup code deletes a file of the package",
    plant: (files) => {
      replace(
        files,
        baseSetup,
        "sub CodeInstall { return 1; }",
        "sub CodeInstall {\n    my $Home = $Kernel::OM->Get('Kernel::Config')->Get('Home');\n    unlink \"$Home/bin/acme.Rooms.pl\";\n    return 1;\n}",
      );
      replace(
        files,
        baseSetup,
        "our @ObjectDependencies = ('Kernel::System::Log');",
        "our @ObjectDependencies = ('Kernel::Config', 'Kernel::System::Log');",
      );
    },
    rules: "code-removes-own-file",
    file: baseSpec,
    at: program,
  },
];

export const versionFaults: readonly Fault[] = [
  {
    what: "a gate is above the version of the package",
    plant: inBase(upgradeSection, upgradeSection.replace("1.1.0", "1.3.0")),
    rules: "code-upgrade-version-above-package",
    file: baseSpec,
    at: '"1.3.0"',
  },
  {
    what: "a gate is one too low for the name of the method",
    plant: (files) => {
      replace(files, baseSpec, "->CodeUpgrade();", "->CodeUpgradeFromLowerThan_1_2_0();");
      replace(files, baseSetup, "sub CodeUpgrade ", "sub CodeUpgradeFromLowerThan_1_2_0 ");
    },
    rules: "code-upgrade-version-name",
    file: baseSpec,
    at: upgradeSection,
  },
  {
    what: "the change log was forgotten",
    plant: inBase("<Version>1.2.0</Version>", "<Version>1.3.0</Version>"),
    rules: "changelog-version-mismatch",
    file: baseSpec,
    at: "<Version>1.3.0</Version>",
  },
  {
    what: "a version has a suffix",
    plant: inBase("<Version>1.2.0</Version>", "<Version>1.2.0-rc1</Version>"),
    rules: "version-suffix",
    file: baseSpec,
    at: "1.2.0-rc1",
    beside: ["changelog-version-mismatch", "package-required-too-new"],
  },
  {
    what: "a version has a leading zero",
    plant: inBase("<Version>1.2.0</Version>", "<Version>1.02.0</Version>"),
    rules: "version-leading-zero",
    file: baseSpec,
    at: "1.02.0",
    beside: ["changelog-version-mismatch", "package-required-too-new", "version-compare-ambiguous"],
  },
  {
    what: "an upgrade is gated by what is no version",
    plant: inBase(upgradeSection, upgradeSection.replace("1.1.0", "v1.1")),
    rules: "code-upgrade-version-format",
    file: baseSpec,
    at: '"v1.1"',
  },
  {
    what: "an entry of the change log stands in the wrong place",
    plant: (files) => {
      const entries = files[baseSpec]!.match(/ {4}<ChangeLog Version="1\.[01]\.0".*\n/g)!;
      replace(files, baseSpec, entries.join(""), [...entries].reverse().join(""));
    },
    rules: "changelog-order",
    file: baseSpec,
    at: '<ChangeLog Version="1.1.0"',
  },
  {
    what: "a framework is written with a character of patterns",
    plant: inBase("<Framework>7.1.x</Framework>", "<Framework>7.1.*</Framework>"),
    rules: "framework-regex-characters",
    file: baseSpec,
    at: "7.1.*",
    beside: ["package-required-framework-gap", "framework-format"],
  },
  {
    what: "the bounds of a framework are the wrong way round",
    plant: inBase(
      "<Framework>7.1.x</Framework>",
      '<Framework Minimum="7.1.5" Maximum="7.1.3">7.1.x</Framework>',
    ),
    rules: "framework-min-gt-max",
    file: baseSpec,
    at: 'Minimum="7.1.5"',
    beside: ["package-required-framework-gap"],
  },
  {
    what: "no product has such a release",
    plant: inBase("<Framework>7.1.x</Framework>", "<Framework>9.1.x</Framework>"),
    rules: "framework-unknown-release",
    file: baseSpec,
    at: "9.1.x",
    beside: ["package-required-framework-gap"],
  },
];

const required = '<PackageRequired Version="1.2.0">AcmeBase</PackageRequired>';
const inTools = (part: string, replacement: string) => replacing(toolSpec, part, replacement);
const moduleRequired = '<ModuleRequired Version="2.1.0">Text::Acme</ModuleRequired>';

export const requirementFaults: readonly Fault[] = [
  {
    what: "a requirement has no version",
    plant: inTools(required, required.replace(' Version="1.2.0"', "")),
    rules: "package-required-version-missing",
    file: toolSpec,
    at: "<PackageRequired>AcmeBase",
  },
  {
    what: "a package requires itself",
    plant: inTools(required, `${required}\n    <PackageRequired Version="1.0.0">AcmeTools</PackageRequired>`),
    rules: "package-required-self",
    file: toolSpec,
    at: "AcmeTools</PackageRequired>",
  },
  {
    what: "a package is required twice",
    plant: inTools(required, `${required}\n    ${required.replace("1.2.0", "1.0.0")}`),
    rules: "package-required-duplicate",
    file: toolSpec,
    at: 'Version="1.0.0">AcmeBase</PackageRequired>',
  },
  {
    what: "a version is required that there is not",
    plant: inTools(required, required.replace("1.2.0", "1.4.0")),
    rules: "package-required-too-new",
    file: toolSpec,
    at: "1.4.0",
  },
  {
    what: "a wildcard stands in a required version",
    plant: inTools(required, required.replace("1.2.0", "1.x")),
    rules: "package-required-version-wildcard",
    file: toolSpec,
    at: '"1.x"',
  },
  {
    what: "a package is required that nobody has",
    plant: inTools(required, `${required}\n    <PackageRequired Version="1.0.0">AcmeBasis</PackageRequired>`),
    rules: "package-required-unknown",
    file: toolSpec,
    at: "AcmeBasis",
  },
  {
    what: "two packages require each other",
    plant: inBase(
      "    <Vendor>Acme Inc.</Vendor>",
      '    <PackageRequired Version="1.0.0">AcmeTools</PackageRequired>\n    <Vendor>Acme Inc.</Vendor>',
    ),
    rules: "package-required-cycle",
    file: baseSpec,
    at: "AcmeTools</PackageRequired>",
    beside: ["package-required-cycle"],
  },
  {
    what: "a Perl module is required with a blank in its name",
    plant: inTools(moduleRequired, moduleRequired.replace("Text::Acme", "Text:: Acme")),
    rules: "module-required-format",
    file: toolSpec,
    at: "Text:: Acme",
    beside: ["module-used-undeclared"],
  },
  {
    what: "a module of Perl itself is required",
    plant: inTools(moduleRequired, `${moduleRequired}\n    <ModuleRequired>Data::Dumper</ModuleRequired>`),
    rules: "module-required-core",
    file: toolSpec,
    at: "Data::Dumper",
  },
  {
    what: "a module is used that is not required",
    plant: inTools(`    ${moduleRequired}\n`, ""),
    rules: "module-used-undeclared",
    file: toolSpec,
    at: "AcmeTools.pm",
  },
  {
    what: "a module of another package is used without requiring it",
    plant: (files) => {
      replace(files, toolSpec, `    ${required}\n`, "");
      replace(
        files,
        toolSpec,
        '            <ForeignKey ForeignTable="acme_room"><Reference Local="room_id" Foreign="id"/></ForeignKey>\n',
        "",
      );
      replace(
        files,
        toolSpec,
        '            <ForeignKeyCreate ForeignTable="acme_room"><Reference Local="room_id" Foreign="id"/></ForeignKeyCreate>\n',
        "",
      );
    },
    rules: "package-dependency-undeclared",
    file: toolSpec,
    at: "AcmeTools.pm",
  },
];

const merged =
  '<PackageMerge Name="AcmeOld" TargetVersion="3.0.0">\n        <CodeUpgrade Type="merge"><![CDATA[1;]]></CodeUpgrade>\n    </PackageMerge>';
const withMerge = (merge: string, replacement = ""): ((files: Files) => void) =>
  inBase("    <Filelist>\n", `    ${merge}\n${replacement}    <Filelist>\n`);

export const mergeFaults: readonly Fault[] = [
  {
    what: "a merge names nobody",
    plant: withMerge(merged.replace(' Name="AcmeOld"', "")),
    rules: "merge-name-missing",
    file: baseSpec,
    at: "<PackageMerge",
  },
  {
    what: "a merge has no version",
    plant: withMerge(merged.replace(' TargetVersion="3.0.0"', "")),
    rules: "merge-target-missing",
    file: baseSpec,
    at: "<PackageMerge",
  },
  {
    what: "a package merges itself",
    plant: withMerge(merged.replace("AcmeOld", "AcmeBase")),
    rules: "merge-self",
    file: baseSpec,
    at: "<PackageMerge",
    beside: ["package-required-merged", "merge-required-by-others"],
  },
  {
    what: "a merge holds what is not for it",
    plant: withMerge(merged.replaceAll("CodeUpgrade", "CodeInstall")),
    rules: ["merge-child-invalid"],
    file: baseSpec,
    at: '<CodeInstall Type="merge">',
    beside: ["code-merge-outside-upgrade"],
  },
  {
    what: "the code of a merge is of another phase",
    plant: withMerge(merged.replace('Type="merge"', 'Type="post"')),
    rules: "merge-child-type",
    file: baseSpec,
    at: '<CodeUpgrade Type="post">',
    beside: ["code-upgrade-unversioned"],
  },
  {
    what: "a version of a merge has two parts",
    plant: withMerge(merged.replace("3.0.0", "3.0")),
    rules: "merge-target-format",
    file: baseSpec,
    at: 'TargetVersion="3.0"',
  },
  {
    what: "a section waits for a merge that there is not",
    plant: inBase(upgradeSection, upgradeSection.replace("<CodeUpgrade", '<CodeUpgrade IfPackage="AcmeOld"')),
    rules: "if-package-without-merge",
    file: baseSpec,
    at: 'IfPackage="AcmeOld"',
  },
  {
    what: "a package that another one requires is merged away",
    plant: (files) => {
      const house = withoutSections(withoutSections(files[baseSpec]!, "Code"), "Database");
      files["AcmeHouse/AcmeHouse.sopm"] = withoutFiles(house)
        .replaceAll("AcmeBase", "AcmeHouse")
        .replace(
          "<Filelist>\n",
          `${merged.replace("AcmeOld", "AcmeBase")}\n    <Filelist>\n        ${listing("Kernel/System/AcmeHouse.pm")}\n`,
        );
      files["AcmeHouse/Kernel/System/AcmeHouse.pm"] = files[toolList]!.replace(
        "AcmeTools::List",
        "AcmeHouse",
      );
    },
    rules: "merge-required-by-others",
    file: "AcmeHouse/AcmeHouse.sopm",
    at: "<PackageMerge",
    beside: ["merge-files-lost"],
  },
  {
    what: "files of a merged package are lost",
    plant: (files) => {
      files["AcmeOld/AcmeOld.sopm"] = withoutSections(files[toolSpec]!, "Database")
        .replaceAll("AcmeTools", "AcmeOld")
        .replace(`    ${required}\n`, "");
      files["AcmeOld/Kernel/System/AcmeOld.pm"] = files[toolModule]!.replaceAll("AcmeTools", "AcmeOld")
        .replace(/\$Kernel::OM.*;/, "1;")
        .replace("'Kernel::System::AcmeRoom'", "");
      files["AcmeOld/Kernel/System/AcmeOld/List.pm"] = files[toolList]!.replaceAll("AcmeTools", "AcmeOld");
      replace(files, baseSpec, "    <Filelist>\n", `    ${merged}\n    <Filelist>\n`);
    },
    rules: "merge-files-lost",
    file: baseSpec,
    at: "<PackageMerge",
  },
  {
    what: "a package was renamed and does not merge its old name",
    plant: (files) => {
      files["AcmeOld/AcmeOld.sopm"] = files[baseSpec]!.replace(
        "<Name>AcmeBase</Name>",
        "<Name>AcmeOld</Name>",
      )
        .replace("<Version>1.2.0</Version>", "<Version>1.1.0</Version>")
        .replace(/ {4}<ChangeLog Version="1.2.0".*\n/, "")
        .replace(
          / {4}<DatabaseUpgrade Type="post">\n {8}<TableAlter Name="acme_room" Version="1.2.0">[\s\S]*?<\/DatabaseUpgrade>\n/,
          "",
        );
      for (const [path, text] of Object.entries(files))
        if (path.startsWith("AcmeBase/") && path !== baseSpec)
          files[path.replace("AcmeBase/", "AcmeOld/")] = text;
    },
    rules: ["package-renamed-without-merge", "file-owned-by-other"],
    file: baseSpec,
    at: "<Name>AcmeBase</Name>",
    beside: ["code-packagesetup-name", "file-owned-by-other"],
  },
];

const intro =
  '<IntroInstall Type="post" Lang="en" Title="Thank you"><![CDATA[<p>The <b>rooms</b> are there now.</p>]]></IntroInstall>';

export const introFaults: readonly Fault[] = [
  {
    what: "an intro has a phase that does not exist",
    plant: inBase(intro, intro.replace('"post"', '"after"')),
    rules: "intro-type-invalid",
    file: baseSpec,
    at: '"after"',
  },
  {
    what: "an intro has no language",
    plant: inBase(intro, intro.replace(' Lang="en"', "")),
    rules: "intro-lang-missing",
    file: baseSpec,
    at: "<IntroInstall",
  },
  {
    what: "an intro is there in German alone",
    plant: inBase(intro, intro.replace('"en"', '"de"')),
    rules: "intro-en-missing",
    file: baseSpec,
    at: "<IntroInstall",
  },
  {
    what: "an intro is there twice",
    plant: inBase(intro, `${intro}\n    ${intro}`),
    rules: "intro-duplicate",
    file: baseSpec,
    at: "<IntroInstall",
  },
  {
    what: "an intro holds a script",
    plant: inBase("are there now.</p>", "are there now.</p><script>alert(1)</script>"),
    rules: "intro-unsafe-html",
    file: baseSpec,
    at: "<script>",
  },
  {
    what: "a tag of an intro is not closed",
    plant: inBase("<b>rooms</b>", "<b>rooms"),
    rules: "intro-html-broken",
    file: baseSpec,
    at: "<b>rooms",
  },
  {
    what: "an intro is in a language that does not exist",
    plant: inBase(intro, `${intro}\n    ${intro.replace('"en"', '"dee"')}`),
    rules: "language-unknown",
    file: baseSpec,
    at: '"dee"',
  },
  {
    what: "an intro has no text",
    plant: inBase(intro, '<IntroInstall Type="post" Lang="en" Title="Thank you"></IntroInstall>'),
    rules: "intro-empty",
    file: baseSpec,
    at: "<IntroInstall",
  },
  {
    what: "a text was encoded twice",
    plant: inBase("Räume und", "RÃ¤ume und"),
    rules: "text-encoded-twice",
    file: baseSpec,
    at: "RÃ¤ume",
  },
  {
    what: "an intro of the uninstall comes after it",
    plant: inBase(
      intro,
      `${intro}\n    <IntroUninstall Type="post" Lang="en" Title="Bye">Gone.</IntroUninstall>`,
    ),
    rules: "intro-uninstall-post",
    file: baseSpec,
    at: "<IntroUninstall",
  },
];

export const acrossFaults: readonly Fault[] = [
  {
    what: "two packages list one file",
    plant: (files) => {
      replace(files, toolSpec, "<Filelist>\n", `<Filelist>\n        ${room}\n`);
      files["AcmeTools/Kernel/System/AcmeRoom.pm"] = files[baseModule]!;
    },
    rules: "file-owned-by-other",
    file: toolSpec,
    at: room,
    beside: ["file-owned-by-other"],
  },
  {
    what: "no version of a required package is for the framework",
    plant: inTools(
      "<Framework>7.1.x</Framework>",
      "<Framework>7.1.x</Framework>\n    <Framework>7.2.x</Framework>",
    ),
    rules: "package-required-framework-gap",
    file: toolSpec,
    at: required,
  },
  {
    what: "a name is required in other letters",
    plant: inTools(required, required.replace("AcmeBase", "ACMEBase")),
    rules: ["package-required-unknown", "name-letter-case"],
    file: toolSpec,
    at: "ACMEBase",
    beside: ["package-dependency-undeclared"],
  },
  {
    what: "two specs lie in one folder",
    plant: (files) => {
      files["AcmeTools/AcmeToolsOld.sopm"] = withoutFiles(withoutSections(files[toolSpec]!, "Database"))
        .replace("<Name>AcmeTools<", "<Name>AcmeToolsOld<")
        .replace(/ {4}<Filelist>\s*<\/Filelist>\n/, "")
        .replace(`    ${moduleRequired}\n`, "");
    },
    rules: "spec-multiple",
    file: "AcmeTools/AcmeToolsOld.sopm",
    at: "<Name>AcmeToolsOld",
    beside: ["spec-multiple", "filelist-missing", "file-not-listed"],
  },
  {
    what: "a table refers to one of a package that is not required",
    plant: (files) => {
      replace(files, toolSpec, `    ${required}\n`, "");
      replace(
        files,
        toolModule,
        "our @ObjectDependencies = ('Kernel::System::AcmeRoom');",
        "our @ObjectDependencies = ();",
      );
      replace(files, toolModule, "return $Kernel::OM->Get('Kernel::System::AcmeRoom')->Run();", "return 1;");
    },
    rules: ["statement-misses", "fk-table-unknown", "package-dependency-undeclared"],
    file: toolSpec,
    at: 'ForeignTable="acme_room"',
  },
];
