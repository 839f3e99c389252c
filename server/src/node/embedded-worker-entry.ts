/** The thread that has a database; see `embedded-database.ts`. */
import { parentPort, workerData } from "node:worker_threads";
import { DatabaseUnavailable } from "../host/database-server.ts";
import type { Message } from "../l10n/translate.ts";
import { compileOnce } from "./compile-once.ts";
import { EmbeddedEngine, type EngineParts } from "./embedded-engine.ts";

/** What is asked of the thread, one thing after the other. */
export type EngineQuestion =
  | { readonly ask: "version" | "mark" | "catalogue" }
  | { readonly ask: "execute"; readonly sql: string }
  | { readonly ask: "restore"; readonly mark: number };

/** @template Value what the engine gives to the question */
export type EngineAnswer<Value = unknown> =
  | { readonly value: Value }
  /** For the user, or what the thread itself says. */
  | { readonly error: Message | string };

// As long as the thread lives, which is not for long. Whoever ends it takes this back.
compileOnce();
const loading = EmbeddedEngine.load(workerData as EngineParts);
loading.catch(() => {
  // It is said in the first answer.
});

let turn: Promise<unknown> = Promise.resolve();

parentPort?.on("message", (question: EngineQuestion) => {
  turn = turn.then(async () => parentPort?.postMessage(await answered(question)));
});

async function answered(question: EngineQuestion): Promise<EngineAnswer> {
  try {
    return { value: await answerTo(question, await loading) };
  } catch (error) {
    if (error instanceof DatabaseUnavailable) return { error: error.text };
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

function answerTo(question: EngineQuestion, engine: EmbeddedEngine): Promise<unknown> {
  switch (question.ask) {
    case "execute":
      return engine.execute(question.sql);
    case "restore":
      return engine.restore(question.mark);
    default:
      return engine[question.ask]();
  }
}
