import type { Message } from "../l10n/translate.ts";
import type { VersionSource } from "./package-version.ts";
import type { ChangedPart, VersionChange } from "./version-changes.ts";

/** Where a version was found. @param shown how a path is told to the reader */
export function versionPlace(source: VersionSource, shown: (path: string) => string): Message {
  switch (source.kind) {
    case "tag":
    case "commit": {
      const { name, commit, date = "?" } = source;
      const values = { name, commit: commit.slice(0, 12), date };
      return source.kind === "tag"
        ? { text: "tag {name} of {date}, commit {commit}", values }
        : { text: "commit {commit} of {date}, the last one of this version", values };
    }
    case "archive":
      return { text: "archive {path}", values: { path: shown(source.path) } };
    case "repository":
      return {
        text: "{file} in the repository {path}",
        values: { file: source.file, path: shown(source.path) },
      };
    case "sandbox":
      return { text: "in the sandbox {path}", values: { path: shown(source.folder) } };
  }
}

/** A change in one line, such as "+ column acme.name VARCHAR(100)". @param say in the reader's language */
export function changeLine(
  { part, name, before, after }: VersionChange,
  say: (message: Message) => string,
): string {
  const sign = before === undefined ? "+" : after === undefined ? "-" : "~";
  const told = [before, after].filter((each) => each !== undefined && each !== "");
  const of = name || say({ text: "every version" });
  return `${sign} ${say({ text: partTexts[part] })} ${of} ${told.join(" → ")}`.trimEnd();
}

const partTexts: Readonly<Record<ChangedPart, string>> = {
  framework: "framework",
  requirement: "requirement",
  file: "file",
  table: "table",
  column: "column",
  key: "key",
  setting: "setting",
  "database-upgrade": "database upgrade for versions below",
  "code-upgrade": "code upgrade for versions below",
};
