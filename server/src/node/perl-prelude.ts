/**
 * What an interpreter is told before it compiles anything. Modules that it does not have are made up: they have every
 * method, and functions as far as code asks for them by name. `$Sopm::guessed` tells that there may be others, so that it
 * is not known what is a function and what is none.
 *
 * Code is compiled as the frameworks do it: by `eval`, in a package that is strict, beside the variables that are seen
 * there (Znuny 7.1, OTOBO 11 and OTRS 3.3, `_Code`). It returns before the first statement.
 */
export const perlPrelude = String.raw`
package Sopm;
our ( $code, $error, $guessed );
our %exports = (
    'POSIX' => [qw(
        abs acos asin atan atan2 ceil chdir close ctime cos cosh difftime dup dup2 errno exit exp fabs floor fmod
        frexp getpid isatty ldexp localeconv log log10 mktime modf nice open pipe pow read setlocale setsid sin sinh
        sleep sqrt strerror strftime strtod strtol tan tanh time times tmpnam tolower toupper ttyname tzset uname
        wait waitpid write LC_ALL LC_COLLATE LC_CTYPE LC_MESSAGES LC_MONETARY LC_NUMERIC LC_TIME EXIT_FAILURE
        EXIT_SUCCESS DBL_MAX DBL_MIN FLT_MAX INT_MAX INT_MIN LONG_MAX LONG_MIN UINT_MAX ULONG_MAX EINTR ENOENT
        EACCES EAGAIN EEXIST SIGALRM SIGCHLD SIGHUP SIGINT SIGKILL SIGPIPE SIGTERM SIGUSR1 SIGUSR2 WNOHANG
        WUNTRACED WEXITSTATUS WIFEXITED WIFSIGNALED WTERMSIG
    )],
    'Storable'   => [qw(store retrieve nstore store_fd nstore_fd fd_retrieve)],
    'Encode'     => [qw(decode decode_utf8 encode encode_utf8 str2bytes bytes2str encodings find_encoding)],
    'Test::More' => [qw(
        ok use_ok require_ok is isnt like unlike is_deeply cmp_ok skip todo todo_skip pass fail eq_array eq_hash
        eq_set plan done_testing can_ok isa_ok new_ok diag note explain subtest BAIL_OUT
    )],
);
push @INC, sub {
    my ( $self, $file ) = @_;
    return if $file !~ m{\A(\w+(?:/\w+)*)[.]pm\z};
    ( my $package = $1 ) =~ s{/}{::}g;
    $guessed = 1 if !$exports{$package} && $package !~ m{\A(?:Kernel|var)::};
    my $text = "package $package; sub import { goto &Sopm::import } sub unimport { } sub VERSION { 1 }"
        . ' sub AUTOLOAD { 1 } sub DESTROY { } 1;';
    return \$text;
};
sub import {
    my ( $class, @names ) = @_;
    my $to = caller;
    no strict 'refs';
    @names = @{ $exports{$class} || [] } if !@names;
    for my $name (@names) {
        if ( $name =~ m{\A&?([A-Za-z_]\w*)\z} ) { *{ $to . '::' . $1 } = sub { 1 } }
        elsif ( $name =~ m{\A([\$\@%])([A-Za-z_]\w*)\z} ) {
            *{ $to . '::' . $2 } = $1 eq '$' ? \my $value : $1 eq '@' ? [] : {};
        }
        else { $guessed = 1 }
    }
    return;
}
package Kernel::System::Package;
sub import { } 
for my $name (
    qw(
        DataIsDifferent IsArrayRefWithData IsHashRefWithData IsInteger IsIPv4Address IsIPv6Address IsMD5Sum
        IsNotEqual IsNumber IsPositiveInteger IsString IsStringWithData copy decode_base64 encode_base64 move
    )
) { no strict 'refs'; *{$name} = sub { 1 } }
use strict;
use warnings;
sub Sopm::check {
    my ( $Self, %Param, $Code );
    local $SIG{__WARN__} = sub { };
    ( $Sopm::error, $Sopm::guessed ) = ( '', 0 );
    utf8::decode($Sopm::code) if $Sopm::code !~ m{\buse\s+utf8\b};
    CODE:
    for my $Code (1) {
        eval "return 1;\n#line 1 \"code\"\n$Sopm::code\n;1;";
    }
    $Sopm::error = $@;
    return 1;
}
1;
`;
