using Mail.Api.Access;
using Mail.Api.Audit;
using Mail.Api.Http;
using Mail.Api.Mailboxes.Connections;
using Mail.Core.Common;
using Mail.Core.Mailboxes;
using Mail.Core.Mailboxes.Names;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Mailboxes;

/// <summary>POST /api/email/check-availability and /mailboxes/check: whether a name is free, here and at the provider; if not, five that are.</summary>
public static class CheckAvailability
{
    public static void Map(IEndpointRouteBuilder endpoints, string path, string summary) =>
        endpoints.MapPost(path, Handle).RequireScope(Scopes.ReadMailboxes).IsNotAudited("changes nothing").Accepts<Request>("application/json").ProducesApiError(409).ProducesApiError(413).ProducesApiError(503).WithSummary(summary)
            .WithDescription("422 for a name that breaks the rules, or is reserved. 503 when the provider cannot be asked just now.");

    /// <param name="Username">What is to stand before the @.</param>
    /// <param name="Domain">One of /mailbox-domains; the user's choice, or the project's default, without it.</param>
    public sealed record Request(string? Username, string? Domain);

    /// <param name="Email">The whole address.</param>
    /// <param name="Suggestions">Five free names when it is not; else none.</param>
    public sealed record Response(bool Available, string Email, IReadOnlyList<string> Suggestions);

    public static async Task<Results<Ok<Response>, ApiError>> Handle(HttpContext http, CurrentProject project, MailboxSetup setup, Suggestions suggestions, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(setup);
        ArgumentNullException.ThrowIfNull(suggestions);
        Result<Request> request = JsonBody.Parse(await JsonBody.ReadBytesAsync(http.Request, ct), ApiJson.Default.CheckAvailabilityRequest);
        if (!request.IsSuccess) return request.Failure.ToApiError();
        Result<MailboxCaller> caller = MailboxCaller.Read(http, project);
        if (!caller.IsSuccess) return caller.Failure.ToApiError();
        Result<string> name = MailboxUserName.Read("username", request.Value.Username);
        if (!name.IsSuccess) return name.Failure.ToApiError();
        if (request.Value.Domain is { } domain && MailboxDomainEndpoints.AsciiOf(domain) is null) return MailboxDomainEndpoints.NoName.ToApiError();
        Result<MailboxAvailability> found = await setup.CheckAsync(project.Id, caller.Value.User, name.Value, request.Value.Domain, ct);
        if (!found.IsSuccess) return found.Failure.ToApiError();
        string at = found.Value.Address[(found.Value.Address.IndexOf('@', StringComparison.Ordinal) + 1)..];
        return TypedResults.Ok(new Response(
            found.Value.IsAvailable, found.Value.Address, found.Value.IsAvailable ? [] : await suggestions.FindAsync(caller.Value, name.Value, at, found.Value.IsTakenHere, ct)));
    }
}
