using Mail.Core.Mailboxes.Providers;
using Mail.Core.Mailboxes.Providers.Google;
using Mail.Core.Mailboxes.Providers.Http;
using Mail.Core.Mailboxes.Providers.Microsoft365;
using Mail.Tests.Support;

namespace Mail.Tests.Core.Mailboxes.Providers;

/// <summary>docs/guides/mailbox-providers.md says of Microsoft 365 and Google what the program asks for.</summary>
public sealed class CloudGuideTests
{
    private static readonly string _guide = File.ReadAllText(Repository.Path("docs", "guides", "mailbox-providers.md"));

    [Fact]
    public void Every_setting_stands_in_its_kinds_section()
    {
        using ProviderLine line = FakeClouds.Line();
        foreach (MailboxProviderKind kind in (MailboxProviderKind[])[new Microsoft365Kind(line), new GoogleKind(line)])
        {
            string section = _guide.Split($"\n## {kind.Title} (`{kind.Name}`)\n") is [_, string rest] ? rest.Split("\n## ")[0] : throw new InvalidOperationException($"No section for {kind.Name}.");
            Assert.All(kind.Fields, field => Assert.Contains($"`{field.Name}`", section, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void The_scopes_to_delegate_are_those_that_tokens_are_asked_for() =>
        Assert.Contains($"   {string.Join(',', [.. GoogleConnection.DirectoryScopes, .. GoogleConnection.GmailScopes])}\n", _guide, StringComparison.Ordinal);
}
