using Mail.Core.Access;
using Mail.Core.Common;
using Mail.Core.Messages;
using Mail.Core.Projects;

namespace Mail.Api.Access;

/// <summary>The project that a request acts in, and as whom. Endpoints take it as a parameter; <see cref="ProjectAccess"/> has checked it before.</summary>
public sealed record CurrentProject(ProjectId Id, string Name, string Locale, bool IsTest, Actor Actor)
{
    /// <summary>The domains that the key may send from; empty for any.</summary>
    public IReadOnlyList<string> FromDomains { get; init; } = [];

    /// <summary>How many requests the key may make; empty for any number.</summary>
    public IReadOnlyList<(RateLimit Limit, string Whose)> Rates { get; init; } = [];

    public IReadOnlyList<string> Scopes => Actor.Scopes;

    public MessageSender Sender => new(Id, IsTest, Locale) { FromDomains = FromDomains, ApiKeyId = Actor.Kind == ActorKind.ApiKey ? Actor.Id : null };

    public static ValueTask<CurrentProject?> BindAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return ValueTask.FromResult(context.Features.Get<CurrentProject>());
    }
}
