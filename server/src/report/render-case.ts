import { version } from "../protocol/version.ts";
import { jsonText } from "./json-text.ts";
import { countedPromises, type PromiseReport } from "./promise-report.ts";

/**
 * What can be given to others of a run on a test system that came otherwise than it was foretold: which kinds of things
 * differ, on which product, and after which kinds of steps. Names of packages, people, computers, files, tables and
 * settings are left out or replaced, and so are all values and everything that the system printed.
 */
export function renderCase(report: PromiseReport): string {
  const { product, operation, foretold, succeeded, promises, steps, installedBefore } = report;
  const hidden = new HiddenNames();
  return jsonText({
    format: "sopm-case/1",
    sopm: version,
    ...{ product, operation, foretold, succeeded: succeeded ?? null },
    wasInstalled: installedBefore !== undefined,
    counts: countedPromises(report),
    steps: steps.map(({ kind, outcome }) => `${kind} ${outcome}`),
    differences: promises
      .filter(({ isKept }) => !isKept)
      .map(({ kind, subject, foretold: said, found, breaker, step }) => ({
        kind,
        subject: hidden.hide(subject),
        // Without their values, which are the package's.
        foretold: [said.text, said.further?.text].filter((text) => text !== undefined),
        found: [found.text],
        brokenBy: breaker ?? null,
        step: step?.number ?? null,
      })),
  });
}

/** Gives every name another one, the same for the same name, but for those that all packages share. */
class HiddenNames {
  readonly #names = new Map<string, string>();

  hide(subject: string): string {
    return subject.replace(/[\w\P{ASCII}]+(?:-[\w\P{ASCII}]+)*/gu, (name) =>
      shared.has(name) ? name : this.#hidden(name),
    );
  }

  #hidden(name: string): string {
    let other = this.#names.get(name);
    if (other === undefined) {
      other = `name${this.#names.size + 1}`;
      this.#names.set(name, other);
    }
    return other;
  }
}

/** Folders and endings that say what a file is for, and nothing of whose it is. */
const shared: ReadonlySet<string> = new Set(
  "Kernel System Config Files XML Modules Output HTML Templates Standard Language Autoload Console Command Admin Maint Dev GenericInterface Custom var httpd htdocs js skins Agent Customer default css img packagesetup scripts test bin doc pm pl t tt xml png svg json save backup custom_backup".split(
    " ",
  ),
);
