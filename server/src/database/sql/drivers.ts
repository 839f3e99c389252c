import type { FrameworkRelease } from "../../dialect/switches.ts";
import type { DatabaseKind } from "../engines.ts";
import type { SqlDriver } from "./driver.ts";
import { mariadbDriver, mysqlDriver } from "./mysql.ts";
import { oracleDriver } from "./oracle.ts";
import { postgresqlDriver } from "./postgresql.ts";

/** How a release of a framework speaks to each database. */
export const drivers: Readonly<Record<DatabaseKind, (release: FrameworkRelease) => SqlDriver>> = {
  mysql: mariadbDriver,
  "mysql-8": mysqlDriver,
  postgresql: postgresqlDriver,
  oracle: oracleDriver,
};
