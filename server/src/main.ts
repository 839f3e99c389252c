import { connect } from "./lsp/connect.ts";
import { startServer } from "./lsp/server.ts";

startServer(connect());
