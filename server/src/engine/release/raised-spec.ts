import { bumpVersion } from "../../features/bump-version.ts";
import type { Message } from "../../l10n/translate.ts";
import { type PackageSpec, specOf } from "../../model/package-spec.ts";
import { plainVersion } from "../../rules/shared/plain-version.ts";
import { isLegalCodePoint } from "../../syntax/characters.ts";
import { SyntaxTree } from "../../syntax/tree.ts";
import { decodeText } from "../../text/decode.ts";
import { edited } from "../../text/edit.ts";
import { encodeLike } from "../../text/encode.ts";
import { oneLine } from "../../text/visible.ts";
import { subjectsSinceRelease } from "../subjects-since-release.ts";
import type { ReleaseRequest } from "./release-request.ts";
import type { ReleaseWorld } from "./run-release.ts";

/** A spec as it is released. */
export interface RaisedSpec {
  readonly name: string;
  /** The version before, and the one that is released. */
  readonly from: string;
  readonly version: string;
  readonly before: SpecText;
  readonly after: SpecText;
  readonly isChanged: boolean;
  /** What an entry of the change log says, or would say. */
  readonly said: string;
  /** Whether such an entry is written. */
  readonly hasEntry: boolean;
}

interface SpecText {
  readonly bytes: Uint8Array;
  readonly spec: PackageSpec;
}

/** Raises the version of a spec and begins the entry for it in the change log. Nothing is written. */
export async function raisedSpec(
  bytes: Uint8Array,
  request: ReleaseRequest,
  world: ReleaseWorld,
): Promise<
  | { readonly kind: "raised"; readonly raised: RaisedSpec }
  | { readonly kind: "impossible"; readonly reason: Message }
> {
  const text = decodeText(bytes).text;
  const spec = specOf(SyntaxTree.parse(text));
  const name = spec.name?.trim() ?? "";
  const from = spec.version?.trim() ?? "";
  if (name === "" || from === "") {
    return impossible({ text: "There is no release of a package without Name and Version." });
  }
  const said = await changeLogText(name, request, world);
  const illegal = [...said].find((each) => !isLegalCodePoint(each.codePointAt(0)!));
  if (illegal !== undefined) {
    const text =
      "The entry of the change log has a character that XML cannot have: {character}. Leave it out.";
    return impossible({ text, values: { character: oneLine(illegal) } });
  }
  const bump = bumpVersion({ spec }, request.raise ?? { to: from }, world.clock.now(), said);
  if (bump.kind === "impossible") {
    return impossible({ text: bump.reason, ...(bump.arguments && { values: bump.arguments }) });
  }
  const { to: version, edits } = bump;
  if (plainVersion(version) === undefined) return impossible(notPlain(version));
  const newText = edited(text, edits);
  const newBytes = encodeLike(bytes, newText);
  if (!newBytes) return impossible({ text: "The encoding of the spec has no room for the new text." });
  return {
    kind: "raised",
    raised: {
      ...{ name, from, version, said },
      before: { bytes, spec },
      after: { bytes: newBytes, spec: specOf(SyntaxTree.parse(newText)) },
      isChanged: text !== newText,
      hasEntry: edits.some(({ span }) => span.start === span.end),
    },
  };
}

async function changeLogText(
  name: string,
  { changeLog, spec, git }: ReleaseRequest,
  world: ReleaseWorld,
): Promise<string> {
  return changeLog ?? (await subjectsSinceRelease({ path: spec, name }, world, git)).join("; ");
}

function notPlain(version: string): Message {
  const text = /^[0.]+$/.test(version)
    ? "“{version}” stands for a version that is still to be given, and cannot be released. Write a version such as 1.0.0 into the spec."
    : "“{version}” is no version that can be released: it is not made of plain numbers such as 1.0.0.";
  return { text, values: { version } };
}

function impossible(reason: Message): { readonly kind: "impossible"; readonly reason: Message } {
  return { kind: "impossible", reason };
}
