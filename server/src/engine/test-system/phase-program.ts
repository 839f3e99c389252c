/**
 * The program that runs a phase of a package on a system: no command of the frameworks does that alone. It has the package
 * manager read a package and run the sections of one family and phase, and ends with 1 when an error was logged on the way.
 * It is shown together with the command that runs it.
 *
 * @source Znuny 7.1, OTOBO 11 and OTRS 6, Kernel::System::Package: PackageParse, _Code and _Database; GetLogEntry of
 *   Kernel::System::Log; the libraries are those of bin/*.Console.pl
 */
export const phaseProgram = `use strict;
use warnings;

my ( $home, $archive, $section, $phase ) = @ARGV;
unshift @INC, "$home/Custom", "$home/Kernel/cpan-lib", $home;
require Kernel::System::ObjectManager;
local $Kernel::OM = Kernel::System::ObjectManager->new( 'Kernel::System::Log' => { LogPrefix => 'SOPM' } );
my $log     = $Kernel::OM->Get('Kernel::System::Log');
my $manager = $Kernel::OM->Get('Kernel::System::Package');
my $text    = $Kernel::OM->Get('Kernel::System::Main')->FileRead( Location => $archive, Mode => 'utf8' );
die "The archive cannot be read.\\n" if !$text;
my %package = $manager->PackageParse( String => \${$text} );
if ( $section =~ /^Code/ ) {
    $manager->_Code( Code => $package{$section}, Type => $phase, Structure => \\%package );
}
else {
    $manager->_Database( Database => $package{$section}->{$phase} );
}
my $error = $log->GetLogEntry( Type => 'error', What => 'Message' );
die "$error\\n" if $error;
`;
