using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Mail.Core.Relays.Http;

/// <summary>The settings by which we know that a provider's webhook is the provider's. None of them is ever sent anywhere.</summary>
public static partial class WebhookFields
{
    public static RelayField SendGrid { get; } = new("webhook_public_key", "Webhook verification key", "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEfpI4iw+vzKaKn/qcCyaZSeOyQuLUPearcUGsZkyi3HO1qjZQGyC3HGNuaR/xgCt7FZLFlVTGOD7Yqf84m2O6ug==")
    {
        StaysHere = true, Help = "Settings, Mail Settings, Event Webhooks: switch Signed Event Webhook on, then copy the verification key.", Check = EventKeyProblem,
    };

    public static RelayField Ses { get; } = new("webhook_topic_arn", "SNS topic", "arn:aws:sns:eu-west-1:123456789012:mail-events")
    {
        StaysHere = true, Help = "The topic to which the configuration set publishes events; subscribe the webhook's address to it, by HTTPS.", Check = value => TopicArn().IsMatch(value) ? null : "must be the ARN of an SNS topic, such as arn:aws:sns:eu-west-1:123456789012:mail-events.",
    };

    public static RelayField Mailgun { get; } = new("webhook_signing_key", "Webhook signing key", "key-0123456789abcdef0123456789abcdef")
    {
        StaysHere = true, IsSecret = true, Help = "Settings, API security: the HTTP webhook signing key. It is not the API key.", Check = RelayField.KeyProblem,
    };

    public static RelayField Postmark { get; } = new("webhook_login", "Webhook user and password", "postmark:correct-horse-battery-staple")
    {
        StaysHere = true, IsSecret = true, Help = "Make them up, as user:password, and enter the same as basic auth credentials of the webhook at Postmark.", Check = LoginProblem,
    };

    public static RelayField Resend { get; } = new("webhook_secret", "Webhook signing secret", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    {
        StaysHere = true, IsSecret = true, Help = "Webhooks, the endpoint's page: the signing secret, which begins with `whsec_`.", Check = SecretProblem,
    };

    /// <returns>Null for a kind whose provider has no webhooks that we read.</returns>
    public static RelayField? Of(RelayKind kind) => kind switch
    {
        RelayKind.SendGrid => SendGrid,
        RelayKind.Ses => Ses,
        RelayKind.Mailgun => Mailgun,
        RelayKind.Postmark => Postmark,
        RelayKind.Resend => Resend,
        _ => null,
    };

    /// <returns>SendGrid's key, which is the base64 of a SubjectPublicKeyInfo on P-256; null when it is something else.</returns>
    public static ECDsa? EventKey(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        byte[] der = new byte[256];
        if (!Convert.TryFromBase64String(text, der, out int length)) return null;
        ECDsa key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(der.AsSpan(0, length), out int read);
            if (read == length && key.KeySize == 256) return key;
        }
        catch (CryptographicException)
        {
            // no key at all
        }

        key.Dispose();
        return null;
    }

    private static string? EventKeyProblem(string value)
    {
        using ECDsa? key = EventKey(value);
        return key is null ? "must be the verification key as SendGrid shows it: one line of base64 that begins with `MFkw`." : null;
    }

    /// <summary>Short passwords are guessed: nothing else stands between a stranger and what became of our mail.</summary>
    private static string? LoginProblem(string value)
    {
        int colon = value.IndexOf(':', StringComparison.Ordinal);
        return RelayField.KeyProblem(value) is { } problem ? problem
            : colon < 1 || value.Length - colon - 1 < 16 ? "must be user:password, with a password of 16 characters at least."
            : Encoding.UTF8.GetByteCount(value) > 500 ? "must not be longer than 500 characters." : null;
    }

    private static string? SecretProblem(string value)
    {
        const string Prefix = "whsec_";
        byte[] key = new byte[512];
        return value.StartsWith(Prefix, StringComparison.Ordinal) && Convert.TryFromBase64String(value[Prefix.Length..], key, out int length) && length >= 16
            ? null : "must be the signing secret as Resend shows it, beginning with `whsec_`.";
    }

    [GeneratedRegex(@"\Aarn:aws(-cn|-us-gov)?:sns:[a-z0-9-]{3,30}:\d{12}:[A-Za-z0-9_-]{1,256}\z", RegexOptions.NonBacktracking)]
    private static partial Regex TopicArn();
}
