import { connect } from "./lsp/connect.ts";
import { startServer } from "./lsp/server.ts";

/** True as soon as what most sessions need has been run: it is worth keeping compiled. */
export const isWarm = new Promise<boolean>((resolve) => startServer(connect(), () => resolve(true)));
