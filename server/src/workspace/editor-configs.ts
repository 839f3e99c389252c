import { editorConfigFor } from "../host/editor-configs.ts";
import { typistPatience } from "../host/patience.ts";
import { inTime } from "../host/timers.ts";
import type { World } from "../host/world.ts";
import type { EditorConfig } from "../text/editor-config.ts";
import type { OpenDocument } from "./open-documents.ts";

const silent: EditorConfig = {};

interface Kept {
  said: EditorConfig | undefined;
  looking: Promise<unknown>;
}

/** What the `.editorconfig` files say about the open documents. It is kept, so that mostly no disk is waited for. */
export class EditorConfigs {
  readonly #world: World;
  readonly #kept = new WeakMap<OpenDocument, Kept>();

  constructor(world: World) {
    this.#world = world;
  }

  /** Looks in the background. Until it is there, what was known before holds. */
  look(document: OpenDocument): void {
    const { path } = document;
    if (path === undefined) return;
    const looking = editorConfigFor(path, this.#world).then((said) => {
      if (kept.looking === looking) kept.said = said;
    });
    const kept: Kept = this.#kept.get(document) ?? { said: undefined, looking };
    kept.looking = looking;
    this.#kept.set(document, kept);
  }

  /**
   * Waits a moment where nothing is known yet: a text that is laid out by another rule is worse than one that is late.
   * Nothing is said about what lies on no disk, or on one that does not answer.
   */
  async of(document: OpenDocument): Promise<EditorConfig> {
    const kept = this.#kept.get(document);
    if (kept && !kept.said) await inTime(this.#world.timers, typistPatience, kept.looking);
    return kept?.said ?? silent;
  }
}
