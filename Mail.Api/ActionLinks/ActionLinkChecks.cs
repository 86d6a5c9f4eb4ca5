using System.Text.Json;
using Mail.Api.Access;
using Mail.Core.ActionLinks;
using Mail.Core.Codes;
using Mail.Core.Common;
using Mail.Core.Messages;
using Mail.Core.Templates;

namespace Mail.Api.ActionLinks;

/// <summary>Reads the body of POST /action-links, or names the first field that cannot be taken.</summary>
internal static class ActionLinkChecks
{
    private const int LongestTitle = 200, LongestText = 4000, LongestLabel = 80, LongestKey = 40, LongestGroup = 200, LongestUrl = 2000, LargestMetadata = 4096, MostChoices = 5;

    public static Result<NewActionLink> Read(CreateActionLink.Request request, CurrentProject project, bool isDevelopment, DateTimeOffset now)
    {
        if (!CodeSubject.TryCreate(project.Id, request.Purpose, request.Subject, project.IsTest, out CodeSubject? subject, out Failure? problem)) return problem;
        if (string.IsNullOrWhiteSpace(request.Title)) return Failure.Missing("title");
        if ((TextProblem("title", request.Title, LongestTitle) ?? TextProblem("text", request.Text, LongestText, lines: true) ?? TextProblem("group", request.Group, LongestGroup)) is { } bad) return bad;
        Result<ActionChoice[]> choices = Choices(request);
        if (!choices.IsSuccess) return choices.Failure;
        TimeSpan lifetime = request.ExpiresAt is { } at ? at - now : NewActionLink.UsualLifetime;
        if (lifetime < NewActionLink.ShortestLifetime || lifetime > NewActionLink.LongestLifetime) return Failure.Field("expires_at", "must be one minute to 366 days ahead.");
        if (request is { Group: not null, SingleUse: false }) return Failure.Field("group", "cannot be used with `single_use: false`: a decision is made once.");
        Result<Uri?> redirect = Redirect(request.RedirectUrl, isDevelopment);
        if (!redirect.IsSuccess) return redirect.Failure;
        if (request.Metadata is { } metadata && MetadataProblem(metadata) is { } wrong) return wrong;
        if (request.Locale is { } locale && !Locale.IsWellFormed(locale)) return Failure.Field("locale", "is not a language tag (BCP 47), such as `fr` or `fr-CA`.");
        return new NewActionLink(project.Id, subject.Purpose, subject.Value)
        {
            IsTest = project.IsTest, Lifetime = lifetime, SingleUse = request.SingleUse != false, Group = request.Group, Title = request.Title.Trim(), Text = request.Text, Choices = choices.Value,
            RedirectUrl = redirect.Value, Metadata = request.Metadata is { ValueKind: JsonValueKind.Object } given ? given : null, Locale = request.Locale,
        };
    }

    private static Result<ActionChoice[]> Choices(CreateActionLink.Request request)
    {
        if (request.Choices is null)
        {
            if (string.IsNullOrWhiteSpace(request.Button)) return Failure.Missing("button");
            return TextProblem("button", request.Button, LongestLabel) is { } bad ? bad : (ActionChoice[])[new ActionChoice("confirm", request.Button.Trim())];
        }

        if (request.Button is not null) return Failure.Field("button", "cannot be used together with `choices`.");
        return ChoicesOf(request.Choices, 1);
    }

    internal static Result<ActionChoice[]> ChoicesOf(ActionLinkChoice?[] given, int least)
    {
        if (given.Length < least || given.Length > MostChoices) return Failure.Field("choices", $"must be {(least == 1 ? "one" : "two")} to {MostChoices} choices.");
        List<ActionChoice> choices = [];
        for (int i = 0; i < given.Length; i++)
        {
            ActionLinkChoice? choice = given[i];
            if (string.IsNullOrEmpty(choice?.Key)) return Failure.Missing($"choices.{i}.key");
            if (choice.Key.Length > LongestKey || !choice.Key.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')) return Failure.Field($"choices.{i}.key", $"must be a name of at most {LongestKey} letters, digits, `-` and `_`.");
            if (choices.Any(known => known.Key == choice.Key)) return Failure.Field($"choices.{i}.key", "stands there twice.");
            if (string.IsNullOrWhiteSpace(choice.Label)) return Failure.Missing($"choices.{i}.label");
            if (TextProblem($"choices.{i}.label", choice.Label, LongestLabel) is { } bad) return bad;
            choices.Add(new ActionChoice(choice.Key, choice.Label.Trim()));
        }

        return choices.ToArray();
    }

    private static Result<Uri?> Redirect(string? text, bool isDevelopment)
    {
        if (text is null) return (Uri?)null;
        if (text.Length > LongestUrl) return Failure.Field("redirect_url", $"is longer than {LongestUrl} characters.");
        bool isAddress = TextRules.IsStorable(text) && Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && url.UserInfo.Length == 0 && url.Host.Length > 0
            && (url.Scheme == Uri.UriSchemeHttps || (isDevelopment && url.Scheme == Uri.UriSchemeHttp));
        return isAddress ? new Uri(text) : Failure.Field("redirect_url", "must be an absolute https address without a user name.");
    }

    internal static Failure? MetadataProblem(JsonElement metadata) =>
        metadata.ValueKind is JsonValueKind.Null ? null
        : metadata.ValueKind is not JsonValueKind.Object ? Failure.Field("metadata", "must be an object.")
        : metadata.GetRawText().Length > LargestMetadata ? Failure.Field("metadata", $"is larger than {LargestMetadata} characters.")
        : MessageFactory.IsStorable(metadata) ? null : Failure.Field("metadata", "contains a NUL character or half of a surrogate pair.");

    internal static Failure? TextProblem(string path, string? text, int longest, bool lines = false) =>
        text is null ? null
        : text.Length > longest ? Failure.Field(path, $"is longer than {longest} characters.")
        : !TextRules.IsStorable(text) || text.Any(c => char.IsControl(c) && !(lines && c is '\n' or '\r' or '\t')) ? Failure.Field(path, "must not contain control characters or half of a surrogate pair.")
        : null;
}
