import type { ElementRule } from "../rule.ts";
import { replacement } from "../shared/fixes.ts";
import { isPlaceholder, isRootName } from "../shared/root-child.ts";

/** The text goes into a link as it stands. */
export const urlInvalid: ElementRule = {
  id: "url-invalid",
  scope: "element",
  elements: ["URL"],
  severity: "information",
  summary: "The URL is an http or https address",
  message: "The link in the list of packages leads nowhere, because “{url}” is no http or https address.",
  docs:
    "The admin screen makes a link of the vendor's name and takes the `URL` for its target, as it stands. Without " +
    "`https://` in front a browser looks for the page inside the framework.",
  bad: "<otrs_package><URL>www.acme.example</URL></otrs_package>",
  good: "<otrs_package><URL>https://www.acme.example/</URL></otrs_package>",
  source: "Znuny 7.1 and OTOBO 11, AdminPackageManager",

  check(element, _context, parentName) {
    const { value, span } = element.trimmedText;
    if (!isRootName(parentName) || value === "" || isPlaceholder(value) || /^https?:\/\/\S+$/i.test(value))
      return undefined;
    const isHost = /^[\w-]+(\.[\w-]+)+(\/\S*)?$/.test(value);
    return {
      span,
      arguments: { url: value },
      fixes: isHost ? [replacement(span, `https://${value}`)] : [],
    };
  },
};
