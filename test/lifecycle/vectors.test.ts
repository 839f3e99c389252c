import { test } from "node:test";
import { compareScenario, referees, scenariosOf, traceOf } from "./scenarios.ts";

/** Scenarios that are not compared, and why. */
const leftOut: Readonly<Record<string, string>> = {
  "z-malformed-end":
    "Znuny reads an archive that is not well-formed a second time, and doubles what it read; SOPM refuses such archives.",
  "z-malformed-start":
    "Znuny reads an archive that is not well-formed a second time, and loses its code; SOPM refuses such archives.",
};

for (const referee of referees) {
  for (const scenario of scenariosOf(referee)) {
    const title = `${referee.dialect}, ${scenario.id}: ${scenario.about}`;
    if (Object.hasOwn(leftOut, scenario.id)) console.log(`left out: ${scenario.id}. ${leftOut[scenario.id]}`);
    else test(title, () => compareScenario(referee, scenario, traceOf(referee, scenario)));
  }
}
