import { metadataOfSpec } from "../engine/opmbuild/metadata-of-spec.ts";
import { readPackage } from "../engine/read-package.ts";
import type { Shell } from "../host/shell.ts";
import { isArchiveName } from "../model/archive-name.ts";
import { jsonText } from "../report/json-text.ts";
import { placesIn } from "../report/place.ts";
import type { Element } from "../syntax/element.ts";
import { SyntaxTree } from "../syntax/tree.ts";
import { oneLine } from "../text/visible.ts";
import type { ExitCode, Given } from "./command.ts";
import { requirePackageFile } from "./package-argument.ts";
import type { metadataParameters } from "./spec-commands.ts";
import { UsageError } from "./usage-error.ts";
import { writeResult } from "./write-result.ts";

/** `sopm metadata`: prints the metadata that `opmbuild sopm` makes a spec of, and tells what they cannot say. */
export async function metadata(given: Given<typeof metadataParameters>, shell: Shell): Promise<ExitCode> {
  const { spec: path, output } = given;
  await requirePackageFile(path, shell);
  if (isArchiveName(path))
    throw new UsageError("Name a spec; “sopm extract --as-source” makes one of an archive.");
  const { specText = "" } = await readPackage(path, undefined, shell.world);
  const tree = SyntaxTree.parse(specText);
  if (!tree.isWellFormed) {
    shell.complain("“{path}” is not well-formed. “sopm lint” tells where.", { path });
    return 1;
  }
  const made = await metadataOfSpec(tree);
  if (made.kind === "refused") {
    shell.complain(made.reason);
    return 1;
  }
  const { lost, changed, added } = made;
  const placeOf = placesIn(specText);
  if (!(await writeResult(shell, jsonText(made.metadata), output))) return 1;
  const files = changed.filter(({ name }) => name === "File");
  if (files.length > 0) {
    shell.complain(
      "opmbuild gives files the mode 755 below bin and 644 elsewhere. Files that have another one, or more attributes: {count}.",
      { count: files.length },
    );
  }
  for (const element of lost) {
    shell.complain("Line {line}: the metadata cannot say <{element}>, or not this one.", valuesOf(element));
  }
  for (const element of changed.filter(({ name }) => name !== "File")) {
    shell.complain("Line {line}: the metadata cannot say all of <{element}>.", valuesOf(element));
  }
  for (const each of added) {
    shell.complain("opmbuild adds {element}, which the spec does not have.", { element: oneLine(each) });
  }
  return lost.length + changed.length + added.length === 0 ? 0 : 1;

  function valuesOf({ name: element, span }: Element) {
    return { line: placeOf(span)!.line, element };
  }
}
