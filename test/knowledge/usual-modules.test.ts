import assert from "node:assert/strict";
import { test } from "node:test";
import { isUsualModule } from "../../server/src/knowledge/usual-modules.ts";
import { knowledgeFor } from "../../server/src/node/knowledge.ts";
import { coreModules } from "../../server/src/perl/core-modules.ts";
import { modulePath } from "../../server/src/perl/module-name.ts";

for (const module of [
  "DBI",
  "DBD::Pg",
  "DateTime::TimeZone",
  "XML::LibXML::Document",
  "Template::Stash::XS",
  "Crypt::Eksblowfish::Bcrypt",
  "Text::Trim",
  "Redis::Fast",
  "HTTP::Request",
  "Mojo::UserAgent",
]) {
  test(`a framework asks for ${module}, or has it with what it asks for`, () => {
    assert.ok(isUsualModule(module));
  });
}

for (const module of ["Moose", "List::MoreUtils", "Search::Elasticsearch", "Capture::Tiny", "DBD::Sybase"]) {
  test(`no framework that was read asks for ${module}`, () => {
    assert.ok(!isUsualModule(module));
    assert.ok(!coreModules.has(module));
  });
}

for (const [module, product, version, isThere] of [
  ["Email::Valid", "Znuny", "7.1.7", true],
  ["XML::FeedPP", "OTOBO", "11.0.6", true],
  ["CGI", "Znuny", "7.1.7", true],
  ["CGI", "OTOBO", "11.0.6", false],
  ["Proc::Daemon", "OTRS", "4.0.13", true],
  ["Proc::Daemon", "Znuny", "7.1.7", false],
] as const) {
  test(`the files of ${product} ${version} tell that it has ${isThere ? "" : "no "}${module}`, () => {
    assert.ok(!isUsualModule(module));
    const path = `Kernel/cpan-lib/${modulePath(module)}`;
    assert.equal(knowledgeFor(product, version).isFrameworkFile(path), isThere);
  });
}
