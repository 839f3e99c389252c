import { isConfigurationName } from "../configuration/configuration-file.ts";
import { type CheckedConfiguration, withSeverities } from "../configuration/configurations.ts";
import type { FixedFile } from "../engine/fix-file.ts";
import { type Checked, fixInRounds } from "../engine/fix-rounds.ts";
import type { Shell } from "../host/shell.ts";
import { isMendedUnasked } from "../rules/fix-together.ts";
import { SyntaxTree } from "../syntax/tree.ts";
import { type CheckRequest, writeFixed } from "./check-named.ts";
import { type Configured, type ConfiguredRun, shownPath } from "./configured.ts";

/** A configuration with its fixes. */
export interface FixedConfiguration extends Pick<FixedFile, "before" | "after"> {
  /** As somebody would have named it. */
  readonly path: string;
  /** How many were made; none where it cannot be written, which has been said then. */
  readonly fixed: number;
  readonly isLost: boolean;
}

/** Makes the fixes in configurations that are made when nobody is asked, before anything goes by them. */
export class ConfigurationFixes {
  readonly #named: readonly string[];
  readonly #fixing: NonNullable<CheckRequest["fixing"]>;
  readonly #run: ConfiguredRun;
  readonly #shell: Shell;
  /** By absolute path. */
  readonly #fixed = new Map<string, number>();

  /** @param named files and folders; configurations that lie elsewhere are left as they are */
  constructor(
    named: readonly (string | undefined)[],
    fixing: NonNullable<CheckRequest["fixing"]>,
    run: ConfiguredRun,
    shell: Shell,
  ) {
    const { paths } = shell.world;
    this.#named = named.flatMap((path) => (path === undefined ? [] : [paths.resolve(path)]));
    this.#fixing = fixing;
    this.#run = run;
    this.#shell = shell;
  }

  /** How many were made in a configuration; undefined for one that had none. */
  madeIn(path: string): number | undefined {
    return this.#fixed.get(path);
  }

  /** Mends the configurations of a file, and the file if it is one, each once in a run. */
  async make(
    path: string | undefined,
    { found, settings }: Configured,
  ): Promise<readonly FixedConfiguration[]> {
    const { paths } = this.#shell.world;
    const isOne = path !== undefined && isConfigurationName(paths.basename(path));
    const own = isOne ? await this.#run.check(path) : undefined;
    const made: FixedConfiguration[] = [];
    for (const file of new Map(
      [...found.files, ...(own ? [own] : [])].map((each) => [each.path, each]),
    ).values()) {
      const isNamed = this.#named.some((each) => paths.below(each, file.path) !== undefined);
      if (!isNamed || this.#fixed.has(file.path)) continue;
      const fixes = await fixesIn(withSeverities(file, settings.lint.rules));
      if (!fixes) continue;
      const { text, fixed } = fixes;
      const encoder = new TextEncoder();
      const change = { before: encoder.encode(file.text), after: encoder.encode(text) };
      const isLost = this.#fixing === "in-files" && !(await writeFixed(file.path, change, this.#shell));
      this.#fixed.set(file.path, isLost ? 0 : fixed);
      if (!isLost) this.#run.take(file.path, text);
      made.push({ ...change, path: shownPath(file.path, this.#shell), fixed: isLost ? 0 : fixed, isLost });
    }
    return made;
  }
}

async function fixesIn({
  path,
  text,
  findings,
}: CheckedConfiguration): Promise<{ readonly text: string; readonly fixed: number } | undefined> {
  if (!findings.some(isMendedUnasked)) return undefined;
  const { readConfigurationText } = await import("../configuration/read-configuration.ts");
  const checkedAs = (now: string): Checked => ({
    tree: SyntaxTree.parse(now),
    findings: readConfigurationText(path, now).findings,
  });
  const { checked, fixed } = await fixInRounds(checkedAs(text), async (now) => checkedAs(now));
  return { text: checked.tree.source.toString(), fixed };
}
