using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Mailboxes;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Mailboxes.Connections;

/// <summary>/mailbox-users: in which domain a user's mailboxes are made, when the call names none.</summary>
public static class MailboxUserEndpoints
{
    private const string Me = "me";

    public static void Map(IEndpointRouteBuilder users)
    {
        users.MapGet("/{user}", GetAsync).RequireScope(Scopes.ReadMailboxes).ProducesApiError(404).WithSummary("Get a user's domain").WithDescription("`me` is the user of the header X-Mail-User, or whoever is signed in.");
        users.MapPut("/{user}", PutAsync).RequireScope(Scopes.WriteMailboxes).Accepts<UserWish>("application/json").ProducesApiError(404).ProducesApiError(413).WithSummary("Choose a user's domain");
        users.MapDelete("/{user}", RemoveAsync).RequireScope(Scopes.WriteMailboxes).ProducesApiError(404).WithSummary("Take back a user's domain").WithDescription("The project's default is used from then on.");
    }

    /// <param name="DefaultDomain">One of /mailbox-domains.</param>
    public sealed record UserWish(string? DefaultDomain);

    /// <param name="DefaultDomain">Null for the project's default.</param>
    public sealed record UserResponse(string Object, string User, string? DefaultDomain);

    public static async Task<Results<Ok<UserResponse>, ApiError>> GetAsync(string user, HttpContext http, CurrentProject project, MailboxUsers users, CancellationToken ct)
    {
        Result<string> whom = Whom(user, http, project);
        if (!whom.IsSuccess) return whom.Failure.ToApiError();
        string? domain = await users.FindDefaultDomainAsync(project.Id, whom.Value, ct);
        return domain is not null || user == Me ? TypedResults.Ok(new UserResponse("mailbox_user", whom.Value, domain)) : Failure.NotFound("User").ToApiError(); // who has chosen nothing is not known here
    }

    public static async Task<Results<Ok<UserResponse>, ApiError>> PutAsync(string user, HttpContext http, CurrentProject project, MailboxUsers users, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(http);
        Result<UserWish> wish = JsonBody.Parse(await JsonBody.ReadBytesAsync(http.Request, ct), ApiJson.Default.UserWish);
        if (!wish.IsSuccess) return wish.Failure.ToApiError();
        Result<string> whom = Whom(user, http, project);
        if (!whom.IsSuccess) return whom.Failure.ToApiError();
        if (string.IsNullOrWhiteSpace(wish.Value.DefaultDomain)) return Failure.Missing("default_domain").ToApiError();
        if (MailboxDomainEndpoints.AsciiOf(wish.Value.DefaultDomain) is not { } domain) return Failure.Field("default_domain", "is not the name of a domain, such as `example.com`.").ToApiError();
        return await users.SetDefaultDomainAsync(project.Id, whom.Value, domain, ct) is { } failure ? failure.ToApiError() : TypedResults.Ok(new UserResponse("mailbox_user", whom.Value, domain));
    }

    public static async Task<Results<NoContent, ApiError>> RemoveAsync(string user, HttpContext http, CurrentProject project, MailboxUsers users, CancellationToken ct)
    {
        Result<string> whom = Whom(user, http, project);
        if (!whom.IsSuccess) return whom.Failure.ToApiError();
        return await users.RemoveDefaultDomainAsync(project.Id, whom.Value, ct) ? TypedResults.NoContent() : Failure.NotFound("User").ToApiError();
    }

    /// <summary>Others than oneself are there for who sees all.</summary>
    private static Result<string> Whom(string user, HttpContext http, CurrentProject project)
    {
        Result<MailboxCaller> caller = MailboxCaller.Read(http, project);
        if (!caller.IsSuccess) return caller.Failure;
        if (user == Me) return caller.Value.User is { } self ? self : Failure.Field(MailboxCaller.Header, "must say who `me` is.");
        Result<string> named = MailboxCaller.UserOf("user", user);
        return !named.IsSuccess ? named : caller.Value.SeesAll || named.Value == caller.Value.User ? named : Failure.NotFound("User");
    }
}
