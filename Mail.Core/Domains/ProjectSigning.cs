using System.Buffers;
using System.Collections.Concurrent;
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
public sealed partial class ProjectSigning : IDisposable
{
    private const int LongestField = 2048;

    // Those that mail is accepted from, with the one key that signs.
    private const string KeysSql = """
        SELECT d.name, d.includes_subdomains, k.selector, k.private_key FROM domains d
        JOIN domain_keys k ON k.project_id = d.project_id AND k.domain_id = d.id AND k.state = 'active'
        WHERE d.project_id = $1 AND d.status IN ('verified', 'temporary_failure')
        """;

    private readonly MessageSigning _installation;
    private readonly DomainSecrets _secrets;
    private readonly NpgsqlDataSource _dataSource;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly ProjectCache<Dictionary<string, (DkimSigner Signer, bool ForThoseBelow)>> _signers;
    private readonly ConcurrentDictionary<string, OpenKey> _open = new(); // by their encrypted form

    public ProjectSigning(MessageSigning installation, DomainSecrets secrets, NpgsqlDataSource dataSource, TimeProvider clock, ILogger<ProjectSigning> logger)
    {
        (_installation, _secrets, _dataSource, _clock, _logger) = (installation, secrets, dataSource, clock, logger);
        _signers = new("DKIM keys", ReadAsync, usable: null, logger); // those known sign on
    }

    /// <param name="mime">The finished message. One that is signed already, by DKIM or as multipart/signed, is left as it is.</param>
    /// <returns>It, with a signature before it when there is a key for its From.</returns>
    public ValueTask<ReadOnlyMemory<byte>> SignAsync(ProjectId project, EmailAddress from, ReadOnlyMemory<byte> mime, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(from);
        ValueTask<Dictionary<string, (DkimSigner Signer, bool ForThoseBelow)>> signers = _signers.ForAsync(project, ct);
        return signers.IsCompletedSuccessfully ? ValueTask.FromResult(Sign(signers.Result, from, mime)) : SignAfterReadingAsync(signers, from, mime);
    }

    public void Dispose()
    {
        foreach (OpenKey open in _open.Values) open.Key.Dispose();
        _open.Clear();
    }

    private async ValueTask<ReadOnlyMemory<byte>> SignAfterReadingAsync(ValueTask<Dictionary<string, (DkimSigner Signer, bool ForThoseBelow)>> signers, EmailAddress from, ReadOnlyMemory<byte> mime) =>
        Sign(await signers, from, mime);

    private ReadOnlyMemory<byte> Sign(Dictionary<string, (DkimSigner Signer, bool ForThoseBelow)> signers, EmailAddress from, ReadOnlyMemory<byte> mime)
    {
        if (Find(signers, from.AsciiDomain) is not { } signer) return _installation.Covers(from) && !IsSigned(mime.Span) ? _installation.Sign(from, mime) : mime;
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

    private async Task<Dictionary<string, (DkimSigner Signer, bool ForThoseBelow)>> ReadAsync(ProjectId project, CancellationToken ct)
    {
        Dictionary<string, (DkimSigner Signer, bool ForThoseBelow)> signers = new(StringComparer.OrdinalIgnoreCase);
        await using NpgsqlCommand command = _dataSource.CreateCommand(KeysSql);
        command.Parameters.AddTyped(project.Value);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            string domain = reader.GetString(0), selector = reader.GetString(2);
            if (Open(project, domain, selector, reader.GetString(3)) is { } signer) signers[domain] = (signer, reader.GetBoolean(1));
        }

        return signers;
    }

    /// <returns>Null when the key cannot be read any more: its mail goes out unsigned rather than not at all.</returns>
    private DkimSigner? Open(ProjectId project, string domain, string selector, string privateKey)
    {
        if (_open.TryGetValue(privateKey, out OpenKey? open)) return open.Signer;
        try
        {
            DkimRsaKey key = _secrets.Open(privateKey);
            OpenKey made = new(key, new DkimSigner(new DkimSignerOptions { Domain = domain, Selector = selector }, key, _clock));
            return _open.GetOrAdd(privateKey, made).Signer;
        }
        catch (CryptographicException e)
        {
            LogNotOpened(e, selector, domain, project);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The key {Selector} of {Domain} in project {ProjectId} was encrypted with a key that is lost; its mail leaves unsigned. Make a new key for the domain")]
    private partial void LogNotOpened(Exception e, string selector, string domain, ProjectId projectId);

    private sealed record OpenKey(DkimRsaKey Key, DkimSigner Signer);
}
