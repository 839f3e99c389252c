import * as vscode from "vscode";
import * as build from "./build/register.ts";
import * as creating from "./creating/register.ts";
import * as editing from "./editing/register.ts";
import * as files from "./files/register.ts";
import * as moving from "./moving/register.ts";
import * as perl from "./perl/register.ts";
import * as serve from "./serve/register.ts";
import { createServices, type Services } from "./services.ts";
import * as session from "./session/register.ts";
import * as systems from "./systems/register.ts";
import * as tasks from "./tasks/register.ts";
import * as archive from "./views/archive/register.ts";
import * as diagram from "./views/diagram/register.ts";
import * as explorer from "./views/explorer/register.ts";
import * as intro from "./views/intro/register.ts";
import * as matrix from "./views/matrix/register.ts";
import * as report from "./views/report/register.ts";
import * as repositories from "./views/repositories/register.ts";
import * as sandboxes from "./views/sandboxes/register.ts";
import * as sql from "./views/sql/register.ts";
import * as trials from "./views/trials/register.ts";
import * as verify from "./views/verify/register.ts";
import * as versions from "./views/versions/register.ts";

/** The parts of the extension. Together they register what the manifest promises. */
const parts = [
  session,
  creating,
  editing,
  files,
  moving,
  perl,
  build,
  tasks,
  report,
  sandboxes,
  sql,
  intro,
  diagram,
  matrix,
  trials,
  verify,
  archive,
  explorer,
  repositories,
  versions,
  serve,
  systems,
];

/** What tests get of the running extension. */
export type RunningExtension = Pick<Services, "client" | "reports">;

export async function activate(context: vscode.ExtensionContext): Promise<RunningExtension> {
  const services = createServices(context);
  for (const part of parts) part.register(context, services);
  await vscode.commands.executeCommand("setContext", "sopm.active", true);
  await services.client.start();
  return services;
}
