import { connect } from "./lsp/connect.ts";
import { startServer } from "./lsp/server.ts";
import { serverWorld } from "./node/world.ts";

const world = serverWorld();

/** True as soon as what most sessions need has been run: it is worth keeping compiled. */
export const isWarm = new Promise<boolean>((resolve) =>
  startServer(connect(world), world, () => resolve(true)),
);
