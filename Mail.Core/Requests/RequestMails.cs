using System.Text.Json;
using Mail.Core.ActionLinks;
using Mail.Core.Common;
using Mail.Core.Messages;
using Npgsql;

namespace Mail.Core.Requests;

/// <summary>Which mail tells the person of what. The requester hears of all of it by webhook.</summary>
public sealed class RequestMails(ActionLinkStore links, FlowMail mail)
{
    internal const string PurposeName = "request";

    /// <returns>Null where there is nothing to tell: who decided has read the page, and who was asked in vain need not know.</returns>
    public static string? TemplateOf(RequestChange change) => change switch
    {
        RequestChange.Created or RequestChange.Resent => "decision-request",
        RequestChange.Reminded => "decision-reminder",
        RequestChange.Expired => "decision-expired",
        _ => null,
    };

    /// <summary>The links of one request: using one settles the others.</summary>
    internal static string GroupOf(Guid request) => $"request/{request}";

    /// <returns>The message; null where nobody is told.</returns>
    public async Task<Result<MessageId>?> StoreAsync(NpgsqlConnection within, DecisionRequest request, RequestChange change, DateTimeOffset now, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (TemplateOf(change) is not { } template) return null;
        RequestContent content = request.Content;
        Dictionary<string, JsonElement> variables = new() { ["title"] = PlatformMail.Text(content.Title), ["requester"] = PlatformMail.Text(content.Requester) };
        if (content.PersonName is { } name) variables["name"] = PlatformMail.Text(name);
        if (content.TimeZone is { } zone) variables["time_zone"] = PlatformMail.Text(zone);
        if (change is RequestChange.Expired)
        {
            variables["decider"] = PlatformMail.Text(content.PersonName ?? content.PersonEmail);
            variables["is_decider"] = JsonElement.Parse("true");
            variables["expired_at"] = PlatformMail.Time(request.Deadline);
        }
        else if (await AddLinksAsync(variables, within, request, now, ct) is { } failure)
        {
            return (Result<MessageId>)failure;
        }

        FlowMessage message = new(request.ProjectId, request.IsTest, content.PersonEmail, template, variables, content.Locale)
        {
            ToName = content.PersonName, From = content.From, ReplyTo = content.OnBehalfOfEmail, SecretVariables = ["choices", "approve_url", "decline_url", "code"],
        };
        return (await mail.StoreAsync(within, [message], ct))[0];
    }

    public void Wake() => mail.Wake();

    /// <summary>Of the address that links are made of nothing is kept: each mail has links of its own.</summary>
    private async Task<Failure?> AddLinksAsync(Dictionary<string, JsonElement> variables, NpgsqlConnection within, DecisionRequest request, DateTimeOffset now, CancellationToken ct)
    {
        RequestContent content = request.Content;
        TimeSpan left = request.Deadline - now;
        Result<CreatedActionLink> made = await links.CreateAsync(
            new NewActionLink(request.ProjectId, PurposeName, request.Email)
            {
                IsOwn = true, IsTest = request.IsTest, Group = GroupOf(request.Id), Choices = content.Choices, Locale = content.Locale, Metadata = JsonElement.Parse($$"""{"request":"{{request.Id}}"}"""),
                Lifetime = left > NewActionLink.ShortestLifetime ? left : NewActionLink.ShortestLifetime, // what decides is the request's own deadline
            },
            within, ct);
        if (!made.IsSuccess) return made.Failure;
        CreatedActionLink link = made.Value;
        ChoiceButton[] buttons = [.. content.Choices.Select(choice => new ChoiceButton(choice.Label, link.UrlOf(choice.Key)))];
        variables["choices"] = JsonSerializer.SerializeToElement(buttons, RequestJson.Default.Buttons);
        // For templates that know no more than two.
        (variables["approve_url"], variables["decline_url"]) = (PlatformMail.Text(buttons[0].Url), PlatformMail.Text(buttons[1].Url));
        (variables["code"], variables["code_url"]) = (PlatformMail.Text(link.Code), PlatformMail.Text(link.CodeUrl));
        variables["expires_at"] = PlatformMail.Time(request.Deadline);
        if (content.Text is { } text) variables["message"] = PlatformMail.Text(text);
        if (content.Details.Count > 0) variables["details"] = JsonSerializer.SerializeToElement(content.Details, RequestJson.Default.Details);
        return null;
    }
}
