import assert from "node:assert/strict";
import { truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { PackageContents } from "../../server/src/builder/package-contents.ts";
import { readPackage } from "../../server/src/engine/read-package.ts";
import { operations } from "../../server/src/lifecycle/operation.ts";
import { nodeWorld } from "../../server/src/node/world.ts";
import type { DryRunReport } from "../../server/src/report/report-model.ts";
import { errorOf, HostileBox } from "../support/hostile-box.ts";
import { archiveOf, fileList, hostilePackage } from "../support/hostile-package.ts";
import { randomFrom } from "../support/random.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { disksFor } from "../support/tried-disk.ts";

const isFull = process.env.SOPM_FULL === "1";

/** Does everything with a package, and gives the reports on the way: install, reinstall, upgrade, uninstall. */
async function throughAll(box: HostileBox, contents: PackageContents): Promise<readonly DryRunReport[]> {
  const reports: DryRunReport[] = [];
  for (const operation of ["install", "reinstall", "upgrade", "uninstall"] as const) {
    const error = await errorOf(async () => reports.push(await box.operate(operation, contents)));
    assert.equal(error, undefined);
    await box.inspect();
  }
  assert.notEqual(await errorOf(() => box.sandbox.undo(999)), undefined);
  await box.sandbox.undo(0);
  await box.assertSound();
  return reports;
}

const file = (attributes: string, content: string) =>
  `<Filelist><File Location="a" Permission="644" ${attributes}>${content}</File></Filelist>`;

/** Contents that are not what they say, and what has to lie in the home afterwards; undefined for nothing. */
const contents: readonly (readonly [name: string, list: string, expected: string | undefined])[] = [
  ["a size that lies", file('Encode="Base64" Size="99999999999"', "QUJD"), "ABC"],
  ["a negative size", file('Encode="Base64" Size="-1"', "QUJD"), "ABC"],
  ["padding without end", file('Encode="Base64"', `QUI${"=".repeat(100_000)}`), "AB"],
  ["padding in the middle", file('Encode="Base64"', "QUI=QUI="), "AB"],
  ["nothing but padding", file('Encode="Base64"', "===="), ""],
  ["characters that are no Base64", file('Encode="Base64"', "Q!U@J#D"), "ABC"],
  [
    "a flood of blanks",
    file('Encode="Base64"', `${" \n".repeat(100_000)}QU${"\t".repeat(100_000)}JD`),
    "ABC",
  ],
  ["one character alone", file('Encode="Base64"', "Q"), ""],
  ["another encoding", file('Encode="uuencode"', "QUJD"), "QUJD"],
  ["letters of another case", file('Encode="base64"', "QUJD"), "QUJD"],
  ["references in Base64", file('Encode="Base64"', "&#81;U&#x4a;D"), "ABC"],
  ["sections in Base64", file('Encode="Base64"', "<![CDATA[QU]]>JD"), "ABC"],
  ["an element in Base64", file('Encode="Base64"', "QUJD<x>QUJD</x>"), "ABC"],
  ["no content", file('Encode="Base64"', ""), undefined],
  ["a permission that is none", file('Encode="Base64"', "QUJD").replace("644", "rwxrwxrwx"), "ABC"],
  ["every permission", file('Encode="Base64"', "QUJD").replace("644", "7777"), "ABC"],
  ["a permission without end", file('Encode="Base64"', "QUJD").replace("644", "7".repeat(100_000)), "ABC"],
];
for (const [name, list, expected] of contents) {
  for (const disk of disksFor(/permission/.test(name)))
    test(`a file with ${name} is written as far as it can be, ${disk.name}`, async (context) => {
      const box = await HostileBox.make(context, disk);
      const archive = archiveOf(hostilePackage(list));
      await box.operate("install", archive);
      // Past the program: a file without permissions is one that not everybody may read.
      const path = join(box.folder, "home/a");
      assert.equal(disk.isThere(path) ? disk.read(path).toString() : undefined, expected);
      await throughAll(box, archive);
    });
}

const documents: readonly (readonly [name: string, bytes: string | Uint8Array, said: RegExp | undefined])[] =
  [
    ["nothing", "", /cannot be read|well-formed/],
    ["no XML", "MZ\u0001\u0002", /cannot be read|well-formed/],
    ["XML of something else", "<html><body onload='alert(1)'/></html>", /nothing of a package/],
    ["half of a package", hostilePackage(fileList("a")).slice(0, 150), /well-formed/],
    ["two roots", `${hostilePackage("")}<otrs_package/>`, /well-formed/],
    ["UTF-16", Buffer.from(`\ufeff${hostilePackage("")}`, "utf16le"), /encoding/],
    ["UTF-16 the other way", Buffer.from(`\ufeff${hostilePackage("")}`, "utf16le").swap16(), /encoding/],
    [
      "UTF-32",
      Buffer.from([...hostilePackage("")].flatMap((c) => [0, 0, 0, c.charCodeAt(0)])),
      /encoding|well-formed/,
    ],
    ["bytes that are no UTF-8", Buffer.from(hostilePackage("\xff\xfe"), "latin1"), /encoding/],
    ["halves of characters", Buffer.from(hostilePackage("\xed\xa0\x80"), "latin1"), /encoding/],
    ["overlong slashes", Buffer.from(hostilePackage("\xc0\xaf"), "latin1"), /encoding/],
    ["an encoding that nobody knows", hostilePackage("").replace("utf-8", "klingon"), /encoding/],
    [
      "Latin-1 that says so",
      Buffer.from(hostilePackage("\xe9").replace("utf-8", "iso-8859-1"), "latin1"),
      undefined,
    ],
    ["a byte order mark", `\ufeff${hostilePackage(fileList("a"))}`, undefined],
    ["zero bytes", `${hostilePackage("\0")}`, /well-formed/],
    [
      "elements within elements",
      hostilePackage(`${"<a>".repeat(100_000)}${"</a>".repeat(100_000)}`),
      /nested deeper/,
    ],
    [
      "entities that grow with each other",
      withDoctype(
        `<!ENTITY a0 "${"x".repeat(100)}">${Array.from({ length: 20 }, (_, n) => `<!ENTITY a${n + 1} "${`&a${n};`.repeat(10)}">`).join("")}`,
        "&a20;",
      ),
      /stand for more text/,
    ],
    [
      "a large entity used often",
      withDoctype(`<!ENTITY a "${"x".repeat(10_000)}">`, "&a;".repeat(10_000)),
      /stand for more text/,
    ],
    ["entities that name each other", withDoctype('<!ENTITY a "&b;"><!ENTITY b "&a;">', "&a;"), /./],
    [
      "an entity that names a file",
      withDoctype('<!ENTITY a SYSTEM "file:///etc/passwd">', "&a;"),
      /names a file as “a”/,
    ],
    [
      "an entity that names a device",
      withDoctype('<!ENTITY a SYSTEM "/dev/zero">', "&a;"),
      /names a file as “a”/,
    ],
    [
      "an entity that names an address",
      withDoctype('<!ENTITY a SYSTEM "http://localhost:1/x">', "&a;"),
      /names a file as “a”/,
    ],
    [
      "a parameter that names an address",
      withDoctype('<!ENTITY % p SYSTEM "http://localhost:1/x.dtd"> %p;', ""),
      /names a file as “p”/,
    ],
    [
      "a definition elsewhere",
      hostilePackage("").replace("?>", '?><!DOCTYPE otrs_package SYSTEM "http://localhost:1/x.dtd">'),
      /names a file/,
    ],
  ];
for (const [name, bytes, said] of documents) {
  for (const disk of disksFor(/file|device/.test(name)))
    test(`an archive of ${name} ${said ? "is reported" : "is read"}, ${disk.name}`, async (context) => {
      const box = await HostileBox.make(context, disk);
      const archive = archiveOf(bytes);
      for (const operation of operations) {
        const error = await errorOf(async () => {
          const report = await box.operate(operation, archive);
          if (!said) return assert.equal(report.verdict.kind, "success");
          const messages = [...report.assumptions, ...report.refusals].map(
            ({ text, values }) => text + JSON.stringify(values ?? {}),
          );
          const log = report.steps.flatMap((step) =>
            [step.reason, ...step.log].map((message) => message?.text ?? ""),
          );
          const told = [...messages, ...log].join("\n").replace(/\{name\}(.*)\{"name":"(\w+)"\}/g, "$2$1");
          assert.match(told, said);
        });
        assert.equal(error, undefined);
        await box.inspect();
      }
      await box.sandbox.undo(0);
      await box.assertSound();
    });
}

function withDoctype(definitions: string, text: string): string {
  return hostilePackage(`<Description Lang="en">${text}</Description>`).replace(
    "?>",
    `?><!DOCTYPE otrs_package [${definitions}]>`,
  );
}

test("a spec in an encoding that no framework reads is reported, and so is a sheer endless one", async (context) => {
  const folder = temporaryFolder(context);
  const path = join(folder, "Acme.sopm");
  for (const bytes of [
    Buffer.from(`\ufeff${hostilePackage("")}`, "utf16le"),
    Buffer.from(hostilePackage("\xff"), "latin1"),
  ]) {
    writeFileSync(path, bytes);
    const { contents } = await readPackage(path, "znuny-7", nodeWorld());
    assert.equal(contents.structure, undefined);
    assert.deepEqual(contents.notes, [{ id: "encoding" }]);
  }
  truncateSync(path, 3_000_000_000);
  await assert.rejects(readPackage(path, "znuny-7", nodeWorld()), { code: "archive-too-large" });
});

/** Texts that somebody could mistake for something else: names that objects have anyway, and nothing at all. */
const names = ["__proto__", "constructor", "toString", "hasOwnProperty", "prototype", "valueOf", "1e9"];

for (const disk of disksFor(false))
  test(`names that every object has are names like any other, ${disk.name}`, async (context) => {
    const box = await HostileBox.make(context, disk);
    for (const name of names) {
      const configuration = `<otrs_config version="2.0" init="Application">${names
        .map(
          (key) =>
            `<Setting Name="${key}" Required="0" Valid="1"><Description>d</Description><Navigation>n</Navigation><Value><Hash><Item Key="${name}">v</Item><Item Key="${key}"><Hash><Item Key="${key}">w</Item></Hash></Item></Hash></Value></Setting>`,
        )
        .join("")}</otrs_config>`;
      const tables = names
        .map(
          (table) =>
            `<TableCreate Name="${name}_${table}"><Column Name="${table}" Type="INTEGER" Required="true" PrimaryKey="true"/></TableCreate><TableCreate Name="${table}"><Column Name="${name}" Type="VARCHAR" Size="20"/></TableCreate><Insert Table="${table}"><Data Key="${name}" Type="Quote">x</Data></Insert>`,
        )
        .join("");
      const archive = archiveOf(
        hostilePackage(
          `<DatabaseInstall Type="post">${tables}</DatabaseInstall><PackageRequired Version="1">${name}</PackageRequired><Filelist><File Location="Kernel/Config/Files/XML/A.xml" Permission="644" Encode="Base64">${Buffer.from(`<?xml version="1.0"?>${configuration}`).toString("base64")}</File></Filelist>`,
          name,
        ),
      );
      const report = await box.operate("install", archive);
      assert.equal(report.verdict.kind, "success");
      const { packages, database, settings } = await box.sandbox.state();
      assert.ok(packages.some((row) => row.name === name));
      for (const table of names) {
        assert.ok(database.table(`${name}_${table}`), table);
        const value = settings.get(table)?.value as Readonly<Record<string, unknown>>;
        assert.ok(Object.hasOwn(value, name) && Object.hasOwn(value, table), `${name} ${table}`);
        assert.equal(Object.getPrototypeOf(value), Object.prototype);
      }
      await box.assertSound();
      await box.operate("uninstall", archive);
      await box.sandbox.undo(0);
    }
    assert.deepEqual(Object.keys(Object.prototype), []);
  });

for (const disk of disksFor(false))
  test(`an archive damaged at ${isFull ? 2_000 : 60} random places is one or none, ${disk.name}`, async (context) => {
    const box = await HostileBox.make(context, disk);
    const sound = Buffer.from(
      hostilePackage(
        `<DatabaseInstall Type="post"><TableCreate Name="acme"><Column Name="id" Type="INTEGER" Required="true"/></TableCreate></DatabaseInstall><CodeInstall Type="post">use Acme;</CodeInstall>${fileList("a", "b/c", "b/d")}`,
      ),
    );
    const random = randomFrom(23);
    for (let count = isFull ? 2_000 : 60; count > 0; count--) {
      const bytes = Buffer.from(sound);
      for (let flips = 1 + random.below(4); flips > 0; flips--) {
        const place = random.below(bytes.length);
        bytes[place] = random.below(3) === 0 ? random.below(256) : bytes[place]! ^ (1 << random.below(8));
      }
      const archive = archiveOf(
        random.below(5) === 0 ? bytes.subarray(0, random.below(bytes.length)) : bytes,
      );
      const error = await errorOf(() => box.operate(random.pick(operations), archive));
      assert.equal(error, undefined);
      if (count % 20 === 0) {
        await box.sandbox.undo(0);
        await box.assertSound();
      }
    }
  });
