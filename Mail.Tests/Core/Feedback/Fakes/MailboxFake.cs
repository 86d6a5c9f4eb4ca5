using System.Collections.Concurrent;
using System.Text;
using Mail.Tests.Core.Relays.Fakes;

namespace Mail.Tests.Core.Feedback.Fakes;

/// <summary>A mail that a provider keeps.</summary>
internal sealed record KeptMail(string Id, byte[] Mime, DateTimeOffset ReceivedAt)
{
    /// <summary>The folder, or the one label that counts.</summary>
    public string Place { get; set; } = MailboxFake.Inbox;

    public string Text => Encoding.UTF8.GetString(Mime);
}

/// <summary>A mailbox at a provider: what is in it, and who may get at it.</summary>
internal abstract class MailboxFake : IProvider
{
    public const string Address = GmailFake.Mailbox;
    public const string Inbox = "inbox", Bin = "bin", Apart = "Unread reports";

    private readonly ConcurrentDictionary<string, KeptMail> _mails = [];
    private int _last;

    public abstract string Name { get; }

    public abstract TokenFake Tokens { get; }

    public abstract IEnumerable<string> Secrets { get; }

    /// <summary>Smaller than what is asked for, as providers may.</summary>
    public int PageSize { get; set; } = int.MaxValue;

    /// <summary>The folder or label for what cannot be read; made by whoever asks for it.</summary>
    protected bool HasApart { get; set; }

    public KeptMail Add(byte[] mime, DateTimeOffset? receivedAt = null)
    {
        string id = $"mail {Interlocked.Increment(ref _last):D6}/+="; // ids may have characters that mean something in a path
        return _mails[id] = new KeptMail(id, mime, receivedAt ?? DateTimeOffset.UtcNow);
    }

    public KeptMail[] In(string place) => [.. _mails.Values.Where(mail => mail.Place == place).OrderBy(mail => mail.Id, StringComparer.Ordinal)];

    public abstract Dictionary<string, string?> Settings(Uri url);

    /// <summary>The same as settings of the worker.</summary>
    public Dictionary<string, string?> WorkerSettings(Uri url)
    {
        Dictionary<string, string?> settings = new(StringComparer.OrdinalIgnoreCase) { ["BounceMailbox:Provider"] = Name, ["BounceMailbox:Mailbox"] = Address };
        foreach ((string name, string? value) in Settings(url)) settings[$"BounceMailbox:{name.Replace("_", "", StringComparison.Ordinal)}"] = value;
        return settings;
    }

    public abstract FakeAnswer? Answer(FakeRequest request, Action<FakeMail> deliver);

    public abstract string? Schema(FakeRequest request);

    protected KeptMail? Find(string id) => _mails.GetValueOrDefault(Uri.UnescapeDataString(id));

    /// <returns>The mails of a page, and the number of the first one of the next; null after the last.</returns>
    protected (KeptMail[] Page, int? Next) Page(IEnumerable<KeptMail> listed, int first, int most)
    {
        KeptMail[] all = [.. listed];
        int size = Math.Min(most, PageSize);
        return (all[Math.Min(first, all.Length)..Math.Min(first + size, all.Length)], first + size < all.Length ? first + size : null);
    }

    protected static Dictionary<string, string> Query(string path) => path.Contains('?', StringComparison.Ordinal)
        ? path[(path.IndexOf('?', StringComparison.Ordinal) + 1)..].Split('&').Select(pair => pair.Split('=', 2)).ToDictionary(pair => Uri.UnescapeDataString(pair[0]), pair => Uri.UnescapeDataString(pair[1]))
        : [];
}
