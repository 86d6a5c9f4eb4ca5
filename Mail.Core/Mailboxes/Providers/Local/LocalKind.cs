using Mail.Core.Domains.Senders;

namespace Mail.Core.Mailboxes.Providers.Local;

/// <summary>Mailboxes on this installation: they send through its SMTP submission and receive by its mail exchanger, to be read in its web inbox. Nothing to set up but the domain.</summary>
internal sealed class LocalKind(LocalMailboxes mailboxes, MailboxLogins logins, SubmissionAddress submission, SenderDirectory senders) : MailboxProviderKind
{
    public override string Name => "local";

    public override string Title => "This installation";

    public override IReadOnlyList<ProviderField> Fields => [];

    public override IMailboxProvider Open(ProviderScope scope, IReadOnlyDictionary<string, string> settings) => new LocalProvider(scope.ProjectId, mailboxes, logins, submission, senders);
}
