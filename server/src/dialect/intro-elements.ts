import type { AttributeFact, ElementFact } from "./element-fact.ts";

const introTexts: readonly AttributeFact[] = [
  {
    name: "Lang",
    advised: true,
    type: "language",
    summary: "The language of the text, such as `en` or `de`.",
    details: "Without it the text is shown only where no language fits.",
  },
  {
    name: "Title",
    advised: true,
    summary: "The headline above the text.",
  },
  {
    name: "Format",
    values: ["html", "plain"],
    anyCase: true,
    default: "html",
    summary: "`plain` shows the text as preformatted, with its line breaks.",
    details: "Any value that contains `plain` has this effect.",
  },
  {
    name: "Translatable",
    values: ["0", "1"],
    summary: "Marks the text for translation tools.",
    details: "No framework reads it.",
  },
];

/** Texts shown to the person who installs. */
export const introElements: readonly ElementFact[] = [
  {
    ...typedIntro("IntroInstall", "post"),
    summary: "A text that is shown before or after the package is installed.",
    details: introDetails(),
    source: "OTOBO 11 and Znuny 7.1, AdminPackageManager and the console command Install",
  },
  {
    ...typedIntro("IntroUpgrade", "post", [
      {
        name: "Version",
        type: "version",
        obsolete: true,
        summary: "Meant to tie the text to a version; no framework evaluates it.",
      },
    ]),
    summary: "A text that is shown before or after the package is upgraded.",
    details: introDetails(
      "The text is shown at every upgrade, from whatever version: there is nothing to tie it to one.",
    ),
    source: "OTOBO 11 and Znuny 7.1, AdminPackageManager and the console command Upgrade",
  },
  {
    ...typedIntro("IntroReinstall", "post"),
    summary: "A text that is shown before or after the package is reinstalled.",
    details: introDetails(),
    source: "OTOBO 11 and Znuny 7.1, AdminPackageManager and the console command Reinstall",
  },
  {
    ...typedIntro("IntroUninstall", "pre"),
    summary: "A text that is shown before the package is removed.",
    details: introDetails(
      "Write `pre`: a `post` text, which is also the default, appears as an empty box in the admin screen and never on the console.",
    ),
    source: "OTOBO 11 and Znuny 7.1, AdminPackageManager and the console command Uninstall",
  },
  oldIntro("IntroInstallPre", "IntroInstall", "pre"),
  oldIntro("IntroInstallPost", "IntroInstall", "post"),
  oldIntro("IntroUpgradePre", "IntroUpgrade", "pre"),
  oldIntro("IntroUpgradePost", "IntroUpgrade", "post"),
  lostIntro("IntroReinstallPre", "pre"),
  lostIntro("IntroReinstallPost", "post"),
  oldIntro("IntroUninstallPre", "IntroUninstall", "pre"),
  oldIntro("IntroUninstallPost", "IntroUninstall", "post"),
];

type TypedIntro = Omit<ElementFact, "summary" | "details" | "source">;

/** What the four typed sections share. */
function typedIntro(name: string, type: "pre" | "post", more: readonly AttributeFact[] = []): TypedIntro {
  const other = type === "pre" ? "post" : "pre";
  return {
    name,
    parents: ["root"],
    repeat: "many",
    content: "html",
    attributes: [
      {
        name: "Type",
        advised: true,
        values: ["pre", "post"],
        anyCase: true,
        default: "post",
        summary: "Whether the text is shown before (`pre`) or after (`post`) the operation.",
      },
      ...introTexts,
      ...more,
    ],
    since: "OTRS 2.3",
    readBy: "admin screen, console",
    example: `<${name} Type="${type}" Lang="en" Title="Contract management"><![CDATA[\n    <p>Please read the manual.</p>\n]]></${name}>`,
    snippet: `<${name} Type="\${1|${type},${other}|}" Lang="\${2:en}" Title="\${3:Title}"><![CDATA[\n    <p>$0</p>\n]]></${name}>`,
  };
}

function introDetails(own?: string): string {
  const shared =
    "Among the texts of a phase the reader's language wins, then `en`; if there is neither, the first text of all phases is shown, so always write one with `en`. The markup belongs into CDATA or has to be escaped, since everything from the first child element on is lost; scripts, images and embedded objects are taken out before it is shown. The console prints it without markup.";
  return own ? `${own} ${shared}` : shared;
}

/** The form of OTRS 2.2, which the OTRS line still reads as the typed one. */
function oldIntro(name: string, typed: string, type: "pre" | "post"): ElementFact {
  return {
    name,
    parents: ["root"],
    repeat: "many",
    content: "html",
    attributes: introTexts,
    where: "phasedIntroNames",
    since: "OTRS 2.2",
    readBy: "builder, admin screen, console",
    obsolete: true,
    summary: `The old form of \`${typed}\` with \`Type="${type}"\`.`,
    details:
      "OTRS, Znuny and OTOBO 10.0 read it as the typed form and the builder writes that, unless the text of any `Framework` contains `2.2.`: then all typed texts are written in the old form. OTOBO drops it from 10.1 on.",
    example: `<${name} Lang="en" Title="Contract management">Please read the manual.</${name}>`,
    snippet: `<${name} Lang="\${1:en}" Title="\${2:Title}">$0</${name}>`,
    source: "Znuny 7.1, PackageParse and PackageBuild",
  };
}

/** Two names that the OTRS line knows and then forgets. */
function lostIntro(name: string, type: "pre" | "post"): ElementFact {
  return {
    ...oldIntro(name, "IntroReinstall", type),
    kept: false,
    readBy: "nobody",
    details:
      "Unlike the other old forms it is not turned into the typed one: nobody shows it, and the builder leaves it out. Write `IntroReinstall` with a `Type`.",
  };
}
