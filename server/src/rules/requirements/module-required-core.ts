import type { PackageRule } from "../rule.ts";
import { removal } from "../shared/fixes.ts";
import { rootChildren } from "../shared/root-child.ts";

/** What comes with every Perl need not be asked for. */
export const moduleRequiredCore: PackageRule = {
  id: "module-required-core",
  scope: "package",
  elements: ["ModuleRequired"],
  severity: "hint",
  message: "Asking for {module} changes nothing, because it comes with every Perl.",

  *check(spec) {
    for (const element of rootChildren(spec, "ModuleRequired")) {
      const module = element.text.value.trim();
      if (element.value("Version") || !coreModules.has(module)) continue;
      yield { span: element.text.span, arguments: { module }, fixes: [removal(element)] };
    }
  },
};

/** Those that packages use; they are in every Perl since 5.16, the oldest that a supported framework runs on. */
const coreModules: ReadonlySet<string> = new Set(
  (
    "B Carp Compress::Zlib Config Cwd Data::Dumper Digest::MD5 Digest::SHA Encode English Errno Exporter Fcntl " +
    "File::Basename File::Compare File::Copy File::Find File::Glob File::Path File::Spec File::stat File::Temp " +
    "FindBin Getopt::Long Getopt::Std HTTP::Tiny I18N::Langinfo IO::Compress::Gzip IO::File IO::Handle IO::Select " +
    "IO::Socket IO::Socket::INET IO::Uncompress::Gunzip IPC::Open2 IPC::Open3 JSON::PP List::Util Locale::Maketext " +
    "Math::BigFloat Math::BigInt Memoize MIME::Base64 MIME::QuotedPrint Module::Load Net::FTP Net::POP3 Net::SMTP " +
    "Pod::Usage POSIX Scalar::Util Socket Storable Symbol Sys::Hostname Term::ANSIColor Test::More Text::Abbrev " +
    "Text::Balanced Text::ParseWords Text::Tabs Text::Wrap Tie::File Time::HiRes Time::Local Time::Piece " +
    "Unicode::Normalize attributes base bigint constant feature integer lib parent strict utf8 vars version warnings"
  ).split(" "),
);
