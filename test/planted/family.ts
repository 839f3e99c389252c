/** Files by path, below the folder of all packages. */
export type Files = Record<string, string>;

/**
 * A family of two packages for Znuny in which nothing is wrong: one that makes tables and settings, and one that needs
 * it and hangs on its table.
 */
export function cleanFamily(): Files {
  return { ...baseFiles, ...toolFiles };
}

export const baseSpec = "AcmeBase/AcmeBase.sopm";
export const toolSpec = "AcmeTools/AcmeTools.sopm";
export const baseSettings = "AcmeBase/Kernel/Config/Files/XML/AcmeBase.xml";
export const baseModule = "AcmeBase/Kernel/System/AcmeRoom.pm";
export const baseSetup = "AcmeBase/var/packagesetup/AcmeBase.pm";
export const toolModule = "AcmeTools/Kernel/System/AcmeTools.pm";
export const toolList = "AcmeTools/Kernel/System/AcmeTools/List.pm";

const baseFiles: Files = {
  [baseSpec]: `<?xml version="1.0" encoding="utf-8"?>
<otrs_package version="1.0">
    <Name>AcmeBase</Name>
    <Version>1.2.0</Version>
    <Framework>7.1.x</Framework>
    <Vendor>Acme Inc.</Vendor>
    <URL>https://acme.example/</URL>
    <License>GNU AFFERO GENERAL PUBLIC LICENSE Version 3, November 2007</License>
    <Description Lang="en">Rooms and their owners.</Description>
    <Description Lang="de">Räume und ihre Besitzer.</Description>
    <ChangeLog Version="1.2.0" Date="2025-03-01 10:00:00">Rooms have an owner.</ChangeLog>
    <ChangeLog Version="1.1.0" Date="2025-02-01 10:00:00">Rooms have a floor.</ChangeLog>
    <ChangeLog Version="1.0.0" Date="2025-01-01 10:00:00">First release.</ChangeLog>
    <Filelist>
        <File Location="Kernel/Config/Files/XML/AcmeBase.xml" Permission="660"/>
        <File Location="Kernel/Language/de_AcmeBase.pm" Permission="660"/>
        <File Location="Kernel/Modules/AdminAcmeRoom.pm" Permission="660"/>
        <File Location="Kernel/Output/HTML/Templates/Standard/AdminAcmeRoom.tt" Permission="660"/>
        <File Location="Kernel/System/AcmeRoom.pm" Permission="660"/>
        <File Location="bin/acme.Rooms.pl" Permission="770"/>
        <File Location="var/packagesetup/AcmeBase.pm" Permission="660"/>
    </Filelist>
    <IntroInstall Type="post" Lang="en" Title="Thank you"><![CDATA[<p>The <b>rooms</b> are there now.</p>]]></IntroInstall>
    <CodeInstall Type="post"><![CDATA[
        $Kernel::OM->Get('var::packagesetup::AcmeBase')->CodeInstall();
        1;
    ]]></CodeInstall>
    <CodeReinstall Type="post"><![CDATA[
        $Kernel::OM->Get('var::packagesetup::AcmeBase')->CodeReinstall();
        1;
    ]]></CodeReinstall>
    <CodeUpgrade Type="post" Version="1.1.0"><![CDATA[
        $Kernel::OM->Get('var::packagesetup::AcmeBase')->CodeUpgrade();
        1;
    ]]></CodeUpgrade>
    <CodeUninstall Type="pre"><![CDATA[
        $Kernel::OM->Get('var::packagesetup::AcmeBase')->CodeUninstall();
        1;
    ]]></CodeUninstall>
    <DatabaseInstall Type="post">
        <TableCreate Name="acme_room">
            <Column Name="id" Required="true" PrimaryKey="true" AutoIncrement="true" Type="INTEGER"/>
            <Column Name="name" Required="true" Size="200" Type="VARCHAR"/>
            <Column Name="floor" Required="false" Size="100" Type="VARCHAR"/>
            <Column Name="owner_id" Required="false" Type="INTEGER"/>
            <Unique Name="acme_room_name"><UniqueColumn Name="name"/></Unique>
            <ForeignKey ForeignTable="users"><Reference Local="owner_id" Foreign="id"/></ForeignKey>
        </TableCreate>
        <TableCreate Name="acme_key">
            <Column Name="id" Required="true" PrimaryKey="true" AutoIncrement="true" Type="INTEGER"/>
            <Column Name="room_id" Required="true" Type="INTEGER"/>
            <Column Name="label" Required="true" Size="100" Type="VARCHAR"/>
            <Index Name="acme_key_label"><IndexColumn Name="label"/></Index>
            <ForeignKey ForeignTable="acme_room"><Reference Local="room_id" Foreign="id"/></ForeignKey>
        </TableCreate>
        <Insert Table="acme_room">
            <Data Key="name" Type="Quote">Lobby</Data>
            <Data Key="floor" Type="Quote">0</Data>
        </Insert>
    </DatabaseInstall>
    <DatabaseUpgrade Type="post">
        <TableAlter Name="acme_room" Version="1.1.0">
            <ColumnAdd Name="floor" Required="false" Size="100" Type="VARCHAR"/>
        </TableAlter>
    </DatabaseUpgrade>
    <DatabaseUpgrade Type="post">
        <TableAlter Name="acme_room" Version="1.2.0">
            <ColumnAdd Name="owner_id" Required="false" Type="INTEGER"/>
            <ForeignKeyCreate ForeignTable="users"><Reference Local="owner_id" Foreign="id"/></ForeignKeyCreate>
        </TableAlter>
    </DatabaseUpgrade>
    <DatabaseUninstall Type="post">
        <TableDrop Name="acme_key"/>
        <TableDrop Name="acme_room"/>
    </DatabaseUninstall>
</otrs_package>
`,
  [baseSettings]: `<?xml version="1.0" encoding="utf-8"?>
<otrs_config version="2.0" init="Application">
    <Setting Name="AcmeBase::Floor" Required="0" Valid="1">
        <Description Translatable="1">Defines the floor of a new room.</Description>
        <Navigation>Core::AcmeBase</Navigation>
        <Value>
            <Item ValueType="String">Ground</Item>
        </Value>
    </Setting>
    <Setting Name="AcmeBase::Mode" Required="0" Valid="1">
        <Description Translatable="1">Defines how rooms are listed.</Description>
        <Navigation>Core::AcmeBase</Navigation>
        <Value>
            <Item ValueType="Select" SelectedID="short">
                <Item ValueType="Option" Value="short">short</Item>
                <Item ValueType="Option" Value="long">long</Item>
            </Item>
        </Value>
    </Setting>
    <Setting Name="AcmeBase::Color" Required="0" Valid="1">
        <Description Translatable="1">Defines the color of rooms.</Description>
        <Navigation>Core::AcmeBase</Navigation>
        <Value>
            <Item ValueType="String" ValueRegex="^#[0-9a-f]{6}$">#00ff00</Item>
        </Value>
    </Setting>
    <Setting Name="AcmeBase::Active" Required="0" Valid="1">
        <Description Translatable="1">Shows the rooms.</Description>
        <Navigation>Core::AcmeBase</Navigation>
        <Value>
            <Item ValueType="Checkbox">1</Item>
        </Value>
    </Setting>
    <Setting Name="Frontend::Module###AdminAcmeRoom" Required="0" Valid="1">
        <Description Translatable="1">Registers the rooms.</Description>
        <Navigation>Frontend::Admin::ModuleRegistration</Navigation>
        <Value>
            <Item ValueType="FrontendRegistration">
                <Hash>
                    <Item Key="GroupRo"><Array></Array></Item>
                    <Item Key="Group"><Array><Item>admin</Item></Array></Item>
                    <Item Key="Description">Rooms.</Item>
                    <Item Key="Title">Rooms</Item>
                    <Item Key="NavBarName">Admin</Item>
                </Hash>
            </Item>
        </Value>
    </Setting>
    <Setting Name="Ticket::EventModulePost###9900-AcmeBase" Required="0" Valid="1">
        <Description Translatable="1">Looks for the room of a ticket.</Description>
        <Navigation>Core::Event::Ticket</Navigation>
        <Value>
            <Hash>
                <Item Key="Module">Kernel::System::AcmeRoom</Item>
                <Item Key="Event">TicketCreate</Item>
            </Hash>
        </Value>
    </Setting>
</otrs_config>
`,
  "AcmeBase/Kernel/Language/de_AcmeBase.pm": perlModule(
    "Kernel::Language::de_AcmeBase",
    "sub Data { return 1; }",
  ),
  "AcmeBase/Kernel/Modules/AdminAcmeRoom.pm": perlModule(
    "Kernel::Modules::AdminAcmeRoom",
    "sub Run { return 1; }",
  ),
  "AcmeBase/Kernel/Output/HTML/Templates/Standard/AdminAcmeRoom.tt":
    '<h1>[% Translate("Rooms") | html %]</h1>\n',
  [baseModule]: perlModule(
    "Kernel::System::AcmeRoom",
    `our @ObjectDependencies = ('Kernel::Config');

sub Run {
    my ( $Self, %Param ) = @_;

    my $ConfigObject = $Kernel::OM->Get('Kernel::Config');
    my %Settings     = map { $_ => $ConfigObject->Get("AcmeBase::$_") } qw(Floor Mode Color Active);
    return $ConfigObject->Get('AcmeBase::Floor')
        . $ConfigObject->Get('AcmeBase::Mode')
        . $ConfigObject->Get('AcmeBase::Color')
        . $ConfigObject->Get('AcmeBase::Active');
}`,
  ),
  "AcmeBase/bin/acme.Rooms.pl": "#!/usr/bin/perl\nuse strict;\nuse warnings;\nprint 1;\n",
  [baseSetup]: perlModule(
    "var::packagesetup::AcmeBase",
    `our @ObjectDependencies = ('Kernel::System::Log');

sub CodeInstall { return 1; }

sub CodeReinstall { return 1; }

sub CodeUpgrade { return 1; }

sub CodeUninstall { return 1; }`,
  ),
};

const toolFiles: Files = {
  [toolSpec]: `<?xml version="1.0" encoding="utf-8"?>
<otrs_package version="1.0">
    <Name>AcmeTools</Name>
    <Version>2.0.0</Version>
    <Framework>7.1.x</Framework>
    <PackageRequired Version="1.2.0">AcmeBase</PackageRequired>
    <ModuleRequired Version="2.1.0">Text::Acme</ModuleRequired>
    <Vendor>Acme Inc.</Vendor>
    <URL>https://acme.example/</URL>
    <License>GNU AFFERO GENERAL PUBLIC LICENSE Version 3, November 2007</License>
    <Description Lang="en">Tools and where they are.</Description>
    <Description Lang="de">Werkzeuge und wo sie liegen.</Description>
    <ChangeLog Version="2.0.0" Date="2025-03-02 10:00:00">Tools lie in rooms.</ChangeLog>
    <ChangeLog Version="1.0.0" Date="2025-01-02 10:00:00">First release.</ChangeLog>
    <Filelist>
        <File Location="Kernel/System/AcmeTools.pm" Permission="660"/>
        <File Location="Kernel/System/AcmeTools/List.pm" Permission="660"/>
    </Filelist>
    <DatabaseInstall Type="post">
        <TableCreate Name="acme_tool">
            <Column Name="id" Required="true" PrimaryKey="true" AutoIncrement="true" Type="INTEGER"/>
            <Column Name="room_id" Required="false" Type="INTEGER"/>
            <Column Name="name" Required="true" Size="200" Type="VARCHAR"/>
            <ForeignKey ForeignTable="acme_room"><Reference Local="room_id" Foreign="id"/></ForeignKey>
        </TableCreate>
    </DatabaseInstall>
    <DatabaseUpgrade Type="post">
        <TableAlter Name="acme_tool" Version="2.0.0">
            <ColumnAdd Name="room_id" Required="false" Type="INTEGER"/>
            <ForeignKeyCreate ForeignTable="acme_room"><Reference Local="room_id" Foreign="id"/></ForeignKeyCreate>
        </TableAlter>
    </DatabaseUpgrade>
    <DatabaseUninstall Type="post">
        <TableDrop Name="acme_tool"/>
    </DatabaseUninstall>
</otrs_package>
`,
  [toolModule]: perlModule(
    "Kernel::System::AcmeTools",
    `use Text::Acme;

our @ObjectDependencies = ('Kernel::System::AcmeRoom');

sub Run {
    my ( $Self, %Param ) = @_;

    return $Kernel::OM->Get('Kernel::System::AcmeRoom')->Run();
}`,
  ),
  [toolList]: perlModule("Kernel::System::AcmeTools::List", "sub Run { return 1; }"),
};

function perlModule(name: string, body: string): string {
  return `package ${name};

use strict;
use warnings;

${body}

1;
`;
}
