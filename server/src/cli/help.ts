import { translate } from "../host/node/language.ts";
import { version } from "../version.ts";
import type { ExitCode } from "./main.ts";
import { print } from "./output.ts";

const overview = `SOPM checks and builds packages for Znuny, OTRS and OTOBO.

Usage:
  sopm lint  [options] PATH...      Check specs; a folder means every .sopm file in it
  sopm build [options] SPEC         Build the archive of a spec
  sopm lsp   --stdio                Run the language server for an editor
  sopm --help | --version           “sopm COMMAND --help” tells the options of a command

Exit codes: 0 all is well, 1 errors were found or the build failed, 2 wrong usage.
`;

const pages: Readonly<Record<string, string>> = {
  overview,
  lint: `Usage: sopm lint [options] PATH...

Checks .sopm and .opm files. A folder means every .sopm file in it and below.

  --format text|json       How to print the findings (text)
  --dialect DIALECT        auto, or one of: otrs-legacy, otrs-5, otrs-6, otrs-8,
                           znuny-6, znuny-7, otobo-10, otobo-11 (auto)
  --profile PROFILE        framework, znuny-policy or strict (framework)
  --rule ID=SEVERITY       error, warning, information, hint or off; may be repeated
  --base DIR               Folder the files of the package lie in (that of the spec)
  --language en|de         Language of the messages (that of the environment)

Exit codes: 0 no error was found, 1 errors were found, 2 wrong usage.
`,
  build: `Usage: sopm build [options] SPEC

Writes NAME-VERSION.opm as the framework's own builder would.

  --output DIR             Folder for the archive (that of the spec)
  --base DIR               Folder the files of the package lie in (that of the spec)
  --mode framework|opmbuild
                           Whose bytes to write (framework)
  --dialect DIALECT        auto, or one of: otrs-legacy, otrs-5, otrs-6, otrs-8,
                           znuny-6, znuny-7, otobo-10, otobo-11 (auto)
  --version V              Build as this version, digits in three groups
  --stamp-date "YYYY-MM-DD hh:mm:ss"
                           BuildDate to write (SOURCE_DATE_EPOCH, else now, in UTC)
  --stamp-host NAME        BuildHost to write (that of this machine)
  --strict-schema auto|on|off
                           Second opinion by an XSD validator, needs Java (auto)
  --allow-symlinks         Follow links that leave the base folder
  --force                  Build although errors were found, if the framework would
  --language en|de         Language of the messages (that of the environment)

Exit codes: 0 the archive was written, 1 it was not, 2 wrong usage.
`,
  lsp: `Usage: sopm lsp --stdio

Speaks the Language Server Protocol over standard input and output.
`,
  version: `${version}\n`,
};

/** @param page the name of a command, "overview" or "version" */
export async function help(page: string): Promise<ExitCode> {
  print(translate(pages[page]!));
  return 0;
}
