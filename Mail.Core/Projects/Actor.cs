using System.Net;
using Mail.Core.Common;

namespace Mail.Core.Projects;

/// <summary>What sort of one acts. Stored in lower case with underscores.</summary>
public enum ActorKind
{
    /// <summary>A person in the console.</summary>
    User,

    /// <summary>An app with a key.</summary>
    ApiKey,

    /// <summary>The platform itself: a timer, a rule.</summary>
    System,
}

/// <summary>Who acts in a project, and from where.</summary>
/// <param name="Id">The user's or the key's.</param>
/// <param name="Role">The user's; null for others.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="Client">The address that the request came from; null when none did.</param>
public sealed record Actor(ActorKind Kind, Guid? Id, ProjectRole? Role, IReadOnlyList<string> Scopes, IPAddress? Client)
{
    /// <summary>A key that is held to something, so that it may not make keys which are not.</summary>
    public bool IsRestricted { get; init; }

    /// <summary>A test key.</summary>
    public bool IsTest { get; init; }

    /// <summary>Only an owner acts on owners. A key stands for no person, and so for none.</summary>
    public bool IsOwner => Role is ProjectRole.Owner;

    /// <summary>Nobody gives a role that may do more than they may themselves. A key that is held to something gives none: people are not held to it.</summary>
    /// <returns>Why not; null when it may.</returns>
    public Failure? ProblemWithGiving(ProjectRole role)
    {
        if (role is ProjectRole.Owner && !IsOwner) return new Failure(FailureKind.Forbidden, "owner_needed", "Only an owner makes, changes, invites or removes owners. A key stands for no person: use the console.");
        if (Kind is ActorKind.ApiKey && (IsRestricted || IsTest || Projects.Scopes.Of(role).Except(Scopes).Any()))
            return new Failure(FailureKind.Forbidden, "restricted_api_key", "This role may do more than this key. Use a key without restrictions that may do as much, or the console.");
        return null;
    }
}
