import { fitsSystem } from "../../model/requirements.ts";
import { closest } from "../../text/similar.ts";
import type { ElementRule } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";
import { isPlaceholder, isRootName } from "../shared/root-child.ts";

/** The text is a regular expression for the name that Perl has for the system. */
export const osRegex: ElementRule = {
  id: "os-regex",
  scope: "element",
  elements: ["OS"],
  severity: "warning",
  message: {
    pattern:
      "Tools may read “{text}” otherwise than the framework, because it uses the text as a regular expression.",
    unknown: "No known system fits “{text}”, because Perl calls them linux, freebsd, darwin or MSWin32.",
  },

  check(element, _context, parentName) {
    const { value, span } = element.text;
    if (!isRootName(parentName) || value === "" || value === "0" || isPlaceholder(value)) return undefined;
    const trimmed = value.trim();
    if (!knownSystems.some((system) => fitsSystem(system, [value]))) {
      const meant = /^win/i.test(trimmed) ? "MSWin32" : closest(trimmed, knownSystems);
      const fixes = meant === undefined ? [] : [replacement(span, meant)];
      return { span, variant: "unknown", arguments: { text: trimmed }, fixes };
    } else if (/[^\w-]/.test(value)) {
      return { span, variant: "pattern", arguments: { text: value } };
    }
    return undefined;
  },
};

/** Names of systems as Perl has them (perlport). */
const knownSystems = [
  "linux",
  "freebsd",
  "openbsd",
  "netbsd",
  "dragonfly",
  "darwin",
  "MSWin32",
  "cygwin",
  "msys",
  "solaris",
  "aix",
  "hpux",
  "irix",
  "dec_osf",
  "os390",
  "VMS",
];
