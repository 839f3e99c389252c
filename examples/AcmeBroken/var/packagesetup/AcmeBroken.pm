# --
# Copyright (C) 2026 Acme Inc., https://acme.example/
# --
# This software comes with ABSOLUTELY NO WARRANTY. It is published under the
# MIT License, see the License element of AcmeBroken.sopm.
# --

package var::packagesetup::AcmeBroken;

use strict;
use warnings;

our @ObjectDependencies = (
    'Kernel::System::Log',
);

sub new {
    my ( $Type, %Param ) = @_;

    my $Self = {};
    bless( $Self, $Type );

    return $Self;
}

sub CodeInstall {
    my ( $Self, %Param ) = @_;

    return $Self->_Notice('AcmeBroken is installed.');
}

sub CodeUpgrade {
    my ( $Self, %Param ) = @_;

    return $Self->_Notice('AcmeBroken is upgraded.');
}

sub CodeUninstall {
    my ( $Self, %Param ) = @_;

    return $Self->_Notice('AcmeBroken is removed.');
}

sub _Notice {
    my ( $Self, $Message ) = @_;

    $Kernel::OM->Get('Kernel::System::Log')->Log(
        Priority => 'notice',
        Message  => $Message,
    );

    return 1;
}

1;
