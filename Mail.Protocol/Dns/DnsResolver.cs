using System.Net;
using System.Net.Sockets;

namespace Mail.Protocol.Dns;

/// <summary>
/// A stub resolver (RFC 1034 §5.3.1, RFC 1123 §6.1.3): asks recursive name servers over UDP, over TCP when the answer does not fit, and keeps
/// answers for their time to live. Made once and used by any number of threads.
/// </summary>
/// <remarks>It asks DNS and nothing else: no hosts file, no search list, no DNSSEC of its own. Answers are as trustworthy as the way to the servers;
/// ids and ports are random and answers must repeat the question, which is what a stub can do against forgery (RFC 5452).</remarks>
public sealed class DnsResolver : IDnsResolver
{
    private const int MaxAliases = 8; // asked for one after another; a server follows what lies in its own zones
    private static readonly TimeSpan _serversKept = TimeSpan.FromSeconds(30);

    private readonly DnsResolverOptions _options;
    private readonly TimeProvider _clock;
    private readonly DnsCache? _cache;
    private volatile ServerList _servers;
    private volatile int _preferred; // the server that answered last: one that is down costs its timeout once, not every time

    /// <summary>Makes a resolver.</summary>
    /// <param name="options">Whom to ask and for how long to wait.</param>
    /// <param name="clock">Counts times to live and timeouts.</param>
    /// <exception cref="ArgumentException">An option that makes no sense; the message names it.</exception>
    public DnsResolver(DnsResolverOptions options, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(clock);
        options.Check();
        (_options, _clock) = (options, clock);
        _cache = options.CacheSize > 0 ? new DnsCache(options.CacheSize) : null;
        _servers = options.Servers is { } servers ? new ServerList([.. servers], DateTimeOffset.MaxValue) : new ServerList([], DateTimeOffset.MinValue);
    }

    /// <inheritdoc/>
    public async ValueTask<DnsAnswer> ResolveAsync(string name, DnsRecordType type, CancellationToken ct)
    {
        if (!Enum.IsDefined(type)) throw new ArgumentOutOfRangeException(nameof(type), type, "Not a type that is read here.");
        DnsQuestion question = new(DnsName.Encode(name), type);
        if (_cache is not null && _cache.TryGet(question.Text, type, _clock.GetUtcNow(), out DnsAnswer? kept)) return kept;

        DnsAnswer answer = await FollowAsync(question, ct).ConfigureAwait(false);
        if (answer.IsDefinite) Keep(question, answer);
        return answer;
    }

    private void Keep(DnsQuestion question, DnsAnswer answer)
    {
        TimeSpan most = answer.Outcome == DnsOutcome.Found ? _options.MaxTimeToLive : _options.MaxNegativeTimeToLive;
        _cache?.Set(question.Text, question.Type, answer, answer.TimeToLive < most ? answer.TimeToLive : most, _clock.GetUtcNow());
    }

    // Recursive servers follow aliases themselves; those that do not get asked for each.
    private async Task<DnsAnswer> FollowAsync(DnsQuestion question, CancellationToken ct)
    {
        TimeSpan timeToLive = TimeSpan.MaxValue;
        string first = question.Text;
        for (int aliases = 0; aliases <= MaxAliases; aliases++)
        {
            (DnsResponse? response, DnsAnswer? failure) = await AskAllAsync(question, ct).ConfigureAwait(false);
            if (failure is not null) return failure;
            if (response!.Answer is { } answer) return answer.TimeToLive > timeToLive ? answer with { TimeToLive = timeToLive } : answer;
            if (response.AliasTimeToLive < timeToLive) timeToLive = response.AliasTimeToLive;
            question = question.At(response.Alias!);
        }
        return DnsAnswer.Without(DnsOutcome.ServerFailed, question.Text, detail: $"{first} has more than {MaxAliases} aliases in a row.");
    }

    private async Task<(DnsResponse? Response, DnsAnswer? Failure)> AskAllAsync(DnsQuestion question, CancellationToken ct)
    {
        IPEndPoint[] servers = Servers();
        int start = _preferred;
        DnsOutcome worst = DnsOutcome.Unreachable;
        List<string> complaints = [];
        for (int i = 0; i < servers.Length * _options.Tries; i++)
        {
            int index = (int)((uint)(start + i) % (uint)servers.Length);
            ct.ThrowIfCancellationRequested();
            string complaint;
            try
            {
                DnsResponse response = await AskAsync(servers[index], question, ct).ConfigureAwait(false);
                if (response.Kind is DnsResponseKind.Answer or DnsResponseKind.Alias)
                {
                    _preferred = index;
                    return (response, null);
                }
                worst = DnsOutcome.ServerFailed;
                complaint = response.Kind == DnsResponseKind.Malformed ? "answered with what is no answer" : $"answered {CodeName(response.Code)}";
            }
            catch (SocketException e) { complaint = $"cannot be reached ({e.SocketErrorCode})"; }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested) { complaint = $"did not answer within {_options.TryTimeout.TotalSeconds:0.###} s"; }
            complaint = $"{servers[index]} {complaint}";
            if (!complaints.Contains(complaint)) complaints.Add(complaint);
        }
        return (null, DnsAnswer.Without(worst, question.Text, detail: $"{question.Text} {question.Type.ToString().ToUpperInvariant()}: {string.Join("; ", complaints)}."));
    }

    private async Task<DnsResponse> AskAsync(IPEndPoint server, DnsQuestion question, CancellationToken ct)
    {
        bool extended = true;
        DnsResponse response = await InTimeAsync(DnsTransport.AskUdpAsync, server, question, extended, ct).ConfigureAwait(false);
        if (response is { Kind: DnsResponseKind.Refused, Code: 1 or 4 or 16 }) // servers older than RFC 6891 §7 may stumble over the OPT record
        {
            extended = false;
            response = await InTimeAsync(DnsTransport.AskUdpAsync, server, question, extended, ct).ConfigureAwait(false);
        }
        if (response.Kind == DnsResponseKind.Truncated) response = await InTimeAsync(DnsTransport.AskTcpAsync, server, question, extended, ct).ConfigureAwait(false);
        return response;
    }

    private async Task<DnsResponse> InTimeAsync(Func<IPEndPoint, DnsQuestion, bool, CancellationToken, Task<DnsResponse>> ask, IPEndPoint server, DnsQuestion question, bool extended, CancellationToken ct)
    {
        using CancellationTokenSource limit = new(_options.TryTimeout, _clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        return await ask(server, question, extended, either.Token).ConfigureAwait(false);
    }

    private IPEndPoint[] Servers()
    {
        ServerList servers = _servers;
        DateTimeOffset now = _clock.GetUtcNow();
        if (now < servers.ReadAgain) return servers.Servers;
        IPEndPoint[] read = [.. SystemNameServers.Read()];
        if (!read.SequenceEqual(servers.Servers)) _preferred = 0;
        _servers = new ServerList(read, now + _serversKept);
        return read;
    }

    private static string CodeName(int code) => code switch
    {
        1 => "FORMERR",
        2 => "SERVFAIL",
        4 => "NOTIMP",
        5 => "REFUSED",
        9 => "NOTAUTH",
        16 => "BADVERS",
        _ => $"RCODE {code}",
    };

    private sealed record ServerList(IPEndPoint[] Servers, DateTimeOffset ReadAgain);
}
