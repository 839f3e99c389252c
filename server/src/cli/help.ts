import { translate } from "../host/node/language.ts";
import { version } from "../host/node/version.ts";
import type { ExitCode } from "./main.ts";
import { print } from "./output.ts";

const overview = `SOPM checks and builds packages for Znuny, OTRS and OTOBO.

Usage:
  sopm lint  [options] PATH...      Check specs; a folder means every .sopm file in it
  sopm build [options] SPEC         Build the archive of a spec
  sopm dry-run OPERATION PACKAGE    Tell what an operation would do to a system
  sopm sandbox COMMAND FOLDER       Make a system out of a folder, and work on it
  sopm sql [options] PACKAGE        Print the SQL that an operation runs
  sopm index [options] FOLDER       Print the index of a folder of archives
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
                           Second opinion by an XSD validator, needs Java (off):
                           auto hears it when the archive is there, on before that
  --allow-symlinks         Follow links that leave the base folder
  --force                  Build although errors were found, if the framework would
  --language en|de         Language of the messages (that of the environment)

Exit codes: 0 the archive was written, 1 it was not, 2 wrong usage.
`,
  "dry-run": `Usage: sopm dry-run [options] install|upgrade|reinstall|uninstall PACKAGE

Tells step by step what a framework would do with a package, a spec or an archive.
Nothing is changed, and no Perl is run.

  --product "Znuny 7.1.3"  The system, as it is delivered (what the package is made for)
  --database mysql|postgresql|oracle
                           Its database (mysql)
  --sandbox DIR            The system in a sandbox, in place of the two above
  --from ARCHIVE|VERSION   What is installed before an upgrade; an archive tells more
  --force                  As if Force were given
  --entrance api|console|admin
                           Who asks the framework (api)
  --assume KEY=fails       A step fails, or "succeeds"; may be repeated. The keys of the
                           steps are in the report as JSON
  --requirements assume|check
                           Whether required packages are there (assume; with a sandbox check)
  --documented             Also list what the framework's documentation promises instead
  --format text|json|junit|markdown|html
                           How to print the report (text)
  --output FILE            Write the report to a file
  --base DIR               Folder the files of the package lie in (that of the spec)
  --allow-symlinks         Follow links that leave the base folder
  --language en|de         Language of the messages (that of the environment)

Exit codes: 0 it would be done and no step fails, 1 it is refused, a step fails or
something cannot be read, 2 wrong usage.
`,
  sandbox: `Usage: sopm sandbox COMMAND FOLDER [options]

A sandbox is a folder that stands for one system: its files, its package table, its
database and its settings.

  create FOLDER [ARCHIVE...]           Make one, and install archives
      --product "Znuny 7.1.3"          As the product is delivered
      --framework DIR                  As the home of a framework says; it is only read
      --from FOLDER                    As another sandbox is now
      --database mysql|postgresql|oracle    (mysql)
      --name NAME, --vendor NAME       What it is called, and whose it is
      --module NAME=VERSION            A Perl module that is there; may be repeated
                                       (without it all are)
      --repository DIR                 A folder with archives and their index; may be repeated
  list [FOLDER]                        The sandboxes in a folder
  show FOLDER                          What it stands for, its packages and its past
  install|upgrade|reinstall|uninstall FOLDER PACKAGE
                                       Perform an operation and report it. PACKAGE is a spec, an
                                       archive or the name of what is installed
      --force, --entrance, --assume, --format, --output, --base, --allow-symlinks
                                       As for “sopm dry-run”
  upgrade-all FOLDER                   Bring all packages up to date from the repositories
      --repository DIR, --force, --dry-run
  check FOLDER [NAME...]               Compare files with those of the packages
  verify FOLDER                        Look for damage: states, archives, files, what an undo
                                       needs, locks. Nothing is changed
  repair FOLDER [ARCHIVE...]           Make a damaged one usable again, and tell what it keeps,
                                       sets aside and what is lost. Archives that are lost are
                                       taken from those named
      --unlock                         Also set aside locks that cannot be read or are of other
                                       computers; only when nobody works on the sandbox
  export FOLDER NAME                   Write the archive of a package
      --output DIR                     Folder for it (the present one)
  undo FOLDER                          Take the last operation back
      --to NUMBER                      All behind this one, as “show” counts them
  reset FOLDER                         Take everything back since it was made

  --format text|json                   How list, show, check, verify, repair and upgrade-all
                                       print (text)
  --language en|de                     Language of the messages (that of the environment)

Exit codes: 0 done, 1 refused, failed or not as it should be, 2 wrong usage.
`,
  index: `Usage: sopm index [options] FOLDER

Prints the index of a repository: every .opm file in the folder and below.

  --mode framework|opmbuild
                           Whose index to print (framework)
  --dialect DIALECT        auto, or one of: otrs-legacy, otrs-5, otrs-6, otrs-8,
                           znuny-6, znuny-7, otobo-10, otobo-11 (auto)
  --check                  Check the otrs.xml or otobo.xml that is in the folder instead
  --language en|de         Language of the messages (that of the environment)

Exit codes: 0 the index was printed or is good, 1 it was not or is not, 2 wrong usage.
`,
  sql: `Usage: sopm sql --operation install|upgrade|reinstall|uninstall [options] PACKAGE

Prints the statements that a framework makes of the database sections of a package, a spec
or an archive. No package counts as merged, and none but this one as installed.

  --database mysql|postgresql|oracle
                           The database they are for; MariaDB counts as mysql (mysql)
  --from VERSION           What is installed before an upgrade (all versions at once)
  --dialect DIALECT        auto, or one of: otrs-legacy, otrs-5, otrs-6, otrs-8,
                           znuny-6, znuny-7, otobo-10, otobo-11 (auto)
  --format text|json       SQL with comments, or a list of phase, list (main or post),
                           statement and line (text)
  --output FILE            Write the statements there, as they are executed. Printed ones
                           show characters that cannot be seen as escapes
  --language en|de         Language of the comments and messages (that of the environment)

Exit codes: 0 the statements were printed, 1 the package cannot be read, 2 wrong usage.
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
