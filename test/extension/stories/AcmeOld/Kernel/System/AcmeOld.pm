package Kernel::System::AcmeOld;

use strict;
use warnings;

1;
