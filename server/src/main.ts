import { createConnection } from "vscode-languageserver/node";
import { startServer } from "./lsp/server.ts";

// The transport (standard input and output, a pipe or Node's own channel) is chosen by the command line.
startServer(createConnection());
