import { renderCommandPage } from "../server/src/cli/render-command-page.ts";
import { renderTagReference } from "../server/src/dialect/render-tag-reference.ts";
import { renderXsd } from "../server/src/dialect/render-xsd.ts";
import { renderDryRunSchema } from "../server/src/report/json-schema.ts";
import { renderBasisPage } from "../server/src/report/render-basis-page.ts";
import { renderRuleIndex, renderRulePage, renderRuleSchema } from "../server/src/rules/render-rule-page.ts";
import { renderConfigurationSchema, renderLibrary, renderManifest } from "./names-of-rows.ts";
import { assembled } from "./render-assembly.ts";
import { loadRules, renderRuleList } from "./rule-list.ts";
import { loadRuleTexts, renderRuleTexts } from "./rule-texts.ts";

/** A file that is made from the tables in the code. */
export interface GeneratedFile {
  /** Relative to the project's root, with slashes. */
  readonly path: string;
  /** The whole text, LF line ends. Pure: the same at every call. */
  render(): string;
}

const ruleGroups = await loadRules();
const ruleTexts = loadRuleTexts();

/** Everything that `npm run generate` writes and that `test/generated.test.ts` compares. */
export const generatedFiles: readonly GeneratedFile[] = [
  { path: "schemas/sopm-otrs.xsd", render: () => renderXsd("otrs") },
  { path: "schemas/sopm-otobo.xsd", render: () => renderXsd("otobo") },
  { path: "schemas/dry-run.schema.json", render: renderDryRunSchema },
  { path: "schemas/sopm.schema.json", render: renderConfigurationSchema },
  { path: "docs/tags.md", render: renderTagReference },
  { path: "docs/certainty.md", render: renderBasisPage },
  { path: "docs/command-line.md", render: renderCommandPage },
  { path: "server/src/rules/rules.ts", render: renderRuleList },
  {
    path: "schemas/rules.schema.json",
    render: () => renderRuleSchema(Object.values(ruleGroups).flat(), ruleTexts),
  },
  { path: "server/src/rules/rule-texts.json", render: () => renderRuleTexts(ruleTexts) },
  { path: "docs/rules/README.md", render: () => renderRuleIndex(ruleGroups, ruleTexts) },
  ...Object.values(ruleGroups)
    .flat()
    .map((rule) => ({
      path: `docs/rules/${rule.id}.md`,
      render: () => renderRulePage(rule, ruleTexts[rule.id]!),
    })),
  { path: "package.json", render: renderManifest },
  { path: "server/src/library.ts", render: renderLibrary },
  assembled("server/src/node/base64-encoder.wat", "base64EncoderModule", "The compiled encoder"),
  assembled("server/src/builder/base64-text.wat", "base64TextModule", "The compiled look at text"),
];
