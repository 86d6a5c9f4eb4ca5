using System.Text.Json;
using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.ActionLinks;
using Mail.Core.Common;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.ActionLinks;

/// <summary>POST /action-links: a link for a mail whose page asks a person to decide. The answer alone holds its address and its code.</summary>
public static class CreateActionLink
{
    public static void Map(IEndpointRouteBuilder links) => links.MapPost("/", Handle).RequireScope(Scopes.WriteActionLinks).Accepts<Request>("application/json").Produces<Response>(201).ProducesApiError(413).ProducesApiError(503)
        .WithSummary("Make a link that decides something").WithDescription("Opening it shows a page and changes nothing; its button decides, once. You hear of it by the webhook event `action_link.used`.");

    /// <param name="Purpose">Your name for what it decides: `approve-invoice`.</param>
    /// <param name="Subject">Whom or what it is about: an address or an id.</param>
    /// <param name="Title">The page's heading.</param>
    /// <param name="Text">What stands below it; line breaks are kept.</param>
    /// <param name="Button">The label of the one button; its choice is called `confirm`. Or `choices`.</param>
    /// <param name="Choices">One to five.</param>
    /// <param name="ExpiresAt">One minute to a year ahead; seven days without it.</param>
    /// <param name="SingleUse">False for a link that may be used until it ends.</param>
    /// <param name="Group">Links of one decision share it: using one settles the others.</param>
    /// <param name="RedirectUrl">Where a button on the last page leads: https. It is taken from you alone, never from the link's address.</param>
    /// <param name="Metadata">An object of your own, up to 4 KB, given back when it is used.</param>
    /// <param name="Locale">The page's language; without it that of its reader. English and French.</param>
    public sealed record Request(
        string? Purpose, string? Subject, string? Title, string? Text, string? Button, ActionLinkChoice?[]? Choices, DateTimeOffset? ExpiresAt, bool? SingleUse, string? Group, string? RedirectUrl, JsonElement? Metadata, string? Locale);

    /// <param name="Url">For the mail; it is not shown again.</param>
    /// <param name="Code">For those whose link does not open; they enter it at `code_url`. It is not shown again.</param>
    /// <param name="Choices">With an address for each, for a mail with several buttons: the page asks about that one first.</param>
    public sealed record Response(string Object, string Id, string Url, string Code, string CodeUrl, DateTimeOffset ExpiresAt, IReadOnlyList<ChoiceUrl> Choices);

    public sealed record ChoiceUrl(string Key, string Label, string Url);

    public static async Task<Results<Created<Response>, ApiError>> Handle(HttpRequest http, CurrentProject project, ActionLinkStore links, IHostEnvironment environment, TimeProvider clock, CancellationToken ct)
    {
        Result<Request> request = JsonBody.Parse(await JsonBody.ReadBytesAsync(http, ct), ApiJson.Default.ActionLinkRequest);
        if (!request.IsSuccess) return request.Failure.ToApiError();
        Result<NewActionLink> link = ActionLinkChecks.Read(request.Value, project, environment.IsDevelopment(), clock.GetUtcNow());
        if (!link.IsSuccess) return link.Failure.ToApiError();
        Result<CreatedActionLink> made = await links.CreateAsync(link.Value, null, ct);
        if (!made.IsSuccess) return made.Failure.ToApiError();
        CreatedActionLink created = made.Value;
        return TypedResults.Created($"/action-links/{created.Id}", new Response(
            "action_link", created.Id.ToString(), created.Url, created.Code, created.CodeUrl, created.ExpiresAt, [.. link.Value.Choices.Select(choice => new ChoiceUrl(choice.Key, choice.Label, created.UrlOf(choice.Key)))]));
    }
}

/// <param name="Key">What you hear: `accept`.</param>
/// <param name="Label">What the button says.</param>
public sealed record ActionLinkChoice(string? Key, string? Label);
