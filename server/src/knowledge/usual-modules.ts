/**
 * Whether a module belongs to those that a framework asks for itself, be it always or for a part of what it can do, or
 * that come with one of these. A package that uses them need not ask for them again.
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

/** With what lies below them (bin/*.CheckModules.pl of OTRS 4 to 6, Znuny 6 and 7, OTOBO 10 and 11). */
const families: ReadonlySet<string> = new Set(
  (
    "Apache Apache2 APR Archive::Zip Authen::NTLM Authen::SASL CGI CSS::Minifier::XS Capture::Tiny Const::Fast " +
    "Crypt::Eksblowfish Crypt::JWT Crypt::OpenSSL Crypt::PasswdMD5 Crypt::SSLeay CryptX DBD DBI Data::UUID " +
    "Date::Format Date::Language Date::Parse DateTime Digest::SHA::PurePerl Email::Valid Encode::HanExtra " +
    "Encode::Locale Excel::Writer::XLSX File::Listing Font::TTF GD HTML::Entities HTML::Parser HTTP Hash::Merge " +
    "IO::Interactive IO::Socket::SSL JSON JSON::XS JavaScript::Minifier::XS Jq LWP Linux::Inotify2 List::AllUtils " +
    "List::MoreUtils Locale::Codes MIME Mail::Address Mail::IMAPClient Mail::Internet ModPerl Module::Find " +
    "Module::Refresh Moo Moose Net::DNS Net::HTTP Net::IMAP::Simple Net::LDAP Net::SSLGlue Net::SSLeay Net::SMTP::SSL " +
    "Net::SMTP::TLS::ButMaintained PDF::API2 Package::Stash Params::ValidationCompiler Path::Class Plack Proc::Daemon " +
    "SOAP::Lite SOAP::Transport Schedule::Cron::Events Search::Elasticsearch Sisimai Specio Spreadsheet::XLSX " +
    "Sub::Exporter Sys::Hostname::Long Template Text::CSV Text::CSV_XS Text::Diff Text::vFile::asData Try::Tiny " +
    "Type::Tiny Types URI WWW::RobotRules XML::FeedPP XML::LibXML XML::LibXSLT XML::Parser XML::Simple XML::TreePP " +
    "YAML YAML::XS iCal::Parser namespace::autoclean namespace::clean"
  ).split(" "),
);
