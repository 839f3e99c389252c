import type * as vscode from "vscode";
import type { TrialItems } from "./trial-items.ts";

/** What is wanted below an item, itself included. @param isRun whether an item is one that is run itself */
export function wantedBelow(
  item: vscode.TestItem,
  request: vscode.TestRunRequest,
  isRun: (item: vscode.TestItem) => boolean,
): readonly vscode.TestItem[] {
  if (isRun(item)) return isWanted(item, request) ? [item] : [];
  return [...item.children].flatMap(([, child]) => wantedBelow(child, request, isRun));
}

/** The packages that something is wanted of, each once. */
export async function packagesIn(
  { include }: vscode.TestRunRequest,
  items: TrialItems,
  controller: vscode.TestController,
): Promise<readonly vscode.TestItem[]> {
  if (include) return [...new Set(include.map(packageOf))];
  await items.listPackages();
  return [...controller.items].map(([, item]) => item);
}

/** The package that an item is below. */
export function packageOf(item: vscode.TestItem): vscode.TestItem {
  return item.parent ? packageOf(item.parent) : item;
}

/** Whether it or something around it was asked for, and nothing of that left out. Items may have been made anew since. */
function isWanted(item: vscode.TestItem, { include, exclude = [] }: vscode.TestRunRequest): boolean {
  const around = wayTo(item);
  const isIn = (all: Iterable<vscode.TestItem>) => {
    const ids = new Set([...all].map((each) => pathOf(each)));
    return around.some((each) => ids.has(pathOf(each)));
  };
  return (include === undefined || isIn(include)) && !isIn(exclude);
}

function wayTo(item: vscode.TestItem): readonly vscode.TestItem[] {
  return item.parent ? [...wayTo(item.parent), item] : [item];
}

function pathOf(item: vscode.TestItem): string {
  return wayTo(item)
    .map(({ id }) => id)
    .join("\n");
}
