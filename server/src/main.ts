import { Console } from "node:console";
import {
  type Connection,
  createConnection,
  IPCMessageReader,
  IPCMessageWriter,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { Gate } from "./lsp/gate.ts";
import { detailsOf } from "./lsp/in-background.ts";
import { startServer } from "./lsp/server.ts";
import { FrameReader } from "./node/frame-reader.ts";
import { serverWorld } from "./node/world.ts";

const world = serverWorld();

/** True as soon as what most sessions need has been run: it is worth keeping compiled. */
export const isWarm = new Promise<boolean>((resolve) => startServer(connect(), world, () => resolve(true)));

/**
 * The connection to the client that has started this process: Node's own channel when there is one and `--node-ipc`
 * is given, else standard input and output. When the client is gone, so is the process; nothing else ends it: what
 * goes wrong and was expected by nobody is logged.
 */
function connect(): Connection {
  const hasChannel = process.argv.includes("--node-ipc") && process.send !== undefined;
  const gate = hasChannel
    ? new Gate(new IPCMessageReader(process), new IPCMessageWriter(process), world)
    : overStdio();
  const leave = () => process.exit(gate.isShutDown ? 0 : 1);
  if (hasChannel) process.on("disconnect", leave);
  else {
    for (const event of ["end", "close", "error"]) process.stdin.on(event, leave);
    process.stdout.on("error", leave);
  }
  process.stderr.on("error", () => {
    // Nobody reads it.
  });
  process.on("uncaughtException", (error) => gate.log(detailsOf(error)));
  process.on("unhandledRejection", (reason) => gate.log(detailsOf(reason)));
  return createConnection(gate, gate.writer);
}

function overStdio(): Gate {
  // One word in between, and the client could not tell messages apart any more.
  globalThis.console = new Console(process.stderr);
  const reader = new FrameReader(process.stdin, {
    onBadJson: () => gate.refuseNoJson(),
    onBadFrame: (message) => {
      process.stderr.write(`sopm: ${world.texts.textOf(message)}\n`);
      process.exit(1);
    },
  });
  const gate = new Gate(reader, new StreamMessageWriter(process.stdout), world);
  return gate;
}
