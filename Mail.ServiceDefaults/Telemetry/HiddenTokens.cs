using System.Diagnostics;
using OpenTelemetry;

namespace Mail.ServiceDefaults.Telemetry;

/// <summary>
/// The links in our mails bear tokens in their paths, and so do many addresses of webhooks: whoever reads traces must not be able to use them. Whatever in a path is
/// longer than any word or id of ours is left out, in spans of the server and of calls to others.
/// </summary>
internal sealed class HiddenTokens : BaseProcessor<Activity>
{
    private const int LongestId = 36;

    private static readonly string[] _tags = ["url.path", "url.full"];

    public override void OnEnd(Activity data)
    {
        foreach (string tag in _tags)
            if (data.GetTagItem(tag) is string address && Of(address) is var hidden && !ReferenceEquals(hidden, address)) data.SetTag(tag, hidden);
    }

    /// <returns>The same text when there is nothing to hide.</returns>
    internal static string Of(string address)
    {
        string[] parts = address.Split('/');
        bool isHidden = false;
        for (int i = 0; i < parts.Length; i++)
        {
            int end = parts[i].IndexOfAny(['?', '#']);
            int length = end < 0 ? parts[i].Length : end;
            if (length <= LongestId || (i == 2 && address.Contains("://", StringComparison.Ordinal))) continue; // a long name of a host is none
            parts[i] = string.Concat("REDACTED", parts[i].AsSpan(length));
            isHidden = true;
        }

        return isHidden ? string.Join('/', parts) : address;
    }
}
