import { type FormatWishes, formatSettings } from "../features/format/format-settings.ts";
import { formatSpec } from "../features/format/spec-format.ts";
import { editorConfigFor } from "../host/editor-configs.ts";
import type { World } from "../host/world.ts";
import { isRootName } from "../rules/shared/root-child.ts";
import { SyntaxTree } from "../syntax/tree.ts";
import { decodeText } from "../text/decode.ts";
import { edited } from "../text/edit.ts";
import { encodeLike } from "../text/encode.ts";

export type FormattedFile =
  /** `after` is the same object as the bytes that were given where nothing changes. */
  | { readonly kind: "formatted"; readonly after: Uint8Array; readonly text: string }
  /** No framework reads its bytes, so nobody knows what they say. */
  | { readonly kind: "unreadable" }
  /** Something else in XML. */
  | { readonly kind: "no-spec"; readonly root: string };

/**
 * Lays out a spec as the editor does; nothing is written. Where neither wishes nor an `.editorconfig` say what it is indented
 * by, its own first line below the root does.
 *
 * @param path undefined for what lies in no file
 */
export async function formatFile(
  path: string | undefined,
  bytes: Uint8Array,
  wishes: FormatWishes,
  { disk, paths }: Pick<World, "disk" | "paths">,
): Promise<FormattedFile> {
  const { text, problem } = decodeText(bytes);
  if (problem) return { kind: "unreadable" };
  const tree = SyntaxTree.parse(text);
  const { root } = tree;
  if (root && !isRootName(root.name)) return { kind: "no-spec", root: root.name };
  const config = path === undefined ? {} : await editorConfigFor(paths.resolve(path), { disk, paths });
  const edits = formatSpec(tree, formatSettings(wishes, config, undefined, tree));
  if (edits.length === 0) return { kind: "formatted", after: bytes, text };
  const after = edited(text, edits);
  // What changes is in every encoding.
  return { kind: "formatted", after: encodeLike(bytes, after) ?? bytes, text: after };
}
