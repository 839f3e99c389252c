import { defaultSettings, type Settings } from "../configuration/settings.ts";
import type { Checked } from "../engine/fix-rounds.ts";
import {
  type LintContext,
  type LintResult,
  type LintSettings,
  type LintSurroundings,
  lint,
  lintContext,
  lintInSteps,
} from "../engine/lint.ts";
import type { Simulation } from "../engine/simulate.ts";
import { mayBeSimulated } from "../engine/simulation-excerpt.ts";
import { surroundingsOf } from "../engine/surroundings.ts";
import type { FeatureDocument } from "../features/feature-document.ts";
import { FolderCache } from "../host/folder-cache.ts";
import { noFolder } from "../host/folder-facts.ts";
import type { KnownPackages, OtherPackages } from "../host/known-packages.ts";
import { patience } from "../host/patience.ts";
import { PerlCache } from "../host/perl-cache.ts";
import { inTime } from "../host/timers.ts";
import type { World } from "../host/world.ts";
import { type PackageSpec, specOf } from "../model/package-spec.ts";
import type { DatabaseKind } from "../protocol/databases.ts";
import type { Finding } from "../rules/rule.ts";
import type { Steps } from "../rules/steps.ts";
import { SyntaxTree } from "../syntax/tree.ts";
import type { TextEdit } from "../text/edit.ts";

/** A document the editor has open, and what was last found in it. */
export class OpenDocument {
  /** What the editor calls it. */
  readonly uri: string;
  readonly kind: LintSurroundings["kind"];
  /** The absolute path of the file; undefined for what lies on no disk. */
  readonly path: string | undefined;
  version: number;
  tree: SyntaxTree;
  settings: Settings = defaultSettings;
  /** False until the settings are those of the document. */
  isConfigured = false;
  folder: FolderCache | undefined;
  /** The absolute path of the folder that the package's files are in; undefined for what lies on no disk. */
  baseFolder: string | undefined;
  /** What Perl says of the code in it; undefined where nobody can be asked. */
  readonly perl: PerlCache | undefined;
  /** The packages that are known; undefined for a document that nobody has open. */
  known: KnownPackages | undefined;
  readonly #world: World;
  #found: Known | undefined;
  #simulation: Simulation | undefined;

  constructor(world: World, uri: string, kind: OpenDocument["kind"], version: number, text: string) {
    this.#world = world;
    this.uri = uri;
    this.kind = kind;
    this.version = version;
    this.path = world.paths.fromUri(uri);
    const perl = world.perl?.();
    this.perl = perl && new PerlCache(perl);
    this.tree = SyntaxTree.parse(text);
  }

  /** @param edit in the text as it is now */
  edit(edit: TextEdit): void {
    this.tree = this.tree.edited(edit);
  }

  /** Gives the document another text. */
  replace(text: string): void {
    this.tree = SyntaxTree.parse(text);
  }

  /** What is wrong with the document as it is now; undefined while nobody has looked. */
  get found(): LintResult | undefined {
    const { chosen, findings } = this.#now();
    return findings && { ...chosen, findings };
  }

  /**
   * Looks for what is wrong with the document as it is now, a piece at a time. When the document, its settings or
   * what is known of the disk change meanwhile, the result is one for what was; then this had better be given up.
   */
  *check(): Steps<void> {
    const known = this.#now();
    if (known.findings) return;
    const { spec, chosen, others } = known;
    const { simulation, upgradesSince } = this.settings;
    const simulated = this.#simulation?.known(spec, chosen, simulation.databases, others, upgradesSince);
    known.isSimulated = simulated !== undefined;
    known.findings = yield* lintInSteps(known.spec, known.settings, known, known.chosen, simulated);
  }

  /** What would be wrong with the document if it had another text. Nobody tries that one on databases. */
  whatIf(text: string): Checked {
    const { chosen, others } = this.#now();
    const { path, kind } = this;
    const folder = this.folder?.facts ?? noFolder;
    const surroundings = surroundingsOf({ path, kind, folder, perl: this.perl?.facts, others }, this.#world);
    const tree = SyntaxTree.parse(text);
    return { tree, findings: lint(tree, this.settings.lint, surroundings, chosen.context).findings };
  }

  /** Whether there is something to try that was not tried in the document as it is now. */
  get waitsForSimulation(): boolean {
    const { spec, chosen, isSimulated } = this.#now();
    return !isSimulated && this.settings.simulation.databases.length > 0 && mayBeSimulated(spec, chosen);
  }

  /**
   * Tries the package, a piece at a time, and adds to what is wrong with the document what databases refuse. It is given
   * up like a check.
   *
   * @param make the first time; later what was made then goes on
   */
  *simulate(make: () => Simulation): Steps<void> {
    const known = this.#now();
    const { spec, settings, chosen, others } = known;
    this.#simulation ??= make();
    const { simulation, upgradesSince } = this.settings;
    const steps = this.#simulation.run(spec, chosen, simulation.databases, others, upgradesSince);
    const simulated = yield* steps;
    // Mostly nothing comes of it, and what was found before is still all.
    if (simulated.length > 0) known.findings = yield* lintInSteps(spec, settings, known, chosen, simulated);
    known.isSimulated = true;
  }

  /** The document as features want it. For them nothing is checked. */
  forFeatures(): FeatureDocument {
    const { spec, chosen } = this.#now();
    return { tree: this.tree, spec, context: chosen.context };
  }

  #now(): Known {
    const { tree } = this;
    const settings = this.settings.lint;
    const folder = this.folder?.facts ?? noFolder;
    const perl = this.perl?.facts;
    const last = this.#found;
    const spec = specOf(tree);
    const { path, kind } = this;
    const { databases } = this.settings.simulation;
    const others = path === undefined ? undefined : this.known?.beside(path);
    const context = last?.chosen.context;
    if (
      last?.spec === spec &&
      last.settings === settings &&
      last.databases === databases &&
      last.others === others &&
      context?.folder === folder &&
      context.perl === perl
    )
      return last;
    const surroundings = surroundingsOf({ path, kind, folder, perl }, this.#world);
    const chosen = lintContext(spec, settings, surroundings, context);
    this.#found = { spec, settings, databases, others, chosen, findings: undefined, isSimulated: false };
    return this.#found;
  }
}

/** What is known of a document as it is at one time. */
interface Known {
  readonly spec: PackageSpec;
  readonly settings: LintSettings;
  readonly databases: readonly DatabaseKind[];
  readonly chosen: LintContext;
  readonly others: OtherPackages | undefined;
  findings: readonly Finding[] | undefined;
  /** Whether the findings hold what databases refuse. */
  isSimulated: boolean;
}

/** The open documents, and one cache of files for every folder they lie in. */
export class OpenDocuments {
  readonly #world: World;
  readonly #documents = new Map<string, OpenDocument>();
  readonly #folders = new Map<string, FolderCache>();
  readonly #known: KnownPackages;

  constructor(world: World, known: KnownPackages) {
    this.#world = world;
    this.#known = known;
  }

  get(uri: string): OpenDocument | undefined {
    return this.#documents.get(uri);
  }

  all(): readonly OpenDocument[] {
    return [...this.#documents.values()];
  }

  open(document: OpenDocument): void {
    document.known = this.#known;
    this.#documents.set(document.uri, document);
  }

  close(uri: string): void {
    this.#documents.delete(uri);
    this.#forgetUnusedFolders();
  }

  /**
   * Gives a document its settings and the folder its files are looked for in. One that is not open any more gets nothing.
   *
   * @param base the absolute path of that folder; undefined for a document that lies on no disk
   */
  configure(document: OpenDocument, settings: Settings, base: string | undefined): void {
    if (this.get(document.uri) !== document) return;
    document.settings = settings;
    document.isConfigured = true;
    document.baseFolder = base;
    document.folder = base === undefined ? undefined : this.#folderAt(base);
    this.#forgetUnusedFolders();
  }

  /**
   * Looks again at all files of all packages. A disk that does not answer keeps nobody waiting who uses another one.
   *
   * @param onChanged called for each document for which something is different now; for one whose disk has answered
   * late, when it has
   * @returns whether something was different
   */
  async reloadFolders(onChanged: (document: OpenDocument) => void): Promise<boolean> {
    const looks = [...this.#folders.values()].map(async (folder) => {
      const isChanged = await folder.reload();
      if (isChanged) for (const document of this.all()) if (document.folder === folder) onChanged(document);
      return isChanged;
    });
    const { timers } = this.#world;
    return (await Promise.all(looks.map((look) => inTime(timers, patience, look)))).includes(true);
  }

  #folderAt(base: string): FolderCache {
    let folder = this.#folders.get(base);
    if (!folder) {
      folder = new FolderCache(this.#world.packageDisk(base));
      this.#folders.set(base, folder);
    }
    return folder;
  }

  #forgetUnusedFolders(): void {
    const used = new Set(this.all().map(({ folder }) => folder));
    for (const [path, folder] of this.#folders) if (!used.has(folder)) this.#folders.delete(path);
  }
}
