import { baseSpec, type Files } from "./family.ts";
import { type Fault, replace } from "./fault.ts";

const owner = '            <Column Name="owner_id" Required="false" Type="INTEGER"/>\n';
const ownerKey =
  '            <ForeignKey ForeignTable="users"><Reference Local="owner_id" Foreign="id"/></ForeignKey>\n';

/** Puts the archive of a version beside the spec, which has what the spec has but for some parts of it. */
function release(files: Files, version: string, ...without: readonly (string | RegExp)[]): void {
  let text = files[baseSpec]!.replace(/<Version>.*?<\/Version>/, `<Version>${version}</Version>`)
    .replace(/ Permission="(\d+)"\/>/g, ' Permission="$1" Encode="Base64">MTsK</File>')
    .replace(
      "</otrs_package>",
      "    <BuildDate>2025-02-01 10:00:00</BuildDate>\n    <BuildHost>build</BuildHost>\n</otrs_package>",
    );
  for (const part of without) {
    const rest = text.replace(part, "");
    if (rest === text) throw new Error(`not in the spec: ${part}`);
    text = rest;
  }
  files[`AcmeBase/AcmeBase-${version}.opm`] = text;
}

/** What the last release had not: owners of rooms. */
const owners = [
  owner,
  ownerKey,
  /<DatabaseUpgrade Type="post">\s*<TableAlter Name="acme_room" Version="1\.2\.0">[\s\S]*?<\/DatabaseUpgrade>/,
];

/** Mistakes that only show beside what was released before. */
export const releasedFaults: readonly Fault[] = [
  {
    what: "upgrades do not make a new table",
    plant: (files) => {
      release(
        files,
        "1.1.0",
        ...owners,
        /<TableCreate Name="acme_key">[\s\S]*?<\/TableCreate>/,
        /<TableDrop Name="acme_key"\/>/,
      );
    },
    rules: "upgrade-missing",
    file: baseSpec,
    at: '<TableCreate Name="acme_key">',
  },
  {
    what: "upgrades do not make a new column",
    plant: (files) => {
      release(files, "1.1.0", ...owners, / *<Column Name="label".*\n/, / *<Index Name="acme_key_label">.*\n/);
    },
    rules: "upgrade-missing",
    file: baseSpec,
    at: '<Column Name="label"',
  },
  {
    what: "a change is bound to the version that was released last",
    plant: (files) => {
      release(files, "1.1.0", ...owners);
      replace(
        files,
        baseSpec,
        '<TableAlter Name="acme_room" Version="1.2.0">',
        '<TableAlter Name="acme_room" Version="1.1.0">',
      );
    },
    rules: "db-upgrade-version-released",
    file: baseSpec,
    at: '<TableAlter Name="acme_room" Version="1.1.0">',
  },
  {
    what: "code is bound to the version that was released last",
    plant: (files) => release(files, "1.1.0", ...owners, /<CodeUpgrade[\s\S]*?<\/CodeUpgrade>/),
    rules: "code-upgrade-version-released",
    file: baseSpec,
    at: "<CodeUpgrade",
  },
  {
    what: "a column has another name than in the last version",
    plant: (files) => {
      release(files, "1.1.0", ...owners);
      const archive = "AcmeBase/AcmeBase-1.1.0.opm";
      files[archive] = files[archive]!.replaceAll('"label"', '"caption"');
    },
    rules: "upgrade-rename-missing",
    file: baseSpec,
    at: '<Column Name="label"',
  },
  {
    what: "an entry of the change log has another text than in the last version",
    plant: (files) => {
      release(files, "1.1.0", ...owners);
      replace(files, baseSpec, ">Rooms have a floor.<", ">Rooms have walls.<");
    },
    rules: "changelog-entry-edited",
    file: baseSpec,
    at: '<ChangeLog Version="1.1.0"',
  },
  {
    what: "code for upgrades to a version is another one than it was released with",
    plant: (files) => {
      release(files, "1.1.0", ...owners);
      replace(files, baseSpec, "->CodeUpgrade();", "->CodeInstall();");
    },
    rules: "upgrade-edited",
    file: baseSpec,
    at: '<CodeUpgrade Type="post" Version="1.1.0"',
  },
  {
    what: "a column is dropped on which a key of the last version stands",
    plant: (files) => {
      release(files, "1.1.0", ...owners);
      replace(
        files,
        "AcmeBase/AcmeBase-1.1.0.opm",
        '<Column Name="label"',
        '<Column Name="spare_id" Required="false" Type="INTEGER"/>\n            <Column Name="label"',
      );
      replace(
        files,
        "AcmeBase/AcmeBase-1.1.0.opm",
        '<ForeignKey ForeignTable="acme_room">',
        '<ForeignKey ForeignTable="acme_room"><Reference Local="spare_id" Foreign="id"/></ForeignKey>\n            <ForeignKey ForeignTable="acme_room">',
      );
      replace(
        files,
        baseSpec,
        '<TableAlter Name="acme_room" Version="1.2.0">',
        '<TableAlter Name="acme_key" Version="1.2.0"><ColumnDrop Name="spare_id"/></TableAlter>\n        <TableAlter Name="acme_room" Version="1.2.0">',
      );
    },
    rules: "statement-drops-used",
    file: baseSpec,
    at: '<ColumnDrop Name="spare_id"/>',
  },
  {
    what: "the version was not raised",
    plant: (files) => release(files, "1.2.0", ...owners),
    rules: "version-not-increased",
    file: baseSpec,
    at: "<Version>1.2.0",
    beside: ["opm-stale"],
  },
  {
    what: "the version is below one that was released",
    plant: (files) => release(files, "1.3.0", ...owners),
    rules: "version-not-increased",
    file: baseSpec,
    at: "<Version>1.2.0",
  },
];
