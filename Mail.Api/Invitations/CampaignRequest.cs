using System.Text.Json;
using System.Text.Json.Nodes;
using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Invitations;
using Mail.Core.Messages;
using Mail.Core.Templates;
using Mail.Protocol.Mime;

namespace Mail.Api.Invitations;

/// <summary>The body of POST /campaigns and PATCH /campaigns/{id}: what is given changes; null empties.</summary>
/// <param name="Title">The position, as it was advertised; stands in the subject.</param>
/// <param name="Job">Your own name for the job.</param>
/// <param name="Company">Who hires; without it the project's company, or its name.</param>
/// <param name="TargetUrl">Where the start page leads, with a ticket: https.</param>
/// <param name="ExpiresInMinutes">How long links work: 1 minute to 366 days; 7 days (10080) without it.</param>
/// <param name="RemindBeforeMinutes">How long before the end who has not begun is reminded; null for no reminder.</param>
/// <param name="Locales">Of the mails; the first one for candidates who read none of them. Without any: the candidate's, else the project's.</param>
/// <param name="TimeZone">Of candidates who have none (IANA).</param>
/// <param name="From">Who the mails come from; EMAIL_FROM without it.</param>
/// <param name="Message">Some words to the candidates.</param>
/// <param name="DurationMinutes">How long the interview takes.</param>
/// <param name="MayRestart">Whether the link leads on again after the interview was begun; true without it.</param>
/// <param name="TrackOpens">Whether opens of the mails are recorded; false without it.</param>
public sealed record CampaignRequest(
    string? Title, string? Job, string? Company, string? TargetUrl, int? ExpiresInMinutes, int? RemindBeforeMinutes, string?[]? Locales, string? TimeZone, string? From, string? ReplyTo, string? Message,
    int? DurationMinutes, bool? MayRestart, bool? TrackOpens)
{
    internal const int LongestLine = 200, LongestMessage = 4000, LongestUrl = 2000, MostLocales = 20;

    private const int LongestExpiry = 366 * 24 * 60;

    private static readonly string[] _fields =
        ["title", "job", "company", "target_url", "expires_in_minutes", "remind_before_minutes", "locales", "time_zone", "from", "reply_to", "message", "duration_minutes", "may_restart", "track_opens"];

    public static Result<CampaignRequest> Read(byte[] body)
    {
        Result<CampaignRequest> request = JsonBody.Parse(body, ApiJson.Default.CampaignRequest);
        if (!request.IsSuccess) return request;
        return Unknown(body, _fields, "a campaign") is { } unknown ? unknown : request;
    }

    /// <summary>What a campaign is, with the given fields in place of its own.</summary>
    public static Result<CampaignRequest> Over(Campaign campaign, byte[] body)
    {
        Result<CampaignRequest> given = Read(body); // its types first: they are told by their names
        if (!given.IsSuccess) return given;
        JsonObject all = JsonSerializer.SerializeToNode(Of(campaign), ApiJson.Default.CampaignRequest)!.AsObject();
        foreach ((string name, JsonNode? value) in JsonNode.Parse(body)!.AsObject()) all[name] = value?.DeepClone();
        return all.Deserialize(ApiJson.Default.CampaignRequest)!;
    }

    /// <summary>Checks all of it.</summary>
    public Result<Campaign> On(Campaign campaign, bool isDevelopment, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        if (string.IsNullOrWhiteSpace(Title)) return Failure.Missing("title");
        if (string.IsNullOrWhiteSpace(TargetUrl)) return Failure.Missing("target_url");
        if ((Line("title", Title) ?? Line("job", Job) ?? Line("company", Company) ?? Text("message", Message) ?? Address("from", From) ?? Address("reply_to", ReplyTo)) is { } problem) return problem;
        if (TargetProblem(TargetUrl, isDevelopment) is { } wrong) return Failure.Field("target_url", wrong);
        if (ExpiresInMinutes is < 1 or > LongestExpiry) return Failure.Field("expires_in_minutes", $"must be 1 to {LongestExpiry} (366 days).");
        int expiry = ExpiresInMinutes ?? Campaign.UsualExpiryMinutes;
        if (RemindBeforeMinutes is { } before && (before < 1 || before >= expiry)) return Failure.Field("remind_before_minutes", "must be at least 1, and less than `expires_in_minutes`.");
        if (Locales?.Length > MostLocales) return Failure.Field("locales", $"are more than {MostLocales}.");
        for (int i = 0; i < Locales?.Length; i++)
            if (!Locale.IsWellFormed(Locales[i])) return Failure.Field($"locales.{i}", "is not a language tag (BCP 47), such as `fr` or `fr-CA`.");
        if (TimeZone is not null && TimeZones.Find(TimeZone) is null) return Failure.Field("time_zone", "must be the name of a time zone (IANA), such as `Europe/Paris`.");
        if (DurationMinutes is < 1 or > 1440) return Failure.Field("duration_minutes", "must be 1 to 1440.");
        return campaign with
        {
            Title = Title.Trim(),
            Job = Job,
            Company = Company,
            TargetUrl = Wire(TargetUrl),
            ExpiresInMinutes = expiry,
            RemindBeforeMinutes = RemindBeforeMinutes,
            Locales = [.. Locales?.Select(one => one!) ?? []],
            TimeZone = TimeZone,
            Sender = From,
            ReplyTo = ReplyTo,
            Message = Message,
            DurationMinutes = DurationMinutes,
            MayRestart = MayRestart ?? true,
            TrackOpens = TrackOpens ?? false,
            UpdatedAt = now,
        };
    }

    /// <summary>As it stands in a header: letters of other alphabets in their ASCII form, also those of the host.</summary>
    /// <param name="url">One that <see cref="TargetProblem"/> has let pass.</param>
    internal static string Wire(string url)
    {
        Uri target = new(url);
        return target.HostNameType is UriHostNameType.Dns && target.Host != target.IdnHost ? new UriBuilder(target) { Host = target.IdnHost }.Uri.AbsoluteUri : target.AbsoluteUri;
    }

    /// <returns>Why a start page cannot lead there; null when it can. As for every redirect: https, no user name, and never from a request of the reader's.</returns>
    internal static string? TargetProblem(string text, bool isDevelopment)
    {
        if (text.Length > LongestUrl) return $"is longer than {LongestUrl} characters.";
        bool isAddress = TextRules.IsStorable(text) && Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && url.UserInfo.Length == 0 && url.Host.Length > 0
            && (url.Scheme == Uri.UriSchemeHttps || (isDevelopment && url.Scheme == Uri.UriSchemeHttp));
        return isAddress ? null : "must be an absolute https address without a user name.";
    }

    /// <summary>A key that is held to some domains sends from there alone, also by a campaign that somebody else has made.</summary>
    internal static Failure? SenderProblem(CurrentProject project, string? from)
    {
        if (project.FromDomains.Count == 0 || (from is not null && AllowedSenders.Include(project.FromDomains, from))) return null;
        return AllowedSenders.Refusal(project.FromDomains, "from");
    }

    internal static Failure? Line(string field, string? text) => text is null ? null
        : text.Length > LongestLine ? Failure.Field(field, $"is longer than {LongestLine} characters.")
        : !TextRules.IsStorable(text) || text.Any(char.IsControl) || string.IsNullOrWhiteSpace(text) ? Failure.Field(field, "must be one line of text, without control characters or half of a surrogate pair.") : null;

    internal static Failure? Text(string field, string? text) => text is null ? null
        : text.Length > LongestMessage ? Failure.Field(field, $"is longer than {LongestMessage} characters.")
        : !TextRules.IsStorable(text) || text.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t')) ? Failure.Field(field, "must not contain control characters or half of a surrogate pair.") : null;

    /// <param name="body">An object, as it was parsed before.</param>
    /// <returns>A field that there is not, or that stands twice: which of them counts, nobody should have to know.</returns>
    internal static Failure? Unknown(byte[] body, string[] fields, string what)
    {
        using JsonDocument document = JsonDocument.Parse(body);
        HashSet<string> seen = [];
        foreach (JsonProperty field in document.RootElement.EnumerateObject())
        {
            if (!fields.Contains(field.Name)) return Failure.Field(field.Name.Length <= 60 ? field.Name : $"{field.Name[..60]}…", $"is no field of {what}; these are: {string.Join(", ", fields)}.");
            if (!seen.Add(field.Name)) return Failure.Field(field.Name, "stands there twice.");
        }

        return null;
    }

    private static Failure? Address(string field, string? address) => address is null ? null
        : address.Length > CandidateWish.LongestEmail || !TextRules.IsStorable(address) ? Failure.Field(field, "is not an address that can be stored.")
        : EmailAddress.TryParse(address, out _, out string? error) ? null : Failure.Field(field, $"is not an address: {error}");

    private static CampaignRequest Of(Campaign one) => new(
        one.Title, one.Job, one.Company, one.TargetUrl, one.ExpiresInMinutes, one.RemindBeforeMinutes, [.. one.Locales], one.TimeZone, one.Sender, one.ReplyTo, one.Message, one.DurationMinutes, one.MayRestart, one.TrackOpens);
}
