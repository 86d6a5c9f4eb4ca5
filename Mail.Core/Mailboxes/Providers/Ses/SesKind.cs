using Mail.Core.Mailboxes.Providers.Http;

namespace Mail.Core.Mailboxes.Providers.Ses;

/// <summary>Amazon SES: an address that sends, with an IAM user of its own whose access key makes its SMTP password. It has no inbox.</summary>
public sealed class SesKind(ProviderLine line) : MailboxProviderKind
{
    public override string Name => "ses";

    public override string Title => "Amazon SES";

    public override IReadOnlyList<ProviderField> Fields { get; } =
    [
        new("region", "Region", "eu-west-1", IsRequired: true, IsSecret: false, "The AWS region in which the domain is verified, and over which the mailboxes send.", RegionProblem),
        new("access_key_id", "Access key id", "AKIAIOSFODNN7EXAMPLE", IsRequired: true, IsSecret: false, "Of an IAM user with the policy that the guide lists.", ProviderFields.KeyProblem),
        ProviderFields.Key("secret_access_key", "Secret access key", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "Shown once, when the access key is made."),
        ProviderFields.Senders(),
        ProviderFields.Address("base_url", "SES address", "https://email.eu-west-1.amazonaws.com", line),
        ProviderFields.Address("iam_url", "IAM address", "https://iam.amazonaws.com", line),
    ];

    public override IMailboxProvider Open(ProviderScope scope, IReadOnlyDictionary<string, string> settings)
    {
        ProviderValues values = new(this, settings);
        string region = values["region"];
        AwsPlaces places = AwsPlaces.Of(region);
        ProviderWords words = new(Title, values.Mask());
        SesApi ses = new(Client(region, "ses"), values.Url("base_url", places.Ses));
        IamApi iam = new(Client(places.IamRegion, "iam"), values.Url("iam_url", places.Iam));
        return new SesMailboxes(ses, iam, region, places.Smtp, values.ConfirmsEachSender);

        ProviderClient Client(string signedRegion, string service) =>
            new(line, words, new AwsLogin(values["access_key_id"], values.Secret("secret_access_key"), signedRegion, service, line.Clock), reply => AwsProblems.Explain(reply, words));
    }

    /// <summary>It becomes part of hosts' names.</summary>
    private static string? RegionProblem(string value) =>
        value.Length is >= 9 and <= 25 && value.Count(c => c == '-') >= 2 && char.IsAsciiDigit(value[^1]) && value.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-')
            ? null
            : "must be an AWS region, such as eu-west-1.";
}

/// <summary>Where a region's services are. IAM has one place for a whole partition of AWS.</summary>
/// <param name="IamRegion">The one that requests to IAM are signed for.</param>
internal sealed record AwsPlaces(string Ses, string Smtp, string Iam, string IamRegion)
{
    public static AwsPlaces Of(string region)
    {
        string suffix = region.StartsWith("cn-", StringComparison.Ordinal) ? "amazonaws.com.cn" : "amazonaws.com";
        (string iam, string iamRegion) = region switch
        {
            _ when region.StartsWith("cn-", StringComparison.Ordinal) => ("https://iam.cn-north-1.amazonaws.com.cn", "cn-north-1"),
            _ when region.StartsWith("us-gov-", StringComparison.Ordinal) => ("https://iam.us-gov.amazonaws.com", "us-gov-west-1"),
            _ => ("https://iam.amazonaws.com", "us-east-1"),
        };
        return new AwsPlaces($"https://email.{region}.{suffix}", $"email-smtp.{region}.{suffix}", iam, iamRegion);
    }
}
