import { firstWith } from "../dialect/switches.ts";
import type { Message } from "../l10n/translate.ts";

/**
 * How a repository that is served is entered in the configuration of frameworks: a sentence or a setting a line.
 *
 * @param url of the repository
 * @param root of the document that lists it
 * @source Znuny 7.1, ConfiguredRepositoryListGet; OTOBO 11, PackageOnlineRepositories
 */
export function servedAs(url: string, folder: string, root: string): readonly Message[] {
  const since = firstWith("repositoriesByName");
  return [
    {
      text: "{url} serves the archives of {folder} to this computer, until it is ended.",
      values: { url, folder },
    },
    { text: "Enter it in Kernel/Config.pm. {since} and later:", values: { since } },
    setting(`$Self->{'Package::RepositoryList'} = [ { Name => 'SOPM', URL => '${url}' } ];`),
    { text: "All others:" },
    setting(`$Self->{'Package::RepositoryList'} = { '${url}' => 'SOPM' };`),
    { text: "Or, in all of them, as a document that lists repositories:" },
    setting(`$Self->{'Package::RepositoryRoot'} = [ '${root}' ];`),
  ];
}

function setting(line: string): Message {
  return { text: "    {line}", values: { line } };
}
