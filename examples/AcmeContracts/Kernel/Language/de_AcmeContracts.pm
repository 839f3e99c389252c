# --
# Copyright (C) 2026 Acme Inc., https://acme.example/
# --
# This software comes with ABSOLUTELY NO WARRANTY. It is published under the
# MIT License, see the License element of AcmeContracts.sopm.
# --

package Kernel::Language::de_AcmeContracts;

use strict;
use warnings;
use utf8;

sub Data {
    my $Self = shift;

    # Template: AgentAcmeContracts
    $Self->{Translation}->{'Contracts'} = 'Verträge';
    $Self->{Translation}->{'Contract number'} = 'Vertragsnummer';
    $Self->{Translation}->{'Kind'} = 'Art';
    $Self->{Translation}->{'Ends on'} = 'Endet am';
    $Self->{Translation}->{'Period of notice in days'} = 'Kündigungsfrist in Tagen';
    $Self->{Translation}->{'There are no contracts yet.'} = 'Es gibt noch keine Verträge.';
    $Self->{Translation}->{'Rows in bold end soon.'} = 'Fett gedruckte Zeilen enden bald.';

    # SysConfig: AcmeContracts
    $Self->{Translation}->{'Overview of all contracts.'} = 'Übersicht aller Verträge.';
    $Self->{Translation}->{'Days before the end of a contract at which it is shown in bold.'}
        = 'Tage vor dem Ende eines Vertrags, ab denen er fett gedruckt erscheint.';
    $Self->{Translation}->{'Registers the overview of contracts in the agent interface.'}
        = 'Registriert die Vertragsübersicht in der Agentenoberfläche.';
    $Self->{Translation}->{'Registers the main menu entry of the overview of contracts.'}
        = 'Registriert den Hauptmenüeintrag der Vertragsübersicht.';
    $Self->{Translation}->{'Loads the style sheet of the overview of contracts.'}
        = 'Lädt das Stylesheet der Vertragsübersicht.';

    return 1;
}

1;
