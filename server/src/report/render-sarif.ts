import { version } from "../protocol/version.ts";
import type {
  CheckedFile,
  FileNames,
  FindingsForm,
  FoundProblem,
  ProblemFix,
  Range,
} from "./found-problem.ts";
import { jsonLine } from "./json-text.ts";

/** What is said about a rule, in the reader's language as far as there are texts. */
export interface RuleDescription {
  readonly id: string;
  readonly group: string;
  readonly severity: FoundProblem["severity"];
  /** One sentence with its full stop. */
  readonly summary: string;
  /** Whole sentences; Markdown. */
  readonly docs: string;
  readonly bad: string;
  readonly good: string;
  /** What proves it, without full stop. */
  readonly source: string;
  /** The address of its page; absent where none is known. */
  readonly page?: string | undefined;
}

/** Under this name a result carries what finds it again; the number grows when it is made in another way. */
export const fingerprintName = "sopm/v1";

/**
 * A log in the Static Analysis Results Interchange Format, 2.1.0. Of the rules those are described that found something,
 * behind the results: nobody knows before.
 *
 * @param describe what is said about a rule
 */
export function sarifForm(language: string, describe: (rule: string) => RuleDescription): FindingsForm {
  const indexes = new Map<string, number>();
  const indexOf = (rule: string) => {
    const index = indexes.get(rule) ?? indexes.size;
    indexes.set(rule, index);
    return index;
  };
  let separator = `{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{"columnKind":"utf16CodeUnits","language":"${language}","results":[`;
  return {
    file(file) {
      let text = "";
      for (const problem of file.problems) {
        text += `${separator}\n${jsonLine(resultOf(problem, file, indexOf(problem.rule)))}`;
        separator = ",";
      }
      return text;
    },
    end({ unreadable }) {
      const invocation = {
        executionSuccessful: unreadable.length === 0,
        toolExecutionNotifications: unreadable.map(({ message, ...names }) => ({
          level: "error",
          message: { text: withoutLinks(message) },
          locations: [{ physicalLocation: { artifactLocation: artifactOf(names) } }],
        })),
      };
      const driver = {
        name: "SOPM",
        semanticVersion: version,
        rules: [...indexes.keys()].map((rule) => descriptorOf(describe(rule))),
      };
      return `${separator === "," ? "" : separator}\n],"invocations":[${jsonLine(invocation)}],"tool":${jsonLine({ driver })}}]}\n`;
    },
  };
}

const levels = {
  error: "error",
  warning: "warning",
  information: "note",
  hint: "note",
} as const satisfies Record<FoundProblem["severity"], string>;

function descriptorOf({ id, group, severity, summary, docs, bad, good, source, page }: RuleDescription) {
  return {
    id,
    shortDescription: { text: summary },
    fullDescription: { text: withoutLinks(docs) },
    help: {
      text: `${docs}\n\nWrong:\n\n${bad}\n\nRight:\n\n${good}\n\n${source}.`,
      markdown: `${docs}\n\nWrong:\n\n${codeBlock(bad)}\n\nRight:\n\n${codeBlock(good)}\n\n${source}.`,
    },
    ...(page !== undefined && { helpUri: page }),
    defaultConfiguration: { level: levels[severity] },
    properties: { tags: [group] },
  };
}

function codeBlock(text: string): string {
  return `\`\`\`xml\n${text}\n\`\`\``;
}

function resultOf(problem: FoundProblem, file: CheckedFile, ruleIndex: number) {
  const { rule, severity, certainty, message, related, fixes, fingerprint } = problem;
  const changes = fixes.filter(({ edits }) => edits.length > 0);
  return {
    ruleId: rule,
    ruleIndex,
    level: levels[severity],
    message: { text: withoutLinks(message) },
    locations: [{ physicalLocation: placeOf(problem, file) }],
    ...(related.length > 0 && {
      relatedLocations: related.map((place, id) => ({
        id,
        physicalLocation: placeOf(place, place),
        message: { text: withoutLinks(place.message) },
      })),
    }),
    ...(changes.length > 0 && { fixes: changes.map((fix) => fixOf(fix, file)) }),
    partialFingerprints: { [fingerprintName]: fingerprint },
    properties: { severity, certainty },
  };
}

function fixOf({ title, edits }: ProblemFix, file: FileNames) {
  const replacements = edits.map(({ newText, ...range }) => ({
    deletedRegion: regionOf(range),
    ...(newText !== "" && { insertedContent: { text: newText } }),
  }));
  return {
    description: { text: withoutLinks(title) },
    artifactChanges: [{ artifactLocation: artifactOf(file), replacements }],
  };
}

function placeOf(range: Range, file: FileNames) {
  return { artifactLocation: artifactOf(file), region: regionOf(range) };
}

function regionOf({ start, end }: Range) {
  return {
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}

function artifactOf(file: FileNames) {
  const uri = addressOf(file);
  return isAddress(uri) ? { uri } : { uri, uriBaseId: "%SRCROOT%" };
}

/** The address of a file as it stands in a log. */
export function addressOf({ portablePath }: Pick<FileNames, "portablePath">): string {
  return isAddress(portablePath) ? portablePath : relativeAddress(portablePath);
}

function isAddress(path: string): boolean {
  return path.startsWith("file://");
}

/** A path as a relative address; what is no text in it, as half a character, cannot be part of one. */
function relativeAddress(path: string): string {
  return (
    path
      .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd")
      .split("/")
      // A colon in the first name would make it a scheme.
      .map(encodeURIComponent)
      .join("/")
  );
}

/** In a message `[text](place)` is a link, which no text of a package is meant to be. */
function withoutLinks(text: string): string {
  return text.replace(/[[\]](?=.*\]\(|\()/gs, "\\$&");
}
