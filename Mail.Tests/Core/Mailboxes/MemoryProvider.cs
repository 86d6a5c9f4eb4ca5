using System.Collections.Concurrent;
using Mail.Core.Mailboxes.Providers;

namespace Mail.Tests.Core.Mailboxes;

/// <summary>A provider in memory, as strict as a real one: an address is there once, each account bears the mark of its order, and a new password ends the one before.</summary>
internal sealed class MemoryProvider : MailboxProviderKind
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Account> _accounts = [];
    private readonly ConcurrentDictionary<string, ConcurrentQueue<ProviderProblem>> _script = new();
    private readonly ConcurrentQueue<DateTimeOffset> _recent = new();
    private int _issued;

    public override string Name => "memory";

    public override string Title => "Memory";

    public override IReadOnlyList<ProviderField> Fields { get; } =
    [
        new("base_url", "API address", "https://api.example", true, false, "Where it is.", value => value.StartsWith("https://", StringComparison.Ordinal) ? null : "must begin with `https://`.") { GuardsSecrets = true },
        new("api_key", "API key", "abc", true, true, "What opens it."),
    ];

    /// <summary>What is used of the quota.</summary>
    public ProviderQuota Quota { get; set; } = new(10, 100, null, null, null, null);

    /// <summary>Whether new credentials are for our own submission.</summary>
    public bool UsesOurSubmission { get; set; }

    /// <summary>Whether the old credentials work again after a suspension.</summary>
    public bool KeepsCredentials { get; set; } = true;

    /// <summary>Calls in a second, above which it answers 429.</summary>
    public int? MostPerSecond { get; set; }

    public int Throttled { get; private set; }

    /// <summary>Of every call, in their order.</summary>
    public ConcurrentQueue<string> Calls { get; } = new();

    public IReadOnlyList<Account> Accounts
    {
        get
        {
            lock (_lock) return [.. _accounts.Values];
        }
    }

    /// <summary>The next calls of this name are answered so, one problem each.</summary>
    public void Script(string call, params ProviderProblem[] problems)
    {
        foreach (ProviderProblem problem in problems) _script.GetOrAdd(call, _ => new()).Enqueue(problem);
    }

    /// <summary>Somebody else's.</summary>
    public void AddForeign(string address)
    {
        lock (_lock) _accounts.Add(address, new Account(address, "somebody else's"));
    }

    /// <summary>As an administrator there does.</summary>
    public void Remove(string address)
    {
        lock (_lock) _accounts.Remove(address);
    }

    public bool SignsIn(string userName, string password)
    {
        lock (_lock) return _accounts.TryGetValue(userName, out Account? account) && account is { MaySend: true, IsSuspended: false } && account.Password == password;
    }

    public override IMailboxProvider Open(ProviderScope scope, IReadOnlyDictionary<string, string> settings) => new Connection(this);

    private ProviderProblem? Problem(string call)
    {
        Calls.Enqueue(call);
        if (_script.TryGetValue(call, out ConcurrentQueue<ProviderProblem>? queue) && queue.TryDequeue(out ProviderProblem? problem)) return problem;
        if (MostPerSecond is not { } most) return null;
        lock (_lock)
        {
            DateTimeOffset now = DateTimeOffset.UtcNow;
            while (_recent.TryPeek(out DateTimeOffset first) && now - first > TimeSpan.FromSeconds(1)) _recent.TryDequeue(out _);
            if (_recent.Count < most)
            {
                _recent.Enqueue(now);
                return null;
            }

            Throttled++;
            return Problems.Throttled(TimeSpan.FromMilliseconds(300));
        }
    }

    internal sealed record Account(string Address, string Mark)
    {
        public bool MaySend { get; set; }

        public bool IsSuspended { get; set; }

        public string? Password { get; set; }
    }

    private sealed class Connection(MemoryProvider cloud) : IMailboxProvider
    {
        public Task<ProviderOutcome<bool>> IsTakenAsync(string address, CancellationToken ct) => Do<bool>("is_taken", () => cloud._accounts.ContainsKey(address));

        public Task<ProviderOutcome<string>> CreateAsync(MailboxOrder order, CancellationToken ct) => Do<string>("create", () =>
        {
            if (cloud._accounts.TryGetValue(order.Address, out Account? known) && known.Mark != order.Mark) return Problems.Exists;
            cloud._accounts[order.Address] = known ?? new Account(order.Address, order.Mark);
            return $"account-{order.Address}";
        });

        public Task<ProviderOutcome<string>> SetUpSendingAsync(MailboxOrder order, string account, CancellationToken ct) => Do<string>("set_up_sending", () => Own(order) is { } own ? Sends(own) : Problems.Gone);

        public Task<ProviderOutcome<MailboxCredentials>> IssueCredentialsAsync(MailboxOrder order, string account, CancellationToken ct) => Do<MailboxCredentials>("issue_credentials", () =>
        {
            if (Own(order) is not { } own) return Problems.Gone;
            own.Password = $"Geheim-{Interlocked.Increment(ref cloud._issued)}-{Guid.NewGuid():N}";
            return cloud.UsesOurSubmission ? new MailboxCredentials("", 0, "", "", null, null, UsesOurSubmission: true) : new MailboxCredentials("smtp.memory.example", 587, own.Address, own.Password, new Uri("https://mail.memory.example/"));
        });

        public Task<ProviderOutcome<bool>> SuspendAsync(MailboxOrder order, string account, CancellationToken ct) => Do<bool>("suspend", () => Own(order) is { } own ? own.IsSuspended = true : Problems.Gone);

        public Task<ProviderOutcome<bool>> ResumeAsync(MailboxOrder order, string account, CancellationToken ct) => Do<bool>("resume", () =>
        {
            if (Own(order) is not { } own) return Problems.Gone;
            own.IsSuspended = false;
            if (!cloud.KeepsCredentials) own.Password = null;
            return cloud.KeepsCredentials;
        });

        public Task<ProviderOutcome<bool>> DeleteAsync(MailboxOrder order, string? account, CancellationToken ct) => Do<bool>("delete", () => Own(order) is { } own && cloud._accounts.Remove(own.Address));

        public Task<ProviderOutcome<ProviderQuota>> ReadQuotaAsync(CancellationToken ct) => Do<ProviderQuota>("read_quota", () => cloud.Quota);

        public Task<ProviderOutcome<bool>> CheckAsync(string? domain, CancellationToken ct) => Do<bool>("check", () => true);

        private Account? Own(MailboxOrder order) => cloud._accounts.TryGetValue(order.Address, out Account? known) && known.Mark == order.Mark ? known : null;

        private static string Sends(Account own)
        {
            own.MaySend = true;
            return $"identity-{own.Address}";
        }

        private async Task<ProviderOutcome<T>> Do<T>(string call, Func<ProviderOutcome<T>> act)
        {
            await Task.Yield();
            if (cloud.Problem(call) is { } problem) return problem;
            lock (cloud._lock) return act();
        }
    }
}

internal static class Problems
{
    public static ProviderProblem Exists { get; } = new(ProviderProblems.MailboxExists, "The address is used.", "Take another one.", false);

    public static ProviderProblem Gone { get; } = new(ProviderProblems.Gone, "There is no such account.", "Make another one.", false);

    public static ProviderProblem LicenceMissing { get; } = new(ProviderProblems.LicenceMissing, "No licence is free.", "Buy one.", false) { ProviderCode = "400 NoLicence" };

    public static ProviderProblem Down { get; } = new(ProviderProblems.Unavailable, "It answered 503.", "Nothing: it is tried again.", true) { ProviderCode = "503" };

    public static ProviderProblem NoAnswer { get; } = new(ProviderProblems.Unavailable, "No answer came.", "Nothing: it is tried again.", true) { IsUnknown = true };

    public static ProviderProblem Throttled(TimeSpan after) => new(ProviderProblems.Throttled, "Too many requests.", "Nothing: it is tried again.", true, after) { ProviderCode = "429" };
}
