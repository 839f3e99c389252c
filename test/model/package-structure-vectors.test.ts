import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { test } from "node:test";
import type { DialectId } from "../../server/src/dialect/dialect.ts";
import { decodeBase64 } from "../../server/src/model/base64.ts";
import {
  type PackageStructure,
  readStructure,
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
    if (!tree.isWellFormed || problem) {
      test(`${dialect} reads nothing from ${name}`, () => {
        if (!problem) assert.equal(readStructure(tree, dialect).structure, undefined);
        // OTRS and Znuny read on, leniently, which we do not imitate.
        if (dialect === "otobo-11") assert.match(log.join("\n"), /Invalid XMLParse/);
      });
      continue;
    }
    test(`${dialect} reads ${name}`, () => {
      const reading = readStructure(tree, dialect);
      assert.deepEqual(reading.log.map(logLine), log);
      assert.deepEqual(reading.structure ? recordedForm(reading.structure) : {}, structure ?? {});
    });
  }
}

function logLine(message: StructureMessage): string {
  switch (message.id) {
    case "malformed":
      return "error: Invalid XMLParse in PackageParse()!";
    case "no-known-tag":
      return "error: Invalid package structure in PackageParse()!";
    case "forbidden-location":
      return `error: Invalid file/location '${message.location}' in PackageParse()!`;
  }
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
    TagLastLevel: tag.parent,
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
