#!/usr/bin/perl
# keep-socket.pl COMMAND...: what systemd does for StandardInput=socket: listens on a free port of loopback, prints it, and
# runs the command with the listening socket as its standard input, again whenever it ends with 0.
use strict;
use warnings;
use IO::Socket::INET;

my $socket = IO::Socket::INET->new(LocalAddr => '127.0.0.1', LocalPort => 0, Listen => 4096, Proto => 'tcp')
    or die "cannot listen: $!";
$| = 1;
print $socket->sockport, "\n";
my $child = 0;
my $done = 0;
$SIG{TERM} = sub { kill 'TERM', $child if $child };
$SIG{USR1} = sub { $done = 1; kill 'TERM', $child if $child };
until ($done) {
    $child = fork();
    if ($child == 0) {
        open(STDIN, '<&=', $socket->fileno) or die;
        require POSIX;
        POSIX::dup2($socket->fileno, 0);
        exec @ARGV or die "cannot run @ARGV: $!";
    }
    print "child $child\n";
    1 while waitpid($child, 0) != $child;
    last if $? != 0 && !$done;
}
