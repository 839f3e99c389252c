# --
# Copyright (C) 2026 Acme Inc., https://acme.example/
# --
# This software comes with ABSOLUTELY NO WARRANTY. It is published under the
# MIT License, see the License element of AcmeBroken.sopm.
# --

package Kernel::Modules::AgentAcmeBroken;

use strict;
use warnings;

our $ObjectManagerDisabled = 1;

sub new {
    my ( $Type, %Param ) = @_;

    my $Self = {%Param};
    bless( $Self, $Type );

    return $Self;
}

sub Run {
    my ( $Self, %Param ) = @_;

    my $LayoutObject = $Kernel::OM->Get('Kernel::Output::HTML::Layout');

    my %Devices = $Kernel::OM->Get('Kernel::System::AcmeBroken')->DeviceList();

    return join '',
        $LayoutObject->Header(),
        $LayoutObject->NavigationBar(),
        $LayoutObject->Output(
            TemplateFile => 'AgentAcmeBroken',
            Data         => { Devices => \%Devices },
        ),
        $LayoutObject->Footer();
}

1;
