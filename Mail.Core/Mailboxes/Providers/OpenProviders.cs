using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Mail.Core.Mailboxes.Providers;

/// <summary>
/// Connections that are open: with them live the tokens, which so serve more than one step of more than one mailbox. One of the same revision but with other settings, such as a trial before they
/// are saved, is another one.
/// </summary>
internal sealed class OpenProviders
{
    private const int Most = 1000;

    private readonly ConcurrentDictionary<Guid, (int Revision, string Settings, IMailboxProvider Provider)> _open = [];

    public IMailboxProvider Get(ProviderScope scope, IReadOnlyDictionary<string, string> settings, Func<IMailboxProvider> open)
    {
        string print = Print(settings);
        if (_open.TryGetValue(scope.ConnectionId, out (int Revision, string Settings, IMailboxProvider Provider) known) && known.Revision == scope.Revision && known.Settings == print) return known.Provider;
        if (_open.Count >= Most) _open.Clear(); // rare, and costs a token each
        IMailboxProvider opened = open();
        _open[scope.ConnectionId] = (scope.Revision, print, opened);
        return opened;
    }

    /// <summary>Not the settings themselves: they hold secrets.</summary>
    private static string Print(IReadOnlyDictionary<string, string> settings)
    {
        StringBuilder text = new();
        foreach ((string name, string value) in settings.OrderBy(pair => pair.Key, StringComparer.Ordinal)) text.Append(name).Append('\0').Append(value).Append('\0');
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
