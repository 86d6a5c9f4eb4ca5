using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Api.Mailboxes.Connections;
using Mail.Api.Messages;
using Mail.Core.Common;
using Mail.Core.Mailboxes.Names;
using Mail.Core.Messages;
using Mail.Core.Projects;

namespace Mail.Api.Mailboxes;

/// <summary>
/// POST /api/email/create and /mailboxes: makes a mailbox and shows its credentials, once. The name is reserved and the first step stored before the provider is asked, so that a lost answer leaves
/// no half account; what takes longer than the caller waits goes on without him.
/// </summary>
public static class CreateMailbox
{
    public static void Map(IEndpointRouteBuilder endpoints, string path, string summary) =>
        endpoints.MapPost(path, Handle).RequireScope(Scopes.WriteMailboxes).Accepts<Request>("application/json").Produces<MailboxMade>(201).Produces<MailboxMade>(202).Produces<NameTaken>(409).ProducesApiError(413).ProducesApiError(429)
            .WithSummary(summary).WithDescription(
                "201 when it is ready; 202 when it is not within 25 seconds (`Prefer: wait=5`: less), with what is waited for. 409 with suggestions when the name is taken, and with what the provider says when it refuses. "
                + "Ten in 24 hours for one user. A session shows its second factor first. Takes an Idempotency-Key: a repetition makes no second one, and shows credentials only when nobody has seen them.");

    /// <param name="Username">What is to stand before the @: a-z, 0-9, and `.`, `-`, `_` between them; 64 at most.</param>
    /// <param name="DisplayName">100 characters at most; what cannot be seen is taken out.</param>
    /// <param name="Domain">One of /mailbox-domains; the user's choice, or the project's default, without it.</param>
    public sealed record Request(string? Username, string? DisplayName, string? Domain);

    /// <summary>A refusal that says what would be free.</summary>
    public sealed record NameTaken(int StatusCode, string Name, string Message, IReadOnlyList<string> Suggestions);

    public static async Task<IResult> Handle(HttpContext http, CurrentProject project, MailboxCreation creation, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(project);
        ArgumentNullException.ThrowIfNull(creation);
        byte[] body = await JsonBody.ReadBytesAsync(http.Request, ct);
        Result<IdempotencyRecord?> key = IdempotencyKey.Read(http.Request, body);
        if (!key.IsSuccess) return key.Failure.ToApiError();
        Result<MailboxCaller> caller = MailboxCaller.Read(http, project);
        if (!caller.IsSuccess) return caller.Failure.ToApiError();
        if (await MailboxCaller.SecondFactorAsync(http, project) is { } stale) return stale.ToApiError();
        Result<Request> request = JsonBody.Parse(body, ApiJson.Default.CreateMailboxRequest);
        if (!request.IsSuccess) return request.Failure.ToApiError();
        Result<string> name = MailboxUserName.Read("username", request.Value.Username), display = MailboxDisplayName.Read("display_name", request.Value.DisplayName);
        if ((name.Failure ?? display.Failure) is { } wrong) return wrong.ToApiError();
        if (request.Value.Domain is { } domain && MailboxDomainEndpoints.AsciiOf(domain) is null) return MailboxDomainEndpoints.NoName.ToApiError();
        Result<TimeSpan> patience = Patience.Of(http.Request);
        if (!patience.IsSuccess) return patience.Failure.ToApiError();
        return await creation.RunAsync(caller.Value, name.Value, display.Value, request.Value.Domain, key.Value, patience.Value, ct);
    }
}
