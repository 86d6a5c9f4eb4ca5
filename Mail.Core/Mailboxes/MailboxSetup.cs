using Mail.Core.Common;
using Mail.Core.Flows;
using Mail.Core.Mailboxes.Providers;
using Mail.Core.Messaging;
using Npgsql;

namespace Mail.Core.Mailboxes;

/// <summary>A mailbox to be made. Names are checked and normal before.</summary>
/// <param name="Owner">The app's user, or `user:{id}` of the console.</param>
/// <param name="UserName">The part before the at sign: ASCII, in lower case.</param>
/// <param name="Domain">Null for the owner's choice, else the project's default.</param>
/// <param name="DisplayName">Without control characters; may be empty.</param>
public sealed record MailboxWish(ProjectId ProjectId, bool IsTest, string Owner, string UserName, string? Domain, string DisplayName)
{
    /// <summary>For a caller who stores it with the wish; a new one without it.</summary>
    public Guid? Id { get; init; }
}

/// <param name="IsAvailable">Neither we nor the provider have anything of that address.</param>
/// <param name="IsTakenHere">By a mailbox of the project.</param>
public sealed record MailboxAvailability(string Address, bool IsAvailable, bool IsTakenHere);

/// <summary>What somebody may wish of mailboxes. Each wish is stored with the message of the bus that leads there, and answered before the provider is asked: see <see cref="WaitAsync"/>.</summary>
public sealed class MailboxSetup(
    NpgsqlDataSource dataSource, MailboxStore store, MailboxDomains domains, MailboxProviders providers, MailboxVault vault, BusOutbox bus, TimeProvider clock)
{
    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(100), _longestLook = TimeSpan.FromSeconds(1);

    // Who removes the domain or the connection waits for who makes a mailbox with them, or comes first and is seen.
    private const string HoldSql = """
        SELECT d.connection_id, c.kind, c.is_enabled FROM mailbox_domains d JOIN mailbox_connections c ON c.project_id = d.project_id AND c.id = d.connection_id
        WHERE d.project_id = $1 AND d.domain = $2 FOR KEY SHARE
        """;

    /// <summary>Asks our table, and then the provider.</summary>
    /// <param name="owner">Whose choice of a domain counts; null for the project's default.</param>
    public async Task<Result<MailboxAvailability>> CheckAsync(ProjectId project, string? owner, string userName, string? domain, CancellationToken ct)
    {
        Result<MailboxDomain> place = await domains.ResolveAsync(project, owner, domain, ct);
        if (!place.IsSuccess) return place.Failure;
        string address = $"{userName}@{place.Value.Domain}";
        if ((await store.TakenAsync(project, [address], ct)).Count > 0) return new MailboxAvailability(address, false, true);
        if (await providers.OpenAsync(project, place.Value.Connection, ct) is not { } opened) return Failure.NotFound("Connection");
        if (opened.Provider is not { } provider) return Unavailable(opened.Problem!);
        ProviderOutcome<bool> taken = await providers.CallAsync(opened.Kind, "is_taken", limited => provider.IsTakenAsync(address, limited), ct);
        return taken.IsSuccess ? new MailboxAvailability(address, !taken.Value, false) : Unavailable(taken.Problem!);
    }

    /// <summary>Reserves the name and begins to make it, in one transaction.</summary>
    /// <param name="condition">What else must hold in that transaction, such as how many a user may make in a day; a failure stores nothing. May be null.</param>
    /// <returns>Or a failure: `name_taken` when the project has it, also by another request of this moment.</returns>
    public async Task<Result<Mailbox>> CreateAsync(MailboxWish wish, FlowActor by, Func<NpgsqlConnection, CancellationToken, Task<Failure?>>? condition, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(wish);
        Result<MailboxDomain> place = await domains.ResolveAsync(wish.ProjectId, wish.Owner, wish.Domain, ct);
        if (!place.IsSuccess) return place.Failure;
        DateTimeOffset now = clock.GetUtcNow();
        await using NpgsqlConnection within = await dataSource.OpenConnectionAsync(ct);
        await using NpgsqlTransaction transaction = await within.BeginTransactionAsync(ct);
        if (condition is not null && await condition(within, ct) is { } refusal) return refusal;
        Result<(Guid Connection, string Kind)> held = await HoldAsync(within, place.Value, ct);
        if (!held.IsSuccess) return held.Failure;
        Mailbox mailbox = new(wish.ProjectId, wish.Id ?? UuidV7.New(now), wish.IsTest, wish.Owner, $"{wish.UserName}@{place.Value.Domain}", wish.DisplayName, held.Value.Kind, held.Value.Connection, now);
        if (!await MailboxStore.AddAsync(within, mailbox, ct)) return new Failure(FailureKind.Conflict, "name_taken", $"`username`: {mailbox.Address} is taken.");
        await FlowHistory.AddAsync(within, mailbox.ProjectId, mailbox.Id, new FlowEntry("reserved", now, by, null), ct);
        await bus.PublishAsync(new MailboxStepDue(mailbox.ProjectId, mailbox.Id, mailbox.Turn), within, ct);
        await transaction.CommitAsync(CancellationToken.None);
        bus.Wake();
        return mailbox;
    }

    /// <summary>Until it rests: active, suspended, deleted or failed. Returns earlier when what hinders it will not pass within the limit.</summary>
    /// <param name="limit">By the clock on the wall; a client's patience.</param>
    /// <returns>As it is then; null when there is none.</returns>
    public async Task<Mailbox?> WaitAsync(MailboxAccess access, Guid id, TimeSpan limit, CancellationToken ct)
    {
        long until = Environment.TickCount64 + (long)limit.TotalMilliseconds;
        for (TimeSpan pause = _look; ; pause = pause * 1.5 < _longestLook ? pause * 1.5 : _longestLook)
        {
            Mailbox? mailbox = await store.FindAsync(access, id, ct);
            long left = until - Environment.TickCount64;
            if (mailbox?.Goal is null || left <= 0 || mailbox.NextAttemptAt - clock.GetUtcNow() > TimeSpan.FromMilliseconds(left)) return mailbox;
            await Task.Delay(pause.TotalMilliseconds < left ? pause : TimeSpan.FromMilliseconds(left), ct);
        }
    }

    /// <summary>The credentials, once: in the transaction that marks them as shown they are gone here. Who loses the answer asks for new ones (<see cref="RotateAsync"/>).</summary>
    public async Task<Result<MailboxCredentials>> TakeCredentialsAsync(MailboxAccess access, Guid id, FlowActor by, CancellationToken ct)
    {
        await using NpgsqlConnection within = await dataSource.OpenConnectionAsync(ct);
        await using NpgsqlTransaction transaction = await within.BeginTransactionAsync(ct);
        if (await LockAsync(within, access, id, ct) is not { EndedAt: null } mailbox) return Failure.NotFound("Mailbox");
        if (mailbox.Goal is not null) return new Failure(FailureKind.Conflict, "mailbox_busy", "This mailbox is being made or changed just now. Ask again when that is done.");
        if (mailbox.State is not MailboxState.Active) return new Failure(FailureKind.Conflict, $"mailbox_{mailbox.State.Name()}", $"This mailbox is {mailbox.State.Name()}; only an active one has credentials to show.");
        if (!mailbox.HasCredentials) return new Failure(FailureKind.Conflict, "credentials_shown", "The credentials of this mailbox were shown, which is done once. Have new ones made.");
        if (vault.Open(mailbox) is not { } credentials) return new Failure(FailureKind.Conflict, "credentials_unreadable", "The credentials were encrypted with a key that is lost. Have new ones made.");
        DateTimeOffset now = clock.GetUtcNow();
        (mailbox.Credentials, mailbox.CredentialsShownAt) = (null, now);
        await MailboxStore.SaveAsync(within, mailbox, ct);
        await FlowHistory.AddAsync(within, mailbox.ProjectId, mailbox.Id, new FlowEntry("credentials_shown", now, by, null), ct);
        await transaction.CommitAsync(CancellationToken.None);
        return credentials;
    }

    /// <summary>It neither sends nor receives. Nothing happens when it is suspended.</summary>
    public Task<Result<Mailbox>> SuspendAsync(MailboxAccess access, Guid id, FlowActor by, CancellationToken ct) => PursueAsync(access, id, (mailbox, now) => mailbox.Suspend(now), "suspend_asked", by, ct);

    /// <summary>Its credentials work again, or new ones are there to be taken.</summary>
    public Task<Result<Mailbox>> ResumeAsync(MailboxAccess access, Guid id, FlowActor by, CancellationToken ct) => PursueAsync(access, id, (mailbox, now) => mailbox.Resume(now), "resume_asked", by, ct);

    /// <summary>At any time, also while it is being made. The name is free again when the provider has removed it.</summary>
    public Task<Result<Mailbox>> DeleteAsync(MailboxAccess access, Guid id, FlowActor by, CancellationToken ct) => PursueAsync(access, id, (mailbox, now) => mailbox.Delete(now), "delete_asked", by, ct);

    /// <summary>New credentials; the old ones stop working when the provider has made them.</summary>
    public Task<Result<Mailbox>> RotateAsync(MailboxAccess access, Guid id, FlowActor by, CancellationToken ct) => PursueAsync(access, id, (mailbox, now) => mailbox.Rotate(now), "rotate_asked", by, ct);

    /// <summary>Ends one that its provider does not remove. What is left there is no longer known here.</summary>
    public Task<Result<Mailbox>> GiveUpAsync(MailboxAccess access, Guid id, FlowActor by, CancellationToken ct) => PursueAsync(access, id, (mailbox, _) => mailbox.GiveUp(), "given_up", by, ct);

    private async Task<Result<Mailbox>> PursueAsync(MailboxAccess access, Guid id, Func<Mailbox, DateTimeOffset, Failure?> wish, string told, FlowActor by, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(access);
        await using NpgsqlConnection within = await dataSource.OpenConnectionAsync(ct);
        await using NpgsqlTransaction transaction = await within.BeginTransactionAsync(ct);
        if (await LockAsync(within, access, id, ct) is not { } mailbox) return Failure.NotFound("Mailbox");
        DateTimeOffset now = clock.GetUtcNow();
        (MailboxGoal?, bool) before = (mailbox.Goal, mailbox.MayExist);
        if (wish(mailbox, now) is { } refusal) return refusal;
        if ((mailbox.Goal, mailbox.MayExist) == before) return mailbox; // it is so already, or on its way
        // While the provider is being asked, that call's message goes on with the new goal: two calls at a time could cross each other.
        if (mailbox.CallingSince is not { } calling || now - calling > Mailbox.LongestCall)
        {
            mailbox.Turn++;
            mailbox.CallingSince = null;
            await bus.PublishAsync(new MailboxStepDue(mailbox.ProjectId, mailbox.Id, mailbox.Turn), within, ct);
        }

        await MailboxStore.SaveAsync(within, mailbox, ct);
        await FlowHistory.AddAsync(within, mailbox.ProjectId, mailbox.Id, new FlowEntry(told, now, by, null), ct);
        await transaction.CommitAsync(CancellationToken.None);
        bus.Wake();
        return mailbox;
    }

    private static async Task<Mailbox?> LockAsync(NpgsqlConnection within, MailboxAccess access, Guid id, CancellationToken ct) =>
        await MailboxStore.LockAsync(within, access.ProjectId, id, ct) is { } mailbox && mailbox.IsTest == access.IsTest && (access.Owner is null || access.Owner == mailbox.Owner) ? mailbox : null;

    private static async Task<Result<(Guid, string)>> HoldAsync(NpgsqlConnection within, MailboxDomain place, CancellationToken ct)
    {
        await using NpgsqlCommand hold = new(HoldSql, within);
        hold.Parameters.AddTyped(place.ProjectId.Value).AddTyped(place.Domain);
        await using NpgsqlDataReader reader = await hold.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct)) return Failure.Field("domain", "is no domain in which this project makes mailboxes any more.");
        return reader.GetBoolean(2) ? (reader.GetGuid(0), reader.GetString(1)) : new Failure(FailureKind.Conflict, "connection_disabled", "The connection of this domain is switched off: no mailboxes are made with it.");
    }

    private static Failure Unavailable(ProviderProblem problem) =>
        new(problem.IsTransient ? FailureKind.Unavailable : FailureKind.Conflict, problem.Code, $"The provider could not be asked: {problem.Detail} {problem.Remedy}");
}
