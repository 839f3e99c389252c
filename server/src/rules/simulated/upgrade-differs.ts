import type { SimulationRule } from "../rule.ts";

/** Nothing compares a system that was upgraded with one that was installed afresh. */
export const upgradeDiffers: SimulationRule = {
  id: "upgrade-differs",
  scope: "simulation",
  severity: "warning",
  message: {
    "table-missing":
      "Systems upgraded from {version} have no table “{table}”, which a fresh installation makes.",
    "table-left":
      "Systems upgraded from {version} have the table “{table}”, which a fresh installation does not make.",
    "column-missing":
      "Systems upgraded from {version} have no column “{name}” in “{table}”, which a fresh installation makes.",
    "column-left":
      "Systems upgraded from {version} have the column “{name}” in “{table}”, which a fresh installation does not make.",
    "column-otherwise":
      "Column “{name}” of “{table}” is {upgraded} on systems upgraded from {version} and {installed} after a fresh installation.",
    "default-missing":
      "Column “{name}” of “{table}” has no default on systems upgraded from {version} and {installed} after a fresh installation.",
    "default-left":
      "Column “{name}” of “{table}” has the default {upgraded} on systems upgraded from {version} and none after a fresh installation.",
    "default-otherwise":
      "Column “{name}” of “{table}” has the default {upgraded} on systems upgraded from {version} and {installed} after a fresh installation.",
    "counter-missing":
      "Column “{name}” of “{table}” does not count by itself on systems upgraded from {version}, as it does after a fresh installation.",
    "counter-left":
      "Column “{name}” of “{table}” counts by itself on systems upgraded from {version}, and not after a fresh installation.",
    "primary-missing":
      "Systems upgraded from {version} have no primary key in “{table}”, which a fresh installation makes.",
    "primary-left":
      "Systems upgraded from {version} have the primary key “{upgraded}” in “{table}”, which a fresh installation does not make.",
    "primary-otherwise":
      "The primary key of “{table}” is “{upgraded}” on systems upgraded from {version} and “{installed}” after a fresh installation.",
    "key-missing":
      "Systems upgraded from {version} have no key “{name}” in “{table}”, which a fresh installation makes: {installed}.",
    "key-left":
      "Systems upgraded from {version} have the key “{name}” in “{table}”, which a fresh installation does not make: {upgraded}.",
    "key-otherwise":
      "Key “{name}” of “{table}” is {upgraded} on systems upgraded from {version} and {installed} after a fresh installation.",
    "key-name":
      "A key of “{table}” is called “{upgraded}” on systems upgraded from {version} and “{installed}” after a fresh installation.",
    "foreign-missing":
      "Systems upgraded from {version} have no foreign key {installed} in “{table}”, which a fresh installation makes.",
    "foreign-left":
      "Systems upgraded from {version} have the foreign key {upgraded} in “{table}”, which a fresh installation does not make.",
    "row-missing":
      "Systems upgraded from {version} have no row in “{table}” with {installed}, which a fresh installation makes.",
    "row-left":
      "Systems upgraded from {version} have a row in “{table}” with {upgraded}, which a fresh installation does not make.",
    "row-otherwise":
      "A row of “{table}” has {upgraded} on systems upgraded from {version} and {installed} after a fresh installation.",
  },
};
