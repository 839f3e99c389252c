import { randomBytes } from "node:crypto";
import { hostname } from "node:os";
import type { OpenOptions, RunDatabase } from "../../host/database-server.ts";
import { ConnectedDatabase } from "./connected-database.ts";
import { makeName, prefixes, timeOfRun } from "./database-name.ts";
import { type Rights, ServerError, type Session } from "./driver.ts";
import { type Asked, Server } from "./server.ts";

/** Makes a database for a run. @throws DatabaseUnavailable */
export async function openRun(asked: Asked, options: OpenOptions): Promise<RunDatabase> {
  const server = await Server.of(asked, options.signal);
  const { driver } = server;
  const { admin, rights, login } = await server.enter("run");
  const name = makeName("run", new Date());
  /** Takes away what was made. Whatever fails here is taken away by the next run. */
  const drop = async () => {
    try {
      await server.within(server.patience.answer, driver.drop(admin, name, rights), { isLast: true });
    } catch {}
    admin.end();
  };
  try {
    await tidyUp(server, admin, rights);
    await takeName(server, admin, name);
  } catch (error) {
    admin.end();
    throw server.said(error, "refused");
  }
  try {
    const own = rights.makesUsers ? { user: name, password: newPassword() } : undefined;
    if (own) await server.ask(driver.makeUser(admin, name, own.password));
    await server.ask(
      driver.makeDatabase(admin, name, {
        ...(own && { owner: own.user }),
        comment: commentFor("one run"),
        characterBytes: options.characterBytes ?? 4,
      }),
    );
    const session = await server.connect({ ...login, ...own, database: name });
    return new ConnectedDatabase(server, admin, session, drop);
  } catch (error) {
    const { code } = Object(error) as { code?: string };
    // What has that name is somebody else's.
    if (error instanceof ServerError && takenCodes.has(code!)) {
      admin.end();
      throw server.error("name-taken", { database: name }, error);
    }
    await drop();
    throw server.said(error, "refused");
  }
}

/** Whoever tidies up sees by it that the run goes on; it is there before anything else is, and goes with its process. */
async function takeName(server: Server, admin: Session, name: string): Promise<void> {
  if (!(await server.ask(server.driver.lock(admin, name))))
    throw server.error("name-taken", { database: name });
}

/** What is said when there is a database, or a user, of that name. */
const takenCodes = new Set(["42P04", "42710", "1007", "1396"]);

/** What is written to a database, by which we know that it is ours. @param purpose what it is for */
export function commentFor(purpose: string): string {
  const maker = `process ${process.pid} on ${hostname()}`;
  return `${sign}for ${purpose}, made by ${maker} at ${new Date().toISOString()}`;
}

const sign = "SOPM: ";

/** One that nobody keeps. Some servers want letters of both cases, digits and signs. */
export function newPassword(): string {
  return `${randomBytes(24).toString("base64url")}-aA0`;
}

/** Drops what runs have left behind that are over. */
async function tidyUp(server: Server, admin: Session, rights: Rights): Promise<void> {
  const { driver, patience } = server;
  const found = await server.ask(driver.found(admin, rights, prefixes.run));
  const names = new Set(found.filter(isOfRun).map(({ name }) => name));
  for (const foreign of found.filter((each) => !isOfRun(each))) names.delete(foreign.name);
  for (const name of names) {
    const isOver = await server.ask(driver.lock(admin, name));
    const isOld = Date.now() - timeOfRun(name)!.getTime() > longestRun;
    try {
      if (isOver || isOld) await server.within(patience.statement, driver.drop(admin, name, rights));
    } catch (error) {
      // Another user has made it, or another one of us is faster.
      if (!(error instanceof ServerError)) throw error;
    } finally {
      if (isOver) await server.ask(driver.unlock(admin, name));
    }
  }
}

/** A day: a run that takes longer does not go on. */
const longestRun = 24 * 60 * 60 * 1000;

/** Whether we have made it: the name says so, and nobody has written anything else to it. */
function isOfRun({ name, comment }: { readonly name: string; readonly comment: string | null }): boolean {
  return timeOfRun(name) !== undefined && (!comment || comment.startsWith(sign));
}
