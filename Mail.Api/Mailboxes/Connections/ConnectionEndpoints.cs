using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Domains;
using Mail.Core.Mailboxes;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Mailboxes.Connections;

/// <summary>/mailbox-connections: the project's accounts at providers of mailboxes.</summary>
public static class ConnectionEndpoints
{
    public static void Map(IEndpointRouteBuilder connections)
    {
        connections.MapGet("/kinds", Kinds).RequireScope(Scopes.ReadMailboxes).WithSummary("List kinds of providers").WithDescription("What each asks for, as fields.");
        connections.MapGet("/", ListAsync).RequireScope(Scopes.AdministerMailboxes).WithSummary("List connections");
        connections.MapPost("/", CreateAsync).RequireScope(Scopes.AdministerMailboxes).Accepts<ConnectionRequest>("application/json").Produces<ConnectionResponse>(201).ProducesApiError(409).ProducesApiError(413)
            .WithSummary("Connect a provider").WithDescription("The provider is asked whether the settings work.");
        connections.MapGet("/{id}", GetAsync).RequireScope(Scopes.AdministerMailboxes).ProducesApiError(404).WithSummary("Get a connection");
        connections.MapPatch("/{id}", ChangeAsync).RequireScope(Scopes.AdministerMailboxes).Accepts<ConnectionRequest>("application/json").ProducesApiError(404).ProducesApiError(409).ProducesApiError(413)
            .WithSummary("Change a connection").WithDescription("What is given changes. Mailboxes that there are go on with the new settings.");
        connections.MapDelete("/{id}", RemoveAsync).RequireScope(Scopes.AdministerMailboxes).ProducesApiError(404).ProducesApiError(409).WithSummary("Remove a connection").WithDescription("409 while mailboxes or domains use it.");
        connections.MapPost("/{id}/check", CheckAsync).RequireScope(Scopes.AdministerMailboxes).ProducesApiError(404).WithSummary("Check a connection").WithDescription("Asks the provider whether the settings work and, with `domain`, whether it may be used.");
    }

    public sealed record KindList(string Object, IReadOnlyList<KindFacts> Data);

    /// <param name="Name">As in `kind`.</param>
    /// <param name="Fields">In the order in which a form asks for them.</param>
    public sealed record KindFacts(string Name, string Title, IReadOnlyList<FieldFacts> Fields);

    /// <param name="Secret">Stored encrypted and never given back: shown as `{"set": true}`.</param>
    public sealed record FieldFacts(string Name, string Title, string Help, string Example, bool Required, bool Secret);

    public sealed record ConnectionList(string Object, IReadOnlyList<ConnectionResponse> Data);

    /// <param name="Ok">Whether nothing hinders.</param>
    public sealed record CheckResponse(string Object, bool Ok, ProblemFacts? Problem);

    public static Ok<KindList> Kinds(MailboxProviders providers)
    {
        ArgumentNullException.ThrowIfNull(providers);
        return TypedResults.Ok(new KindList("list",
            [.. providers.Kinds.Select(kind => new KindFacts(kind.Name, kind.Title, [.. kind.Fields.Select(field => new FieldFacts(field.Name, field.Title, field.Help, field.Example, field.IsRequired, field.IsSecret))]))]));
    }

    public static async Task<Ok<ConnectionList>> ListAsync(CurrentProject project, MailboxConnections connections, CancellationToken ct) =>
        TypedResults.Ok(new ConnectionList("list", [.. (await connections.ListAsync(project.Id, ct)).Select(ConnectionResponse.Of)]));

    public static async Task<Results<Created<ConnectionResponse>, ApiError>> CreateAsync(HttpRequest http, CurrentProject project, MailboxConnections connections, CancellationToken ct)
    {
        Result<ConnectionWish> wish = await ConnectionRequest.ReadAsync(http, ct);
        if (!wish.IsSuccess) return wish.Failure.ToApiError();
        Result<MailboxConnection> made = await connections.AddAsync(project.Id, wish.Value, ct);
        return made.IsSuccess ? TypedResults.Created($"/mailbox-connections/{made.Value.Id}", ConnectionResponse.Of(made.Value)) : made.Failure.ToApiError();
    }

    public static async Task<Results<Ok<ConnectionResponse>, ApiError>> GetAsync(string id, CurrentProject project, MailboxConnections connections, CancellationToken ct) =>
        Guid.TryParse(id, out Guid value) && await connections.FindAsync(project.Id, value, ct) is { } connection ? TypedResults.Ok(ConnectionResponse.Of(connection)) : NotFound;

    public static async Task<Results<Ok<ConnectionResponse>, ApiError>> ChangeAsync(string id, HttpRequest http, CurrentProject project, MailboxConnections connections, CancellationToken ct)
    {
        Result<ConnectionWish> wish = await ConnectionRequest.ReadAsync(http, ct);
        if (!wish.IsSuccess) return wish.Failure.ToApiError();
        if (!Guid.TryParse(id, out Guid value)) return NotFound;
        Result<MailboxConnection> changed = await connections.ChangeAsync(project.Id, value, wish.Value, ct);
        return changed.IsSuccess ? TypedResults.Ok(ConnectionResponse.Of(changed.Value)) : changed.Failure.ToApiError();
    }

    public static async Task<Results<NoContent, ApiError>> RemoveAsync(string id, CurrentProject project, MailboxConnections connections, CancellationToken ct)
    {
        if (!Guid.TryParse(id, out Guid value)) return NotFound;
        return await connections.RemoveAsync(project.Id, value, ct) is { } failure ? failure.ToApiError() : TypedResults.NoContent();
    }

    /// <param name="domain">Whether this one may be used.</param>
    public static async Task<Results<Ok<CheckResponse>, ApiError>> CheckAsync(string id, CurrentProject project, MailboxConnections connections, CancellationToken ct, string? domain = null)
    {
        if (!Guid.TryParse(id, out Guid value)) return NotFound;
        string? name = null;
        if (domain is not null)
        {
            Result<DomainName> read = DomainName.Read(domain);
            if (!read.IsSuccess) return Failure.Field("domain", "is not the name of a domain, such as `example.com`.").ToApiError();
            name = read.Value.Ascii;
        }

        Result<MailboxProblem?> problem = await connections.CheckAsync(project.Id, value, name, ct);
        return problem.IsSuccess ? TypedResults.Ok(new CheckResponse("mailbox_connection_check", problem.Value is null, ProblemFacts.Of(problem.Value))) : problem.Failure.ToApiError();
    }

    private static ApiError NotFound => Failure.NotFound("Connection").ToApiError();
}
