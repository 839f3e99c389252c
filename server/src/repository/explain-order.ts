import type { Release } from "../dialect/switches.ts";
import type { Message } from "../l10n/translate.ts";
import { compareStrictly, isAtLeast } from "../model/version.ts";
import type { InstallOrder, OrderedPackage, OrderFailure, OrderFailureClass } from "./install-order.ts";

/** Why a package is in a class of failures, beside the framework's bare answer. */
export interface OrderExplanation {
  readonly name: string;
  readonly failure: OrderFailureClass;
  readonly requiredBy: string | undefined;
  readonly reason: Message;
  /** What a stricter look would have come to; undefined when it comes to the same. */
  readonly remark: Message | undefined;
}

/** @param installed versions by name */
export function explainOrder(
  { failures }: InstallOrder,
  installed: ReadonlyMap<string, string>,
  release: Release,
): readonly OrderExplanation[] {
  return failures.map((found) => {
    const { name, failure, requiredBy } = found;
    return {
      ...{ name, failure, requiredBy },
      reason: reasonOf(found, failures),
      remark: remarkOn(found, installed.get(name), release),
    };
  });
}

/** A package that comes before one that it requires, because the numbers say so. */
export interface OrderViolation {
  readonly name: string;
  readonly required: string;
}

/** Packages of one number are brought up to date in an order that nobody knows, so they count as well. */
export function orderViolations(
  { order }: InstallOrder,
  online: Iterable<OrderedPackage>,
): readonly OrderViolation[] {
  const violations: OrderViolation[] = [];
  for (const { name, requiredPackages } of online) {
    const number = order.get(name);
    if (number === undefined) continue;
    for (const { name: required } of requiredPackages) {
      const requiredNumber = order.get(required);
      // Numbers without bounds can no longer be told apart.
      if (requiredNumber !== undefined && requiredNumber <= number && Number.isFinite(number)) {
        violations.push({ name, required });
      }
    }
  }
  return violations;
}

function reasonOf(found: OrderFailure, failures: readonly OrderFailure[]): Message {
  const { name, requiredBy, wanted = "", offered = "", path } = found;
  const values = { name, requiredBy: requiredBy ?? "", wanted, offered };
  switch (found.failure) {
    case "Cyclic":
      return {
        text: "“{name}” requires itself: {path}.",
        values: { name, path: path.slice(path.indexOf(name)).join(" → ") },
      };
    case "NotFound":
      return requiredBy === undefined
        ? { text: "“{name}” is installed, but no repository offers it.", values }
        : { text: "“{requiredBy}” requires “{name}”, which no repository offers.", values };
    case "WrongVersion":
      if (requiredBy === undefined) {
        return {
          text: "“{name}” is installed in version {wanted}, but only {offered} is offered.",
          values,
        };
      }
      return found.wanted === undefined
        ? {
            text: "“{requiredBy}” requires “{name}” without a version, which none is good enough for.",
            values,
          }
        : { text: "“{requiredBy}” requires “{name}” {wanted}, but {offered} is offered.", values };
    case "DependencyFail": {
      const causes = failures.filter((other) => other.requiredBy === name).map((other) => other.name);
      return {
        text: "“{name}” requires packages that cannot be had: {causes}.",
        values: { name, causes: [...new Set(causes)].join(", ") },
      };
    }
  }
}

function remarkOn(
  { failure, requiredBy, wanted, offered }: OrderFailure,
  installedVersion: string | undefined,
  release: Release,
): Message | undefined {
  if (requiredBy !== undefined && failure !== "DependencyFail" && failure !== "Cyclic") {
    const isEnough =
      installedVersion !== undefined &&
      (wanted === undefined || isAtLeast(installedVersion, wanted, release));
    if (isEnough) {
      return {
        text: "It is installed in version {version}, which would do, but the framework wants it to be offered as well.",
        values: { version: installedVersion },
      };
    }
  }
  if (failure === "WrongVersion" && wanted !== undefined && offered !== undefined) {
    if (compareStrictly(wanted, offered) === 0) {
      return {
        text: "Both versions mean the same, but the framework wants the same text or a newer version.",
      };
    }
  }
  return undefined;
}
