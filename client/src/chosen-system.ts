import * as vscode from "vscode";
import type { SystemChoice } from "../../server/src/protocol/dry-run.ts";

const memoryKey = "sopm.system";

interface Remembered {
  readonly choice: SystemChoice;
  readonly label: string;
}

/** The system that the reader has chosen for this workspace. Nothing chosen: the settings and the spec decide. */
export class ChosenSystem implements vscode.Disposable {
  readonly #memory: vscode.Memento;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;

  constructor(memory: vscode.Memento) {
    this.#memory = memory;
  }

  get choice(): SystemChoice | undefined {
    return this.#remembered?.choice;
  }

  /** What people call it. */
  get label(): string | undefined {
    return this.#remembered?.label;
  }

  async choose(choice: SystemChoice, label: string): Promise<void> {
    await this.#memory.update(memoryKey, { choice, label } satisfies Remembered);
    this.#changed.fire();
  }

  async forget(): Promise<void> {
    await this.#memory.update(memoryKey, undefined);
    this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
  }

  get #remembered(): Remembered | undefined {
    return this.#memory.get<Remembered>(memoryKey);
  }
}
