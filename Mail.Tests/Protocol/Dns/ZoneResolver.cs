using System.Collections.Concurrent;
using System.Text.Json;
using Mail.Protocol.Dns;

namespace Mail.Tests.Protocol.Dns;

/// <summary>Answers from memory; what it does not hold does not exist.</summary>
internal sealed class ZoneResolver : IDnsResolver
{
    private readonly ConcurrentDictionary<(string Name, DnsRecordType Type), DnsAnswer> _answers = [];

    /// <summary>How many questions came.</summary>
    public int Asked;

    /// <summary>Adds one text to a name.</summary>
    public ZoneResolver Text(string name, string text)
    {
        DnsTxtRecord record = new(name, TimeSpan.FromMinutes(5), text);
        _answers.AddOrUpdate((name, DnsRecordType.Txt), DnsAnswer.Found(name, record), (_, old) => DnsAnswer.Found(name, [.. old.Records, record]));
        return this;
    }

    /// <summary>Answers a question in this way.</summary>
    public ZoneResolver Answer(string name, DnsRecordType type, DnsAnswer answer)
    {
        _answers[(name, type)] = answer;
        return this;
    }

    /// <summary>Reads the corpora's form: <c>{"name": {"TXT": [["string", "string"]]}}</c>.</summary>
    public static ZoneResolver FromJson(string path)
    {
        ZoneResolver zone = new();
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path));
        foreach (JsonProperty name in document.RootElement.EnumerateObject())
            foreach (JsonElement record in name.Value.GetProperty("TXT").EnumerateArray())
                zone.Text(name.Name, string.Concat(record.EnumerateArray().Select(part => part.GetString())));
        return zone;
    }

    public ValueTask<DnsAnswer> ResolveAsync(string name, DnsRecordType type, CancellationToken ct)
    {
        Interlocked.Increment(ref Asked);
        return ValueTask.FromResult(_answers.TryGetValue((name, type), out DnsAnswer? answer) ? answer : DnsAnswer.Without(DnsOutcome.NoSuchName, name));
    }
}
