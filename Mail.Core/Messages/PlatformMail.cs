using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Mail.Core.Common;
using Mail.Core.Delivery;
using Mail.Core.Relays;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Mail.Core.Messages;

/// <summary>A mail of Mail's own to one person, from a built-in template: a project's copies of those are its people's words, and these are ours.</summary>
/// <param name="Project">Among whose messages it stands.</param>
public sealed record PlatformMessage(ProjectId Project, string Locale, string To, string Template, Dictionary<string, JsonElement> Variables)
{
    /// <summary>Which part of Mail made it (<see cref="MessageSources"/>). Unless it says otherwise only its recipient may read it.</summary>
    public string Source { get; init; } = MessageSources.Verification;

    /// <summary>Whether the project's relays may carry it. Otherwise only the installation's does: the project's relay and its inbox belong to those who work there.</summary>
    public bool OverAnyRelay { get; init; }

    /// <summary>To somebody with an account, about that account: the project's suppression list does not stop it.</summary>
    public bool IsOfAccount { get; init; }

    /// <summary>The name of the relay that it must not go over.</summary>
    public string? Avoids { get; init; }

    public IReadOnlyList<TagRequest>? Tags { get; init; }

    /// <summary>Under which it is sent once, however often it is told; null without.</summary>
    public string? Key { get; init; }
}

/// <summary>The one way of our own mails: from EMAIL_FROM, by the same checks, queue and lanes as every other.</summary>
public sealed class PlatformMail(
    MessageFactory factory, IntakeCommitter committer, MessageSecrets secrets, DeliverySignal workers, NpgsqlDataSource dataSource, PublicUrl publicUrl, IOptions<MessageOptions> messages,
    IOptions<IntakeOptions> intake, TimeProvider clock)
{
    /// <returns>Why this installation can mail no links; null when it can.</returns>
    public Failure? Objection =>
        publicUrl.Value is null ? new Failure(FailureKind.Unavailable, "not_configured", $"No link can be mailed, because this installation does not know its public address. Set {PublicUrl.Name} of the API, such as https://mail.example.com.")
        : !HasSender ? new Failure(FailureKind.Unavailable, "not_configured", "No link can be mailed, because this installation has no sender of its own. Set EMAIL_FROM of the API.")
        : null;

    public bool HasSender => !string.IsNullOrEmpty(messages.Value.DefaultFrom);

    /// <summary>A message that can be stored; for a caller who looks at it first.</summary>
    public async Task<Result<NewMessage>> PrepareAsync(PlatformMessage mail, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(mail);
        EmailRequest request = new()
        {
            From = messages.Value.DefaultFrom, To = [mail.To], Lane = Lane.Critical.Name(), Template = new TemplateRequest(mail.Template, mail.Variables, mail.Locale),
            Tags = mail.Tags is null ? null : [.. mail.Tags], Headers = new() { ["Auto-Submitted"] = "auto-generated" },
        };
        Result<PreparedMessage> prepared = factory.Create(new MessageSender(mail.Project, IsTest: false, mail.Locale) { OnlyRelay = mail.OverAnyRelay ? null : RelaySettings.Name, Cipher = await secrets.CipherAsync(ct) }, request);
        if (!prepared.IsSuccess) return prepared.Failure;
        MessageEnvelope envelope = prepared.Value.New.Message.Envelope with { Source = mail.Source, Avoids = mail.Avoids, IsOfAccount = mail.IsOfAccount ? true : null };
        return prepared.Value.New with { Message = prepared.Value.New.Message with { Envelope = envelope }, EnvelopeJson = JsonSerializer.Serialize(envelope, StoredMessageJson.Default.MessageEnvelope) };
    }

    /// <summary>Commits it by itself.</summary>
    public async Task<Failure?> SendAsync(PlatformMessage mail, CancellationToken ct)
    {
        Result<NewMessage> prepared = await PrepareAsync(mail, ct);
        return prepared.IsSuccess ? await SendAsync(mail, prepared.Value) : prepared.Failure;
    }

    /// <summary>Commits what <see cref="PrepareAsync"/> gave.</summary>
    public async Task<Failure?> SendAsync(PlatformMessage mail, NewMessage message)
    {
        Result<IntakeResult> accepted = await committer.CommitAsync(SubmissionOf(mail, message));
        return accepted.IsSuccess ? null : accepted.Failure;
    }

    /// <summary>Stores it in the transaction that does what it tells: neither is there without the other. Call <see cref="Wake"/> after its commit.</summary>
    public async Task<Failure?> StoreAsync(NpgsqlConnection within, PlatformMessage mail, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(within);
        Result<NewMessage> prepared = await PrepareAsync(mail, ct);
        if (!prepared.IsSuccess) return prepared.Failure;
        await IntakeSql.CommitAsync(dataSource, within, [SubmissionOf(mail, prepared.Value)], clock.GetUtcNow(), intake.Value.IdempotencyLifetime, ct);
        return null;
    }

    /// <summary>After a commit.</summary>
    public void Wake() => workers.Raise();

    /// <summary>A variable. What no mail can carry is left out of it, and what would turn the text around it.</summary>
    public static JsonElement Text(string text)
    {
        string plain = TextRules.WithoutTurns(text);
        return JsonSerializer.SerializeToElement(TextRules.IsStorable(plain) ? plain : string.Concat(plain.Where(c => c != '\0' && !char.IsSurrogate(c))), EmailRequestJson.Default.String);
    }

    public static JsonElement Number(int number) => JsonElement.Parse(number.ToString(CultureInfo.InvariantCulture));

    public static JsonElement Time(DateTimeOffset at) => Text(at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));

    private static Submission SubmissionOf(PlatformMessage mail, NewMessage message) => new(
        mail.Project, [message], mail.Key is null ? null : new IdempotencyRecord(mail.Key, SHA256.HashData(Encoding.UTF8.GetBytes(mail.Key))), $$"""{"id":"{{message.Message.Id}}"}""");
}
