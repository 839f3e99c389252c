# --
# Copyright (C) 2024 Acme Inc.
# --

package Kernel::System::AcmeBase;

use strict;
use warnings;

1;
