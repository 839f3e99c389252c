import type { Message } from "../l10n/translate.ts";
import type { DeployedFile, FileState } from "../lifecycle/deploy-check.ts";

/** What is wrong with a file of an installed package. */
export function fileStateMessage({ location, state, blocker = "" }: DeployedFile): Message {
  return { text: texts[state].text, values: { path: location, blocker } };
}

const texts: Readonly<Record<FileState, Message>> = {
  missing: { text: "{path} is missing" },
  different: { text: "{path} is not as the package has it" },
  unreadable: { text: "{path} cannot be read, which the frameworks pass over" },
  folder: { text: "{path} is a folder, no file" },
  link: { text: "{path} is a link, no file; what it leads to is not looked at" },
  special: { text: "{path} is a device, a pipe or a socket, no file" },
  blocked: { text: "{path} cannot be there, because {blocker} is no folder" },
};
