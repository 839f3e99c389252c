# --
# Copyright (C) 2026 Acme Inc., https://acme.example/
# --
# This software comes with ABSOLUTELY NO WARRANTY. It is published under the
# MIT License, see the License element of AcmeBroken.sopm.
# --

use strict;
use warnings;
use utf8;

use vars (qw($Self));

my %Devices = $Kernel::OM->Get('Kernel::System::AcmeBroken')->DeviceList();
$Self->False(
    scalar %Devices,
    'There are no devices after the installation.',
);

1;
