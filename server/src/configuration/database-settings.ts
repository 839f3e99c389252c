import {
  type DatabaseSecret,
  type DatabaseSettings,
  type TlsMode,
  tlsModes,
} from "../host/database-server.ts";
import type { Paths } from "../host/paths.ts";
import { defaultPorts, serverKinds } from "../protocol/databases.ts";
import { type NamedFault, readNamed, recordOf, Unusable } from "./named-settings.ts";

/** The servers that somebody has named, and what was wrong with the others. */
export interface NamedDatabases {
  readonly databases: readonly DatabaseSettings[];
  readonly faults: readonly NamedFault[];
}

/** Why what is said of a server cannot be used. Each has {name} and {key}. */
const faultTexts = {
  object: "“{key}” of the database “{name}” must be an object in braces.",
  text: "“{key}” of the database “{name}” must be a text in quotes that is not empty.",
  choice: "“{key}” of the database “{name}” must be one of: {choices}.",
  port: "“port” of the database “{name}” must be a number from 1 to 65535.",
  place: "The database “{name}” needs either “host” or “socket”.",
  path: "“{key}” of the database “{name}” must be an absolute path.",
  secret:
    "“secret” of the database “{name}” must have one of “environment”, “file” and “editor”. A password itself does not belong there.",
  unknown: "The database “{name}” has “{key}”, which means nothing. What it can have: {choices}.",
} as const;

const keys = ["kind", "host", "port", "socket", "user", "tls", "secret"];

/** Reads the setting sopm.databases, or a file that has the same. Anything unusable is told and left out. */
export function readNamedDatabases(value: unknown, paths: Paths): NamedDatabases {
  const { usable, faults } = readNamed(value, (name, said) => readDatabase(name, said, paths));
  return { databases: usable, faults };
}

function readDatabase(name: string, value: unknown, paths: Paths): DatabaseSettings {
  const fail = (fault: keyof typeof faultTexts, key = "", choices: readonly string[] = []): never => {
    throw new Unusable({ text: faultTexts[fault], values: { name, key, choices: choices.join(", ") } });
  };
  const textOf = (said: Readonly<Record<string, unknown>>, key: string): string => {
    const text = said[key];
    return typeof text === "string" && text !== "" ? text : fail("text", key);
  };
  const choiceOf = <Choice extends string>(key: string, choices: readonly Choice[]): Choice =>
    choices.find((choice) => choice === said[key]) ?? fail("choice", key, choices);
  const pathOf = (said: Readonly<Record<string, unknown>>, key: string): string => {
    const path = textOf(said, key);
    return paths.isAbsolute(path) ? path : fail("path", key);
  };
  /** An address may stand in brackets, as it does before a port. */
  const hostOf = (said: Readonly<Record<string, unknown>>): string =>
    textOf(said, "host").replace(/^\[(.*:.*)\]$/, "$1");

  const said = recordOf(value) ?? fail("object", name);
  const unknown = Object.keys(said).find((key) => !keys.includes(key));
  if (unknown !== undefined) return fail("unknown", unknown, keys);
  const kind = choiceOf("kind", serverKinds);
  if ((said.host === undefined) === (said.socket === undefined)) return fail("place");
  const at =
    said.socket === undefined
      ? { host: hostOf(said), port: portOf(said.port, defaultPorts[kind]) ?? fail("port") }
      : { socket: pathOf(said, "socket") };
  return {
    ...{ name, kind, at },
    user: textOf(said, "user"),
    tls: said.tls === undefined ? usualTls(at) : choiceOf("tls", tlsModes),
    secret: said.secret === undefined ? undefined : secretOf(),
  };

  function secretOf(): DatabaseSecret {
    const secret = recordOf(said.secret) ?? fail("secret");
    const [key, ...others] = Object.keys(secret);
    if (others.length > 0) return fail("secret");
    if (key === "environment") return { environment: textOf(secret, key) };
    if (key === "file") return { file: pathOf(secret, key) };
    return key === "editor" && secret.editor === true ? { editor: true } : fail("secret");
  }
}

function portOf(value: unknown, usual: number): number | undefined {
  if (value === undefined) return usual;
  return typeof value === "number" && Number.isInteger(value) && value > 0 && value < 65_536
    ? value
    : undefined;
}

/** What goes over a network is encrypted; on the way to this computer nobody listens. */
function usualTls(at: DatabaseSettings["at"]): TlsMode {
  return "socket" in at || /^(?:localhost|127\.[\d.]+|::1)$/i.test(at.host) ? "off" : "verified";
}
