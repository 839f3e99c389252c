import type { RuleTexts } from "../host/rule-text.ts";
import { once } from "../text/once.ts";
import { readDataFile } from "./data-file.ts";

/** What is said about the rules, from our data. @throws MissingPart */
export const ruleTexts = once((): RuleTexts => JSON.parse(readDataFile("rules", "rule-texts.json")));
