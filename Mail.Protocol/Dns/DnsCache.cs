using System.Diagnostics.CodeAnalysis;

namespace Mail.Protocol.Dns;

/// <summary>Answers kept for as long as they may be, in bounded memory: when it is full, what was used longest ago goes.</summary>
internal sealed class DnsCache(int size)
{
    private const int Overhead = 400; // octets for an entry besides its records, as measured roughly
    private const int PerRecord = 200;

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Name, DnsRecordType Type), LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _byUse = new(); // the latest first
    private long _used;

    /// <summary>How many answers are kept, expired ones included.</summary>
    public int Count
    {
        get { lock (_gate) return _entries.Count; }
    }

    public bool TryGet(string name, DnsRecordType type, DateTimeOffset now, [NotNullWhen(true)] out DnsAnswer? answer)
    {
        lock (_gate)
        {
            answer = null;
            if (!_entries.TryGetValue((name, type), out LinkedListNode<Entry>? node)) return false;
            if (node.Value.Expires <= now)
            {
                Remove(node);
                return false;
            }
            _byUse.Remove(node);
            _byUse.AddFirst(node);
            answer = node.Value.Answer with { TimeToLive = node.Value.Expires - now };
            return true;
        }
    }

    public void Set(string name, DnsRecordType type, DnsAnswer answer, TimeSpan timeToLive, DateTimeOffset now)
    {
        int cost = Cost(name, answer);
        if (timeToLive <= TimeSpan.Zero || cost > size / 8) return; // one answer must not push out all others
        lock (_gate)
        {
            if (_entries.TryGetValue((name, type), out LinkedListNode<Entry>? old)) Remove(old);
            _entries[(name, type)] = _byUse.AddFirst(new Entry(name, type, answer, now + timeToLive, cost));
            _used += cost;
            while (_used > size) Remove(_byUse.Last!);
        }
    }

    private void Remove(LinkedListNode<Entry> node)
    {
        _byUse.Remove(node);
        _entries.Remove((node.Value.Name, node.Value.Type));
        _used -= node.Value.Cost;
    }

    private static int Cost(string name, DnsAnswer answer)
    {
        int characters = name.Length + answer.CanonicalName.Length;
        foreach (DnsRecord record in answer.Records)
            characters += record switch { DnsTxtRecord text => text.Text.Length, DnsMxRecord mx => mx.Exchange.Length, DnsNameRecord other => other.Target.Length, _ => 0 };
        return Overhead + answer.Records.Count * PerRecord + characters * sizeof(char);
    }

    private sealed record Entry(string Name, DnsRecordType Type, DnsAnswer Answer, DateTimeOffset Expires, int Cost);
}
