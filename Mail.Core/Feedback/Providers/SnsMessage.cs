using System.Text;
using System.Text.Json;

namespace Mail.Core.Feedback.Providers;

/// <summary>A message of Amazon SNS to an HTTP endpoint (https://docs.aws.amazon.com/sns/latest/dg/http-notification-json.html).</summary>
internal sealed record SnsMessage(string Type, string MessageId, string TopicArn, string Message, DateTimeOffset Timestamp, string SignatureVersion, string Signature, string SigningCertUrl)
{
    public const string Notification = "Notification", Subscription = "SubscriptionConfirmation", Unsubscription = "UnsubscribeConfirmation";

    public string? SubscribeUrl { get; private init; }

    /// <summary>What is signed: names and values, each on its line, in this order, as they stand in the message.</summary>
    public required byte[] Signed { get; init; }

    /// <returns>Null when it has not the form of one.</returns>
    public static SnsMessage? Parse(ReadOnlyMemory<byte> body)
    {
        if (!WebhookJson.TryParse(body, out JsonDocument? document)) return null;
        using (document)
        {
            JsonElement root = document.RootElement;
            string? type = root.Text("Type");
            string[] names = type switch
            {
                Notification => root.At("Subject") is { ValueKind: JsonValueKind.String } ? ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"] : ["Message", "MessageId", "Timestamp", "TopicArn", "Type"],
                Subscription or Unsubscription => ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"],
                _ => [],
            };
            if (names.Length == 0 || root.Time("Timestamp") is not { } timestamp) return null;
            if (root.Text("SignatureVersion") is not { } version || root.Text("Signature") is not { } signature || root.Text("SigningCertURL") is not { } certificate) return null;
            StringBuilder signed = new();
            foreach (string name in names)
            {
                if (root.Whole(name) is not { } value) return null;
                signed.Append(name).Append('\n').Append(value).Append('\n');
            }

            return new SnsMessage(type!, root.Whole("MessageId")!, root.Whole("TopicArn")!, root.Whole("Message")!, timestamp, version, signature, certificate)
            {
                SubscribeUrl = root.Whole("SubscribeURL"), Signed = Encoding.UTF8.GetBytes(signed.ToString()),
            };
        }
    }
}
