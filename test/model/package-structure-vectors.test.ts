import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { test } from "node:test";
import type { DialectId } from "../../server/src/dialect/dialect.ts";
import { decodeBase64 } from "../../server/src/model/base64.ts";
import {
  type PackageStructure,
  readArchiveStructure,
  type StructureMessage,
  type Tag,
} from "../../server/src/model/package-structure.ts";
import { SyntaxTree } from "../../server/src/syntax/tree.ts";
import { decodeText } from "../../server/src/text/decode.ts";
import { sharedFolder } from "../support/shared.ts";

type Recorded = Record<string, { readonly log: readonly string[]; readonly structure: object }>;

const otobo = sharedFolder("vectors");
const znuny = sharedFolder("vectors-znuny");
if (otobo) {
  const same = readRecorded(join(otobo, "parse"));
  const sources = join(otobo, "build/sources");
  checkStructures(same, sources, "otobo-11");
  if (znuny) {
    // Only what differs is recorded again.
    const ofZnuny = { ...same, ...readRecorded(join(znuny, "parse")) };
    checkStructures(ofZnuny, sources, "znuny-7");
    // OTRS 6.0.41 was held against it and gave the same structures.
    checkStructures(ofZnuny, sources, "otrs-6");
    checkStructures(readRecorded(join(znuny, "extra/parse")), join(znuny, "extra/build/sources"), "znuny-7");
  }
}

function readRecorded(folder: string): Recorded {
  return JSON.parse(readFileSync(join(folder, "structures.json"), "utf8")) as Recorded;
}

function checkStructures(recorded: Recorded, sources: string, dialect: DialectId): void {
  const paths = readdirSync(sources, { recursive: true, encoding: "utf8" });
  const specs = new Map(paths.filter((path) => path.endsWith(".sopm")).map((path) => [basename(path), path]));
  for (const [name, { log, structure }] of Object.entries(recorded)) {
    const { text, problem } = decodeText(readFileSync(join(sources, specs.get(name)!)));
    const tree = SyntaxTree.parse(text);
    test(`${dialect} reads ${name}`, () => {
      // What is no UTF-8 never becomes a text here.
      if (problem) return assert.deepEqual([structure ?? {}, log.at(-1)], [{}, logLines(malformed).at(-1)]);
      const reading = readArchiveStructure(tree, dialect);
      assert.deepEqual(reading.log.flatMap(logLines), log.map(withoutReason));
      assert.deepEqual(reading.structure ? recordedForm(reading.structure) : {}, structure ?? {});
    });
  }
}

const malformed: StructureMessage = { id: "malformed" };

function logLines(message: StructureMessage): readonly string[] {
  switch (message.id) {
    case "read-leniently":
      return [
        `error: C-Parser: at line ${message.line}`,
        "error: XML::Parser had errors, falling back to XML::Parser::Lite.",
      ];
    case "too-deep":
      return [];
    case "malformed":
      return ["error: Invalid XMLParse in PackageParse()!"];
    case "no-known-tag":
      return ["error: Invalid package structure in PackageParse()!"];
    case "forbidden-location":
      return [`error: Invalid file/location '${message.location}' in PackageParse()!`];
  }
}

/** Of what a parser says that it stops at, the line counts: it names things otherwise than we do. */
function withoutReason(line: string): string {
  return line.replace(/(C-Parser: ).* at line (\d+), column \d+, byte -?\d+$/s, "$1at line $2");
}

/** A structure in the form of the recorded ones: contents in file lists are replaced by their checksum. */
function recordedForm({ single, repeated, files, database }: PackageStructure): object {
  const inFileList = new Set<Tag>(files);
  const form = (tag: Tag) => tagForm(tag, inFileList.has(tag));
  return {
    ...Object.fromEntries(Object.entries(single).map(([name, tag]) => [name, form(tag)])),
    ...Object.fromEntries(
      Object.entries(repeated)
        .filter(([, list]) => list.length > 0)
        .map(([name, list]) => [name, list.map(form)]),
    ),
    ...(files.length > 0 ? { Filelist: files.map(form) } : {}),
    ...Object.fromEntries(
      Object.entries(database)
        .filter(([, phases]) => phases.size > 0)
        .map(([family, phases]) => [
          family,
          Object.fromEntries([...phases].map(([phase, tags]) => [phase, tags.map(form)])),
        ]),
    ),
  };
}

function tagForm(tag: Tag, inFileList: boolean): object {
  const notes = { Tag: tag.name, TagCount: String(tag.count), TagLevel: String(tag.level) };
  if (tag.kind === "end") return { ...notes, TagType: "End" };
  const form = {
    ...Object.fromEntries(tag.attributes),
    ...notes,
    TagLastLevel: tag.parent ?? null,
    TagType: "Start",
  };
  if (!inFileList) return { ...form, Content: tag.content ?? null };
  if (tag.size === undefined) return form;
  const encoded = tag.attributes.get("Encode") === "Base64";
  const content = encoded ? decodeBase64(tag.content!) : new TextEncoder().encode(tag.content!);
  return {
    ...form,
    Size: tag.size,
    ...(encoded ? { Encode: "" } : {}),
    ContentMD5: createHash("md5").update(content).digest("hex"),
  };
}
