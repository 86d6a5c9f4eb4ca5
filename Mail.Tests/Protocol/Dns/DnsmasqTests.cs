using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Mail.Protocol.Dns;
using Mail.Tests.Support;

namespace Mail.Tests.Protocol.Dns;

/// <summary>The resolver against a name server of others: dnsmasq with records of its own, on loopback.</summary>
public sealed class DnsmasqTests : IAsyncLifetime
{
    private const string Program = "/usr/sbin/dnsmasq";
    private static readonly CancellationToken _ct = CancellationToken.None;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mail-test-dnsmasq-");
    private readonly IPEndPoint _server = new(IPAddress.Loopback, FreePort.Next());
    private Process? _dnsmasq;

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Program)) return;
        string configuration = Path.Combine(_folder.FullName, "dnsmasq.conf");
        string long255 = new('x', 250);
        await File.WriteAllLinesAsync(configuration,
        [
            "no-resolv", "no-hosts", "no-daemon", "bind-interfaces", "listen-address=127.0.0.1", $"port={_server.Port}", "local=/example.com/", "local=/arpa/", "user=", "group=", "pid-file=",
            "mx-host=example.com,mx2.example.com,20", "mx-host=example.com,mx1.example.com,10",
            "host-record=mx1.example.com,192.0.2.1,2001:db8::1",
            "txt-record=s1._domainkey.example.com,v=DKIM1; k=rsa; p=AAAA,BBBB",
            "cname=link.example.com,mx1.example.com",
            "ptr-record=9.2.0.192.in-addr.arpa,mail.example.com",
            .. Enumerable.Range(0, 40).Select(i => $"txt-record=big.example.com,{i}-{long255}"),
        ]);
        _dnsmasq = Process.Start(new ProcessStartInfo(Program, [$"--conf-file={configuration}"]) { RedirectStandardError = true })!;
        string line = await _dnsmasq.StandardError.ReadLineAsync() ?? "";
        _ = _dnsmasq.StandardError.ReadToEndAsync();
        Assert.True(line.Contains("started", StringComparison.Ordinal), line);
    }

    public async ValueTask DisposeAsync()
    {
        if (_dnsmasq is { HasExited: false })
        {
            _dnsmasq.Kill();
            await Ending.OfAsync(_dnsmasq, "dnsmasq");
        }
        _dnsmasq?.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Every_kind_of_answer_is_read()
    {
        Assert.SkipUnless(File.Exists(Program), "Debian package dnsmasq-base is not installed.");
        DnsResolver resolver = new(new DnsResolverOptions { Servers = [_server], TryTimeout = TimeSpan.FromSeconds(10) }, TimeProvider.System);

        Assert.Equal([(10, "mx1.example.com"), (20, "mx2.example.com")], (await resolver.MailExchangersAsync("example.com", _ct)).MailExchangers.Select(mx => (mx.Preference, mx.Exchange)));
        Assert.Equal("192.0.2.1", (await resolver.AddressesAsync("mx1.example.com", AddressFamily.InterNetwork, _ct)).Addresses.Single().ToString());
        Assert.Equal("2001:db8::1", (await resolver.AddressesAsync("mx1.example.com", AddressFamily.InterNetworkV6, _ct)).Addresses.Single().ToString());
        Assert.Equal("v=DKIM1; k=rsa; p=AAAABBBB", (await resolver.TextsAsync("S1._DomainKey.Example.com", _ct)).Texts.Single());
        Assert.Equal("mail.example.com", (await resolver.NamesOfAsync(IPAddress.Parse("192.0.2.9"), _ct)).Targets.Single());
        Assert.Equal("mx1.example.com", (await resolver.AliasAsync("link.example.com", _ct)).Targets.Single());
        DnsAnswer alias = await resolver.AddressesAsync("link.example.com", AddressFamily.InterNetwork, _ct);
        Assert.Equal(("mx1.example.com", "192.0.2.1"), (alias.CanonicalName, alias.Addresses.Single().ToString()));
        Assert.Equal(40, (await resolver.TextsAsync("big.example.com", _ct)).Records.Count); // 10 KB: over TCP
        Assert.Equal(DnsOutcome.NoSuchName, (await resolver.TextsAsync("gone.example.com", _ct)).Outcome);
        Assert.Equal(DnsOutcome.NoData, (await resolver.TextsAsync("mx1.example.com", _ct)).Outcome);
        Assert.Equal(DnsOutcome.ServerFailed, (await resolver.TextsAsync("elsewhere.example.org", _ct)).Outcome); // REFUSED: it has nobody to ask
    }
}
