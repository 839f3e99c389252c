/** The version of SOPM itself, such as "0.1.0". */
export { version } from "../../../package.json";
