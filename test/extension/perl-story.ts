import type { Page } from "playwright-core";
import { hoverOver, openFile, runCommand } from "../editor/workbench.ts";
import { caretIn, untilCaretIsIn, untilVisible } from "./caret.ts";
import { line, type Steps } from "./scene.ts";

/** What an installed extension for Perl says of code in a spec, beside what we know ourselves. */
export const perlStory: Steps = [
  [
    "an extension for Perl completes variables in code",
    async ({ page, shoot }) => {
      await openFile(page, "AcmePerl.sopm");
      await caretIn(page, "print $Greeting;", 0);
      await page.keyboard.press("Enter");
      await page.keyboard.type("print $", { delay: 60 });
      // It is started by the first question, and answers from then on.
      await untilVisible(item(page, "$LogObject"), async () => {
        await page.keyboard.press("Escape");
        await page.keyboard.press("Control+Space");
      });
      await shoot("perl-variables");
      await page.keyboard.type("Gree", { delay: 60 });
      await item(page, "$Greeting").click();
      await page.keyboard.type(", wantarr", { delay: 60 });
      await item(page, "wantarray").waitFor();
      await shoot("perl-words");
      await page.keyboard.press("Escape");
    },
  ],
  [
    "names of modules come from us",
    async ({ page, shoot }) => {
      await page.keyboard.type("; $Kernel::OM->Get('Kernel::System::Tick", { delay: 30 });
      await item(page, "Kernel::System::Ticket").waitFor();
      await shoot("perl-modules");
      await page.keyboard.press("Escape");
      await runCommand(page, "File: Revert File");
      await page.locator(".tab.active.dirty").waitFor({ state: "detached" });
    },
  ],
  [
    "it explains a variable",
    async ({ page, shoot }) => {
      const name = page
        .locator(".view-line span span")
        .filter({ hasText: /^@?Names$/ })
        .last();
      const hover = await hoverOver(page, name);
      await hover.filter({ hasText: "Perl has a variable @Names here." }).waitFor();
      await shoot("perl-hover");
      await page.mouse.move(5, 5);
    },
  ],
  [
    "it leads from a variable to where it is declared, in the spec",
    async ({ page, shoot }) => {
      await caretIn(page, "print $Greeting;", 3);
      await untilCaretIsIn(page, 20);
      await page.keyboard.press("F12");
      await untilCaretIsIn(page, 11);
      await page.locator('.tab.active[data-resource-name="AcmePerl.sopm"]').waitFor();
      await shoot("perl-definition");
    },
  ],
  [
    "its blocks fold",
    async ({ page, shoot }) => {
      await caretIn(page, "for my $Name (@Names) {", 3);
      await runCommand(page, "Fold");
      await line(page, "Priority => 'notice'").waitFor({ state: "detached" });
      await line(page, "print $Greeting;").waitFor();
      await shoot("perl-folded");
      await runCommand(page, "Unfold");
      await line(page, "Priority => 'notice'").waitFor();
    },
  ],
  [
    "the setting leaves it unasked",
    async ({ page, shoot }) => {
      await openFile(page, "settings.json");
      await caretIn(page, '"sopm.perl.forward": true', 4);
      for (let step = 0; step < 4; step++) await page.keyboard.press("Delete");
      await page.keyboard.type("false");
      await page.keyboard.press("Control+S");
      await page.locator(".tab.active.dirty").waitFor({ state: "detached" });
      await openFile(page, "AcmePerl.sopm");
      await caretIn(page, "print $Greeting;", 0);
      await page.keyboard.press("Enter");
      await page.keyboard.type("$Kernel::OM->Get('Kernel::System::Tick", { delay: 30 });
      await item(page, "Kernel::System::Ticket").waitFor();
      await page.keyboard.press("Escape");
      await page.keyboard.type("'); wantarr", { delay: 60 });
      await page.keyboard.press("Control+Space");
      await page.locator(".suggest-widget.visible").filter({ hasText: "No suggestions" }).waitFor();
      await shoot("perl-unasked");
    },
  ],
];

function item(page: Page, label: string) {
  return page.locator(".suggest-widget.visible .monaco-list-row").filter({ hasText: label }).first();
}
