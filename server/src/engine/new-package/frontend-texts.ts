import type { PackageNames } from "./package-names.ts";
import { headText } from "./perl-texts.ts";

/** The page of agents. */
export function frontendModuleText(names: PackageNames): string {
  const { module } = names;
  return `${headText(names)}
package Kernel::Modules::Agent${module};

use strict;
use warnings;

our $ObjectManagerDisabled = 1;

sub new {
    my ( $Type, %Param ) = @_;

    my $Self = {%Param};
    bless( $Self, $Type );

    return $Self;
}

sub Run {
    my ( $Self, %Param ) = @_;

    my $LayoutObject = $Kernel::OM->Get('Kernel::Output::HTML::Layout');

    my @Entries = $Kernel::OM->Get('Kernel::System::${module}')->EntryList();
    for my $Entry (@Entries) {
        $LayoutObject->Block(
            Name => 'Entry',
            Data => $Entry,
        );
    }
    if ( !@Entries ) {
        $LayoutObject->Block( Name => 'NoEntry' );
    }

    my $Output = $LayoutObject->Header();
    $Output .= $LayoutObject->NavigationBar();
    $Output .= $LayoutObject->Output(
        TemplateFile => 'Agent${module}',
        Data         => \\%Param,
    );
    $Output .= $LayoutObject->Footer();

    return $Output;
}

1;
`;
}

export function templateText(names: PackageNames): string {
  // Whatever somebody is called, it is no directive of a template.
  return `${headText(names).replaceAll("[%", "(%")}
<div class="MainBox ARIARoleMain LayoutFixedSidebar">
    <h1>[% Translate("${names.title}") | html %]</h1>
    <div class="ContentColumn">
        <div class="WidgetSimple">
            <div class="Content">
                <table class="DataTable">
                    <thead>
                        <tr>
                            <th>[% Translate("Title") | html %]</th>
                        </tr>
                    </thead>
                    <tbody>
[% RenderBlockStart("NoEntry") %]
                        <tr>
                            <td>[% Translate("There is no entry yet.") | html %]</td>
                        </tr>
[% RenderBlockEnd("NoEntry") %]
[% RenderBlockStart("Entry") %]
                        <tr>
                            <td>[% Data.Title | html %]</td>
                        </tr>
[% RenderBlockEnd("Entry") %]
                    </tbody>
                </table>
            </div>
        </div>
    </div>
</div>
`;
}

/** What the settings say of themselves, to be translated. */
const descriptions = {
  module: "Registers the overview of entries in the agent interface.",
  menu: "Registers the main menu entry of the overview.",
  page: "Overview of all entries.",
} as const;

export function settingsText(names: PackageNames): string {
  const { module, title, family, group, has } = names;
  const root = `${family}_config`;
  const groups = (indent: string) =>
    ["GroupRo", "Group"]
      .map(
        (key) => `${indent}<Item Key="${key}">
${indent}    <Array>
${has("setup") ? `${indent}        <Item>${group}</Item>\n` : ""}${indent}    </Array>
${indent}</Item>`,
      )
      .join("\n");
  return `<?xml version="1.0" encoding="utf-8" ?>
<${root} version="2.0" init="Application">
    <Setting Name="Frontend::Module###Agent${module}" Required="0" Valid="1">
        <Description Translatable="1">${descriptions.module}</Description>
        <Navigation>Frontend::Agent::ModuleRegistration</Navigation>
        <Value>
            <Item ValueType="FrontendRegistration">
                <Hash>
${groups("                    ")}
                    <Item Key="Description" Translatable="1">${descriptions.page}</Item>
                    <Item Key="Title" Translatable="1">${title}</Item>
                    <Item Key="NavBarName">${title}</Item>
                </Hash>
            </Item>
        </Value>
    </Setting>
    <Setting Name="Frontend::Navigation###Agent${module}###001-${module}" Required="0" Valid="1">
        <Description Translatable="1">${descriptions.menu}</Description>
        <Navigation>Frontend::Agent::ModuleRegistration::MainMenu</Navigation>
        <Value>
            <Array>
                <DefaultItem ValueType="FrontendNavigation">
                    <Hash>
                    </Hash>
                </DefaultItem>
                <Item>
                    <Hash>
${groups("                        ")}
                        <Item Key="Description" Translatable="1">${descriptions.page}</Item>
                        <Item Key="Name" Translatable="1">${title}</Item>
                        <Item Key="Link">Action=Agent${module}</Item>
                        <Item Key="LinkOption"></Item>
                        <Item Key="NavBar">${title}</Item>
                        <Item Key="Type">Menu</Item>
                        <Item Key="Block">ItemArea</Item>
                        <Item Key="AccessKey"></Item>
                        <Item Key="Prio">9000</Item>
                    </Hash>
                </Item>
            </Array>
        </Value>
    </Setting>
</${root}>
`;
}

/** The German texts. */
export function translationText(names: PackageNames): string {
  const { module, title, has } = names;
  const rows: readonly (readonly [string, string])[] = [
    [title, title],
    ...(has("frontend")
      ? ([
          ["There is no entry yet.", "Es gibt noch keinen Eintrag."],
          [descriptions.page, "Übersicht aller Einträge."],
          [descriptions.module, "Registriert die Übersicht der Einträge in der Agentenoberfläche."],
          [descriptions.menu, "Registriert den Hauptmenüeintrag der Übersicht."],
        ] as const)
      : []),
  ];
  const lines = rows.map(([english, german]) => `        '${english}' => '${german}',\n`);
  return `${headText(names)}
package Kernel::Language::de_${module};

use strict;
use warnings;
use utf8;

sub Data {
    my $Self = shift;

    my %Texts = (
${lines.join("")}    );
    for my $English ( keys %Texts ) {
        $Self->{Translation}->{$English} = $Texts{$English};
    }

    return 1;
}

1;
`;
}
