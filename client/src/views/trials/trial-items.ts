import { basename } from "node:path";
import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import {
  type TrialReport,
  type TrialsResult,
  trialsRequest,
} from "../../../../server/src/protocol/trials.ts";
import { oneLine } from "../../../../server/src/text/visible.ts";
import { ask } from "../../ask.ts";
import { inBackground } from "../../in-background.ts";
import { toRange } from "../../to-range.ts";
import { workspaceSpecs } from "../../workspace-specs.ts";

/** What an item of the Test Explorer stands for; undefined for what only holds others. */
export interface ItemTrial {
  readonly spec: vscode.Uri;
  /** As the server names it. */
  readonly id: string;
  /** In the reader's language. */
  readonly title: string;
  readonly report: TrialReport;
}

/**
 * The packages of the workspace as items of the Test Explorer, and below each its trials by systems and its Perl tests. What
 * is below a package is asked for when it is opened or run.
 */
export class TrialItems implements vscode.Disposable {
  /** Of all that can be run here. */
  readonly tried = new vscode.TestTag("sopm.tried");
  /** Of all that can be run on a test system. */
  readonly onSystem = new vscode.TestTag("sopm.on-system");
  readonly #controller: vscode.TestController;
  readonly #client: LanguageClient;
  readonly #trials = new WeakMap<vscode.TestItem, ItemTrial>();
  readonly #perlTests = new WeakMap<vscode.TestItem, string>();
  readonly #watcher = vscode.workspace.createFileSystemWatcher("**/*.sopm", false, true, false);

  constructor(controller: vscode.TestController, client: LanguageClient) {
    this.#controller = controller;
    this.#client = client;
    controller.resolveHandler = async (item) => {
      if (!item) await this.listPackages();
      else if (this.isPackage(item)) await this.listTrials(item);
    };
    controller.refreshHandler = async () => {
      await this.listPackages();
      for (const [, item] of controller.items) if (item.children.size > 0) await this.listTrials(item);
    };
    const update = () => inBackground(this.listPackages());
    this.#watcher.onDidCreate(update);
    this.#watcher.onDidDelete(update);
  }

  /** The trial of an item; undefined for what only holds others, and for what runs elsewhere. */
  trialOf(item: vscode.TestItem): ItemTrial | undefined {
    return this.#trials.get(item);
  }

  /** The Perl test of an item, as its package lists it; undefined for all others. */
  perlTestOf(item: vscode.TestItem): string | undefined {
    return this.#perlTests.get(item);
  }

  isPackage(item: vscode.TestItem): boolean {
    return item.parent === undefined;
  }

  async listPackages(): Promise<void> {
    const { items } = this.#controller;
    const specs = await workspaceSpecs();
    items.replace(
      specs.map((spec) => {
        const id = spec.toString();
        const item = items.get(id) ?? this.#controller.createTestItem(id, basename(spec.path, ".sopm"), spec);
        item.canResolveChildren = true;
        item.description = vscode.workspace.asRelativePath(spec);
        // What is below it is not known yet.
        item.tags = [this.tried, this.onSystem];
        return item;
      }),
    );
  }

  /** Asks for what is below a package, and keeps the items of what is still there. */
  async listTrials(item: vscode.TestItem): Promise<void> {
    const spec = item.uri!;
    item.busy = true;
    try {
      const answer = await this.#ask(spec);
      item.error = undefined;
      switch (answer?.kind) {
        case "trials":
          this.#show(item, spec, answer);
          break;
        case "failed":
          item.error = [answer.message, answer.hint].join(" ").trim();
      }
    } finally {
      item.busy = false;
    }
  }

  async #ask(spec: vscode.Uri) {
    // The server answers for what is open in the editor.
    await vscode.workspace.openTextDocument(spec);
    return ask(this.#client, trialsRequest, { uri: this.#client.code2ProtocolConverter.asUri(spec) });
  }

  #show(item: vscode.TestItem, spec: vscode.Uri, { name, range, systems, tests }: TrialsResult): void {
    if (name !== "") item.label = name;
    item.range = toRange(range);
    const children = systems.map(({ title, trials }, order) => {
      const system = this.#child(item, `system ${title}`, title, spec, order);
      system.children.replace(
        trials.map(({ id, title: label, report }, place) => {
          // A menu tells them by it.
          const child = this.#child(system, `trial ${id}`, label, spec, place);
          this.#trials.set(child, { spec, id, title: label, report });
          return child;
        }),
      );
      return system;
    });
    if (tests.length > 0) {
      const group = this.#child(item, "perl", vscode.l10n.t("Perl tests"), spec, systems.length);
      group.description = vscode.l10n.t("run on a test system");
      group.tags = [this.onSystem];
      group.children.replace(
        tests.map(({ location, uri }, place) => {
          const child = this.#child(group, location, location, vscode.Uri.parse(uri), place);
          child.tags = [this.onSystem];
          this.#perlTests.set(child, location);
          return child;
        }),
      );
      children.push(group);
    }
    item.children.replace(children);
  }

  #child(
    parent: vscode.TestItem,
    id: string,
    label: string,
    uri: vscode.Uri,
    order: number,
  ): vscode.TestItem {
    const known = parent.children.get(id);
    const item = known ?? this.#controller.createTestItem(id, oneLine(label), uri);
    if (!known) item.tags = [this.tried];
    item.label = oneLine(label);
    // In the order in which they are tried.
    item.sortText = String(order).padStart(4, "0");
    return item;
  }

  dispose(): void {
    this.#watcher.dispose();
  }
}
