# --
# Copyright (C) 2026 Acme Inc., https://acme.example/
# --
# This software comes with ABSOLUTELY NO WARRANTY. It is published under the
# MIT License, see the License element of AcmeBroken.sopm.
# --

package Kernel::Language::de_AcmeBroken;

use strict;
use warnings;
use utf8;

sub Data {
    my $Self = shift;

    $Self->{Translation}->{'Devices'} = 'Geräte';
    $Self->{Translation}->{'How many days a device is lent.'}
        = 'Anzahl der Tage, für die ein Gerät verliehen wird.';

    return 1;
}

1;
