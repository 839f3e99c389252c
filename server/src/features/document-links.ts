import { plainPath } from "../symbols/file-list.ts";
import type { Element } from "../syntax/element.ts";
import type { Span } from "../text/span.ts";
import type { FeatureDocument } from "./feature-document.ts";

export interface DocumentLink {
  readonly span: Span;
  readonly target:
    | {
        readonly kind: "file";
        /** Relative to the base folder of the package, with `/`; never leads out of it. */
        readonly path: string;
      }
    | { readonly kind: "address"; readonly address: string };
}

/** More links in one document make an editor slow and help nobody. */
const linkLimit = 2000;

/** Paths of listed files that are not known to be missing, and the address of the vendor. */
export function documentLinks(document: FeatureDocument): readonly DocumentLink[] {
  return [...addressLinks(document), ...fileLinks(document)];
}

function* addressLinks({ spec }: FeatureDocument): Iterable<DocumentLink> {
  for (const element of spec.all("URL")) {
    const { value, span } = element.trimmedText;
    // Other schemes could start programs.
    if (/^https?:\/\/[^\s<>"]+$/i.test(value)) yield { span, target: { kind: "address", address: value } };
  }
}

function fileLinks({ spec, context }: FeatureDocument): readonly DocumentLink[] {
  // The files of an archive are inside it.
  if (context.kind === "archive") return [];
  const links: DocumentLink[] = [];
  for (const list of spec.all("Filelist")) {
    for (const file of list.elements) {
      if (links.length >= linkLimit) return links;
      const link = fileLink(file, context.folder);
      if (link) links.push(link);
    }
  }
  return links;
}

function fileLink(file: Element, folder: FeatureDocument["context"]["folder"]): DocumentLink | undefined {
  const location = file.attribute("Location");
  if (!location || !isInside(location.value)) return undefined;
  const path = plainPath(location.value);
  const fact = folder.factOf(path);
  if (fact && (fact.kind !== "file" || fact.leavesBase)) return undefined;
  return { span: location.valueSpan, target: { kind: "file", path } };
}

function isInside(location: string): boolean {
  return location !== "" && !/^[/\\]|^[A-Za-z]:|(^|[/\\])\.\.([/\\]|$)|\0/.test(location);
}
