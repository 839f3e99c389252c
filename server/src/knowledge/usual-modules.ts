/**
 * Whether a module belongs to those that a framework asks for itself, be it always or for a part of what it can do, or
 * that come with one of these. A package that uses them need not ask for them again. Modules that a release has in
 * `Kernel/cpan-lib` are among its files and not in here.
 *
 * @param name as Perl has it, such as "XML::LibXML::Document"
 */
export function isUsualModule(name: string): boolean {
  let prefix = "";
  for (const part of name.split("::")) {
    prefix = prefix === "" ? part : `${prefix}::${part}`;
    if (families.has(prefix)) return true;
  }
  return false;
}

/**
 * What a release asks for beside what comes with Perl or with itself (bin/*.CheckModules.pl, read of ((OTRS)) Community
 * Edition 6.0, Znuny 7 and OTOBO 11; the last two lines of OTRS 3.0 alone).
 */
const askedFor =
  "Apache::DBI Apache2::Reload Archive::Zip Authen::NTLM Authen::SASL CSS::Minifier::XS Const::Fast Convert::BinHex " +
  "Cpanel::JSON::XS Crypt::Eksblowfish Crypt::JWT Crypt::OpenSSL::X509 DBD::ODBC DBD::Oracle DBD::Pg DBD::SQLite " +
  "DBD::mysql DBI DBIx::Connector Data::UUID Date::Format DateTime Encode::HanExtra Excel::Writer::XLSX File::chmod " +
  "Gazelle Hash::Merge IO::Socket::SSL JSON::XS JavaScript::Minifier::XS Jq LWP Linux::Inotify2 List::AllUtils " +
  "Mail::IMAPClient ModPerl Mojolicious Moo Net::DNS Net::LDAP Net::SMTP::SSL Path::Class Plack Redis Spreadsheet::XLSX " +
  "Sub::Exporter Template Text::CSV Text::CSV_XS Text::Diff::FormattedHTML Text::Trim Try::Tiny URI XML::LibXML " +
  "XML::LibXSLT XML::Parser YAML::XS iCal::Parser namespace::autoclean " +
  "Crypt::PasswdMD5 Digest::SHA::PurePerl GD IO::Scalar IO::Wrap Mail::Internet Mail::POP3Client MIME::Tools " +
  "Net::IMAP::Simple Net::SMTP::TLS::ButMaintained PDF::API2 SOAP::Lite Date::Pcalc";

/**
 * What is in the same distribution as one of those, or cannot be missing where it is, by the requirements that the
 * distribution declares: mod_perl, TimeDate, libwww-perl, DateTime, Crypt::JWT, IO::Socket::SSL, namespace::autoclean
 * and Mojolicious, in this order. Declared by others than the frameworks, they are as sure as that.
 */
const comesWithThem =
  "APR Apache2 Date::Language Date::Parse Encode::Locale File::Listing HTML::Entities HTML::Parser HTTP Net::HTTP " +
  "WWW::RobotRules Params::ValidationCompiler Specio Crypt::AuthEnc Crypt::Cipher Crypt::Digest Crypt::KeyDerivation " +
  "Crypt::Mac Crypt::Mode Crypt::PK Crypt::PRNG CryptX Net::SSLeay Package::Stash namespace::clean Mojo";

/** With what lies below them. */
const families: ReadonlySet<string> = new Set(`${askedFor} ${comesWithThem}`.split(" "));

/** The modules that releases ask for themselves, sorted, for offering. */
export function usualModules(): readonly string[] {
  return askedFor.split(" ").sort();
}
