using System.Collections.Concurrent;
using Mail.Protocol.Dns;
using Mail.Tests.Protocol.Dns;

namespace Mail.Tests.Api.Domains;

/// <summary>A name server on loopback whose texts a test sets and takes away while it runs.</summary>
internal sealed class DnsZone : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, string[]> _texts = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, string> _aliases = new(StringComparer.OrdinalIgnoreCase);
    private readonly TestNameServer _server;

    public DnsZone() => _server = new TestNameServer(q =>
        q.Type == DnsRecordType.Txt && _texts.TryGetValue(q.Name, out string[]? strings) ? q.Reply().Txt(q.Name, strings)
        : _aliases.TryGetValue(q.Name, out string? target) ? q.Reply().Cname(q.Name, target)
        : new ReplyPacket(q.Packet) { Code = 3 });

    /// <summary>For the setting Domains:NameServers.</summary>
    public string Address => _server.EndPoint.ToString();

    public int Asked => _server.Asked.Count;

    /// <summary>Sets a text, in strings of 255.</summary>
    public void Set(string name, string text) => _texts[name] = [.. text.Chunk(255).Select(part => new string(part))];

    public void SetAlias(string name, string target) => _aliases[name] = target;

    public void Remove(string name) => _texts.TryRemove(name, out _);

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
