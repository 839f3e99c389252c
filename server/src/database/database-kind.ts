export { type DatabaseKind, databaseKinds } from "../protocol/databases.ts";
