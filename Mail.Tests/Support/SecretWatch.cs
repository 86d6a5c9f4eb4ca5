using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Mail.Core.Common;
using Mail.Core.Messages;
using Mail.ServiceDefaults.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Npgsql;

namespace Mail.Tests.Support;

/// <summary>
/// Remembers each code, token, password and key that goes in or out of a host under test and was right, to search what the host has logged and traced for it. A wrong
/// one is no secret: bodies of refused requests are not looked at.
/// </summary>
internal sealed partial class SecretWatch : IStartupFilter
{
    private const int Shortest = 6, LongestBody = 64 * 1024;

    /// <summary>At any depth: settings of a relay, variables of a template.</summary>
    private static readonly string[] _asked = ["password", "new_password", "current_password", "code", "token", "recovery_code", "api_key", "secret_access_key", "client_secret", "server_token", "signing_key"];
    private static readonly string[] _answered = ["token", "signing_secret", "secret", "code", "recovery_codes", "password", "web_password"];

    /// <summary>Every word of every tag of every activity of this process.</summary>
    private static readonly ConcurrentDictionary<string, byte> _traced = [];

    private readonly ConcurrentDictionary<string, string> _secrets = [];

    static SecretWatch()
    {
        AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", false); // the tags that a host with an exporter has, whichever test is first
#pragma warning disable CA2000 // both live as long as the process
        HiddenTokens exporters = new();
        ActivitySource.AddActivityListener(new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Mail" or "Microsoft.AspNetCore" or "System.Net.Http" or "Npgsql",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                exporters.OnEnd(activity); // what leaves the host, not what is in it
                foreach ((_, object? value) in activity.TagObjects)
                    if (value is string text) foreach (string word in Words(text)) _traced.TryAdd(word, 0);
            },
        });
#pragma warning restore CA2000
    }

    public int Count => _secrets.Count;

    /// <summary>Of a path, a body, a header.</summary>
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(WatchAsync);
        next(app);
    };

    public void Remember(string what, string? secret)
    {
        if (secret is null || secret.Length < Shortest || secret.Contains('@', StringComparison.Ordinal)) return; // an address as a password, to be refused: it stands elsewhere, too
        _secrets.TryAdd(secret, what);
        foreach (string part in Words(secret))
            if (part.Length >= 20) _secrets.TryAdd(part, what);
    }

    /// <returns>What was found, without the secret itself.</returns>
    public IReadOnlyList<string> Leaks(IEnumerable<string> log)
    {
        List<string> leaks = [.. _secrets.Where(secret => _traced.ContainsKey(secret.Key)).Select(secret => $"{secret.Value} in a trace")];
        List<KeyValuePair<string, string>> phrases = [.. _secrets.Where(secret => !Word().IsMatch(secret.Key) || Word().Match(secret.Key).Length != secret.Key.Length)];
        foreach (string line in log)
        {
            leaks.AddRange(Words(line).Where(_secrets.ContainsKey).Select(word => $"{_secrets[word]} in: {line.Replace(word, "SECRET", StringComparison.Ordinal)}"));
            leaks.AddRange(phrases.Where(phrase => line.Contains(phrase.Key, StringComparison.Ordinal)).Select(phrase => $"{phrase.Value} in: {line.Replace(phrase.Key, "SECRET", StringComparison.Ordinal)}"));
        }

        return leaks;
    }

    private async Task WatchAsync(HttpContext context, RequestDelegate next)
    {
        using Copied asked = new(context.Request.Body), answered = new(context.Response.Body);
        (context.Request.Body, context.Response.Body) = (asked, answered);
        try
        {
            await next(context);
        }
        finally
        {
            (context.Request.Body, context.Response.Body) = (asked.Inner, answered.Inner);
        }

        if (context.Response.StatusCode is < 200 or > 299) return;
        string place = $"{context.Request.Method} {(context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText}";
        Remember($"the key of {place}", context.Request.Headers.Authorization.ToString() is { Length: > 7 } bearer ? bearer[7..] : null);
        Remember($"the token of {place}", context.GetRouteValue("token") as string);
        Read(asked.Text, _asked, place);
        Read(answered.Text, _answered, place);
        if (context.Request.HasFormContentType) foreach (Match field in FormField().Matches(asked.Text)) Remember($"`{field.Groups[1].Value}` of the form of {place}", WebUtility.UrlDecode(field.Groups[2].Value));
        foreach (string? cookie in context.Response.Headers.SetCookie) Remember($"a cookie of {place}", cookie!.Split(';')[0] is var pair ? pair[(pair.IndexOf('=', StringComparison.Ordinal) + 1)..] : null);
    }

    private void Read(string text, string[] names, string place)
    {
        foreach (Match link in Link().Matches(text)) Remember($"the token of a link of {place}", link.Groups[1].Value);
        if (text is not ['{' or '[', ..]) return;
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            Read(document.RootElement, names, place);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // cut, or no JSON: nothing that we look for
        }
    }

    private void Read(JsonElement json, string[] names, string place)
    {
        if (json.ValueKind is JsonValueKind.Array) foreach (JsonElement one in json.EnumerateArray()) Read(one, names, place);
        if (json.ValueKind is not JsonValueKind.Object) return;
        foreach (JsonProperty field in json.EnumerateObject())
        {
            if (!names.Contains(field.Name)) Read(field.Value, names, place);
            else if (field.Value.ValueKind is JsonValueKind.String && (field.Name != "code" || Code().IsMatch(field.Value.GetString()!))) Remember($"`{field.Name}` of {place}", field.Value.GetString());
            else if (field.Value.ValueKind is JsonValueKind.Array) foreach (JsonElement one in field.Value.EnumerateArray().Where(one => one.ValueKind is JsonValueKind.String)) Remember($"`{field.Name}` of {place}", one.GetString());
        }
    }

    /// <summary>What mails of the host hold that only their recipients may know: codes, and the tokens of links. It stands in the database encrypted.</summary>
    public async Task RememberMailsAsync(NpgsqlDataSource database, MessageSecrets secrets)
    {
        const int Most = 500;
        MessageCipher cipher = await secrets.CipherAsync(CancellationToken.None);
        await using NpgsqlCommand command = database.CreateCommand($"""SELECT project_id, id, content FROM messages WHERE position('"secrets":' IN content::text) > 0 LIMIT {Most}""");
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(CancellationToken.None);
        while (await reader.ReadAsync(CancellationToken.None))
        {
            MessageContent content = JsonSerializer.Deserialize(reader.GetString(2), StoredMessageJson.Default.MessageContent)!;
            if (content.Secrets is not { } hidden) continue;
            SecretContent found = cipher.Open(new ProjectId(reader.GetGuid(0)), new MessageId(reader.GetGuid(1)), hidden);
            foreach ((string name, JsonElement value) in found.Variables ?? new Dictionary<string, JsonElement>())
            {
                if (value.ValueKind is not JsonValueKind.String) continue;
                string text = value.GetString()!, place = $"`{name}` in a mail of {content.Template?.Id}";
                if (text.Contains("://", StringComparison.Ordinal)) foreach (string word in Words(text).Where(word => word.Length >= 20)) Remember(place, word);
                else Remember(place, text);
            }
        }
    }

    private static IEnumerable<string> Words(string text) => Word().Matches(text).Select(match => match.Value);

    /// <summary>The links of mails whose token is all the authority there is.</summary>
    [GeneratedRegex("(?:/(?:a|unsubscribe|sender-identities/confirm|t/o|t/c)/|invitation#)([A-Za-z0-9_-]{20,})")]
    private static partial Regex Link();

    /// <summary>Not the name of a cause, nor a server's reply.</summary>
    [GeneratedRegex("^[A-Z0-9][A-Z0-9 -]{4,12}[A-Z0-9]$")]
    private static partial Regex Code();

    [GeneratedRegex("""(?:^|[&"])(code|token|password)(?:=|"\\r\\n\\r\\n)([^&\\r\\n]+)""")]
    private static partial Regex FormField();

    /// <summary>A number with decimals is one word: its decimals are no code.</summary>
    [GeneratedRegex(@"[A-Za-z0-9_\-]+(\.[0-9]+)*")]
    private static partial Regex Word();

    /// <summary>Keeps the beginning of what goes through.</summary>
    private sealed class Copied(Stream inner) : Stream
    {
        private readonly MemoryStream _kept = new();

        public Stream Inner => inner;

        public string Text => Encoding.UTF8.GetString(_kept.GetBuffer(), 0, (int)_kept.Length);

        public override bool CanRead => inner.CanRead;

        public override bool CanSeek => false;

        public override bool CanWrite => inner.CanWrite;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush() => inner.Flush();

        public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

        public override int Read(byte[] buffer, int offset, int count)
        {
            int read = inner.Read(buffer, offset, count);
            Keep(buffer.AsSpan(offset, read));
            return read;
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            int read = await inner.ReadAsync(buffer, cancellationToken);
            Keep(buffer.Span[..read]);
            return read;
        }

        public override void Write(byte[] buffer, int offset, int count)
        {
            inner.Write(buffer, offset, count);
            Keep(buffer.AsSpan(offset, count));
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await inner.WriteAsync(buffer, cancellationToken);
            Keep(buffer.Span);
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            _kept.Dispose(); // the inner one is the host's
            base.Dispose(disposing);
        }

        private void Keep(ReadOnlySpan<byte> octets)
        {
            if (_kept.Length < LongestBody) _kept.Write(octets[..(int)Math.Min(octets.Length, LongestBody - _kept.Length)]);
        }
    }
}
