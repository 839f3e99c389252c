# --
# Copyright (C) 2026 Acme Inc., https://acme.example/
# --
# This software comes with ABSOLUTELY NO WARRANTY. It is published under the
# MIT License, see the License element of AcmeContracts.sopm.
# --

package var::packagesetup::AcmeContracts;

use strict;
use warnings;

our @ObjectDependencies = (
    'Kernel::System::DB',
    'Kernel::System::Group',
    'Kernel::System::Log',
);

=head1 NAME

var::packagesetup::AcmeContracts - what the package does while it is installed, upgraded and removed

=cut

sub new {
    my ( $Type, %Param ) = @_;

    my $Self = {};
    bless( $Self, $Type );

    return $Self;
}

=head2 CodeInstall()

Creates the group of agents who may see contracts.

=cut

sub CodeInstall {
    my ( $Self, %Param ) = @_;

    return $Self->_GroupSet( ValidID => 1 );
}

=head2 CodeReinstall()

Makes sure that the group is there; somebody may have made it invalid.

=cut

sub CodeReinstall {
    my ( $Self, %Param ) = @_;

    return $Self->_GroupSet( ValidID => 1 );
}

=head2 CodeUpgradeFromLowerThan_1_2_0()

Contracts that never end need no period of notice. It can run twice without harm.

=cut

sub CodeUpgradeFromLowerThan_1_2_0 {
    my ( $Self, %Param ) = @_;

    return $Kernel::OM->Get('Kernel::System::DB')->Do(
        SQL => 'UPDATE acme_contract SET notice_days = 0 WHERE end_date IS NULL',
    );
}

=head2 CodeUninstall()

Makes the group invalid. It is kept, because agents and other packages may refer to it.

=cut

sub CodeUninstall {
    my ( $Self, %Param ) = @_;

    return $Self->_GroupSet( ValidID => 2 );
}

sub _GroupSet {
    my ( $Self, %Param ) = @_;

    my $GroupObject = $Kernel::OM->Get('Kernel::System::Group');

    my %Group = (
        Name    => 'acme-contracts',
        Comment => 'Agents who may see contracts.',
        ValidID => $Param{ValidID},
        UserID  => 1,
    );

    my %GroupNames = $GroupObject->GroupList( Valid => 0 );
    my %GroupIDs   = reverse %GroupNames;
    my $GroupID    = $GroupIDs{ $Group{Name} };

    my $Success = $GroupID
        ? $GroupObject->GroupUpdate( %Group, ID => $GroupID )
        : $GroupObject->GroupAdd(%Group);

    if ( !$Success ) {
        $Kernel::OM->Get('Kernel::System::Log')->Log(
            Priority => 'error',
            Message  => "Could not write the group $Group{Name}!",
        );
        return;
    }

    return 1;
}

1;
