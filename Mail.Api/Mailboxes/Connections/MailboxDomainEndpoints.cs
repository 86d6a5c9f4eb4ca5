using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Domains;
using Mail.Core.Mailboxes;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Mailboxes.Connections;

/// <summary>/mailbox-domains: in which domains mailboxes are made, and where.</summary>
public static class MailboxDomainEndpoints
{
    public static void Map(IEndpointRouteBuilder domains)
    {
        domains.MapGet("/", ListAsync).RequireScope(Scopes.ReadMailboxes).WithSummary("List domains of mailboxes");
        domains.MapPost("/", AddAsync).RequireScope(Scopes.AdministerMailboxes).Accepts<DomainWish>("application/json").Produces<DomainResponse>(201).ProducesApiError(409).ProducesApiError(413)
            .WithSummary("Add a domain of mailboxes").WithDescription("The provider is asked whether it may be used. The first one is the default.");
        domains.MapGet("/{domain}", GetAsync).RequireScope(Scopes.ReadMailboxes).ProducesApiError(404).WithSummary("Get a domain of mailboxes");
        domains.MapPatch("/{domain}", ChangeAsync).RequireScope(Scopes.AdministerMailboxes).Accepts<DomainChange>("application/json").ProducesApiError(404).ProducesApiError(413)
            .WithSummary("Change a domain of mailboxes").WithDescription("Another connection is for new mailboxes; those that there are stay where they are.");
        domains.MapDelete("/{domain}", RemoveAsync).RequireScope(Scopes.AdministerMailboxes).ProducesApiError(404).ProducesApiError(409).WithSummary("Remove a domain of mailboxes").WithDescription("409 while there are mailboxes in it.");
    }

    /// <param name="Connection">The id of a connection: where its mailboxes are made.</param>
    /// <param name="Default">In place of the one that is it.</param>
    public sealed record DomainWish(string? Domain, string? Connection, bool? Default);

    /// <param name="Connection">For new mailboxes.</param>
    /// <param name="Default">True makes it the default. Make another one the default to take it away.</param>
    public sealed record DomainChange(string? Connection, bool? Default);

    /// <param name="Default">For who chose none.</param>
    /// <param name="Enabled">False while its connection is switched off.</param>
    public sealed record DomainResponse(string Object, string Domain, string Connection, string Provider, bool Enabled, bool Default, DateTimeOffset CreatedAt)
    {
        public static DomainResponse Of(MailboxDomain domain)
        {
            ArgumentNullException.ThrowIfNull(domain);
            return new DomainResponse("mailbox_domain", domain.Domain, domain.Connection.ToString(), domain.Provider, domain.IsEnabled, domain.IsDefault, domain.CreatedAt);
        }
    }

    public sealed record DomainList(string Object, IReadOnlyList<DomainResponse> Data);

    public static async Task<Ok<DomainList>> ListAsync(CurrentProject project, MailboxDomains domains, CancellationToken ct) =>
        TypedResults.Ok(new DomainList("list", [.. (await domains.ListAsync(project.Id, ct)).Select(DomainResponse.Of)]));

    public static async Task<Results<Created<DomainResponse>, ApiError>> AddAsync(HttpRequest http, CurrentProject project, MailboxDomains domains, CancellationToken ct)
    {
        Result<DomainWish> wish = JsonBody.Parse(await JsonBody.ReadBytesAsync(http, ct), ApiJson.Default.MailboxDomainWish);
        if (!wish.IsSuccess) return wish.Failure.ToApiError();
        if (string.IsNullOrWhiteSpace(wish.Value.Domain)) return Failure.Missing("domain").ToApiError();
        if (AsciiOf(wish.Value.Domain) is not { } name) return NoName.ToApiError();
        if (wish.Value.Connection is null) return Failure.Missing("connection").ToApiError();
        if (!Guid.TryParse(wish.Value.Connection, out Guid connection)) return NoConnection.ToApiError();
        Result<MailboxDomain> made = await domains.AddAsync(project.Id, name, connection, wish.Value.Default == true, ct);
        return made.IsSuccess ? TypedResults.Created($"/mailbox-domains/{made.Value.Domain}", DomainResponse.Of(made.Value)) : made.Failure.ToApiError();
    }

    public static async Task<Results<Ok<DomainResponse>, ApiError>> GetAsync(string domain, CurrentProject project, MailboxDomains domains, CancellationToken ct) =>
        AsciiOf(domain) is { } name && await domains.FindAsync(project.Id, name, ct) is { } found ? TypedResults.Ok(DomainResponse.Of(found)) : NotFound;

    public static async Task<Results<Ok<DomainResponse>, ApiError>> ChangeAsync(string domain, HttpRequest http, CurrentProject project, MailboxDomains domains, CancellationToken ct)
    {
        Result<DomainChange> change = JsonBody.Parse(await JsonBody.ReadBytesAsync(http, ct), ApiJson.Default.MailboxDomainChange);
        if (!change.IsSuccess) return change.Failure.ToApiError();
        if (AsciiOf(domain) is not { } name || await domains.FindAsync(project.Id, name, ct) is not { } known) return NotFound;
        Guid? connection = null;
        if (change.Value.Connection is { } text)
        {
            if (!Guid.TryParse(text, out Guid id)) return NoConnection.ToApiError();
            connection = id;
        }

        if (change.Value.Default == false && known.IsDefault) return Failure.Field("default", "cannot be taken away: make another domain the default.").ToApiError();
        Result<MailboxDomain> changed = await domains.ChangeAsync(project.Id, name, connection, change.Value.Default == true, ct);
        return changed.IsSuccess ? TypedResults.Ok(DomainResponse.Of(changed.Value)) : changed.Failure.ToApiError();
    }

    public static async Task<Results<NoContent, ApiError>> RemoveAsync(string domain, CurrentProject project, MailboxDomains domains, CancellationToken ct)
    {
        if (AsciiOf(domain) is not { } name) return NotFound;
        return await domains.RemoveAsync(project.Id, name, ct) is { } failure ? failure.ToApiError() : TypedResults.NoContent();
    }

    internal static string? AsciiOf(string text)
    {
        Result<DomainName> read = DomainName.Read(text);
        return read.IsSuccess ? read.Value.Ascii : null;
    }

    internal static Failure NoName => Failure.Field("domain", "is not the name of a domain, such as `example.com`.");

    private static Failure NoConnection => Failure.Field("connection", "must be the id of a connection of this project.");

    private static ApiError NotFound => Failure.NotFound("Domain").ToApiError();
}
