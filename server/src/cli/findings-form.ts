import type { Shell } from "../host/shell.ts";
import type { FindingsForm } from "../report/found-problem.ts";
import type { RuleDescription } from "../report/render-sarif.ts";
import { rules } from "../rules/rules.ts";
import type { FindingsFormat } from "./common-parameters.ts";

/** The form that findings are printed in. Only what it needs is loaded. */
export async function findingsForm(format: FindingsFormat, shell: Shell): Promise<FindingsForm> {
  const { world } = shell;
  switch (format) {
    case "text": {
      const { findingsTextForm } = await import("../report/render-findings-text.ts");
      const { width, colors = false } = shell.terminal ?? {};
      return findingsTextForm({ translate: world.texts.translate, width, colors });
    }
    case "unix":
      return (await import("../report/render-unix.ts")).unixForm();
    case "json":
      return (await import("../report/render-findings-json.ts")).jsonForm();
    case "sarif": {
      const { sarifForm } = await import("../report/render-sarif.ts");
      const { ruleAddress } = await import("../report/rule-address.ts");
      return sarifForm(world.texts.language, (rule) => ({
        ...describe(rule, shell),
        page: ruleAddress(rule),
      }));
    }
    case "junit":
      return (await import("../report/render-findings-junit.ts")).junitFindingsForm();
    case "gitlab": {
      const { gitlabForm } = await import("../report/render-gitlab.ts");
      const files = world.files({ flush: false });
      return gitlabForm((text) => files.digest(new TextEncoder().encode(text)));
    }
    case "github":
      return (await import("../report/render-github.ts")).githubForm();
  }
}

function describe(id: string, { world }: Shell): RuleDescription {
  const { severity } = rules.find((rule) => rule.id === id)!;
  const { group, summary, docs, bad, good, source } = world.ruleTexts()[id]!;
  return { id, severity, group, summary: `${world.texts.translate(summary)}.`, docs, bad, good, source };
}
