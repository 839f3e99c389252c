package Kernel::System::AcmeOldTools;

use strict;
use warnings;

1;
