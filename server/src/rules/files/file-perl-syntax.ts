import { perlFile } from "../../perl/perl-file.ts";
import type { PackageRule } from "../rule.ts";
import { perlFaultReport, perlFaultTexts } from "../shared/perl-faults.ts";
import { perlFiles } from "../shared/perl-files.ts";

/** A module that does not compile cannot be loaded by anybody. */
export const filePerlSyntax: PackageRule = {
  id: "file-perl-syntax",
  isOfAnyFramework: true,
  scope: "package",
  elements: ["Filelist"],
  severity: "error",
  message: perlFaultTexts,

  *check(spec, context) {
    for (const file of perlFiles(spec, context)) {
      const { fault } = perlFile(file.text);
      yield fault && perlFaultReport(fault, (start, end) => ({ start, end }), file);
    }
  },
};
