/** The thread that compiles Perl; see `perl-thread.ts`. */
import { parentPort, workerData } from "node:worker_threads";
import { PerlInterpreter, type PerlParts } from "./perl-interpreter.ts";

const loading = PerlInterpreter.load(workerData as PerlParts);

/** One piece of code after the other. */
let turn: Promise<unknown> = loading;

parentPort?.on("message", (code: string) => {
  turn = turn.then(async () => parentPort?.postMessage(await (await loading).check(code)));
});
