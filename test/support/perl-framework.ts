import type { FrameworkBox } from "./framework-box.ts";

/**
 * Puts Perl modules into a home that play the part of the frameworks' package manager: they take an archive apart with a few
 * patterns, evaluate code, and write down what they were asked for in `var/asked.txt`.
 */
export function addPerlFramework(box: FrameworkBox): void {
  for (const [path, text] of Object.entries(modules)) box.write(path, text);
}

const modules = {
  "Kernel/System/ObjectManager.pm": `package Kernel::System::ObjectManager;
use strict; use warnings;
sub new { my ( $class, %known ) = @_; binmode $_, ':utf8' for *STDOUT, *STDERR; return bless { known => \\%known, made => {} }, $class; }
sub Get {
    my ( $self, $name ) = @_;
    ( my $file = "$name.pm" ) =~ s{::}{/}g;
    require $file;
    return $self->{made}{$name} //= $name->new( %{ $self->{known}{$name} // {} } );
}
1;
`,
  "Kernel/System/Log.pm": `package Kernel::System::Log;
use strict; use warnings;
sub new { my ( $class, %known ) = @_; return bless { prefix => $known{LogPrefix} }, $class; }
sub Log { my ( $self, %entry ) = @_; print STDERR "$self->{prefix}: $entry{Message}\\n"; $self->{error} = $entry{Message} if $entry{Priority} eq 'error'; return; }
sub GetLogEntry { my ( $self, %asked ) = @_; return $asked{Type} eq 'error' && $asked{What} eq 'Message' ? $self->{error} // '' : ''; }
1;
`,
  "Kernel/System/Main.pm": `package Kernel::System::Main;
use strict; use warnings;
sub new { return bless {}, shift; }
sub FileRead {
    my ( $self, %asked ) = @_;
    open my $file, "<:$asked{Mode}", $asked{Location} or return;
    local $/;
    my $text = <$file>;
    return \\$text;
}
1;
`,
  "Kernel/System/Package.pm": `package Kernel::System::Package;
use strict; use warnings;
my $home = ( $INC{'Kernel/System/Package.pm'} =~ m{^(.*)/Kernel/} )[0];
sub new { return bless {}, shift; }
sub asked { open my $file, '>>:utf8', "$home/var/asked.txt" or die $!; print {$file} @_; close $file; return; }
sub PackageParse {
    my ( $self, %asked ) = @_;
    my $text = ref $asked{String} ? \${ $asked{String} } : $asked{String};
    my %package = ( Version => { Content => $text =~ m{<Version>(.*?)</Version>} } );
    while ( $text =~ m{<(Code\\w+)([^>]*)>(.*?)</\\1>}gs ) {
        my ( $name, $attributes, $code ) = ( $1, $2, $3 );
        $code =~ s{^\\s*<!\\[CDATA\\[(.*)\\]\\]>\\s*$}{$1}s;
        push @{ $package{$name} }, { Type => $attributes =~ m{Type="(.*?)"} ? $1 : 'post', Content => $code };
    }
    while ( $text =~ m{<(Database\\w+) Type="(\\w+)">(.*?)</\\1>}gs ) {
        my ( $name, $phase, $body ) = ( $1, $2, $3 );
        $package{$name}{$phase} = [ map { +{ Tag => $_ } } $body =~ m{<(Table\\w+|Insert)\\b}g ];
    }
    return %package;
}
sub _Code {
    my ( $self, %asked ) = @_;
    for my $code ( @{ $asked{Code} } ) {
        next if $code->{Type} ne $asked{Type};
        asked("code $asked{Type} $asked{Structure}{Version}{Content}: $code->{Content}\\n");
        next if eval "$code->{Content}\\n1;";
        $Kernel::OM->Get('Kernel::System::Log')->Log( Priority => 'error', Message => "Code: $@" );
        return;
    }
    return 1;
}
sub _Database {
    my ( $self, %asked ) = @_;
    asked( 'database ' . join( ' ', map { $_->{Tag} } @{ $asked{Database} } ) . "\\n" );
    return 1;
}
1;
`,
};
