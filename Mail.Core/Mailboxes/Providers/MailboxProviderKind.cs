namespace Mail.Core.Mailboxes.Providers;

/// <summary>A provider of mailboxes: what it asks for, and how a connection is made. One registered service each; a new provider is one more of them.</summary>
public abstract class MailboxProviderKind
{
    /// <summary>As in the API: `sendgrid`, `ses`, `microsoft365`, `google`, `local`.</summary>
    public abstract string Name { get; }

    /// <summary>As people write it: `Amazon SES`.</summary>
    public abstract string Title { get; }

    /// <summary>In the order in which a form asks for them.</summary>
    public abstract IReadOnlyList<ProviderField> Fields { get; }

    /// <param name="settings">Checked against <see cref="Fields"/> before; keys are their names.</param>
    /// <param name="scope">Which connection of which project it is.</param>
    public abstract IMailboxProvider Open(ProviderScope scope, IReadOnlyDictionary<string, string> settings);
}

/// <param name="ConnectionId">Changes of its settings make a new revision: tokens and connections are kept by both.</param>
public sealed record ProviderScope(Common.ProjectId ProjectId, Guid ConnectionId, int Revision);

/// <summary>One setting of a connection.</summary>
/// <param name="Check">What is wrong with a value, as the end of a sentence that begins with the field; null when nothing is.</param>
public sealed record ProviderField(string Name, string Title, string Example, bool IsRequired, bool IsSecret, string Help, Func<string, string?>? Check = null)
{
    /// <summary>Where it leads decides who sees the secrets: who changes it has to enter them again.</summary>
    public bool GuardsSecrets { get; init; }
}
