import type { Message } from "../../l10n/translate.ts";
import type { KnowledgeFor } from "../default-system.ts";
import { frontendModuleText, settingsText, templateText, translationText } from "./frontend-texts.ts";
import { documentationText, githubText, gitlabText, ignoredText, readmeText } from "./other-texts.ts";
import { type PackageNames, packageNames } from "./package-names.ts";
import { moduleText, setupText, testText } from "./perl-texts.ts";
import { specText } from "./spec-text.ts";
import { labelOf, objectionTo, type PackageWishes } from "./wishes.ts";

export interface NewFile {
  /** From the folder of the package on, with `/`. */
  readonly path: string;
  readonly text: string;
}

export type NewPackage =
  /** The spec comes first. */
  | { readonly kind: "planned"; readonly files: readonly NewFile[] }
  | { readonly kind: "objection"; readonly reason: Message };

/**
 * The files of a new package. Nothing is written.
 *
 * @param now "YYYY-MM-DD hh:mm:ss", local time, for the change log
 * @param knowledgeFor tells which files and tables the frameworks have, which must not be a package's
 */
export function newPackage(wishes: PackageWishes, now: string, knowledgeFor: KnowledgeFor): NewPackage {
  const reason = objectionTo(wishes);
  if (reason) return { kind: "objection", reason };
  const names = packageNames(wishes, now, knowledgeFor);
  const listed = listedFiles(names);
  const taken = takenName(names, listed, knowledgeFor);
  if (taken) return { kind: "objection", reason: taken };
  const spec = {
    path: `${names.name}.sopm`,
    text: specText(
      names,
      listed.map(({ path }) => path),
    ),
  };
  return { kind: "planned", files: [spec, ...listed, ...besides(names)] };
}

/** Those that are part of the package. */
function listedFiles(names: PackageNames): readonly NewFile[] {
  const { name, module, has } = names;
  const files: NewFile[] = [{ path: `doc/en/${name}.md`, text: documentationText(names) }];
  if (has("module")) files.push({ path: `Kernel/System/${module}.pm`, text: moduleText(names) });
  if (has("frontend")) {
    files.push(
      { path: `Kernel/Modules/Agent${module}.pm`, text: frontendModuleText(names) },
      { path: `Kernel/Output/HTML/Templates/Standard/Agent${module}.tt`, text: templateText(names) },
      { path: `Kernel/Config/Files/XML/${module}.xml`, text: settingsText(names) },
    );
  }
  if (has("setup")) files.push({ path: `var/packagesetup/${module}.pm`, text: setupText(names) });
  if (has("test")) files.push({ path: `scripts/test/${module}.t`, text: testText(names) });
  if (has("translations")) {
    files.push({ path: `Kernel/Language/de_${module}.pm`, text: translationText(names) });
  }
  return files;
}

/** Those that lie beside it for whoever works on it. */
function besides(names: PackageNames): readonly NewFile[] {
  return [
    { path: "README.md", text: readmeText(names) },
    { path: ".gitignore", text: ignoredText },
    ...(names.has("ci")
      ? [
          { path: ".github/workflows/package.yml", text: githubText(names) },
          { path: ".gitlab-ci.yml", text: gitlabText(names) },
        ]
      : []),
  ];
}

/** Why the name is taken by a framework; file systems that do not tell letter case apart are reckoned with. */
function takenName(
  { name, table, group, products, has }: PackageNames,
  listed: readonly NewFile[],
  knowledgeFor: KnowledgeFor,
): Message | undefined {
  if (has("setup") && frameworkGroups.has(group)) {
    const text =
      "“{name}” cannot be the name of a new package with a setup module, because every framework has a group “{group}” of its own, which removing the package would make invalid. Choose another name.";
    return { text, values: { name, group } };
  }
  const own = new Set(listed.map(({ path }) => path.toLowerCase()));
  for (const product of products) {
    const knowledge = knowledgeFor(product.product, product.version);
    const values = { name, product: labelOf(product) };
    const file = knowledge.fileNames()?.find((path) => own.has(path.toLowerCase()));
    if (file !== undefined) {
      const text =
        "“{name}” cannot be the name of a new package, because {product} has a file “{file}” of its own. Choose another name, such as one that begins with that of your company.";
      return { text, values: { ...values, file } };
    }
    if (has("table") && knowledge.table(table)) {
      const text =
        "“{name}” cannot be the name of a new package with a table, because {product} has a table “{table}” of its own. Choose another name.";
      return { text, values: { ...values, table } };
    }
  }
  return undefined;
}

/**
 * Groups of agents that every system has from the start.
 *
 * @source Znuny 7.1, OTOBO 11 and OTRS 6, scripts/database/*initial_insert.xml
 */
const frameworkGroups: ReadonlySet<string> = new Set(["admin", "stats", "users"]);
