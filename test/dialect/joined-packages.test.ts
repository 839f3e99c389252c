import assert from "node:assert/strict";
import { test } from "node:test";
import { isLeftInUpgradeAll, joinedAcross, joinedWith } from "../../server/src/dialect/joined-packages.ts";
import { type DialectId, productOf } from "../../server/src/dialect/products.ts";
import { releasesOf } from "../../server/src/dialect/switches.ts";

/** For each package a release on which it is none, and one of which it is a part, since when. */
const rows: readonly (readonly [
  name: string,
  before: readonly [DialectId, string] | undefined,
  after: readonly [DialectId, string],
  since: string,
])[] = [
  ["OTRSAppointmentCalendar", ["otrs-5", "5.0.26"], ["otrs-6", "6.0.1"], "OTRS 6.0"],
  ["OTRSPostMasterKeepState", undefined, ["znuny-6", "6.0.36"], "Znuny 6.0"],
  ["Znuny4OTRS-ZSA202106", ["znuny-6", "6.0.35"], ["znuny-6", "6.0.36"], "Znuny 6.0.36"],
  ["Znuny4OTRS-Repo", ["znuny-6", "6.0.36"], ["znuny-6", "6.1.2"], "Znuny 6.1"],
  ["Znuny-TicketAttributeRelations", ["znuny-6", "6.1.2"], ["znuny-6", "6.2.2"], "Znuny 6.2"],
  ["Znuny4OTRS-ExcelStats", ["znuny-6", "6.2.2"], ["znuny-7", "7.1.7"], "Znuny 6.3"],
  ["Znuny-Bugfix225", ["znuny-6", "6.2.2"], ["znuny-6", "6.3.4"], "Znuny 6.3"],
  ["Znuny-SMIME", ["znuny-6", "6.3.4"], ["znuny-6", "6.4.5"], "Znuny 6.4"],
  ["Znuny-NoteToLinkedTicket", ["znuny-6", "6.4.5"], ["znuny-6", "6.5.4"], "Znuny 6.5"],
  ["Znuny-MarkTicketSeenUnseen", ["znuny-7", "7.0.9"], ["znuny-7", "7.1.7"], "Znuny 7.1"],
  ["Znuny-MSGraphMail", ["znuny-7", "7.1.7"], ["znuny-7", "7.2.1"], "Znuny 7.2"],
  ["Znuny-MultiSendmail", ["znuny-7", "7.2.3"], ["znuny-7", "7.3.1"], "Znuny 7.3"],
  ["ImportExport", ["otobo-11", "11.0.1"], ["otobo-11", "11.0.2"], "OTOBO 11.0.2"],
  ["TicketTimeUnitsMandatoryOnlyWithArticle", ["otobo-11", "11.0.5"], ["otobo-11", "11.0.6"], "OTOBO 11.0.6"],
  ["RestorePendingInformation", ["otobo-11", "11.0.6"], ["otobo-11", "11.1.0"], "OTOBO 11.1"],
];
for (const [name, before, after, since] of rows) {
  test(`${name} is a part of ${since}`, () => {
    const release = ([dialect, version]: readonly [DialectId, string]) => ({ dialect, version });
    assert.equal(joinedWith(name, release(after)), since);
    if (before) assert.equal(joinedWith(name, release(before)), undefined);
    const product = since.split(" ")[0];
    assert.equal(productOf(after[0]).product, product);
  });
}

test("a package of one product is none of another", () => {
  assert.equal(joinedWith("ImportExport", "znuny-7"), undefined);
  assert.equal(joinedWith("Znuny4OTRS-Repo", "otobo-11"), undefined);
  assert.equal(joinedWith("Acme", "znuny-7"), undefined);
});

test("of several releases it is said from which on", () => {
  assert.deepEqual(joinedAcross("Znuny4OTRS-Repo", releasesOf("znuny-6")), { since: "6.1" });
  assert.equal(joinedAcross("Znuny4OTRS-Repo", releasesOf("znuny-7")), "on");
  assert.equal(joinedAcross("Acme", releasesOf("znuny-7")), "off");
});

test("Znuny leaves nothing out when all are upgraded, OTOBO what the release lists", () => {
  const left = (name: string, dialect: DialectId, version: string) =>
    isLeftInUpgradeAll(name, { dialect, version });
  assert.equal(left("Znuny4OTRS-Repo", "znuny-7", "7.1.7"), false);
  assert.equal(left("ImportExport", "otobo-11", "11.0.1"), false);
  assert.equal(left("ImportExport", "otobo-11", "11.0.2"), true);
  assert.equal(left("ITSM", "otobo-11", "11.0.5"), true);
  assert.equal(left("ITSM", "otobo-11", "11.0.6"), false);
});
