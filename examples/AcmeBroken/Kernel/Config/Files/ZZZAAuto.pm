# --
# Copyright (C) 2026 Acme Inc., https://acme.example/
# --
# This software comes with ABSOLUTELY NO WARRANTY. It is published under the
# MIT License, see the License element of AcmeBroken.sopm.
# --

package Kernel::Config::Files::ZZZAAuto;

use strict;
use warnings;

# Somebody copied this file out of a running system, where it is written anew with every change of the configuration.
sub Load {
    my ( $File, $Self ) = @_;

    $Self->{'AcmeBroken::LendingDays'} = 14;

    return 1;
}

1;
