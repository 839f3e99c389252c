import { plainPath } from "../../symbols/file-list.ts";
import type { ElementRule } from "../rule.ts";
import { isLeftOut, locationOf } from "../shared/listed-file.ts";

/** Replacing a file of the framework freezes it in the state the author knew. */
export const fileFrameworkOverride: ElementRule = {
  id: "file-framework-override",
  scope: "element",
  elements: ["File"],
  severity: "warning",
  summary: "A package does not replace files of the framework",
  message: {
    module:
      "Installing replaces the framework's own “{location}”, and from then on updates of the framework and of the package overwrite each other. Custom/{location} would leave it in place.",
    other:
      "Installing replaces the framework's own “{location}”, and from then on updates of the framework and of the package overwrite each other.",
  },
  docs:
    "The installer keeps the framework's file as `.save` and puts it back when the package is removed, but an update " +
    "of the framework overwrites the package's file, and the package then counts as not correctly deployed. Perl " +
    "modules below `Custom/` are found before the framework's without replacing them; templates and output can be " +
    "changed with filters.",
  bad: '<File Permission="660" Location="Kernel/System/Ticket.pm"/>',
  good: '<File Permission="660" Location="Custom/Kernel/System/Ticket.pm"/>',
  source: "Znuny 7.1 and OTOBO 11, _FileInstall and DeployCheck",

  check(file, context) {
    const location = locationOf(file);
    if (!location || isLeftOut(location.value, context)) return undefined;
    const path = plainPath(location.value);
    if (context.knowledge.isFrameworkFile(path) !== true) return undefined;
    const isModule = /^Kernel\/(?!cpan-lib\/|Config).*\.pm$/.test(path);
    return {
      span: location.valueSpan,
      variant: isModule ? "module" : "other",
      arguments: { location: path },
    };
  },
};
