import assert from "node:assert/strict";
import { test } from "node:test";
import { profileRows, profiles, profilesOf } from "../../server/src/rules/profiles.ts";
import { rules } from "../../server/src/rules/rules.ts";

test("the rows of profiles name rules that there are, and variants of their messages", () => {
  for (const row of Object.keys(profileRows)) {
    const [id, variant] = row.split("/");
    const rule = rules.find((each) => each.id === id);
    assert.ok(rule, row);
    if (variant === undefined) continue;
    assert.ok(typeof rule.message === "object" && variant in rule.message, row);
    assert.equal(profilesOf(id!), undefined, "a rule that is off as a whole needs no row for a part");
  }
});

test("each profile asks for more than the framework's, and strict for everything", () => {
  for (const [row, chosen] of Object.entries(profileRows)) {
    assert.ok(chosen.includes("strict"), row);
    assert.ok(!chosen.includes("framework"), row);
  }
  for (const profile of profiles) {
    const own = Object.values(profileRows).filter((chosen) => chosen.includes(profile));
    assert.equal(own.length === 0, profile === "framework", profile);
  }
});

test("a rule without a row speaks in every profile", () => {
  assert.equal(profilesOf("name-missing"), undefined);
  assert.equal(profilesOf("constructor"), undefined);
});
