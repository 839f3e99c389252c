# --
# Copyright (C) 2026 Acme Inc., https://acme.example/
# --
# This software comes with ABSOLUTELY NO WARRANTY. It is published under the
# MIT License, see the License element of AcmeContracts.sopm.
# --

package Kernel::System::AcmeContracts;

use strict;
use warnings;

our @ObjectDependencies = (
    'Kernel::Config',
    'Kernel::System::DB',
    'Kernel::System::DateTime',
    'Kernel::System::Log',
);

=head1 NAME

Kernel::System::AcmeContracts - the contracts of customers

=head1 PUBLIC INTERFACE

=head2 new()

Do not call it yourself, ask the object manager:

    my $ContractsObject = $Kernel::OM->Get('Kernel::System::AcmeContracts');

=cut

sub new {
    my ( $Type, %Param ) = @_;

    my $Self = {};
    bless( $Self, $Type );

    return $Self;
}

=head2 ContractAdd()

Adds a contract and returns its id.

    my $ContractID = $ContractsObject->ContractAdd(
        Number     => 'C-2026-001',
        Title      => 'Maintenance of the printers',
        KindID     => 1,
        CustomerID => 'acme',
        EndDate    => '2027-12-31 00:00:00',    # optional, without it the contract never ends
        NoticeDays => 90,                       # optional, 30 days otherwise
        Note       => 'Paid once a year.',      # optional
        OwnerID    => 12,                       # optional, the acting user otherwise
        UserID     => 1,
    );

=cut

sub ContractAdd {
    my ( $Self, %Param ) = @_;

    for my $Needed (qw(Number Title KindID CustomerID UserID)) {
        if ( !$Param{$Needed} ) {
            $Kernel::OM->Get('Kernel::System::Log')->Log(
                Priority => 'error',
                Message  => "Need $Needed!",
            );
            return;
        }
    }

    my $OwnerID    = $Param{OwnerID}    || $Param{UserID};
    my $NoticeDays = $Param{NoticeDays} // 30;

    my $DBObject = $Kernel::OM->Get('Kernel::System::DB');

    return if !$DBObject->Do(
        SQL => '
            INSERT INTO acme_contract (
                contract_number, title, kind_id, customer_id, end_date, notice_days, note, owner_id,
                valid_id, create_time, create_by, change_time, change_by
            )
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, current_timestamp, ?, current_timestamp, ?)
        ',
        Bind => [
            \$Param{Number}, \$Param{Title}, \$Param{KindID}, \$Param{CustomerID}, \$Param{EndDate},
            \$NoticeDays, \$Param{Note}, \$OwnerID, \$Param{UserID}, \$Param{UserID},
        ],
    );

    return if !$DBObject->Prepare(
        SQL   => 'SELECT id FROM acme_contract WHERE contract_number = ?',
        Bind  => [ \$Param{Number} ],
        Limit => 1,
    );

    my $ContractID;
    while ( my @Row = $DBObject->FetchrowArray() ) {
        $ContractID = $Row[0];
    }

    return $ContractID;
}

=head2 ContractGet()

Returns a contract as a hash reference, or nothing when there is none with this id.

    my $Contract = $ContractsObject->ContractGet( ContractID => 3 );

=cut

sub ContractGet {
    my ( $Self, %Param ) = @_;

    my @Contracts = $Self->_Select(
        Where => 'c.id = ?',
        Bind  => [ \$Param{ContractID} ],
    );

    return $Contracts[0];
}

=head2 ContractList()

Returns all valid contracts, the one that ends first in front.

    my @Contracts = $ContractsObject->ContractList();

=cut

sub ContractList {
    my ( $Self, %Param ) = @_;

    return $Self->_Select( Where => 'c.valid_id = 1' );
}

=head2 ContractsToRemind()

Returns the contracts whose end is so near that somebody should be told. How near is a setting.

    my @Contracts = $ContractsObject->ContractsToRemind();

=cut

sub ContractsToRemind {
    my ( $Self, %Param ) = @_;

    my $Days = $Kernel::OM->Get('Kernel::Config')->Get('AcmeContracts::ReminderDays') || 14;

    my $Until = $Kernel::OM->Create('Kernel::System::DateTime');
    $Until->Add( Days => $Days );
    my $UntilText = $Until->ToString();

    return $Self->_Select(
        Where => 'c.valid_id = 1 AND c.end_date IS NOT NULL AND c.end_date <= ?',
        Bind  => [ \$UntilText ],
    );
}

=head2 KindList()

Returns the valid kinds of contracts, titles by id.

    my %Kinds = $ContractsObject->KindList();

=cut

sub KindList {
    my ( $Self, %Param ) = @_;

    my $DBObject = $Kernel::OM->Get('Kernel::System::DB');

    return if !$DBObject->Prepare(
        SQL => 'SELECT id, title FROM acme_contract_kind WHERE valid_id = 1',
    );

    my %Kinds;
    while ( my @Row = $DBObject->FetchrowArray() ) {
        $Kinds{ $Row[0] } = $Row[1];
    }

    return %Kinds;
}

sub _Select {
    my ( $Self, %Param ) = @_;

    my $DBObject = $Kernel::OM->Get('Kernel::System::DB');

    return if !$DBObject->Prepare(
        SQL => "
            SELECT c.id, c.contract_number, c.title, k.title, c.customer_id, c.end_date, c.notice_days, c.owner_id
            FROM acme_contract c
            INNER JOIN acme_contract_kind k ON k.id = c.kind_id
            WHERE $Param{Where}
            ORDER BY c.end_date, c.contract_number
        ",
        Bind => $Param{Bind} || [],
    );

    my @Contracts;
    while ( my @Row = $DBObject->FetchrowArray() ) {
        my %Contract;
        @Contract{qw(ContractID Number Title Kind CustomerID EndDate NoticeDays OwnerID)} = @Row;
        push @Contracts, \%Contract;
    }

    return @Contracts;
}

1;
