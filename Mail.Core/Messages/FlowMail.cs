using System.Text.Json;
using Mail.Core.Common;
using Mail.Core.Delivery;
using Mail.Core.Tracking;
using Mail.Protocol.Calendar;
using Mail.Protocol.Mime;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Mail.Core.Messages;

/// <summary>A mail that a flow sends to one person because something happened in it.</summary>
/// <param name="IsTest">It goes to the sandbox inbox, as what a test key sends.</param>
/// <param name="To">The bare address.</param>
/// <param name="Template">The project's own of that name where it has published one, else the built-in one.</param>
/// <param name="Variables">What the template declares; others are left out.</param>
/// <param name="Locale">The person's (BCP 47); null for what is known of them, else the project's.</param>
public sealed record FlowMessage(ProjectId Project, bool IsTest, string To, string Template, Dictionary<string, JsonElement> Variables, string? Locale)
{
    public string? ToName { get; init; }

    /// <summary>With or without a name; null for EMAIL_FROM.</summary>
    public string? From { get; init; }

    public string? ReplyTo { get; init; }

    /// <summary>An appointment that the person's calendar takes over.</summary>
    public CalendarMessage? Calendar { get; init; }

    public IReadOnlyList<TagRequest>? Tags { get; init; }

    /// <summary>Variables that are secret whatever the template declares: stored encrypted, shown to nobody but the recipient.</summary>
    public IReadOnlyCollection<string> SecretVariables { get; init; } = [];

    /// <summary>Whether its opens are recorded, although it holds secrets: a picture tells of them, and no link of the mail is rewritten.</summary>
    public bool TracksOpens { get; init; }
}

/// <summary>The one way of flows' mails: stored in the transaction of what they tell, so that neither is there without the other.</summary>
public sealed class FlowMail(MessageIntake intake, DeliverySignal workers, NpgsqlDataSource dataSource, IOptions<IntakeOptions> options, TimeProvider clock)
{
    private const string Locales = "SELECT id, default_locale FROM projects WHERE id = ANY($1)";

    /// <summary>By the checks, templates, suppression list and lanes of every other mail. Call <see cref="Wake"/> after the commit.</summary>
    /// <param name="within">A connection on which a transaction is open.</param>
    /// <returns>For each mail in its place, its message; or why there is none: what happened has happened, and the flow's history is to say who was not told.</returns>
    public async Task<IReadOnlyList<Result<MessageId>>> StoreAsync(NpgsqlConnection within, IReadOnlyList<FlowMessage> mails, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(within);
        ArgumentNullException.ThrowIfNull(mails);
        if (mails.Count == 0) return [];
        Dictionary<Guid, string> locales = await LocalesAsync(within, mails, ct);
        Result<PreparedMessage>[] prepared = new Result<PreparedMessage>[mails.Count];
        foreach (IGrouping<(ProjectId Project, bool IsTest), int> together in Enumerable.Range(0, mails.Count).GroupBy(i => (mails[i].Project, mails[i].IsTest)))
        {
            int[] places = [.. together];
            MessageSender sender = new(together.Key.Project, together.Key.IsTest, locales.GetValueOrDefault(together.Key.Project.Value, "en"));
            IReadOnlyList<Result<PreparedMessage>> some = await intake.PrepareAsync(sender, [.. places.Select(i => RequestOf(mails[i]))], ct);
            for (int i = 0; i < places.Length; i++) prepared[places[i]] = some[i];
        }

        Submission[] group = [.. prepared.Where(one => one.IsSuccess).Select(one => one.Value.New).Select(message => new Submission(message.Message.ProjectId, [message], null, ""))];
        if (group.Length > 0) await IntakeSql.CommitAsync(dataSource, within, group, clock.GetUtcNow(), options.Value.IdempotencyLifetime, ct);
        return [.. prepared.Select(one => one.IsSuccess ? (Result<MessageId>)one.Value.New.Message.Id : one.Failure)];
    }

    /// <summary>After the commit: workers look at once.</summary>
    public void Wake() => workers.Raise();

    private static EmailRequest RequestOf(FlowMessage mail) => new()
    {
        From = mail.From, To = [Named(mail.To, mail.ToName)], ReplyTo = mail.ReplyTo is null ? null : [mail.ReplyTo], Template = new TemplateRequest(mail.Template, mail.Variables, mail.Locale),
        Calendar = mail.Calendar, Tags = mail.Tags is null ? null : [.. mail.Tags], SecretVariables = mail.SecretVariables, TracksOpensOfSecrets = mail.TracksOpens, Tracking = mail.TracksOpens ? new TrackingRequest(true, false) : null, Headers = new() { ["Auto-Submitted"] = "auto-generated" },
    };

    /// <summary>What no header can carry is left out of a name: the mail goes all the same.</summary>
    private static string Named(string address, string? name)
    {
        if (string.IsNullOrWhiteSpace(name) || !EmailAddress.TryParse(address, out EmailAddress? bare, out _)) return address;
        string clean = new([.. TextRules.WithoutTurns(name).Where(c => !char.IsControl(c) && !char.IsSurrogate(c))]);
        return bare.WithDisplayName(clean.Trim()).ToString();
    }

    private static async Task<Dictionary<Guid, string>> LocalesAsync(NpgsqlConnection within, IReadOnlyList<FlowMessage> mails, CancellationToken ct)
    {
        await using NpgsqlCommand command = new(Locales, within);
        command.Parameters.AddTyped(mails.Select(mail => mail.Project.Value).Distinct().ToArray());
        Dictionary<Guid, string> locales = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) locales[reader.GetGuid(0)] = reader.GetString(1);
        return locales;
    }
}
