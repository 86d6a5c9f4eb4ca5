# mail-dkim.pl DNS.JSON FILE...  prints "FILE RESULT" for every file: pass when every signature in it that Mail::DKIM knows verifies.
use strict;
use warnings;
use JSON::PP;
use Mail::DKIM::DNS;
use Mail::DKIM::Verifier;
use Net::DNS;

package Zone;    # a resolver that knows only what is in the file

sub new { my ($class, $records) = @_; return bless { records => $records }, $class }

sub send {
    my ($self, $name, $type) = @_;
    my $packet = Net::DNS::Packet->new($name, $type || 'TXT');
    if (my $record = $self->{records}{$name}) {
        $packet->push(answer => Net::DNS::RR->new(name => $name, type => 'TXT', txtdata => $record->{TXT}[0]));
    }
    else { $packet->header->rcode('NXDOMAIN') }
    return $packet;
}

sub query          { my $self = shift; return $self->send(@_) }
sub errorstring    { return 'NXDOMAIN' }
sub udp_timeout    { return 1 }
sub tcp_timeout    { return 1 }
sub persistent_udp { return 0 }

package main;

my $zone = shift @ARGV;
open my $json, '<', $zone or die "$zone: $!";
my $records = decode_json(do { local $/; <$json> });
Mail::DKIM::DNS::resolver(Zone->new($records));

for my $path (@ARGV) {
    open my $file, '<:raw', $path or die "$path: $!";
    my $message  = do { local $/; <$file> };
    my $verifier = Mail::DKIM::Verifier->new;
    $verifier->PRINT($message);
    $verifier->CLOSE;
    my @details = map { $_->result_detail } grep { $_->algorithm eq 'rsa-sha256' } $verifier->signatures;
    my @wrong   = grep { $_ ne 'pass' } @details;
    print "$path ", (!@details ? 'none' : @wrong ? "@wrong" : 'pass'), "\n";
}
