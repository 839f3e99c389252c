import type { World } from "../host/world.ts";
import { makeTexts } from "../l10n/texts.ts";
import { once } from "../text/once.ts";
import { clock } from "./clock.ts";
import { docsPage, readDataFile } from "./data-file.ts";
import { nodeDisk } from "./disk.ts";
import { embeddedDatabase } from "./embedded-database.ts";
import { nodeFiles, unflushedFiles } from "./file-system.ts";
import { knowledgeFor, knowledgeOf } from "./knowledge.ts";
import { machine } from "./machine.ts";
import { namedDatabase } from "./named-database.ts";
import { namedFiles, namedOutput } from "./named-files.ts";
import { paths } from "./paths.ts";
import { perlChecker } from "./perl-checker.ts";
import { ruleTexts } from "./rule-texts.ts";
import { timers } from "./timers.ts";
import { nodeWorkspaceDisk } from "./workspace-disk.ts";

const packageSource = async () => (await import("./package-source.ts")).packageSource;

const committed = async () => (await import("./committed-files.ts")).committedFiles;

const diagrams = once(async () => new (await import("./diagram-thread.ts")).DiagramThread());

/** The world as Node has it, in English. */
export function nodeWorld(): World {
  let otherParts: string | undefined;
  return {
    texts: makeTexts(() => JSON.parse(readDataFile("l10n", "bundle.l10n.de.json"))),
    ...{ clock, timers, paths },
    machine,
    named: namedFiles,
    output: namedOutput,
    files: ({ flush }) => (flush ? nodeFiles : unflushedFiles),
    disk: nodeWorkspaceDisk,
    packageDisk: nodeDisk,
    ruleTexts,
    rulePage: (rule) => paths.toUri(docsPage(`rules/${rule}.md`)),
    // What few programs need is loaded by those.
    packages: {
      archive: async (path) => (await packageSource()).archive(path),
      spec: async (path) => (await packageSource()).spec(path),
      stampOf: async (path) => (await packageSource()).stampOf(path),
      filesOf: async (...place) => (await packageSource()).filesOf(...place),
    },
    committed: {
      before: async (...files) => (await committed()).before(...files),
      now: async (...files) => (await committed()).now(...files),
    },
    histories: {
      open: async (...place) => (await import("./commit-histories.ts")).commitHistories.open(...place),
    },
    commitWriters: {
      open: async (...place) => (await import("./commit-writers.ts")).commitWriters.open(...place),
    },
    archives: {
      write: async (...order) => (await import("./archive-writer.ts")).writeArchive(...order),
    },
    diagrams: { layOut: async (...graph) => (await diagrams()).layOut(...graph) },
    schemaValidator: {
      ask: async (...question) => (await import("./schema-opinion.ts")).askSecondValidator(...question),
    },
    perl: () => perlChecker(otherParts),
    databases: { embedded: () => embeddedDatabase(otherParts), named: namedDatabase },
    lookForPartsIn: (folder) => {
      otherParts = folder;
    },
    commands: {
      run: async (...command) => (await import("./commands.ts")).commands.run(...command),
      makeFolder: async () => (await import("./commands.ts")).commands.makeFolder(),
    },
    records: {
      read: async (name) => (await import("./user-records.ts")).userRecords.read(name),
      names: async () => (await import("./user-records.ts")).userRecords.names(),
      write: async (...record) => (await import("./user-records.ts")).userRecords.write(...record),
      remove: async (name) => (await import("./user-records.ts")).userRecords.remove(name),
    },
    web: {
      get: async (...asked) => (await import("./web.ts")).getOverNode(...asked),
      cache: async () => (await import("./web-cache.ts")).webCache(),
    },
    webServers: {
      listen: async (...place) => (await import("./web-servers.ts")).webServers.listen(...place),
    },
    // The data are those of all worlds, and whoever asks for them is told apart by his function.
    knowledge: { knowledgeFor: (...product) => knowledgeFor(...product), knowledgeOf },
  };
}

/** The same for a server, which writes archives in a thread of its own, so that a slow disk keeps nobody waiting. */
export function serverWorld(): World {
  return {
    ...nodeWorld(),
    archives: {
      write: async (...order) => (await import("./build-worker.ts")).writeInWorker(...order),
    },
  };
}
