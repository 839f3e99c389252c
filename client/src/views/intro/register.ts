import * as vscode from "vscode";
import {
  type IntroPreviewResult,
  introPreviewRequest,
} from "../../../../server/src/protocol/intro-preview.ts";
import { ask } from "../../ask.ts";
import type { Services } from "../../services.ts";
import { pageScript } from "../page-script.ts";
import { TextView } from "../text-view.ts";
import { TextViews } from "../text-views.ts";
import { introPage } from "./intro-page.ts";

/** The texts for administrators of a package, beside its spec. */
export function register(context: vscode.ExtensionContext, { client }: Services): void {
  const views = new TextViews({
    type: "sopm.intro",
    script: pageScript(context, "intro-view"),
    keepsFocus: true,
    titleOf: (name) => vscode.l10n.t("Introduction of {0}", name),
    pageOf: introPage,
    open(panel, uri) {
      const view: TextView<IntroPreviewResult, IntroPreviewResult> = new TextView(panel, uri, {
        ask(cancellation) {
          const asked = client.code2ProtocolConverter.asUri(uri);
          return ask(client, introPreviewRequest, { uri: asked }, cancellation);
        },
        show: (result) => view.post(result),
      });
      return view;
    },
  });
  context.subscriptions.push(
    views,
    vscode.commands.registerCommand("sopm.previewIntro", (argument?: unknown) =>
      // Who calls the command by code learns what is shown.
      views.show(argument).then((view) => view?.result?.html),
    ),
  );
}
