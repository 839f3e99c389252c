import { test } from "node:test";
import { compareScenario, referees, scenariosOf, traceOf } from "./scenarios.ts";

for (const referee of referees) {
  for (const scenario of scenariosOf(referee)) {
    test(`${referee.dialect}, ${scenario.id}: ${scenario.about}`, () =>
      compareScenario(referee, scenario, traceOf(referee, scenario)));
  }
}
