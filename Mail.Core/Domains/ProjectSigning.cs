using System.Buffers;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using Mail.Core.Common;
using Mail.Protocol.Dkim;
using Mail.Protocol.Mime;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mail.Core.Domains;

/// <summary>
/// Signs what a project sends with the key of its verified domain, else, where the From is of the installation's own domain, with that one's. A project's keys
/// are opened once and looked after every few seconds while its messages go: loading one costs more than a signature.
/// </summary>
public sealed partial class ProjectSigning(MessageSigning installation, DomainSecrets secrets, NpgsqlDataSource dataSource, TimeProvider clock, ILogger<ProjectSigning> logger) : IDisposable
{
    private const int LongestField = 2048;

    // Those that mail is accepted from, with the one key that signs.
    private const string KeysSql = """
        SELECT d.name, d.includes_subdomains, k.selector, k.private_key FROM domains d
        JOIN domain_keys k ON k.project_id = d.project_id AND k.domain_id = d.id AND k.state = 'active'
        WHERE d.project_id = $1 AND d.status IN ('verified', 'temporary_failure')
        """;

    private static readonly TimeSpan _fresh = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<ProjectId, Entry> _entries = new();
    private readonly ConcurrentDictionary<string, OpenKey> _open = new(); // by their encrypted form

    /// <param name="mime">The finished message. One that is signed already, by DKIM or as multipart/signed, is left as it is.</param>
    /// <returns>It, with a signature before it when there is a key for its From.</returns>
    public ValueTask<ReadOnlyMemory<byte>> SignAsync(ProjectId project, EmailAddress from, ReadOnlyMemory<byte> mime, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(from);
        Entry entry = _entries.GetOrAdd(project, static _ => new Entry());
        if (entry.Signers is not { } signers) return SignAfterReadingAsync(project, entry, from, mime, ct);
        if (Stopwatch.GetElapsedTime(entry.ReadAt) >= _fresh) _ = TryRefreshAsync(project, entry);
        return ValueTask.FromResult(Sign(signers, from, mime));
    }

    public void Dispose()
    {
        foreach (OpenKey open in _open.Values) open.Key.Dispose();
        _open.Clear();
    }

    private async ValueTask<ReadOnlyMemory<byte>> SignAfterReadingAsync(ProjectId project, Entry entry, EmailAddress from, ReadOnlyMemory<byte> mime, CancellationToken ct)
    {
        await entry.Gate.WaitAsync(ct);
        try
        {
            if (entry.Signers is null) await ReadAsync(project, entry, ct);
        }
        finally
        {
            entry.Gate.Release();
        }

        return Sign(entry.Signers!, from, mime);
    }

    private ReadOnlyMemory<byte> Sign(Dictionary<string, (DkimSigner Signer, bool ForThoseBelow)> signers, EmailAddress from, ReadOnlyMemory<byte> mime)
    {
        if (Find(signers, from.AsciiDomain) is not { } signer) return installation.Covers(from) && !IsSigned(mime.Span) ? installation.Sign(from, mime) : mime;
        if (IsSigned(mime.Span)) return mime;
        ArrayBufferWriter<byte> signed = new(mime.Length + LongestField);
        signer.Sign(mime.Span, signed);
        signed.Write(mime.Span);
        return signed.WrittenMemory;
    }

    private static DkimSigner? Find(Dictionary<string, (DkimSigner Signer, bool ForThoseBelow)> signers, string domain)
    {
        if (signers.Count == 0) return null;
        if (signers.TryGetValue(domain, out (DkimSigner Signer, bool) own)) return own.Signer;
        foreach (string parent in DomainName.WithParents(domain).Skip(1))
            if (signers.TryGetValue(parent, out (DkimSigner Signer, bool ForThoseBelow) above) && above.ForThoseBelow) return above.Signer;
        return null;
    }

    /// <summary>Only what an app hands over as a whole mail can be: we neither add to another's signature nor to what multipart/signed protects (RFC 1847).</summary>
    private static bool IsSigned(ReadOnlySpan<byte> mime)
    {
        int end = mime.IndexOf("\r\n\r\n"u8);
        ReadOnlySpan<byte> header = end < 0 ? mime : mime[..end];
        return Starts(header, "dkim-signature:"u8) || (Starts(header, "content-type:"u8) && Contains(header, "multipart/signed"u8));
    }

    /// <summary>Whether a line begins so, in any case.</summary>
    private static bool Starts(ReadOnlySpan<byte> header, ReadOnlySpan<byte> name)
    {
        for (ReadOnlySpan<byte> rest = header; ;)
        {
            if (rest.Length >= name.Length && System.Text.Ascii.EqualsIgnoreCase(rest[..name.Length], name)) return true;
            int line = rest.IndexOf((byte)'\n');
            if (line < 0) return false;
            rest = rest[(line + 1)..];
        }
    }

    private static bool Contains(ReadOnlySpan<byte> header, ReadOnlySpan<byte> text)
    {
        for (int at = 0; at + text.Length <= header.Length; at++)
        {
            int slash = header[at..].IndexOf((byte)'/');
            if (slash < 0) return false;
            int start = at + slash - text.IndexOf((byte)'/');
            if (start >= 0 && start + text.Length <= header.Length && System.Text.Ascii.EqualsIgnoreCase(header.Slice(start, text.Length), text)) return true;
            at += slash;
        }

        return false;
    }

    private async Task TryRefreshAsync(ProjectId project, Entry entry)
    {
        if (!await entry.Gate.WaitAsync(0, CancellationToken.None)) return;
        try
        {
            if (Stopwatch.GetElapsedTime(entry.ReadAt) >= _fresh) await ReadAsync(project, entry, CancellationToken.None);
        }
        catch (Exception e)
        {
            entry.ReadAt = Stopwatch.GetTimestamp(); // the known ones sign on
            LogNotRead(e, project);
        }
        finally
        {
            entry.Gate.Release();
        }
    }

    private async Task ReadAsync(ProjectId project, Entry entry, CancellationToken ct)
    {
        Dictionary<string, (DkimSigner, bool)> signers = new(StringComparer.OrdinalIgnoreCase);
        await using NpgsqlCommand command = dataSource.CreateCommand(KeysSql);
        command.Parameters.AddTyped(project.Value);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            string domain = reader.GetString(0), selector = reader.GetString(2);
            if (Open(project, domain, selector, reader.GetString(3)) is { } signer) signers[domain] = (signer, reader.GetBoolean(1));
        }

        entry.Signers = signers;
        entry.ReadAt = Stopwatch.GetTimestamp();
    }

    /// <returns>Null when the key cannot be read any more: its mail goes out unsigned rather than not at all.</returns>
    private DkimSigner? Open(ProjectId project, string domain, string selector, string privateKey)
    {
        if (_open.TryGetValue(privateKey, out OpenKey? open)) return open.Signer;
        try
        {
            DkimRsaKey key = secrets.Open(privateKey);
            OpenKey made = new(key, new DkimSigner(new DkimSignerOptions { Domain = domain, Selector = selector }, key, clock));
            return _open.GetOrAdd(privateKey, made).Signer;
        }
        catch (CryptographicException e)
        {
            LogNotOpened(e, selector, domain, project);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The keys of project {ProjectId} could not be read again; those known sign on")]
    private partial void LogNotRead(Exception e, ProjectId projectId);

    [LoggerMessage(Level = LogLevel.Error, Message = "The key {Selector} of {Domain} in project {ProjectId} was encrypted with a key that is lost; its mail leaves unsigned. Make a new key for the domain")]
    private partial void LogNotOpened(Exception e, string selector, string domain, ProjectId projectId);

    private sealed record OpenKey(DkimRsaKey Key, DkimSigner Signer);

    private sealed class Entry
    {
        public SemaphoreSlim Gate { get; } = new(1, 1);

        public volatile Dictionary<string, (DkimSigner Signer, bool ForThoseBelow)>? Signers;

        public long ReadAt;
    }
}
