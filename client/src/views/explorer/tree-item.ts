import * as vscode from "vscode";
import { oneLine } from "../../../../server/src/text/visible.ts";

/** What a row of our views has beside its name. */
export interface RowFacts {
  /** Tells the row from all others, so that it stays open and selected when the view is read anew. */
  readonly id?: string | undefined;
  /** Names of codicons. */
  readonly icon?: string | undefined;
  readonly color?: string | undefined;
  /** What stands behind the name; those that are empty are left out. */
  readonly details?: readonly string[] | undefined;
  /** By which menus know what can be done. */
  readonly context?: string | undefined;
  /** `closed` and `open` are rows with others below. */
  readonly children?: "none" | "closed" | "open" | undefined;
  /** Absent: the name and all details, which a narrow side bar cuts off. */
  readonly tooltip?: string | undefined;
  /** True for a row whose tooltip is worked out when the mouse rests on it. */
  readonly asksForTooltip?: boolean;
  readonly command?: vscode.Command | undefined;
}

/** A row of a view. Who hears it instead of seeing it hears the name and all details. */
export function row(
  name: string,
  { id, icon, color, details = [], context, children = "none", tooltip, asksForTooltip, command }: RowFacts,
): vscode.TreeItem {
  const label = oneLine(name);
  const item = new vscode.TreeItem(label, states[children]);
  const shown = details.filter((detail) => detail !== "").map(oneLine);
  item.description = shown.join(" · ");
  item.accessibilityInformation = { label: [label, ...shown].join(", ") };
  if (id !== undefined) item.id = id;
  if (icon !== undefined)
    item.iconPath = new vscode.ThemeIcon(
      icon,
      color === undefined ? undefined : new vscode.ThemeColor(color),
    );
  if (context !== undefined) item.contextValue = context;
  if (!asksForTooltip) item.tooltip = tooltip ?? [label, ...shown].join("\n");
  if (command) item.command = command;
  return item;
}

const states = {
  none: vscode.TreeItemCollapsibleState.None,
  closed: vscode.TreeItemCollapsibleState.Collapsed,
  open: vscode.TreeItemCollapsibleState.Expanded,
} as const;

/** Opens a document when its row is clicked. */
export function openCommand(uri: vscode.Uri, selection?: vscode.Range): vscode.Command {
  return {
    command: "vscode.open",
    title: vscode.l10n.t("Open"),
    arguments: selection ? [uri, { selection }] : [uri],
  };
}
