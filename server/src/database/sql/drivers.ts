import { type FrameworkRelease, type Switches, switchesOf } from "../../dialect/switches.ts";
import { memo } from "../../text/memo.ts";
import type { DatabaseKind } from "../engines.ts";
import type { SqlDriver } from "./driver.ts";
import { mariadbDriver, mysqlDriver } from "./mysql.ts";
import { oracleDriver } from "./oracle.ts";
import { postgresqlDriver } from "./postgresql.ts";

/** How a release of a framework speaks to a database. The same object for the same release. */
export function driverFor(database: DatabaseKind, release: FrameworkRelease): SqlDriver {
  return drivers[database](switchesOf(release));
}

/** The same for keys of which nobody has to look whether they are there: it has no guards around them. */
export function unguardedDriverFor(database: DatabaseKind, release: FrameworkRelease): SqlDriver {
  return drivers[database](unguarded(switchesOf(release)));
}

const unguarded = memo((switches: Switches): Switches => ({ ...switches, guardsKeys: false }));

const drivers: Readonly<Record<DatabaseKind, (switches: Switches) => SqlDriver>> = {
  mysql: memo(mariadbDriver),
  "mysql-8": memo(mysqlDriver),
  postgresql: memo(postgresqlDriver),
  oracle: memo(oracleDriver),
};
