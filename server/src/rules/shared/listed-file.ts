import { type ForbiddenPath, forbiddenPathsOf } from "../../dialect/forbidden-paths.ts";
import type { FileFact } from "../../host/folder-facts.ts";
import { plainPath } from "../../symbols/file-list.ts";
import type { Attribute, Element } from "../../syntax/element.ts";
import { memo } from "../../text/memo.ts";
import type { RuleContext } from "../rule-context.ts";

/** The `Location` of a file; undefined when it has none or an empty one, of which a rule of its own speaks. */
export function locationOf(file: Element): Attribute | undefined {
  if (lastLocated.file !== file) {
    const location = file.attribute("Location");
    lastLocated.file = file;
    lastLocated.location = location && location.value !== "" ? location : undefined;
  }
  return lastLocated.location;
}

/** The last answer: many rules ask about one file, one right after the other. */
const lastLocated: { file?: Element; location?: Attribute | undefined } = {};

/** Tells whether the framework leaves out a file with this `Location`; rules of their own speak of each reason. */
export function isLeftOut(location: string, { releases }: Pick<RuleContext, "releases">): boolean {
  if (lastJudged.location !== location || lastJudged.releases !== releases) {
    lastJudged.location = location;
    lastJudged.releases = releases;
    lastJudged.isLeftOut = patternOf(forbiddenPathsOf(releases.highest)).test(location);
  }
  return lastJudged.isLeftOut;
}

/** The last answer, for the same reason. */
const lastJudged: { location?: string; releases?: RuleContext["releases"]; isLeftOut: boolean } = {
  isLeftOut: false,
};

/** All forbidden paths of a release in one pattern, because there may be ten thousand files to ask about. */
const patternOf = memo((forbiddenPaths: readonly ForbiddenPath[]) => {
  const sources = forbiddenPaths.map(({ pattern }) => `(?:${pattern.source})`);
  // Without any forbidden path the pattern fits nothing.
  return new RegExp(sources.join("|") || "(?!)");
});

/** A file's `Location` and what the disk says of it. */
export interface FileOnDisk {
  readonly location: Attribute;
  readonly fact: FileFact;
}

/**
 * What the disk says of a file that a spec lists. Undefined when nothing is known, when the file has no path or one
 * that is left out, and in archives, which carry their files with them.
 */
export function fileOnDisk(file: Element, context: RuleContext): FileOnDisk | undefined {
  if (asked.file !== file || asked.context !== context) {
    asked.file = file;
    asked.context = context;
    asked.answer = askDisk(file, context);
  }
  return asked.answer;
}

/** The last question: several rules ask about one file, one right after the other. */
const asked: { file?: Element; context?: RuleContext; answer?: FileOnDisk | undefined } = {};

function askDisk(file: Element, context: RuleContext): FileOnDisk | undefined {
  if (context.kind === "archive") return undefined;
  const location = locationOf(file);
  if (!location || isLeftOut(location.value, context)) return undefined;
  const fact = context.folder.factOf(plainPath(location.value));
  return fact && { location, fact };
}

/** The folders in the framework's home that packages put files into. */
export const homeFolders = ["bin", "Custom", "doc", "Kernel", "scripts", "var"] as const;

/** Tells whether a path is that of a program which is run as such, going by where it is and what it is called. */
export function isProgram(path: string): boolean {
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (isScript(path)) return true;
  return (
    path.startsWith("bin/") && !name.startsWith(".") && (/\.(cgi|py)$/.test(name) || !name.includes("."))
  );
}

/** The code policies of Znuny and OTOBO go by these endings (SOPM::FileRights). */
function isScript(path: string): boolean {
  return /\.(pl|sh|fpl|psgi)$/.test(path);
}

/** The mode that the code policies of Znuny and OTOBO want for a path. */
export function customaryMode(path: string): "770" | "660" {
  return isScript(path) ? "770" : "660";
}
