import type { PackageNames } from "./package-names.ts";

/** The head of each file of code, in comments as Perl and templates have them. */
export function headText({ name, vendor, url, license, now }: PackageNames): string {
  return `# --
# Copyright (C) ${now.slice(0, 4)} ${vendor}, ${url}
# --
# This software comes with ABSOLUTELY NO WARRANTY. Its license is named in
# ${name}.sopm: ${license}
# --
`;
}

/** A module that the object manager makes. */
export function moduleText(names: PackageNames): string {
  const { module, title, has } = names;
  return `${headText(names)}
package Kernel::System::${module};

use strict;
use warnings;

${dependencies(has("table") ? ["Kernel::System::DB", "Kernel::System::Log"] : [])}
=head1 NAME

Kernel::System::${module} - the entries of ${title}

=head1 PUBLIC INTERFACE

=head2 new()

Have the object manager make the object:

    my $${module}Object = $Kernel::OM->Get('Kernel::System::${module}');

=cut

sub new {
    my ( $Type, %Param ) = @_;

    my $Self = {};
    bless( $Self, $Type );

    return $Self;
}
${has("table") ? tableSubs(names) : plainSubs(names)}
1;
`;
}

function dependencies(modules: readonly string[]): string {
  if (modules.length === 0) return "our @ObjectDependencies = ();\n";
  return `our @ObjectDependencies = (\n${modules.map((each) => `    '${each}',\n`).join("")});\n`;
}

function plainSubs({ module }: PackageNames): string {
  return `
=head2 EntryList()

Returns all entries, each with its title.

    my @Entries = $${module}Object->EntryList();

=cut

sub EntryList {
    my ( $Self, %Param ) = @_;

    # This is a beginning: return here what the package is for.
    return ( { Title => 'First entry' } );
}
`;
}

function tableSubs({ module, table }: PackageNames): string {
  return `
=head2 EntryAdd()

Adds an entry. Returns true when it was added.

    my $Success = $${module}Object->EntryAdd(
        Title  => 'First entry',
        UserID => 1,
    );

=cut

sub EntryAdd {
    my ( $Self, %Param ) = @_;

    for my $Needed (qw(Title UserID)) {
        if ( !$Param{$Needed} ) {
            $Kernel::OM->Get('Kernel::System::Log')->Log(
                Priority => 'error',
                Message  => "Need $Needed!",
            );
            return;
        }
    }

    return $Kernel::OM->Get('Kernel::System::DB')->Do(
        SQL => '
            INSERT INTO ${table} (title, create_time, create_by, change_time, change_by)
            VALUES (?, current_timestamp, ?, current_timestamp, ?)
        ',
        Bind => [ \\$Param{Title}, \\$Param{UserID}, \\$Param{UserID} ],
    );
}

=head2 EntryList()

Returns all entries, each with its id and its title, sorted by title.

    my @Entries = $${module}Object->EntryList();

=cut

sub EntryList {
    my ( $Self, %Param ) = @_;

    my $DBObject = $Kernel::OM->Get('Kernel::System::DB');

    return if !$DBObject->Prepare(
        SQL => 'SELECT id, title FROM ${table} ORDER BY title',
    );

    my @Entries;
    while ( my @Row = $DBObject->FetchrowArray() ) {
        push @Entries, {
            EntryID => $Row[0],
            Title   => $Row[1],
        };
    }

    return @Entries;
}
`;
}

/** What is done while the package is installed and removed: agents get a group of their own. */
export function setupText(names: PackageNames): string {
  const { module, title, group } = names;
  return `${headText(names)}
package var::packagesetup::${module};

use strict;
use warnings;

${dependencies(["Kernel::System::Group", "Kernel::System::Log"])}
=head1 NAME

var::packagesetup::${module} - what is done while ${title} is installed and removed

=cut

sub new {
    my ( $Type, %Param ) = @_;

    my $Self = {};
    bless( $Self, $Type );

    return $Self;
}

=head2 CodeInstall()

Makes the group of the agents who use the package.

=cut

sub CodeInstall {
    my ( $Self, %Param ) = @_;

    return $Self->_GroupIsValid( ValidID => 1 );
}

=head2 CodeReinstall()

Makes the group valid again, in case that it was not any more.

=cut

sub CodeReinstall {
    my ( $Self, %Param ) = @_;

    return $Self->_GroupIsValid( ValidID => 1 );
}

=head2 CodeUninstall()

Makes the group invalid. It stays, because users and queues may refer to it.

=cut

sub CodeUninstall {
    my ( $Self, %Param ) = @_;

    return $Self->_GroupIsValid( ValidID => 2 );
}

sub _GroupIsValid {
    my ( $Self, %Param ) = @_;

    my $GroupObject = $Kernel::OM->Get('Kernel::System::Group');

    my %Group = (
        Name    => '${group}',
        Comment => 'Agents who use ${title}.',
        ValidID => $Param{ValidID},
        UserID  => 1,
    );

    # Nothing is made twice: the code runs again with each installation.
    my %GroupList = $GroupObject->GroupList( Valid => 0 );
    my ($GroupID) = grep { $GroupList{$_} eq $Group{Name} } keys %GroupList;

    my $Success = $GroupID
        ? $GroupObject->GroupUpdate( %Group, ID => $GroupID )
        : $GroupObject->GroupAdd(%Group);

    return 1 if $Success;

    $Kernel::OM->Get('Kernel::System::Log')->Log(
        Priority => 'error',
        Message  => "The group $Group{Name} could not be written!",
    );

    return;
}

1;
`;
}

/** A unit test in the form that all products run. */
export function testText(names: PackageNames): string {
  const { module, hasTestDriver, has } = names;
  // Where a test file may run by itself, it needs to be told who counts.
  const driver = hasTestDriver
    ? "use Kernel::System::UnitTest::RegisterDriver;\n\nour $Self;\n"
    : "use vars (qw($Self));\n";
  return `${headText(names)}
use strict;
use warnings;
use utf8;

${driver}${has("table") ? testOfTable(module) : testOfList(module)}
1;
`;
}

function testOfTable(module: string): string {
  return `
# What the test writes into the database is gone when it ends.
$Kernel::OM->ObjectParamAdd(
    'Kernel::System::UnitTest::Helper' => {
        RestoreDatabase => 1,
    },
);
my $HelperObject = $Kernel::OM->Get('Kernel::System::UnitTest::Helper');
my $${module}Object = $Kernel::OM->Get('Kernel::System::${module}');

my $Title = 'Entry für ' . $HelperObject->GetRandomID();

$Self->False(
    scalar $${module}Object->EntryAdd( UserID => 1 ),
    'An entry needs a title.',
);
$Self->True(
    scalar $${module}Object->EntryAdd( Title => $Title, UserID => 1 ),
    'An entry is added.',
);

my @Found = grep { $_->{Title} eq $Title } $${module}Object->EntryList();
$Self->Is(
    scalar @Found,
    1,
    'The entry is among all entries, once.',
);
`;
}

function testOfList(module: string): string {
  return `
my $${module}Object = $Kernel::OM->Get('Kernel::System::${module}');

my @Entries = $${module}Object->EntryList();
$Self->Is(
    scalar @Entries,
    1,
    'There is one entry.',
);
$Self->Is(
    $Entries[0]->{Title},
    'First entry',
    'The entry has a title.',
);
`;
}
