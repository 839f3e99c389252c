import type { ReadFile } from "../host/workspace-disk.ts";
import type { World } from "../host/world.ts";
import type { Finding, Severity } from "../rules/rule.ts";
import type { Span } from "../text/span.ts";
import { isVersionText } from "../text/version-text.ts";
import { keyFor } from "./base-folder.ts";
import {
  type Configuration,
  configurationName,
  configurationSize,
  fault,
  type Located,
  type Scenario,
} from "./configuration-file.ts";
import type { Layer, Said } from "./layers.ts";
import { scenarioRow } from "./scenario-rows.ts";
import { type SettingRow, settingRow } from "./setting-rows.ts";

/** What is asked of the disk. */
export type ConfigurationWorld = Pick<World, "disk" | "named" | "paths">;

/** Where configurations are looked for, and what they may say. */
export interface ConfigurationReach {
  /** The folder that somebody works in, as an absolute path; undefined for none. */
  readonly workFolder: string | undefined;
  /** Whether what could be misused holds, too. */
  readonly isTrusted: boolean;
}

/** What the configurations of a file come to. */
export interface FoundConfigurations {
  /** What each says, the one that comes first last. Paths in them are absolute. */
  readonly layers: readonly Layer[];
  /** By their names. Paths in them are absolute. */
  readonly scenarios: ReadonlyMap<string, Scenario>;
  /** Those that were read, in the order of the layers, with all that is wrong with each. */
  readonly files: readonly CheckedConfiguration[];
}

export type CheckedConfiguration = Pick<Configuration, "path" | "text" | "findings">;

/** Configurations that build on each other. */
const mostFiles = 64;

/** Working copies have one of these. */
const checkoutMarks = [".git", ".hg", ".svn"];

/**
 * The configurations of a workspace. They are looked for beside a file and above it, up to the root of the working copy
 * or the folder that somebody works in, whichever lies farther up; without both, beside it alone. Each is read once,
 * until it is forgotten.
 */
export class Configurations {
  readonly #world: ConfigurationWorld;
  readonly #typedText: (path: string) => string | undefined;
  /** By path; undefined where there is none. */
  readonly #files = new Map<string, Promise<Configuration | undefined>>();
  readonly #stamps = new Map<string, string | undefined>();
  /** Whether a folder is the root of a working copy. */
  readonly #checkouts = new Map<string, Promise<boolean>>();
  /** Those that were looked into. */
  readonly #folders = new Set<string>();
  /** What was found for a folder, by that. */
  readonly #chains = new Map<string, KnownChain>();

  /** @param typedText what is written in an open configuration; undefined for one that is not open */
  constructor(world: ConfigurationWorld, typedText: (path: string) => string | undefined = () => undefined) {
    this.#world = world;
    this.#typedText = typedText;
  }

  /**
   * What holds for a spec, or for a folder with packages.
   *
   * @param path absolute
   * @throws never
   */
  async of(path: string, kind: "file" | "folder", reach: ConfigurationReach): Promise<FoundConfigurations> {
    const { paths } = this.#world;
    const chain = await this.#chainOf(kind === "folder" ? path : paths.dirname(path), reach);
    if (chain.files.length === 0) return nothingFound;
    return kind === "file" ? await this.#forSpec(path, chain, reach) : chain;
  }

  /** A configuration by itself, such as one that is being written. @throws never */
  async check(path: string, reach: ConfigurationReach): Promise<CheckedConfiguration | undefined> {
    const configuration = await this.#read(path);
    if (!configuration) return undefined;
    const chain = new Chain(await this.#limitOf(this.#world.paths.dirname(path), reach));
    await this.#take(configuration, chain, reach, [path]);
    return chain.files.find((file) => file.path === path);
  }

  /**
   * Takes notice that something at a path has come, gone or changed.
   *
   * @returns the folders below which something else may hold now; none when it concerns nobody
   */
  changed(path: string): readonly string[] {
    const { dirname } = this.#world.paths;
    const isFile = this.#files.has(path);
    if (!isFile && !this.#folders.has(path)) return [];
    const building = [...this.#chains]
      .filter(([, { files }]) => files?.has(path) ?? true)
      .map(([folder]) => folder);
    this.forget();
    return [...new Set([isFile ? dirname(path) : path, ...building])];
  }

  /** Reads all again when they are asked for. */
  forget(): void {
    for (const all of [this.#files, this.#folders, this.#stamps, this.#checkouts, this.#chains]) all.clear();
  }

  /** Whether one has come, gone or changed since it was read; then all are forgotten. @throws never */
  async hasChanged(): Promise<boolean> {
    const looked = [...this.#stamps];
    for (let start = 0; start < looked.length; start += looksAtOnce) {
      const some = looked.slice(start, start + looksAtOnce);
      const now = await Promise.all(some.map(([path]) => this.#world.disk.stampOf(path)));
      if (!some.some(([, stamp], index) => stamp !== now[index])) continue;
      this.forget();
      return true;
    }
    return false;
  }

  #isBelow(folder: string, path: string): boolean {
    return this.#world.paths.below(folder, path) !== undefined;
  }

  #chainOf(folder: string, reach: ConfigurationReach): Promise<Chain> {
    const text = JSON.stringify(reach);
    const known = this.#chains.get(folder);
    if (known?.reach === text) return known.chain;
    const chain = this.#look(folder, reach);
    const now: KnownChain = { reach: text, chain, files: undefined };
    this.#chains.set(folder, now);
    return chain.then((found) => {
      now.files = new Set(found.files.map(({ path }) => path));
      return found;
    });
  }

  async #look(folder: string, reach: ConfigurationReach): Promise<Chain> {
    const { paths } = this.#world;
    const limit = await this.#limitOf(folder, reach);
    const found: Configuration[] = [];
    for (let at = folder; ; at = paths.dirname(at)) {
      const configuration = await this.#read(paths.join(at, configurationName));
      if (configuration) found.push(configuration);
      if (configuration?.isRoot || at === limit || at === paths.dirname(at)) break;
    }
    const chain = new Chain(limit);
    for (const each of found.reverse()) await this.#take(each, chain, reach, [each.path]);
    return chain;
  }

  /** The farthest folder in which configurations are looked for. */
  async #limitOf(folder: string, { workFolder }: ConfigurationReach): Promise<string> {
    const { paths } = this.#world;
    const isInWork = workFolder !== undefined && this.#isBelow(workFolder, folder);
    for (let at = folder; ; at = paths.dirname(at)) {
      if (await this.#isCheckout(at)) return isInWork && this.#isBelow(workFolder, at) ? workFolder : at;
      if (at === paths.dirname(at)) return isInWork ? workFolder : folder;
    }
  }

  #isCheckout(folder: string): Promise<boolean> {
    let known = this.#checkouts.get(folder);
    if (!known) {
      const { disk, paths } = this.#world;
      known = Promise.all(checkoutMarks.map((mark) => disk.stampOf(paths.join(folder, mark)))).then(
        (stamps) => stamps.some((stamp) => stamp !== undefined),
      );
      this.#checkouts.set(folder, known);
    }
    return known;
  }

  #read(path: string): Promise<Configuration | undefined> {
    let known = this.#files.get(path);
    if (!known) {
      known = this.#readNow(path);
      this.#files.set(path, known);
      this.#folders.add(this.#world.paths.dirname(path));
    }
    return known;
  }

  async #readNow(path: string): Promise<Configuration | undefined> {
    const typed = this.#typedText(path);
    if (typed !== undefined) return (await reader()).readConfigurationText(path, typed);
    const { disk } = this.#world;
    const stamp = await disk.stampOf(path);
    this.#stamps.set(path, stamp);
    const file: ReadFile = await disk.read(path, configurationSize);
    // What is there all the same is a link or a folder, and no link is followed.
    if (file.kind === "missing" && stamp === undefined) return undefined;
    return (await reader()).readConfiguration(path, file);
  }

  /** Puts a configuration in a chain, after those that it builds on. */
  async #take(
    configuration: Configuration,
    chain: Chain,
    reach: ConfigurationReach,
    way: readonly string[],
  ): Promise<void> {
    const { paths } = this.#world;
    const { path, text } = configuration;
    const findings = [...configuration.findings];
    for (const each of configuration.extends) {
      const base = paths.resolve(paths.dirname(path), each.value);
      const problem = await this.#whyNotExtended(base, each, chain, way);
      if (problem) findings.push(problem);
      else await this.#take((await this.#read(base))!, chain, reach, [...way, base]);
    }
    const checked = new TrustedParts(configuration, chain.limit, reach, this.#world);
    const layer = await checked.layer();
    const scenarios = await checked.scenarios();
    // What several build on is taken for each of them, and told of once.
    if (!chain.files.some((file) => file.path === path))
      chain.files.push({ path, text, findings: [...findings, ...checked.findings] });
    chain.layers.push(layer);
    for (const [name, scenario] of scenarios) chain.scenarios.set(name, scenario);
  }

  async #whyNotExtended(
    base: string,
    { value, span }: Located,
    chain: Chain,
    way: readonly string[],
  ): Promise<Finding | undefined> {
    if (way.includes(base)) return fault("extends-circle", span, { path: value });
    if (chain.layers.length + way.length >= mostFiles)
      return fault("extends-many", span, { path: value, most: mostFiles });
    if (await leadsOut(base, chain.limit, this.#world))
      return fault("extends-outside", span, { path: value, root: chain.limit });
    return (await this.#read(base)) ? undefined : fault("extends-missing", span, { path: value });
  }

  /** What means specs is looked at here, where it is known which one, and what is said of it starts at its folder. */
  async #forSpec(
    spec: string,
    chain: Chain,
    { isTrusted }: ConfigurationReach,
  ): Promise<FoundConfigurations> {
    const { paths } = this.#world;
    const findings = new Map<string, Finding>();
    const layers: Layer[] = [];
    for (const layer of chain.layers) {
      const folders = layer.get("baseFolder");
      if (!(folders instanceof Map)) {
        layers.push(layer);
        continue;
      }
      const meant = partFor(spec, folders, paths);
      const folder = meant && paths.resolve(paths.dirname(spec), String(meant.value));
      const isOut = folder !== undefined && !isTrusted && (await leadsOut(folder, chain.limit, this.#world));
      if (meant && isOut) {
        const { path, span } = placeOf(meant);
        findings.set(path, outside(String(meant.value), span, chain.limit));
      }
      const parts = meant && !isOut ? new Map([[spec, meant]]) : new Map<string, Said>();
      layers.push(new Map([...layer, ["baseFolder", parts]]));
    }
    const files = chain.files.map((file) => {
      const more = findings.get(file.path);
      return more ? { ...file, findings: [...file.findings, more] } : file;
    });
    return { layers, files, scenarios: chain.scenarios };
  }
}

/** What is wrong with a configuration as the rules are set. */
export function withSeverities(
  file: CheckedConfiguration,
  severities: Readonly<Record<string, Severity | "off">>,
): CheckedConfiguration {
  const findings = file.findings.flatMap((finding): Finding[] => {
    const severity = severities[finding.rule];
    if (severity === "off") return [];
    return [severity === undefined ? finding : { ...finding, severity }];
  });
  return { ...file, findings };
}

interface KnownChain {
  /** The reach that it was found in, as text. */
  readonly reach: string;
  readonly chain: Promise<Chain>;
  /** The paths of all that was read; undefined until then. */
  files: ReadonlySet<string> | undefined;
}

/** What there is where nobody looks. */
export const nothingFound: FoundConfigurations = { layers: [], scenarios: new Map(), files: [] };

/** Most workspaces have no configuration, and nobody starts later for it. */
function reader() {
  return import("./read-configuration.ts");
}

/** Files that are looked at together. */
const looksAtOnce = 64;

/** Configurations on the way to a folder. */
class Chain implements FoundConfigurations {
  /** The folder that nothing leads out of. */
  readonly limit: string;
  readonly layers: Layer[] = [];
  readonly scenarios = new Map<string, Scenario>();
  readonly files: CheckedConfiguration[] = [];

  constructor(limit: string) {
    this.limit = limit;
  }
}

/** What a configuration says that holds, with absolute paths; what does not is told. */
class TrustedParts {
  readonly findings: Finding[] = [];
  readonly #configuration: Configuration;
  readonly #limit: string;
  readonly #reach: ConfigurationReach;
  readonly #world: ConfigurationWorld;

  constructor(
    configuration: Configuration,
    limit: string,
    reach: ConfigurationReach,
    world: ConfigurationWorld,
  ) {
    this.#configuration = configuration;
    this.#limit = limit;
    this.#reach = reach;
    this.#world = world;
  }

  async layer(): Promise<Layer> {
    const layer = new Map<string, Said | ReadonlyMap<string, Said>>();
    for (const [key, said] of this.#configuration.layer) {
      const taken = await this.#taken(settingRow(key)!, said);
      if (taken) layer.set(key, taken);
    }
    return layer;
  }

  async scenarios(): Promise<ReadonlyMap<string, Scenario>> {
    const scenarios = new Map<string, Scenario>();
    for (const [name, scenario] of this.#configuration.scenarios) {
      const taken = new Map<string, Said>();
      for (const [key, said] of scenario) {
        const part = await this.#taken(scenarioRow(key)!, said);
        if (part) taken.set(key, part as Said);
      }
      scenarios.set(name, taken);
    }
    return scenarios;
  }

  async #taken(
    { key, type, needsTrust }: Pick<SettingRow, "key" | "type" | "needsTrust">,
    said: Said | ReadonlyMap<string, Said>,
  ): Promise<Said | ReadonlyMap<string, Said> | undefined> {
    // Folders of specs start at these, so that they are looked at when it is known for which.
    if (said instanceof Map) return said;
    const { value, source } = said as Said;
    const isVersion = type.kind === "path" && type.orVersion && isVersionText(String(value));
    if (!isVersion && (type.kind === "path" || type.kind === "paths")) {
      const all = [value].flat() as string[];
      const taken: string[] = [];
      for (const each of all) {
        const path = each === "" ? "" : this.#world.paths.resolve(this.#folder, each);
        if (path === "" || (await this.#isAllowed(path, said as Said, each))) taken.push(path);
      }
      if (Array.isArray(value)) return { value: taken, source };
      return taken.length > 0 ? { value: taken[0], source } : undefined;
    }
    if (!needsTrust || isVersion || this.#reach.isTrusted) return said;
    this.findings.push(fault("untrusted", placeOf(said as Said).span, { key }, { severity: "warning" }));
    return undefined;
  }

  async #isAllowed(path: string, said: Said, written: string): Promise<boolean> {
    if (this.#reach.isTrusted || !(await leadsOut(path, this.#limit, this.#world))) return true;
    this.findings.push(outside(written, placeOf(said).span, this.#limit));
    return false;
  }

  get #folder(): string {
    return this.#world.paths.dirname(this.#configuration.path);
  }
}

function outside(path: string, span: Span, root: string): Finding {
  return fault("outside", span, { path, root }, { severity: "warning" });
}

/** What is said of a spec. The path itself comes before patterns, both from the folder of the configuration on. */
function partFor(spec: string, parts: ReadonlyMap<string, Said>, paths: World["paths"]): Said | undefined {
  const [first] = parts.values();
  if (!first) return undefined;
  const start = paths.dirname(placeOf(first).path);
  const key = keyFor(spec, [...parts.keys()], start, paths);
  return key === undefined ? undefined : parts.get(key);
}

function placeOf({ source }: Said): { readonly path: string; readonly span: Span } {
  return source.kind === "file" ? source : { path: "", span: { start: 0, end: 0 } };
}

/** Whether a path is elsewhere than below a folder: as it is written, or where links lead to. */
async function leadsOut(
  path: string,
  folder: string,
  { named, paths }: ConfigurationWorld,
): Promise<boolean> {
  if (paths.below(folder, path) === undefined) return true;
  const real = (each: string) => named.realPath(each).catch(() => undefined);
  const root = await real(folder);
  // What is not there leads nowhere; what is around it may.
  for (let at = path; paths.below(folder, at)?.length; at = paths.dirname(at)) {
    const target = await real(at);
    if (target !== undefined) return root === undefined || paths.below(root, target) === undefined;
  }
  return false;
}
