using Mail.Core.Mailboxes.Providers.Http;

namespace Mail.Core.Mailboxes.Providers.SendGrid;

/// <summary>SendGrid: an address that sends, with an API key of its own as its SMTP password. It has no inbox.</summary>
public sealed class SendGridKind(ProviderLine line) : MailboxProviderKind
{
    public override string Name => "sendgrid";

    public override string Title => "SendGrid";

    public override IReadOnlyList<ProviderField> Fields { get; } =
    [
        ProviderFields.Key("api_key", "API key", "SG.xxxxxxxx.yyyyyyyy", "Settings, API Keys: one that may manage API keys, send mail and read sender authentication; the guide lists the permissions."),
        new("region", "Region", "eu", IsRequired: false, IsSecret: false, "`global` (the default), or `eu` for a subuser that was made in the EU.", value => value is "global" or "eu" ? null : "must be one of: global, eu."),
        ProviderFields.Senders(),
        ProviderFields.Address("base_url", "API address", "https://api.sendgrid.com", line),
    ];

    public override IMailboxProvider Open(ProviderScope scope, IReadOnlyDictionary<string, string> settings)
    {
        ProviderValues values = new(this, settings);
        bool isEuropean = values.Find("region") == "eu";
        ProviderWords words = new(Title, values.Mask());
        ProviderClient client = new(line, words, KeyLogin.Bearer(values.Secret("api_key")), reply => SendGridProblems.Explain(reply, words));
        SendGridApi api = new(client, values.Url("base_url", isEuropean ? "https://api.eu.sendgrid.com" : "https://api.sendgrid.com"));
        return new SendGridMailboxes(api, isEuropean ? "smtp.eu.sendgrid.net" : "smtp.sendgrid.net", values.ConfirmsEachSender);
    }
}
