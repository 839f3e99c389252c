import { codePolicies } from "../../dialect/code-policies.ts";

/**
 * Names of licences: first as the code policies and the specs of the frameworks' vendors write them, then the identifiers of SPDX that packages
 * use. To the frameworks all of them are text.
 */
export const licenses: readonly string[] = [
  ...codePolicies.map(({ license }) => license),
  "GNU GENERAL PUBLIC LICENSE Version 2, June 1991",
  ..."AGPL-3.0-only AGPL-3.0-or-later GPL-3.0-only GPL-3.0-or-later GPL-2.0-only GPL-2.0-or-later".split(" "),
  ..."LGPL-3.0-only LGPL-3.0-or-later Apache-2.0 Artistic-2.0 BSD-2-Clause BSD-3-Clause ISC MIT MPL-2.0".split(
    " ",
  ),
];
