# --
# Copyright (C) 2026 Acme Inc., https://acme.example/
# --
# This software comes with ABSOLUTELY NO WARRANTY. It is published under the
# MIT License, see the License element of AcmeContracts.sopm.
# --

use strict;
use warnings;
use utf8;

use vars (qw($Self));

# All changes to the database are undone when the test ends.
$Kernel::OM->ObjectParamAdd(
    'Kernel::System::UnitTest::Helper' => {
        RestoreDatabase => 1,
    },
);
my $HelperObject    = $Kernel::OM->Get('Kernel::System::UnitTest::Helper');
my $ContractsObject = $Kernel::OM->Get('Kernel::System::AcmeContracts');

my %Kinds = $ContractsObject->KindList();
$Self->True(
    scalar %Kinds,
    'The installation has created kinds of contracts.',
);

my ($KindID) = sort keys %Kinds;
my $Number = 'C-' . $HelperObject->GetRandomID();

$Self->False(
    $ContractsObject->ContractAdd(
        Title  => 'Without a number',
        UserID => 1,
    ),
    'A contract needs a number.',
);

my $ContractID = $ContractsObject->ContractAdd(
    Number     => $Number,
    Title      => 'Wartung der Drucker für Müller',
    KindID     => $KindID,
    CustomerID => 'mueller',
    EndDate    => '2020-12-31 00:00:00',
    UserID     => 1,
);
$Self->True(
    $ContractID,
    'The contract is added.',
);

my $Contract = $ContractsObject->ContractGet( ContractID => $ContractID );
$Self->Is(
    $Contract->{Number},
    $Number,
    'The contract has its number.',
);
$Self->Is(
    $Contract->{NoticeDays},
    30,
    'The period of notice is 30 days unless told otherwise.',
);

my %ToRemind = map { $_->{ContractID} => 1 } $ContractsObject->ContractsToRemind();
$Self->True(
    $ToRemind{$ContractID},
    'A contract that has ended is among those to remind of.',
);

1;
