# --
# Copyright (C) 2026 Acme Inc., https://acme.example/
# --
# This software comes with ABSOLUTELY NO WARRANTY. It is published under the
# MIT License, see the License element of AcmeContracts.sopm.
# --

package Kernel::Modules::AgentAcmeContracts;

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

    my $LayoutObject    = $Kernel::OM->Get('Kernel::Output::HTML::Layout');
    my $ContractsObject = $Kernel::OM->Get('Kernel::System::AcmeContracts');

    my @Contracts = $ContractsObject->ContractList();
    my %ToRemind  = map { $_->{ContractID} => 1 } $ContractsObject->ContractsToRemind();

    if ( !@Contracts ) {
        $LayoutObject->Block( Name => 'NoContracts' );
    }

    for my $Contract (@Contracts) {
        $LayoutObject->Block(
            Name => 'Contract',
            Data => {
                %{$Contract},
                RowClass => $ToRemind{ $Contract->{ContractID} } ? 'AcmeContractEnds' : '',
            },
        );
    }

    my $Output = $LayoutObject->Header();
    $Output .= $LayoutObject->NavigationBar();
    $Output .= $LayoutObject->Output(
        TemplateFile => 'AgentAcmeContracts',
        Data         => \%Param,
    );
    $Output .= $LayoutObject->Footer();

    return $Output;
}

1;
