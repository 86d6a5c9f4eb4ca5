using System.Text;
using Mail.Core.Common;

namespace Mail.Core.Tracking;

/// <summary>The links and the picture of one recipient's mail.</summary>
/// <param name="key">Of <see cref="TrackingLinks"/>.</param>
public sealed class MailMarks(TrackingUse use, byte[] key, ProjectId projectId, MessageId messageId, DeliveryId deliveryId)
{
    /// <summary>Addresses that stay as they are: the ways to unsubscribe. Who wants no more mail shall not be counted on the way out.</summary>
    private readonly List<string> _leftAlone = [];

    private readonly string _ours = use.LinksTo + "/t/";

    /// <param name="address">Everything that begins so.</param>
    public void LeaveAlone(string address) => _leftAlone.Add(address);

    /// <summary>Takes the addresses out of a List-Unsubscribe field (RFC 2369).</summary>
    public void LeaveAloneListed(string? field)
    {
        foreach (string one in field?.Split(',', StringSplitOptions.TrimEntries) ?? [])
            if (one is ['<', .., '>'] && one.Length > 10) _leftAlone.Add(one[1..^1]);
    }

    /// <param name="withPicture">Whether this part may carry the picture: of several only the last one.</param>
    public string Apply(string html, bool withPicture = true)
    {
        ArgumentNullException.ThrowIfNull(html);
        return HtmlMarker.Apply(html, use.Clicks ? this : null, use.Opens && withPicture ? this : null);
    }

    /// <param name="conversion">What a click counts as; empty for nothing more than a click.</param>
    /// <returns>Whether the link leads over us; then its attribute's new value was written, without quotes.</returns>
    internal bool TryWriteLink(ReadOnlySpan<char> attribute, ReadOnlySpan<char> conversion, StringBuilder output)
    {
        if (!TargetUrl.TryRead(attribute, out string? url) || url.StartsWith(_ours, StringComparison.OrdinalIgnoreCase)) return false;
        foreach (string prefix in _leftAlone)
            if (url.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) return false;
        output.Append(use.LinksTo).Append(TrackingLinks.ClickPath);
        TrackingLinks.Write(output, key, projectId, messageId, deliveryId, url, conversion);
        return true;
    }

    internal string Picture()
    {
        StringBuilder picture = new("<img src=\"", 256);
        picture.Append(use.LinksTo).Append(TrackingLinks.OpenPath);
        TrackingLinks.Write(picture, key, projectId, messageId, deliveryId, default);
        return picture.Append("\" width=\"1\" height=\"1\" alt=\"\" role=\"presentation\" style=\"display:block;width:1px;height:1px;border:0\">").ToString();
    }
}
