using System.Text.Json;
using System.Text.Json.Serialization;
using Mail.Core.ActionLinks;
using Mail.Core.Common;
using Mail.Core.Messaging;
using Npgsql;

namespace Mail.Core.Accounts.Apps;

/// <summary>What the link knows: which mail it stood in.</summary>
internal sealed record AppNotMeFacts(string Event);

/// <summary>A user of an app says "this was not me": the app is told until it has taken it.</summary>
/// <param name="Event">Of which mail: `new_sign_in`.</param>
[BusMessage("accounts.app-not-me"), Sensitive]
internal sealed record AppNotMeSaid(ProjectId ProjectId, bool IsTest, Guid LinkId, string Email, string Event, DateTimeOffset At, string? Ip, string? UserAgent) : IProjectMessage;

/// <summary>"This was not me" in the mails of an app's accounts: the app ends the sessions. The click is stored at once; the app is called after it, as often as it takes.</summary>
public sealed class AppNotMe(AppAccountSettingsStore settings, BusOutbox outbox) : IActionPurpose
{
    internal const string PurposeName = "app-account-not-me";

    public string Name => PurposeName;

    public async ValueTask<ActionWords?> WordsAsync(ActionLink link, string language, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(link);
        if (await settings.FindAsync(link.ProjectId, link.IsTest, ct) is not { } found) return null; // nobody is there who could act
        string app = found.AppName ?? new Uri(found.CallbackUrl).Host;
        return language == "fr"
            ? new ActionWords("Ce n’était pas vous ?", $"{app} déconnectera tous les appareils de votre compte.", [new ActionChoice("secure", "Ce n’était pas moi : sécuriser mon compte")])
            : new ActionWords("Was this not you?", $"{app} will sign out every device of your account.", [new ActionChoice("secure", "This was not me: secure my account")]);
    }

    public async Task<ActionAnswer> ActAsync(ActionUse use, NpgsqlTransaction transaction, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(use);
        ArgumentNullException.ThrowIfNull(transaction);
        ActionLink link = use.Link;
        if (await settings.FindAsync(link.ProjectId, link.IsTest, ct) is not { } found) return new ActionAnswer(false);
        string about = link.Metadata?.Deserialize(AppAccountJson.Default.AppNotMeFacts)?.Event ?? "";
        await outbox.PublishAsync(new AppNotMeSaid(link.ProjectId, link.IsTest, link.Id, link.Subject, about, use.At, use.Visitor.Ip, use.Visitor.UserAgent), transaction.Connection!, ct);
        (string title, string text) = use.Language == "fr"
            ? ("Merci, c’est noté", "Tous les appareils de votre compte seront déconnectés. Choisissez maintenant un nouveau mot de passe.")
            : ("Thank you, we have passed it on", "Every device of your account will be signed out. Now choose a new password.");
        return new ActionAnswer(true, title, text, found.ResetUrl is { } url ? new Uri(url) : null);
    }
}

/// <summary>In the worker.</summary>
internal static class AppNotMeHandler
{
    public const string CallbackType = "account.not_me";

    [BusHandler(HoldsTransaction = false)]
    public static async Task Handle(AppNotMeSaid said, AppAccountSettingsStore settings, AppCallbacks callbacks, CancellationToken ct)
    {
        if (await settings.FindAsync(said.ProjectId, said.IsTest, ct) is not { } found) return; // taken away meanwhile
        AppAnswer answer = await callbacks.SendAsync(found, CallbackType, said.LinkId, json =>
        {
            json.WriteString("id", said.LinkId);
            json.WriteString("email", said.Email);
            json.WriteString("event", said.Event);
            json.WriteString("at", said.At);
            json.WriteString("ip", said.Ip);
            json.WriteString("user_agent", said.UserAgent);
            json.WriteBoolean("test", said.IsTest);
        }, ct);
        // A user who is gone has no sessions; all else is told again, and is a dead letter at last.
        if (answer.Verdict is AppVerdict.Failed or AppVerdict.Refused) throw new InvalidOperationException($"The app's callback did not take `{CallbackType}`: {answer.Problem ?? "it answered 422"}.");
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(AppNotMeFacts))]
[JsonSerializable(typeof(AppPasswordResetFacts))]
internal sealed partial class AppAccountJson : JsonSerializerContext;
