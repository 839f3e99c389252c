import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, type TestContext, test } from "node:test";
import type {
  ArchiveContent,
  ArchiveFacts,
  ComparedPackages,
  EditedArchive,
  PackagePlace,
} from "../../server/src/protocol/archive.ts";
import type { RequestFailed } from "../../server/src/protocol/request.ts";
import { goodPackage, goodSpec } from "../support/cli-package.ts";
import { fileList, hostilePackage } from "../support/hostile-package.ts";
import { fileUri, LanguageClient } from "../support/language-client.ts";
import { runHere } from "../support/run-here.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const at = (...parts: readonly string[]): PackagePlace => ({ kind: "file", uri: fileUri(join(...parts)) });

/** A folder with a package and its archive. */
async function withArchive(t: TestContext): Promise<string> {
  const folder = temporaryFolder(t, goodPackage);
  const words = ["--stamp-date", "2024-05-02 10:00:00", "--stamp-host", "a.b"];
  const { code, stderr } = await runHere(["build", join(folder, "Acme.sopm"), ...words]);
  assert.equal(code, 0, stderr);
  return folder;
}

describe("archives over stdio", () => {
  let client: LanguageClient;
  before(async () => {
    client = new LanguageClient();
    await client.initialize({ locale: "de" });
  });
  after(() => client.stop());

  const open = (of: PackagePlace) => client.request<ArchiveFacts | RequestFailed>("sopm/archive", { of });
  const content = (of: PackagePlace, file?: number) =>
    client.request<ArchiveContent | null>("sopm/archiveContent", { of, ...(file !== undefined && { file }) });
  const compare = (one: PackagePlace, other: PackagePlace) =>
    client.request<ComparedPackages>("sopm/comparePackages", { before: one, after: other });

  test("it is told what an archive holds, with what is odd, in the reader's language", async (t) => {
    const folder = await withArchive(t);
    const archive = await open(at(folder, "Acme-1.0.0.opm"));
    assert.ok(archive.kind === "archive");
    assert.deepEqual([archive.title, archive.name, archive.specName], ["Acme 1.0.0", "Acme", "Acme.sopm"]);
    assert.deepEqual(archive.facts.slice(0, 1), ["Hersteller: Acme Inc."]);
    const size = goodPackage["Kernel/System/Acme.pm"].length;
    assert.deepEqual(archive.files, [
      { location: "Kernel/System/Acme.pm", permission: "660", size, notes: [] },
    ]);
    const odd = join(folder, "odd.opm");
    writeFileSync(odd, hostilePackage(fileList("a", "a", "../b")));
    const second = await open(at(odd));
    assert.ok(second.kind === "archive");
    assert.deepEqual(
      second.files.map(({ notes }) => notes),
      [[], ["doppelt aufgeführt"], ["von den Frameworks ausgelassen"]],
    );
  });

  test("its files and its spec part are given one by one, as they are on disk at that moment", async (t) => {
    const folder = await withArchive(t);
    const of = at(folder, "Acme-1.0.0.opm");
    const file = await content(of, 0);
    const text = goodPackage["Kernel/System/Acme.pm"];
    assert.equal(Buffer.from(file!.bytes, "base64").toString(), text);
    assert.equal(file!.digest, createHash("sha256").update(text).digest("hex"));
    const spec = Buffer.from((await content(of))!.bytes, "base64").toString();
    assert.match(spec, /<File Location="Kernel\/System\/Acme\.pm" Permission="660" Encode="Base64"><\/File>/);
    assert.equal(await content(of, 1), null);
    writeFileSync(join(folder, "Acme-1.0.0.opm"), hostilePackage(fileList("other")));
    assert.equal(Buffer.from((await content(of, 0))!.bytes, "base64").toString(), "Acme");
  });

  test("of an archive that is damaged it is told what is whole, and where it breaks", async (t) => {
    const body = `<Vendor>A & B</Vendor>${fileList("first", "second")}`;
    const folder = temporaryFolder(t, { "Acme.opm": hostilePackage(body).slice(0, -40) });
    const of = at(folder, "Acme.opm");
    const archive = await open(of);
    assert.ok(archive.kind === "archive");
    assert.equal(archive.specName, null);
    assert.match(archive.damage[0]!, /^„Acme\.opm“ endet in Zeile \d+ mittendrin/);
    assert.match(archive.damage[1]!, /^<Vendor> wird ausgelassen\./);
    assert.equal(archive.files[0]!.location, "first");
    assert.equal(Buffer.from((await content(of, 0))!.bytes, "base64").toString(), "Acme");
    assert.equal(await content(of), null);
    const report = await compare(of, of);
    assert.match(report.text, /„Acme\.opm“ endet in Zeile/);
  });

  test("a spec is given as it would be built, and as it is typed while that cannot be", async (t) => {
    const folder = await withArchive(t);
    const of = at(folder, "Acme.sopm");
    const textOf = async (place: PackagePlace) =>
      Buffer.from((await content(place))!.bytes, "base64").toString();
    const unstamped = (text: string) => text.replace(/ *<Build(?:Date|Host)>.*\n/g, "");
    assert.equal(unstamped(await textOf(of)), unstamped(await textOf(at(folder, "Acme-1.0.0.opm"))));
    const broken = goodSpec.replace("</Vendor>", "");
    await client.open(fileUri(join(folder, "Acme.sopm")), broken);
    assert.equal(await textOf(of), broken);
  });

  test("what cannot be read is said", async (t) => {
    const folder = temporaryFolder(t, { "a.opm": "<otrs_package><Name>" });
    for (const of of [
      at(folder, "a.opm"),
      at(folder, "none.opm"),
      { kind: "file", uri: "untitled:x.opm" } as const,
    ]) {
      const answer = await open(of);
      assert.ok(answer.kind === "failed" && answer.message.length > 10, JSON.stringify(answer));
    }
  });

  test("two packages are compared, a spec as it is typed, with where the files are that differ", async (t) => {
    const folder = await withArchive(t);
    const [spec, archive] = [at(folder, "Acme.sopm"), at(folder, "Acme-1.0.0.opm")];
    assert.equal((await compare(spec, archive)).isSame, true);
    const uri = fileUri(join(folder, "Acme.sopm"));
    await client.open(uri, goodSpec.replace("Acme Inc.", "Other Inc."));
    const typed = await compare(spec, archive);
    assert.equal(typed.isSame, false);
    assert.match(typed.text, /^ {2}Vendor: Other Inc\. → Acme Inc\.$/m);
    assert.deepEqual(typed.files, []);
    writeFileSync(join(folder, "Kernel/System/Acme.pm"), "1;\n");
    const { files } = await compare(spec, archive);
    assert.deepEqual(files, [
      {
        location: "Kernel/System/Acme.pm",
        before: { kind: "disk", uri: fileUri(join(folder, "Kernel/System/Acme.pm")) },
        after: { kind: "archived", file: 0 },
      },
    ]);
  });

  test("two archives are compared as they are at that moment, whichever was looked at before", async (t) => {
    const contents = (first: string, second: string) => {
      const files = [first, second].map((content, index) => {
        const encoded = Buffer.from(content.repeat(500)).toString("base64");
        return `<File Location="Kernel/${index}.pm" Permission="644" Encode="Base64">${encoded}</File>`;
      });
      return hostilePackage(`<Filelist>${files.join("\n")}</Filelist>`);
    };
    const folder = temporaryFolder(t, {
      "A.opm": contents("a;\n", "b;\n"),
      "B.opm": contents("a;\n", "c;\n"),
    });
    const [one, other] = [at(folder, "A.opm"), at(folder, "B.opm")];
    const differing = async (before: PackagePlace, after: PackagePlace) => {
      const { isSame, files } = await compare(before, after);
      assert.equal(isSame, files.length === 0);
      return files.map(({ location }) => location);
    };
    assert.deepEqual(await differing(one, other), ["Kernel/1.pm"]);
    assert.deepEqual(await differing(other, one), ["Kernel/1.pm"]);
    writeFileSync(join(folder, "B.opm"), contents("another;\n", "b;\n"));
    assert.deepEqual(await differing(one, other), ["Kernel/0.pm"]);
    writeFileSync(join(folder, "A.opm"), contents("another;\n", "and another;\n"));
    assert.deepEqual(await differing(one, other), ["Kernel/1.pm"]);
    writeFileSync(join(folder, "A.opm"), contents("another;\n", "b;\n"));
    assert.deepEqual(await differing(one, other), []);
    assert.deepEqual(await differing(one, one), []);
  });

  test("a package is compared as a sandbox has it", async (t) => {
    const folder = await withArchive(t);
    const box = join(folder, "box");
    const archive = join(folder, "Acme-1.0.0.opm");
    assert.equal((await runHere(["sandbox", "create", box, "--product", "Znuny 7.1.7"])).code, 0);
    assert.equal((await runHere(["sandbox", "install", box, archive])).code, 0);
    const installed: PackagePlace = { kind: "installed", folder: box, name: "Acme" };
    assert.equal((await compare(installed, at(archive))).isSame, true);
    const none = (await open({ ...installed, name: "None" })) as RequestFailed;
    assert.match(none.message, /„None“/);
  });

  test("a content that is damaged in the archive is told at its file in the spec", async (t) => {
    const bad = `<File Location="bad" Permission="644" Encode="Base64">QUF*BQQ==</File>`;
    const list = fileList("good").replace("</Filelist>", `${bad}</Filelist>`);
    const folder = temporaryFolder(t, { "Acme.opm": hostilePackage(list) });
    const made = await client.request<EditedArchive>("sopm/editArchive", {
      of: at(folder, "Acme.opm"),
      folder: join(folder, "source"),
      force: false,
    });
    assert.ok(made.kind === "extracted");
    assert.equal(readFileSync(join(folder, "source/bad"), "utf8"), "AAAA");
    assert.equal(made.damaged.length, 1);
    assert.match(made.damaged[0]!.message, /^Der Inhalt von „bad“ ist beschädigt: .* Ein Build packt ihn/);
    const { range } = made.damaged[0]!;
    const line = readFileSync(join(folder, "source/Acme.sopm"), "utf8").split("\n")[range.start.line]!;
    assert.match(
      line.slice(range.start.character, range.end.character),
      /^<File Location="bad" Permission="644"[^>]*>$/,
    );
  });

  test("the source of an archive is made in a folder, and nothing is replaced without asking", async (t) => {
    const folder = await withArchive(t);
    const target = join(folder, "source");
    const edit = (force: boolean) =>
      client.request<EditedArchive>("sopm/editArchive", {
        of: at(folder, "Acme-1.0.0.opm"),
        folder: target,
        force,
      });
    const first = await edit(false);
    assert.ok(first.kind === "extracted");
    assert.equal(first.spec, fileUri(join(target, "Acme.sopm")));
    assert.match(first.message, /Byte für Byte/);
    assert.deepEqual(first.leftOut, []);
    assert.deepEqual(first.damaged, []);
    assert.doesNotMatch(readFileSync(join(target, "Acme.sopm"), "utf8"), /BuildDate|Base64/);
    assert.deepEqual(await edit(false), { kind: "in-the-way", count: 2 });
    assert.equal((await edit(true)).kind, "extracted");
  });
});
