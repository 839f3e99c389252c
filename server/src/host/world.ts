import type { KnowledgeSource } from "../knowledge/knowledge-source.ts";
import type { Texts } from "../l10n/texts.ts";
import type { ArchiveWriter } from "./archive-writer.ts";
import type { Clock } from "./clock.ts";
import type { CommitHistories } from "./commit-history.ts";
import type { CommitWriters } from "./commit-writer.ts";
import type { CommittedFiles } from "./committed-files.ts";
import type { DatabaseServers } from "./database-server.ts";
import type { DiagramLayout } from "./diagram-layout.ts";
import type { FileSystem } from "./file-system.ts";
import type { Disk } from "./folder-cache.ts";
import type { Machine } from "./machine.ts";
import type { NamedFiles, NamedOutput } from "./named-files.ts";
import type { PackageSource } from "./package-source.ts";
import type { Paths } from "./paths.ts";
import type { PerlChecker } from "./perl-checker.ts";
import type { RuleTexts } from "./rule-text.ts";
import type { SchemaValidator } from "./schema-validator.ts";
import type { Commands, UserRecords } from "./test-system.ts";
import type { Timers } from "./timers.ts";
import type { Web } from "./web.ts";
import type { WebServers } from "./web-servers.ts";
import type { WorkspaceDisk } from "./workspace-disk.ts";

/**
 * All that lies outside of the program. A main file makes one and hands it in; two servers in one process have two.
 *
 * What ships with SOPM (texts, knowledge) is at hand, so that it answers at once: a world that has to fetch it does so
 * before it is made. Whatever belongs to the user is asked for asynchronously: a disk, a network or an editor may stand
 * behind it.
 */
export interface World {
  readonly texts: Texts;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly machine: Machine;
  readonly paths: Paths;
  readonly named: NamedFiles;
  readonly output: NamedOutput;
  /** The disk for those who keep files of their own on it. @param flush whether what they write is forced to the disk */
  readonly files: (options: { readonly flush: boolean }) => FileSystem;
  /** The specs on the disk. */
  readonly disk: WorkspaceDisk;
  /** The files of one package, whose base folder is given as an absolute path. */
  readonly packageDisk: (baseFolder: string) => Disk;
  readonly packages: PackageSource;
  readonly archives: ArchiveWriter;
  /** Absent where nobody knows how files were before. */
  readonly committed?: CommittedFiles;
  /** Absent where no version control system can be asked. */
  readonly histories?: CommitHistories | undefined;
  /** Absent where nobody can commit anything. */
  readonly commitWriters?: CommitWriters;
  /** Absent where nobody can lay out diagrams. */
  readonly diagrams?: DiagramLayout;
  readonly schemaValidator: SchemaValidator;
  /** Who compiles Perl; undefined where that optional part is not installed. Absent where nobody can. */
  readonly perl?: () => PerlChecker | undefined;
  /** Absent where statements cannot be executed. */
  readonly databases?: DatabaseServers;
  /** Absent where no programs can be started. */
  readonly commands?: Commands;
  /** Absent where nothing is kept. */
  readonly records?: UserRecords;
  /** Absent where the web cannot be reached. */
  readonly web?: Web;
  /** Absent where nobody can be served over HTTP. */
  readonly webServers?: WebServers;
  /**
   * Says where else optional parts lie, which are Perl and the embedded database: a folder, as an absolute path. Absent where
   * parts are not looked for in folders.
   */
  readonly lookForPartsIn?: (folder: string) => void;
  readonly knowledge: KnowledgeSource;
  /** What is said about the rules; read when it is asked for. @throws MissingPart */
  readonly ruleTexts: () => RuleTexts;
  /** The address of the page that explains a rule. */
  readonly rulePage: (rule: string) => string;
}
