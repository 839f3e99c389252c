# --
# Copyright (C) 2026 Acme Inc., https://acme.example/
# --
# This software comes with ABSOLUTELY NO WARRANTY. It is published under the
# MIT License, see the License element of AcmeBroken.sopm.
# --

package Kernel::System::AcmeBroken;

use strict;
use warnings;

our @ObjectDependencies = (
    'Kernel::System::DB',
);

sub new {
    my ( $Type, %Param ) = @_;

    my $Self = {};
    bless( $Self, $Type );

    return $Self;
}

=head2 DeviceList()

Returns the titles of all devices by their ids.

=cut

sub DeviceList {
    my ( $Self, %Param ) = @_;

    my $DBObject = $Kernel::OM->Get('Kernel::System::DB');

    return if !$DBObject->Prepare( SQL => 'SELECT id, title FROM acme_device' );

    my %Devices;
    while ( my @Row = $DBObject->FetchrowArray() ) {
        $Devices{ $Row[0] } = $Row[1];
    }

    return %Devices;
}

1;
