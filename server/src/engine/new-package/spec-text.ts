import { rootNames } from "../../dialect/products.ts";
import { isOn } from "../../dialect/switches.ts";
import { lineOf } from "../../knowledge/releases.ts";
import { compareStrictly } from "../../model/version.ts";
import { escapeXml } from "../../text/escape.ts";
import type { PackageNames } from "./package-names.ts";

/** @param listed locations of the files that are part of the package */
export function specText(names: PackageNames, listed: readonly string[]): string {
  const { name, vendor, url, license, title, now, family, has } = names;
  const root = rootNames[family];
  const lines = [
    `<?xml version="1.0" encoding="utf-8" ?>`,
    `<${root} version="1.0">`,
    `    <Name>${name}</Name>`,
    `    <Version>1.0.0</Version>`,
    ...frameworks(names).map((each) => `    ${each}`),
    `    <Vendor>${escapeXml(vendor)}</Vendor>`,
    `    <URL>${escapeXml(url)}</URL>`,
    `    <License>${escapeXml(license)}</License>`,
    `    <Description Lang="en">${title}: say here in a sentence or two what it is for.</Description>`,
    ...(has("translations")
      ? [`    <Description Lang="de">${title}: hier steht in ein, zwei Sätzen, wozu es dient.</Description>`]
      : []),
    `    <ChangeLog Version="1.0.0" Date="${now}">First version.</ChangeLog>`,
    `    <Filelist>`,
    ...[...listed].sort().map((location) => `        <File Permission="660" Location="${location}"/>`),
    `    </Filelist>`,
    ...(has("setup") ? setupSections(names) : []),
    ...(has("table") ? tableSections(names) : []),
    `</${root}>`,
  ];
  return `${lines.join("\n")}\n`;
}

/** One for each release line; that of a release begins with it where all that have the line look at bounds. */
function frameworks({ products }: PackageNames): readonly string[] {
  const lines = new Map<string, string | undefined>();
  for (const { dialect, version } of products) {
    const line = lineOf(version)!;
    const minimum =
      /\.x$/.test(version) || !isOn("frameworkBounds", { dialect, version }) ? undefined : version;
    const other = lines.has(line) ? lines.get(line) : minimum;
    const isLower = minimum !== undefined && other !== undefined && compareStrictly(minimum, other) < 0;
    lines.set(line, minimum === undefined ? undefined : isLower ? minimum : other);
  }
  return [...lines]
    .sort(([first], [second]) => compareStrictly(first, second))
    .map(([line, minimum]) =>
      minimum === undefined
        ? `<Framework>${line}.x</Framework>`
        : `<Framework Minimum="${minimum}">${line}.x</Framework>`,
    );
}

/** Where the setup module does something of its own, it is called. */
function setupSections({ module }: PackageNames): readonly string[] {
  const section = (element: string, type: string, sub: string) => [
    `    <${element} Type="${type}"><![CDATA[`,
    `        $Kernel::OM->Get('var::packagesetup::${module}')->${sub}();`,
    `    ]]></${element}>`,
  ];
  return [
    "",
    ...section("CodeInstall", "post", "CodeInstall"),
    ...section("CodeReinstall", "post", "CodeReinstall"),
    ...section("CodeUninstall", "pre", "CodeUninstall"),
  ];
}

function tableSections({ table }: PackageNames): readonly string[] {
  return `
    <DatabaseInstall Type="post">
        <TableCreate Name="${table}">
            <Column Name="id" Required="true" PrimaryKey="true" AutoIncrement="true" Type="INTEGER"/>
            <Column Name="title" Required="true" Size="200" Type="VARCHAR"/>
            <Column Name="create_time" Required="true" Type="DATE"/>
            <Column Name="create_by" Required="true" Type="INTEGER"/>
            <Column Name="change_time" Required="true" Type="DATE"/>
            <Column Name="change_by" Required="true" Type="INTEGER"/>
            <ForeignKey ForeignTable="users">
                <Reference Local="create_by" Foreign="id"/>
                <Reference Local="change_by" Foreign="id"/>
            </ForeignKey>
        </TableCreate>
    </DatabaseInstall>
    <DatabaseUninstall Type="post">
        <TableDrop Name="${table}"/>
    </DatabaseUninstall>`.split("\n");
}
