import * as vscode from "vscode";
import { inBackground } from "../in-background.ts";

/** What is asked in one step, and what has been chosen or typed before. */
export type Question =
  | {
      readonly kind: "pick";
      readonly placeholder: string;
      readonly items: readonly vscode.QuickPickItem[];
      /** Labels of those that are chosen to begin with; absent where one is chosen of all. */
      readonly many?: readonly string[];
    }
  | {
      readonly kind: "text";
      readonly prompt: string;
      readonly value: string;
    };

/** One step. The answer is a text, or the labels that were chosen. */
export interface Step<State> {
  /** What to ask, with what the steps before have answered. */
  readonly ask: (state: State) => Question | Promise<Question>;
  /** Why an answer will not do; undefined when it will. */
  readonly check?: (state: State, answer: readonly string[]) => Promise<string | undefined>;
  readonly take: (state: State, answer: readonly string[]) => State;
}

/** Asks one after the other, with a way back. Undefined when the reader gives up. */
export async function askSteps<State>(
  title: string,
  steps: readonly Step<State>[],
  begin: State,
): Promise<State | undefined> {
  const states = [begin];
  while (states.length <= steps.length) {
    const state = states.at(-1)!;
    const step = steps[states.length - 1]!;
    const place = { title, step: states.length, totalSteps: steps.length };
    const answer = await askOne(await step.ask(state), place, async (given) => step.check?.(state, given));
    if (answer === undefined) return undefined;
    if (answer === "back") states.pop();
    else states.push(step.take(state, answer));
  }
  return states.at(-1);
}

interface Place {
  readonly title: string;
  readonly step: number;
  readonly totalSteps: number;
}

async function askOne(
  question: Question,
  place: Place,
  check: (answer: readonly string[]) => Promise<string | undefined>,
): Promise<readonly string[] | "back" | undefined> {
  const input = question.kind === "pick" ? picker(question) : textBox(question);
  Object.assign(input.box, place);
  input.box.ignoreFocusOut = true;
  if (place.step > 1) input.box.buttons = [vscode.QuickInputButtons.Back];
  try {
    return await new Promise((resolve) => {
      input.box.onDidTriggerButton(() => resolve("back"));
      input.box.onDidHide(() => resolve(undefined));
      input.onAccept(async () => {
        const answer = input.answer();
        input.box.busy = true;
        const objection = await check(answer);
        input.box.busy = false;
        if (objection === undefined) resolve(answer);
        else input.object(objection);
      });
      input.box.show();
    });
  } finally {
    input.box.dispose();
  }
}

function picker({ placeholder, items, many }: Extract<Question, { kind: "pick" }>) {
  const box = vscode.window.createQuickPick();
  box.placeholder = placeholder;
  box.items = items;
  box.canSelectMany = many !== undefined;
  box.matchOnDescription = true;
  if (many) box.selectedItems = box.items.filter(({ label }) => many.includes(label));
  return {
    box,
    onAccept: (accept: () => Promise<void>) => box.onDidAccept(() => inBackground(accept())),
    answer: () => box.selectedItems.map(({ label }) => label),
    // A pick list has no place of its own for what is wrong, and a message in the corner would stay.
    object: (objection: string) => {
      inBackground(vscode.window.showWarningMessage(objection, { modal: true }).then(() => box.show()));
    },
  };
}

function textBox({ prompt, value }: Extract<Question, { kind: "text" }>) {
  const box = vscode.window.createInputBox();
  box.prompt = prompt;
  box.value = value;
  box.onDidChangeValue(() => {
    box.validationMessage = undefined;
  });
  return {
    box,
    onAccept: (accept: () => Promise<void>) => box.onDidAccept(() => inBackground(accept())),
    answer: () => [box.value.trim()],
    object: (objection: string) => {
      box.validationMessage = objection;
    },
  };
}
