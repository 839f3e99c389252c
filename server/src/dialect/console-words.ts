import { productOf } from "./products.ts";
import { dialectIn, type Release, switchesOf } from "./switches.ts";

/** The programs by which an administrator works on a framework, each with its words. Paths begin at its home. */
export interface ConsoleWords {
  /** The program that has the commands for packages, such as "bin/znuny.Console.pl". */
  readonly program: string;
  /** @param location a path, or the name of what is installed */
  readonly install: (location: string) => readonly string[];
  readonly upgrade: (location: string) => readonly string[];
  readonly reinstall: (location: string) => readonly string[];
  readonly uninstall: (location: string) => readonly string[];
  /** Lists what is installed, with the state of its files. */
  readonly list: readonly string[];
  readonly rebuildConfiguration: readonly string[];
  readonly clearCaches: readonly string[];
  /** @param test the path of a test below `scripts/test`, without its ending, such as "Acme/Contract" */
  readonly unitTest: (test: string) => readonly string[];
  /** Prints the log; undefined where no command does. */
  readonly log: readonly string[] | undefined;
  /** Prints the value of a setting; undefined where no command does. */
  readonly setting: ((name: string) => readonly string[]) | undefined;
}

/**
 * What is typed to have a release do something with packages, each as the words behind the home of the framework: the first
 * is the path of a program.
 *
 * @source Znuny 7.1.7, OTOBO 11.0.6 and OTRS 5.0.26 and 6.0.30, Kernel::System::Console::Command::* (the names of the
 *   commands); OTRS 4.0, bin/otrs.PackageManager.pl and others
 */
export function consoleWords(release: Release): ConsoleWords {
  const { consoleHasPackages, consoleReadsSettings } = switchesOf(release);
  return consoleHasPackages ? commandWords(consoleProgram(release), consoleReadsSettings) : scriptWords;
}

function consoleProgram(release: Release): string {
  if (switchesOf(release).znunyConsole) return "bin/znuny.Console.pl";
  const { family } = productOf(dialectIn(release));
  return family === "otobo" ? "bin/otobo.Console.pl" : "bin/otrs.Console.pl";
}

function commandWords(program: string, readsSettings: boolean): ConsoleWords {
  const command =
    (name: string) =>
    (location: string): readonly string[] => [program, `Admin::Package::${name}`, location];
  return {
    program,
    install: command("Install"),
    upgrade: command("Upgrade"),
    reinstall: command("Reinstall"),
    uninstall: command("Uninstall"),
    list: [program, "Admin::Package::List", "--show-deployment-info"],
    rebuildConfiguration: [program, "Maint::Config::Rebuild"],
    clearCaches: [program, "Maint::Cache::Delete"],
    unitTest: (test) => [program, "Dev::UnitTest::Run", "--test", test],
    log: [program, "Maint::Log::Print"],
    setting: readsSettings ? (name) => [program, "Admin::Config::Read", "--setting-name", name] : undefined,
  };
}

const script = "bin/otrs.PackageManager.pl";

function scriptAction(action: string): (location: string) => readonly string[] {
  return (location) => [script, "-a", action, "-p", location];
}

const scriptWords: ConsoleWords = {
  program: script,
  install: scriptAction("install"),
  upgrade: scriptAction("upgrade"),
  reinstall: scriptAction("reinstall"),
  uninstall: scriptAction("uninstall"),
  list: [script, "-a", "list"],
  rebuildConfiguration: ["bin/otrs.RebuildConfig.pl"],
  clearCaches: ["bin/otrs.DeleteCache.pl"],
  unitTest: (test) => ["bin/otrs.UnitTest.pl", "-n", test],
  log: undefined,
  setting: undefined,
};
