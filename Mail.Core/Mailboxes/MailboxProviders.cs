using System.Collections.Concurrent;
using Mail.Core.Common;
using Mail.Core.Mailboxes.Providers;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Mail.Core.Mailboxes;

/// <summary>The kinds of providers that there are, and projects' connections ready for use. One whose settings did not change keeps its tokens and its sockets.</summary>
public sealed class MailboxProviders(NpgsqlDataSource dataSource, IEnumerable<MailboxProviderKind> kinds, MailboxSettings settings, IOptions<MailboxOptions> options)
{
    private const string FindSql = "SELECT kind, revision, settings, is_enabled FROM mailbox_connections WHERE project_id = $1 AND id = $2";

    private readonly ConcurrentDictionary<(ProjectId, Guid), OpenedConnection> _opened = new();

    /// <summary>In the order of their names.</summary>
    public IReadOnlyList<MailboxProviderKind> Kinds { get; } = [.. kinds.OrderBy(kind => kind.Name, StringComparer.Ordinal)];

    /// <summary>Null when nothing has that name.</summary>
    public MailboxProviderKind? Find(string? name) => Kinds.FirstOrDefault(kind => kind.Name == name);

    /// <returns>Null when the project has no such connection.</returns>
    internal async Task<OpenedConnection?> OpenAsync(ProjectId project, Guid connection, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(FindSql);
        command.Parameters.AddTyped(project.Value).AddTyped(connection);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct)) return null;
        (string kind, int revision, string stored, bool isEnabled) = (reader.GetString(0), reader.GetInt32(1), reader.GetString(2), reader.GetBoolean(3));
        if (_opened.TryGetValue((project, connection), out OpenedConnection? known) && known.Revision == revision) return known with { IsEnabled = isEnabled };
        OpenedConnection opened = Open(new ProviderScope(project, connection, revision), kind, settings.Unprotect(stored)) with { IsEnabled = isEnabled };
        if (opened.Provider is not null) _opened[(project, connection)] = opened;
        return opened;
    }

    internal OpenedConnection Open(ProviderScope scope, string kind, Dictionary<string, string>? values)
    {
        if (Find(kind) is not { } known)
            return new OpenedConnection(kind, scope.Revision, null, Invalid($"This version knows no provider `{kind}`.", "Start the version again that made this connection."));
        return values is null
            ? new OpenedConnection(kind, scope.Revision, null, Invalid("The settings of this connection were encrypted with a key that is lost.", "Enter the connection's settings again."))
            : new OpenedConnection(kind, scope.Revision, known.Open(scope, values), null);
    }

    /// <returns>What hinders; null when nothing does.</returns>
    internal async Task<ProviderProblem?> CheckAsync(OpenedConnection connection, string? domain, CancellationToken ct) =>
        connection.Provider is { } provider ? (await CallAsync(connection.Kind, "check", limited => provider.CheckAsync(domain, limited), ct)).Problem : connection.Problem;

    /// <summary>One call, with its limit: one that hangs, or fails in a way that nobody foresaw, has an unknown end.</summary>
    internal async Task<ProviderOutcome<T>> CallAsync<T>(string kind, string call, Func<CancellationToken, Task<ProviderOutcome<T>>> make, CancellationToken ct)
    {
        using MailboxMetrics.Call measured = MailboxMetrics.StartCall(kind, call);
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(options.Value.CallTimeout);
        ProviderOutcome<T> outcome;
        try
        {
            outcome = await make(limit.Token);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            // Its words may quote what was sent: the type says enough.
            string what = e is OperationCanceledException ? $"It did not answer within {options.Value.CallTimeout.TotalSeconds:0} seconds." : $"The call failed: {e.GetType().Name}.";
            outcome = new ProviderProblem(ProviderProblems.Unavailable, what, "Nothing: it is tried again.", true) { IsUnknown = true };
        }

        measured.End(outcome.Problem);
        return outcome;
    }

    /// <summary>A problem as the refusal of a wish.</summary>
    internal static Failure Refusal(string field, ProviderProblem problem) => new(FailureKind.Invalid, problem.Code, $"`{field}` is refused by the provider: {problem.Detail} {problem.Remedy}");

    private static ProviderProblem Invalid(string detail, string remedy) => new(ProviderProblems.Settings, detail, remedy, false);
}

/// <param name="Provider">Null when it cannot be opened, which <paramref name="Problem"/> says.</param>
internal sealed record OpenedConnection(string Kind, int Revision, IMailboxProvider? Provider, ProviderProblem? Problem)
{
    public bool IsEnabled { get; init; } = true;
}
