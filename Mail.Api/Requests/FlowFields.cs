using System.Text.Json;
using Mail.Api.Access;
using Mail.Api.ActionLinks;
using Mail.Api.Contacts;
using Mail.Core.Common;
using Mail.Core.Flows;
using Mail.Core.Messages;
using Mail.Core.Projects;
using Mail.Core.Templates;
using Mail.Protocol.Mime;

namespace Mail.Api.Requests;

/// <summary>Fields that requests and appointments have in common: each is read, or refused by its path.</summary>
internal static class FlowFields
{
    public const int LongestName = 200;
    private const int LongestAddress = 320;

    /// <param name="Normal">As addresses are compared.</param>
    public sealed record Person(string Normal, string Email, string? Name, string? Locale, string? TimeZone, TimeZoneInfo? Zone);

    public static Result<Person> PersonAt(string path, string? email, string? name, string? locale, string? timeZone)
    {
        Result<string> normal = ContactRequest.Address(email, $"{path}.email");
        if (!normal.IsSuccess) return normal.Failure;
        if (EmailAddress.Parse(email!) is { DisplayName: not null }) return Failure.Field($"{path}.email", $"must be the address alone; the name goes into `{path}.name`.");
        if (ActionLinkChecks.TextProblem($"{path}.name", name, LongestName) is { } bad) return bad;
        if (locale is not null && !Locale.IsWellFormed(locale)) return Failure.Field($"{path}.locale", "is not a language tag (BCP 47), such as `fr` or `fr-CA`.");
        Result<TimeZoneInfo?> zone = Zone($"{path}.time_zone", timeZone);
        return zone.IsSuccess ? new Person(normal.Value, EmailAddress.Parse(email!).Address, Trimmed(name), locale, timeZone, zone.Value) : zone.Failure;
    }

    public static Result<TimeZoneInfo?> Zone(string path, string? name) =>
        name is null ? (TimeZoneInfo?)null : TimeZones.Find(name) is { HasIanaId: true } zone ? zone : Failure.Field(path, "is no time zone, such as `Europe/Paris`.");

    /// <returns>Null when it may be left out and is.</returns>
    public static Result<string?> Address(string path, string? email)
    {
        if (email is null) return (string?)null;
        if (email.Length > LongestAddress) return Failure.Field(path, "is not an address: it is too long.");
        Result<string> normal = ContactRequest.Address(email, path);
        return normal.IsSuccess ? EmailAddress.Parse(email).Address : normal.Failure;
    }

    /// <summary>The sender of the mails, with or without a name. A key that is held to domains names one of theirs.</summary>
    public static Result<string?> Sender(string? from, CurrentProject project)
    {
        if (from is not null && (!TextRules.IsStorable(from) || !EmailAddress.TryParse(from, out _, out _))) return Failure.Field("from", "is not an address, or one with a name.");
        return project.FromDomains.Count > 0 && (from is null || !AllowedSenders.Include(project.FromDomains, from)) ? AllowedSenders.Refusal(project.FromDomains, "from") : from;
    }

    public static Failure? RequiredText(string path, string? text, int longest, bool lines = false) =>
        string.IsNullOrWhiteSpace(text) ? Failure.Missing(path) : ActionLinkChecks.TextProblem(path, text, longest, lines);

    public static Result<JsonElement?> Metadata(JsonElement? metadata) =>
        metadata is not { } given ? (JsonElement?)null : ActionLinkChecks.MetadataProblem(given) is { } bad ? bad : given.ValueKind is JsonValueKind.Object ? given : (JsonElement?)null;

    public static FlowActor ActorOf(CurrentProject project, HttpContext http) => new("api", project.Actor.Kind is ActorKind.User ? $"member {project.Actor.Id}" : $"key {project.Actor.Id}", http.Connection.RemoteIpAddress?.ToString());

    /// <summary>What a mail could not be made of, by the name of the field that it came from.</summary>
    public static Failure Renamed(Failure failure, string recipient, string replyTo) => failure with
    {
        Detail = failure.Detail.Replace("`to.0`", $"`{recipient}`", StringComparison.Ordinal).Replace("`to`", $"`{recipient}`", StringComparison.Ordinal).Replace("`reply_to.0`", $"`{replyTo}`", StringComparison.Ordinal),
    };

    public static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
