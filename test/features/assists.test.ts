import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { assistsAt } from "../../server/src/features/assists/assists.ts";
import { english } from "../../server/src/l10n/translate.ts";
import { applyEdits } from "../support/apply-edits.ts";
import { featureDocument, type Surroundings } from "../support/feature-document.ts";
import { withCaret } from "../support/marked.ts";

const now = "2024-05-02 10:00:00";

/** What is offered at a caret, by title, with the text and the files that come of it. */
function offered(markedText: string, surroundings?: Surroundings) {
  const { text, caret } = withCaret(markedText);
  const assists = assistsAt(featureDocument(text, surroundings), caret, now);
  return new Map(
    assists.map(({ title, arguments: values, edits, newFile }) => [
      english(title, values),
      { text: applyEdits(text, edits), newFile },
    ]),
  );
}

function spec(inside: string): string {
  return `<otrs_package version="1.0">
    <Name>AcmeRooms</Name>
    <Version>1.2.3</Version>
    <Framework>7.1.x</Framework>
${inside}
</otrs_package>`;
}

const column = (name: string, tag = "Column") => `<${tag} Name="${name}" Type="BIGINT"/>`;

interface Case {
  readonly before: string;
  readonly title: string;
  /** Absent: nothing of that title is offered. */
  readonly after?: string;
}

/** @param attributes of the change of the table that is there already */
function elsewhere(who: string, attributes: string): Readonly<Record<string, Case>> {
  const before = spec(`    <DatabaseInstall>
        <TableCreate Name="acme_room"><Column |Name="size" Type="BIGINT"/></TableCreate>
    </DatabaseInstall>
    <DatabaseUpgrade Type="post">
        <TableAlter Name="acme_room" ${attributes}>${column("floor", "ColumnAdd")}</TableAlter>
    </DatabaseUpgrade>`);
  const added = `
        <TableAlter Name="acme_room" Version="1.2.3">
            ${column("size", "ColumnAdd")}
        </TableAlter>`;
  return {
    [`a column does not go into a change that ${who}`]: {
      before,
      title: "Add column size in upgrades to 1.2.3 as well",
      after: before.replace("|", "").replace("</TableAlter>", `</TableAlter>${added}`),
    },
  };
}

const cases: Readonly<Record<string, Case>> = {
  "a column of the installation goes to upgrades, too": {
    before: spec(`    <DatabaseInstall>
        <TableCreate Name="acme_room">
            <Column |Name="floor" Type="BIGINT"/>
        </TableCreate>
    </DatabaseInstall>`),
    title: "Add column floor in upgrades to 1.2.3 as well",
    after: spec(`    <DatabaseInstall>
        <TableCreate Name="acme_room">
            <Column Name="floor" Type="BIGINT"/>
        </TableCreate>
    </DatabaseInstall>
    <DatabaseUpgrade Type="post">
        <TableAlter Name="acme_room" Version="1.2.3">
            <ColumnAdd Name="floor" Type="BIGINT"/>
        </TableAlter>
    </DatabaseUpgrade>`),
  },
  "a required column without a default gets one for the rows that are there": {
    before: spec(`    <DatabaseInstall>
        <TableCreate Name="acme_room"><Column |Name="opened" Required="true" Type="DATE"/></TableCreate>
    </DatabaseInstall>`),
    title: "Add column opened in upgrades to 1.2.3 as well",
    after: spec(`    <DatabaseInstall>
        <TableCreate Name="acme_room"><Column Name="opened" Required="true" Type="DATE"/></TableCreate>
    </DatabaseInstall>
    <DatabaseUpgrade Type="post">
        <TableAlter Name="acme_room" Version="1.2.3">
            <ColumnAdd Name="opened" Required="true" Type="DATE" Default="1970-01-01 00:00:00"/>
        </TableAlter>
    </DatabaseUpgrade>`),
  },
  "a text that loses its tags is not copied into another language": {
    before: spec(`    <Description| Lang="en">Rooms.</Description>
    <IntroInstall Type="post" Lang="en" Title="Rooms">Hello<br/>you</IntroInstall>`),
    title: "Copy the text to translate into language de",
    after: spec(`    <Description Lang="en">Rooms.</Description>
    <Description Lang="de">Rooms.</Description>
    <IntroInstall Type="post" Lang="en" Title="Rooms">Hello<br/>you</IntroInstall>`),
  },
  "the key of a table does not go to upgrades": {
    before: spec(`    <DatabaseInstall>
        <TableCreate Name="acme_room"><Column |Name="id" PrimaryKey="true" AutoIncrement="true" Type="BIGINT"/></TableCreate>
    </DatabaseInstall>`),
    title: "Add column id in upgrades to 1.2.3 as well",
  },
  "an index that a later upgrade drops does not go to the installation": {
    before: spec(`    <DatabaseInstall>
        <TableCreate Name="acme_room">${column("id")}</TableCreate>
    </DatabaseInstall>
    <DatabaseUpgrade Type="post">
        <TableAlter Name="acme_room" Version="1.1.0"><IndexCreate |Name="acme_i"><IndexColumn Name="id"/></IndexCreate></TableAlter>
        <TableAlter Name="acme_room" Version="1.2.0"><IndexDrop Name="acme_i"/></TableAlter>
    </DatabaseUpgrade>`),
    title: "Add index acme_i in DatabaseInstall as well",
  },
  "a version that a build puts in is not raised": {
    before: spec("").replace("<Version>1.2.3", "<Version|>0.0.0"),
    title: "Raise the version to 0.0.1",
  },
  "a column that an upgrade adds already does not": {
    before: spec(`    <DatabaseInstall>
        <TableCreate Name="acme_room"><Column |Name="Floor" Type="BIGINT"/></TableCreate>
    </DatabaseInstall>
    <DatabaseUpgrade Type="post">
        <TableAlter Name="acme_room" Version="1.2.3">${column("floor", "ColumnAdd")}</TableAlter>
    </DatabaseUpgrade>`),
    title: "Add column Floor in upgrades to 1.2.3 as well",
  },
  "a column goes into the change of its table that the same upgrades make last": {
    before: spec(`    <DatabaseInstall>
        <TableCreate Name="acme_room">
            ${column("floor")}
            <Column |Name="size" Type="BIGINT"/>
        </TableCreate>
    </DatabaseInstall>
    <DatabaseUpgrade Type="post">
        <TableAlter Name="Acme_Room" Version="1.2.3">
            ${column("floor", "ColumnAdd")}
        </TableAlter>
        <TableCreate Name="acme_house" Version="1.2.3">${column("id")}</TableCreate>
    </DatabaseUpgrade>`),
    title: "Add column size in upgrades to 1.2.3 as well",
    after: spec(`    <DatabaseInstall>
        <TableCreate Name="acme_room">
            ${column("floor")}
            ${column("size")}
        </TableCreate>
    </DatabaseInstall>
    <DatabaseUpgrade Type="post">
        <TableAlter Name="Acme_Room" Version="1.2.3">
            ${column("floor", "ColumnAdd")}
            ${column("size", "ColumnAdd")}
        </TableAlter>
        <TableCreate Name="acme_house" Version="1.2.3">${column("id")}</TableCreate>
    </DatabaseUpgrade>`),
  },
  ...elsewhere("other upgrades make", 'Version="1.2.0"'),
  ...elsewhere("only some upgrades make", 'Version="1.2.3" IfPackage="Acme"'),
  "a table of the installation goes to upgrades": {
    before: spec(`    <DatabaseInstall>
        <TableCreate| Name="acme_room">
            ${column("id")}
        </TableCreate>
    </DatabaseInstall>`),
    title: "Create table acme_room in upgrades to 1.2.3 as well",
    after: spec(`    <DatabaseInstall>
        <TableCreate Name="acme_room">
            ${column("id")}
        </TableCreate>
    </DatabaseInstall>
    <DatabaseUpgrade Type="post">
        <TableCreate Name="acme_room" Version="1.2.3">
            ${column("id")}
        </TableCreate>
    </DatabaseUpgrade>`),
  },
  "a column that an upgrade adds goes to the installation": {
    before: spec(`    <DatabaseInstall>
        <TableCreate Name="acme_room">
            ${column("id")}
        </TableCreate>
    </DatabaseInstall>
    <DatabaseUpgrade Type="post">
        <TableAlter Name="acme_room" Version="1.2.3"><ColumnAdd |Name="floor" Type="BIGINT"/></TableAlter>
    </DatabaseUpgrade>`),
    title: "Add column floor in DatabaseInstall as well",
    after: spec(`    <DatabaseInstall>
        <TableCreate Name="acme_room">
            ${column("id")}
            ${column("floor")}
        </TableCreate>
    </DatabaseInstall>
    <DatabaseUpgrade Type="post">
        <TableAlter Name="acme_room" Version="1.2.3"><ColumnAdd Name="floor" Type="BIGINT"/></TableAlter>
    </DatabaseUpgrade>`),
  },
  "tables are dropped at uninstallation, those that refer to others first": {
    before: spec(`    <DatabaseInstall|>
        <TableCreate Name="acme_house">${column("id")}</TableCreate>
        <TableCreate Name="acme_room">${column("id")}${column("house_id")}
            <ForeignKey ForeignTable="acme_house"><Reference Local="house_id" Foreign="id"/></ForeignKey>
        </TableCreate>
    </DatabaseInstall>`),
    title: "Drop 2 tables at uninstallation",
    after: spec(`    <DatabaseInstall>
        <TableCreate Name="acme_house">${column("id")}</TableCreate>
        <TableCreate Name="acme_room">${column("id")}${column("house_id")}
            <ForeignKey ForeignTable="acme_house"><Reference Local="house_id" Foreign="id"/></ForeignKey>
        </TableCreate>
    </DatabaseInstall>
    <DatabaseUninstall Type="post">
        <TableDrop Name="acme_room"/>
        <TableDrop Name="acme_house"/>
    </DatabaseUninstall>`),
  },
  "references become characters in CDATA": {
    before: spec('    <Description Lang="en">|\n    Rooms &amp; &lt;floors&gt;\n    </Description>'),
    title: "Write the text of <Description> in CDATA",
    after: spec('    <Description Lang="en">\n    <![CDATA[Rooms & <floors>]]>\n    </Description>'),
  },
  "a text without references needs no CDATA": {
    before: spec('    <Description Lang="en">Rooms| and floors</Description>'),
    title: "Write the text of <Description> in CDATA",
  },
  "a text that would end the CDATA stays": {
    before: spec('    <Description Lang="en">a|]]&gt;</Description>'),
    title: "Write the text of <Description> in CDATA",
  },
  "texts are copied for a language that has none of them": {
    before: spec(
      '    <Description| Lang="en">Rooms</Description>\n    <IntroInstall Lang="en" Title="Hello" Type="post">Hi</IntroInstall>',
    ),
    title: "Copy 2 texts to translate into language de",
    after: spec(
      '    <Description Lang="en">Rooms</Description>\n    <Description Lang="de">Rooms</Description>\n    <IntroInstall Lang="en" Title="Hello" Type="post">Hi</IntroInstall>\n    <IntroInstall Lang="de" Title="Hello" Type="post">Hi</IntroInstall>',
    ),
  },
  "texts that are there in a language stay": {
    before: spec(
      '    <Description| Lang="en">Rooms</Description>\n    <Description Lang="de">Räume</Description>',
    ),
    title: "Copy the text to translate into language de",
  },
  "the version is raised with an entry of the change log": {
    before: spec('    <ChangeLog Version="1.2.3" Date="2024-01-01">First.</ChangeLog>').replace(
      "1.2.3<",
      "1.2|.3<",
    ),
    title: "Raise the version to 1.3.0, with a ChangeLog entry",
    after: spec(
      '    <ChangeLog Version="1.3.0" Date="2024-05-02"></ChangeLog>\n    <ChangeLog Version="1.2.3" Date="2024-01-01">First.</ChangeLog>',
    ).replace("1.2.3<", "1.3.0<"),
  },
};

for (const [name, { before, title, after }] of Object.entries(cases)) {
  test(`assists: ${name}`, () => {
    const found = offered(before).get(title);
    if (after === undefined) assert.equal(found, undefined);
    else assert.equal(found?.text, after, `offered: ${[...offered(before).keys()].join(", ")}`);
  });
}

test("assists: a wide Framework is written line by line, without lines that are named already", () => {
  const before = `<otobo_package><Framework>11.1.x</Framework>\n<Framework>1|1.x</Framework></otobo_package>`;
  const found = offered(before, { dialect: "otobo-11" });
  assert.deepEqual(
    [...found.values()].map(({ text }) => text),
    ["<otobo_package><Framework>11.1.x</Framework>\n<Framework>11.0.x</Framework></otobo_package>"],
  );
});

const inline = `    <Filelist>
        <File Location="Kernel/System/Acme.pm" Permission="660"/>
    </Filelist>
    <CodeInstall| Type="post"><![CDATA[
        my $Acme = $Kernel::OM->Get('Kernel::System::Acme');
        if ($Acme) {
            $Acme->Prepare();
        }
    ]]></CodeInstall>`;
const disk: Surroundings["disk"] = {};

test("assists: code moves to a setup module, which is listed and called", () => {
  const found = offered(spec(inline), { disk }).get(
    "Move the code to a new setup module var/packagesetup/AcmeRooms.pm",
  );
  assert.match(
    found?.text ?? "",
    /<File Location="var\/packagesetup\/AcmeRooms\.pm" Permission="660"\/>\s+<\/Filelist>[\s\S]*<!\[CDATA\[\n {8}\$Kernel::OM->Get\('var::packagesetup::AcmeRooms'\)->CodeInstall\(\);\n {4}\]\]><\/CodeInstall>/,
  );
  assert.equal(found?.newFile?.path, "var/packagesetup/AcmeRooms.pm");
  assert.match(found?.newFile?.text ?? "", /@ObjectDependencies = \(\n {4}'Kernel::System::Acme',\n\);/);
  assert.match(
    found?.newFile?.text ?? "",
    /sub CodeInstall \{\n {4}my \(\$Self\) = @_;\n\n {4}my \$Acme = [^\n]*\n {4}if \(\$Acme\) \{\n {8}\$Acme->Prepare\(\);\n {4}\}\n\n {4}return 1;\n\}/,
  );
});

for (const [why, change] of Object.entries<(text: string) => string>({
  "knows the package manager": (text) => text.replace("$Acme->Prepare()", "$Self->{Thing}"),
  "runs before its files are there": (text) => text.replace('Type="post"', 'Type="pre"'),
  "is more than statements": (text) => text.replace("if ($Acme) {", "sub Other {"),
  "cannot be read": (text) => text.replace("->Prepare();", "->Prepare('"),
})) {
  test(`assists: code that ${why} stays where it is`, () => {
    assert.deepEqual([...offered(change(spec(inline)), { disk }).keys()], []);
  });
}

test("assists: text in code that goes over lines is not indented anew", () => {
  const text = spec(inline).replace("$Acme->Prepare();", "$Acme->Prepare('a\n  b');");
  const [found] = offered(text, { disk }).values();
  assert.match(found?.newFile?.text ?? "", /Prepare\('a\n {2}b'\);/);
});

test("assists: nothing in an element that is broken, and no exception anywhere in a spec that is cut off", () => {
  assert.equal(offered(spec('    <Description| Lang="en>a &amp; b</Description>')).size, 0);
  const text = spec(inline.replace("|", ""));
  for (let end = 0; end <= text.length; end += 7) {
    const document = featureDocument(text.slice(0, end));
    for (let at = 0; at <= end; at += 5) assistsAt(document, at, now);
  }
});

test("assists: each leaves a spec well-formed and is not offered a second time at its place", () => {
  const folder = new URL("../../examples/", import.meta.url).pathname;
  let made = 0;
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (!name.endsWith(".sopm")) continue;
    const text = readFileSync(join(folder, name), "utf8");
    const document = featureDocument(text);
    if (document.tree.problems.length > 0) continue;
    for (let at = 0; at < text.length; at += 11) {
      for (const { title, arguments: values, edits, newFile } of assistsAt(document, at, now)) {
        const after = featureDocument(applyEdits(text, edits));
        made++;
        assert.deepEqual(after.tree.problems, [], `${name} at ${at}: ${english(title, values)}`);
        // A version can be raised for ever.
        if (newFile || title.startsWith("Raise")) continue;
        const again = assistsAt(after, at, now).map((each) => english(each.title, each.arguments));
        assert.equal(
          again.includes(english(title, values)),
          false,
          `${name} at ${at}: ${english(title, values)}`,
        );
      }
    }
  }
  assert.ok(made > 50, `${made} made`);
});

test("a language is copied into quotes of either kind, and of many only some are offered", () => {
  const languages = Array.from({ length: 300 }, (_, index) => `x${index}`);
  const inAll = languages.map((each) => `<Description Lang="${each}">a</Description>`).join("\n");
  const text = spec(
    `<IntroInstall| Lang='en' Title="a">a</IntroInstall>\n<Description Lang="l'y">b</Description>\n${inAll}`,
  );
  const found = offered(text);
  assert.ok(found.size < 30, String(found.size));
  const copied = found.get("Copy the text to translate into language l'y")?.text;
  assert.match(copied ?? "", /<IntroInstall Lang='l&apos;y' Title="a">/);
});
