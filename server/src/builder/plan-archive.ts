import { type Release, switchesOf } from "../dialect/switches.ts";
import type { ArchivePart, PlannedElement } from "../host/archive-writer.ts";
import { type MalformedReading, readingOfMalformed } from "../model/lenient-reading.ts";
import { isTrue, type PackageStructure, readStructure } from "../model/package-structure.ts";
import type { SyntaxTree } from "../syntax/tree.ts";
import type { Span } from "../text/span.ts";
import type { BuildStamp } from "./archive-part.ts";
import type { BuildMode } from "./build-mode.ts";
import { canBeReadBack } from "./planned-element.ts";
import { type Refusal, type RefusalId, refuse } from "./refusal.ts";
import { renderArchive } from "./render-archive.ts";
import { opmbuildName, renderOpmbuild } from "./render-opmbuild.ts";

export interface BuildOptions {
  readonly mode: BuildMode;
  readonly release: Release;
  readonly stamp: BuildStamp;
  /** Replaces the text of `Version`, in the archive and in its name. */
  readonly version?: string | undefined;
}

type NamingOptions = Pick<BuildOptions, "release" | "version">;

export type ArchivePlan =
  | { readonly kind: "refused"; readonly refusals: readonly Refusal[] }
  | {
      readonly kind: "archive";
      /** Without a folder. */
      readonly fileName: string;
      /** All of the archive, in order. */
      readonly parts: readonly ArchivePart[];
      /** How many of the parts are files. */
      readonly fileCount: number;
      /** What has to be found in the archive by whoever reads it, in order; undefined when that is not to be tried. */
      readonly elements: readonly PlannedElement[] | undefined;
    };

/**
 * Decides what building a spec writes, and under which name. Looks at no disk: whether the files are there is seen
 * when they are read.
 *
 * Everything that the builder itself would write is planned, sensible or not; judging a spec is the rules' work.
 */
export function planArchive(tree: SyntaxTree, options: BuildOptions): ArchivePlan {
  const refusals = textRefusals(tree, options.mode === "framework" ? options.release : undefined);
  if (refusals.length > 0) return { kind: "refused", refusals };
  if (options.version !== undefined && !isBuildVersion(options.version)) {
    refusals.push(refuse("version-form", undefined, { version: options.version }));
  }
  return options.mode === "framework"
    ? planFramework(tree, options, refusals)
    : planOpmbuild(tree, options, refusals);
}

/**
 * Whether a package can be built as a version that its spec does not name.
 *
 * @source Znuny 7.1 and OTOBO 11, Dev::Package::Build
 */
export function isBuildVersion(version: string): boolean {
  return /^\d{1,4}\.\d{1,4}\.\d{1,4}$/.test(version);
}

/**
 * Why no archive is built of a text, whatever package it holds.
 *
 * @param builder whose builder it is; undefined for opmbuild
 */
export function textRefusals(tree: SyntaxTree, builder: Release | undefined): Refusal[] {
  const refusals: Refusal[] = [];
  const doctype = tree.doctype;
  // The mere name of the root element does no harm. Whatever more it says can open files or fill the memory.
  if (doctype && !/^<!DOCTYPE\s+[^\s[\]>]+\s*>$/.test(doctype.node.raw)) {
    refusals.push(refuse("doctype", { start: doctype.start, end: doctype.start + doctype.node.width }));
  }
  if (!tree.isWellFormed) {
    const reading = builder ? readingOfMalformed(tree, builder) : "refused";
    refusals.push(refuse(malformedRefusals[reading], tree.problems[0]?.span));
  }
  return refusals;
}

const malformedRefusals = {
  refused: "malformed",
  accepted: "malformed-tolerated",
  unknown: "malformed-unseen",
} as const satisfies Record<MalformedReading, RefusalId>;

function planFramework(tree: SyntaxTree, options: BuildOptions, refusals: Refusal[]): ArchivePlan {
  const { structure } = readStructure(tree, options.release);
  if (!structure) return { kind: "refused", refusals: [...refusals, refuse("no-known-tag")] };
  refusals.push(...packageRefusals(structure, options));
  if (refusals.length > 0) return { kind: "refused", refusals };
  return archive(archiveName(structure, options), (onElement) =>
    renderArchive(structure, { ...options, onElement }),
  );
}

/** Why the framework's builder, or we, would not build a package. */
export function packageRefusals(structure: PackageStructure, options: NamingOptions): Refusal[] {
  const refusals: Refusal[] = [];
  const { Name, PackageIsDownloadable } = structure.single;
  if (PackageIsDownloadable && !isTrue(PackageIsDownloadable.content)) {
    refusals.push(refuse("not-downloadable", PackageIsDownloadable.element.span));
  }
  refusals.push(...missingElements(structure, options));
  refusals.push(...nameRefusals(archiveName(structure, options), Name?.element.contentSpan));
  return refusals;
}

function archiveName({ single }: PackageStructure, { version }: NamingOptions): string {
  return `${single.Name?.content ?? ""}-${version ?? single.Version?.content ?? ""}.opm`;
}

/**
 * The build command looks into Name and Version before the builder asks for them, which makes empty ones; in
 * OTRS 2 to 4 it does not.
 *
 * @source Znuny 7.1, OTOBO 11 and OTRS 3.1, PackageBuild and the command around it
 */
function* missingElements({ single, repeated }: PackageStructure, options: NamingOptions): Iterable<Refusal> {
  const missing = (name: string) => refuse("missing-element", undefined, { name });
  if (switchesOf(options.release).builderAsksName) {
    if (!single.Name) yield missing("Name");
    if (!single.Version && options.version === undefined) yield missing("Version");
  }
  if (!single.Vendor) yield missing("Vendor");
  if (!single.License) yield missing("License");
  if (repeated.Description.length === 0) yield missing("Description");
}

function planOpmbuild(tree: SyntaxTree, options: BuildOptions, refusals: Refusal[]): ArchivePlan {
  const { name, version } = opmbuildName(tree);
  if (version === undefined) refusals.push(refuse("missing-element", undefined, { name: "Version" }));
  const fileName = `${name.value}-${options.version ?? version?.value ?? ""}.opm`;
  refusals.push(...nameRefusals(fileName, name.span));
  if (refusals.length > 0) return { kind: "refused", refusals };
  return archive(fileName, (onElement) => renderOpmbuild(tree, { ...options, onElement }));
}

function* nameRefusals(fileName: string, span: Span | undefined): Iterable<Refusal> {
  // `\` separates folders where the archive may be built next. A name without separators cannot lead anywhere.
  if (/[/\\]/.test(fileName)) yield refuse("name-leads-outside", span, { fileName });
  if (/[\0-\x1f\x7f-\x9f]/.test(fileName)) yield refuse("name-control-character", span);
  if (new TextEncoder().encode(fileName).length > 255) yield refuse("name-too-long", span, { fileName });
}

function archive(
  fileName: string,
  render: (onElement: (element: PlannedElement) => void) => readonly ArchivePart[],
): ArchivePlan {
  const elements: PlannedElement[] = [];
  const parts = render((element) => elements.push(element));
  const fileCount = parts.filter(({ kind }) => kind === "file").length;
  const isReadBack = canBeReadBack(elements, parts);
  return { kind: "archive", fileName, parts, fileCount, elements: isReadBack ? elements : undefined };
}
