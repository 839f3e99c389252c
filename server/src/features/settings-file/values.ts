import { type SettingsAttribute, settingsKeys } from "../../dialect/settings-elements.ts";
import { newestWith } from "../../knowledge/join-knowledge.ts";
import type { Translate } from "../../l10n/translate.ts";
import {
  isLoaderSetting,
  type LoaderKind,
  loadedName,
  loaderKind,
  scripts,
  styles,
} from "../../rules/shared/loader-files.ts";
import { conventionFor, navigationConventions } from "../../rules/shared/navigation-conventions.ts";
import { nameOfPath } from "../../symbols/file-symbols.ts";
import type { Element } from "../../syntax/element.ts";
import type { SyntaxTree } from "../../syntax/tree.ts";
import { memo } from "../../text/memo.ts";
import { type BoundedSuggestions, bounded } from "../completion/bounded.ts";
import { type Suggestion, suggestions } from "../completion/suggestion.ts";
import {
  itemAttribute,
  keysAround,
  type SettingsDocument,
  settingAround,
  settingsRow,
  valueTypesAt,
} from "./document.ts";

/** What an attribute may be. */
export function attributeValues(
  document: SettingsDocument,
  element: Element,
  { type, values }: SettingsAttribute,
  typed: string,
  translate: Translate,
): BoundedSuggestions {
  if (values) return all(suggestions(values));
  switch (type) {
    case "setting":
      return bounded(settingNames(document, translate), typed);
    case "value-type":
      return all(suggestions(valueTypesAt(element, document).map(({ name }) => name)));
    case "option":
      return all(suggestions(optionsOf(element)));
    case "key":
      return all(suggestions(keysOf(element, document)));
    default:
      return all([]);
  }
}

/** The word at the caret. */
export interface WordAtCaret {
  /** What stands before the caret. */
  readonly typed: string;
  readonly whole: string;
}

/** What the text of an element may be. */
export function textValues(
  document: SettingsDocument,
  element: Element,
  word: WordAtCaret,
  translate: Translate,
): BoundedSuggestions {
  const { typed } = word;
  const { format } = document;
  const name = settingAround(element, format)?.value("Name") ?? "";
  switch (settingsRow(element, format)?.type) {
    case "navigation":
      return bounded(navigationGroups(document, name), typed);
    case "script":
      return bounded(loadedFiles(document, scripts), typed);
    case "style":
      return bounded(loadedFiles(document, styles), typed);
    case "module":
      return bounded(modules(document, translate), typed);
    case "value":
      return itemValues(document, element, name, word, translate);
    default:
      return all([]);
  }
}

function itemValues(
  document: SettingsDocument,
  item: Element,
  setting: string,
  { typed, whole }: WordAtCaret,
  translate: Translate,
): BoundedSuggestions {
  const keys = keysAround(item);
  const attribute = (name: string) => itemAttribute(item, name, document.format);
  const type = attribute("ValueType");
  if (type === "Checkbox") return all(suggestions(["0", "1"]));
  if (type === "PerlModule") {
    const pattern = fileFilter(attribute("ValueFilter"));
    return bounded(
      modules(document, translate).filter(({ value }) => pattern.test(value)),
      typed,
    );
  }
  const kind = isLoaderSetting(setting) ? loaderKind(setting, keys) : undefined;
  if (kind) return bounded(loadedFiles(document, kind), typed);
  switch (keys.at(-1)) {
    case "Event":
      return bounded(suggestions((document.knowledge.events() ?? []).map(({ name }) => name)), typed);
    case "Transaction":
      return all(suggestions(["0", "1"]));
    default:
      return moduleKey.test(keys.at(-1) ?? "") || whole.includes("::")
        ? bounded(modules(document, translate), typed)
        : all([]);
  }
}

/** Keys whose value is the name of a module. */
const moduleKey = /^(?:Module|Backend|ObjectModule|ArticleModule)$/;

/** Files by a pattern of shells, as names of modules. */
function fileFilter(filter: string | undefined): RegExp {
  if (filter === undefined || filter.length > 500) return /^/;
  const parts = filter.replace(/\.pm$/, "").split(/\*+/);
  const [first = "", last = ""] = [parts[0], parts.at(-1)].map((part) => part?.replaceAll("/", "::"));
  return new RegExp(`^${escaped(first)}.*${parts.length > 1 ? escaped(last) : ""}$`, "s");
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}

function optionsOf(element: Element): readonly string[] {
  return element.childrenNamed("Item").flatMap((item) => item.value("Value") ?? item.value("Key") ?? []);
}

/** Keys that the hash of such a setting usually has and this one does not. */
function keysOf(item: Element, { format }: SettingsDocument): readonly string[] {
  const name = settingAround(item, format)?.value("Name") ?? "";
  const keys = settingsKeys.find(({ setting }) => setting.test(name))?.keys ?? [];
  const others = (item.parent?.childrenNamed("Item") ?? []).filter(({ start }) => start !== item.start);
  const given = new Set(others.map((other) => other.value("Key")));
  return keys.filter((key) => !given.has(key));
}

/** Where settings of the kind belong, where others in the file stand, and all groups of the conventions. */
function navigationGroups({ tree }: SettingsDocument, setting: string): readonly Suggestion[] {
  const own = conventionFor(setting, "");
  const conventional = (group: string | readonly string[]) => [group].flat();
  return suggestions([
    ...(own && own.setting.source !== "^" ? conventional(own.group) : []),
    ...groupsIn(tree),
    ...navigationConventions.flatMap(({ group }) => conventional(group)).sort(),
  ]);
}

const groupsIn = memo((tree: SyntaxTree): readonly string[] => {
  const groups = new Set<string>();
  for (const element of tree.elements()) {
    const { value } = navigationNames.has(element.name) ? element.trimmedText : { value: "" };
    // A group that is just being typed is no suggestion.
    if (/^\w+(?:::\w+)*$/.test(value) && value.length <= longestGroup) groups.add(value);
  }
  return [...groups].sort();
});

const navigationNames: ReadonlySet<string> = new Set(["Navigation", "SubGroup"]);
const longestGroup = 200;

function loadedFiles({ owners }: SettingsDocument, kind: LoaderKind): readonly Suggestion[] {
  const names = owners.flatMap(({ files }) =>
    [...files.paths()].flatMap((path) => loadedName(path, kind) ?? []),
  );
  return suggestions(names.sort(), "file");
}

/** Those of the package first. */
function modules({ owners, knowledge }: SettingsDocument, translate: Translate): readonly Suggestion[] {
  const framework = newestWith(knowledge, (part) => part.moduleNames());
  return [
    ...owners.flatMap(({ name, files }) => {
      const named = [...files.paths()].map(nameOfPath).filter(({ kind }) => kind === "module");
      return suggestions(named.map((module) => module.name).sort(), "package", name);
    }),
    ...suggestions(
      framework?.moduleNames() ?? [],
      "package",
      translate("Module of {release}", { release: framework?.release ?? "" }),
    ),
  ];
}

/** What a package usually sets for its pages, and the settings of the framework. */
function settingNames({ owners, knowledge }: SettingsDocument, translate: Translate): readonly Suggestion[] {
  const pages = owners.flatMap(({ name, files }) =>
    [...files.paths()].flatMap((path) => {
      const [, page = "", area = ""] =
        /^Kernel\/Modules\/((Admin|Agent|Customer|Public)\w*)\.pm$/.exec(path) ?? [];
      const frontend = frontends[area];
      return frontend === undefined
        ? []
        : [
            `${frontend}Frontend::Module###${page}`,
            `${frontend}Frontend::Navigation###${page}###002-${name}`,
            `Loader::Module::${page}###002-${name}`,
          ];
    }),
  );
  const framework = newestWith(knowledge, (part) => part.settingNames());
  return [
    ...suggestions(pages.sort()),
    ...suggestions(
      framework?.settingNames() ?? [],
      "value",
      translate("Setting of {release}", { release: framework?.release ?? "" }),
    ),
  ];
}

/** What settings of pages begin with, by what the names of their modules do. */
const frontends: Readonly<Record<string, string>> = {
  Admin: "",
  Agent: "",
  Customer: "Customer",
  Public: "Public",
};

function all(values: readonly Suggestion[]): BoundedSuggestions {
  return { suggestions: values, isIncomplete: false };
}
