using System.Globalization;
using System.Text;

namespace Mail.Protocol.Pop3;

/// <summary>
/// One session with a mailbox over POP3 (RFC 1939), as a client: it lists what is there, fetches and deletes. What is deleted is gone only when the session
/// ends by <see cref="QuitAsync"/>; after a session that breaks it is all there again. Not for use by two callers at the same time.
/// </summary>
public sealed class Pop3Connection : IAsyncDisposable
{
    private const int MostMessages = 1_000_000;

    private readonly Pop3ConnectionOptions _options;
    private Pop3Channel _channel;

    private Pop3Connection(Pop3ConnectionOptions options, Pop3Channel channel) => (_options, _channel) = (options, channel);

    /// <summary>Connects, protects and signs in.</summary>
    /// <param name="options">Where and how.</param>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="Pop3Exception">Any of it failed.</exception>
    /// <exception cref="ArgumentException">An option that cannot work.</exception>
    public static async Task<Pop3Connection> ConnectAsync(Pop3ConnectionOptions options, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        Stream stream = await Pop3Connector.ConnectAsync(options, ct).ConfigureAwait(false);
        if (options.Tls == Pop3Tls.Implicit) stream = await Pop3Connector.SecureAsync(stream, options, ct).ConfigureAwait(false);
        Pop3Connection connection = new(options, new Pop3Channel(stream, options.Timeout, TimeProvider.System));
        try
        {
            await connection.AnswerAsync(Pop3Failure.Connection, "the greeting", ct).ConfigureAwait(false);
            if (options.Tls == Pop3Tls.StartTls) await connection.StartTlsAsync(ct).ConfigureAwait(false);
            await connection.SignInAsync(ct).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>What is in the mailbox.</summary>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="Pop3Exception">The server refused, or the conversation broke.</exception>
    public async Task<IReadOnlyList<Pop3Message>> ListAsync(CancellationToken ct)
    {
        Dictionary<int, long> sizes = [];
        foreach ((int number, string size) in await LinesAsync("LIST", ct).ConfigureAwait(false))
            sizes[number] = long.TryParse(size.Split(' ')[0], NumberStyles.None, CultureInfo.InvariantCulture, out long octets) ? octets : throw NotPop3($"{number} {size}");
        Dictionary<int, string> uids = [];
        try
        {
            foreach ((int number, string uid) in await LinesAsync("UIDL", ct).ConfigureAwait(false)) uids[number] = uid;
        }
        catch (Pop3Exception e) when (e.Failure == Pop3Failure.Refused)
        {
            // It is optional.
        }

        return [.. sizes.OrderBy(one => one.Key).Select(one => new Pop3Message(one.Key, one.Value, uids.GetValueOrDefault(one.Key)))];
    }

    /// <summary>Fetches a message.</summary>
    /// <param name="number">Its number in this session.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>Its octets, without the dots of the transfer.</returns>
    /// <exception cref="Pop3Exception">The server refused, the message is larger than <see cref="Pop3ConnectionOptions.MaxMessageSize"/>, or the conversation broke.</exception>
    public async Task<ReadOnlyMemory<byte>> RetrieveAsync(int number, CancellationToken ct)
    {
        await CommandAsync(string.Create(CultureInfo.InvariantCulture, $"RETR {number}"), ct).ConfigureAwait(false);
        return await _channel.ReadMessageAsync(_options.MaxMessageSize, ct).ConfigureAwait(false);
    }

    /// <summary>Marks a message as deleted; <see cref="QuitAsync"/> deletes it.</summary>
    /// <param name="number">Its number in this session.</param>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="Pop3Exception">The server refused, or the conversation broke.</exception>
    public Task DeleteAsync(int number, CancellationToken ct) => CommandAsync(string.Create(CultureInfo.InvariantCulture, $"DELE {number}"), ct);

    /// <summary>Deletes what was marked, and ends the session.</summary>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="Pop3Exception">The server could not delete all of it, or the conversation broke: it may all be there again.</exception>
    public async Task QuitAsync(CancellationToken ct)
    {
        await CommandAsync("QUIT", ct).ConfigureAwait(false);
        await DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Ends the session without deleting anything.</summary>
    public ValueTask DisposeAsync() => _channel.DisposeAsync();

    private async Task StartTlsAsync(CancellationToken ct)
    {
        await _channel.WriteAsync("STLS", ct).ConfigureAwait(false);
        await AnswerAsync(Pop3Failure.Tls, "STLS", ct).ConfigureAwait(false);
        // What came before the handshake was said by anybody, and would count as said inside of it.
        if (_channel.HasUnread) throw new Pop3Exception(Pop3Failure.Tls, $"The server {_options} spoke between STLS and the handshake.");
        Stream secure = await Pop3Connector.SecureAsync(_channel.Release(), _options, ct).ConfigureAwait(false);
        _channel = new Pop3Channel(secure, _options.Timeout, TimeProvider.System);
    }

    private async Task SignInAsync(CancellationToken ct)
    {
        if (_options.AccessToken is { } token)
        {
            string first = Convert.ToBase64String(Encoding.UTF8.GetBytes($"user={_options.UserName}\u0001auth=Bearer {token}\u0001\u0001"));
            await _channel.WriteAsync($"AUTH XOAUTH2 {first}", ct).ConfigureAwait(false);
            string answer = await _channel.ReadLineAsync(ct).ConfigureAwait(false);
            if (answer.StartsWith("+ ", StringComparison.Ordinal) || answer == "+")
            {
                // It explains the refusal in a challenge, which wants an empty answer.
                await _channel.WriteAsync("", ct).ConfigureAwait(false);
                answer = await _channel.ReadLineAsync(ct).ConfigureAwait(false);
            }

            Judge(answer, Pop3Failure.Login, "the access token");
            return;
        }

        await _channel.WriteAsync($"USER {_options.UserName}", ct).ConfigureAwait(false);
        await AnswerAsync(Pop3Failure.Login, "the user name", ct).ConfigureAwait(false);
        await _channel.WriteAsync($"PASS {_options.Password}", ct).ConfigureAwait(false);
        await AnswerAsync(Pop3Failure.Login, "the password", ct).ConfigureAwait(false);
    }

    private async Task CommandAsync(string command, CancellationToken ct)
    {
        await _channel.WriteAsync(command, ct).ConfigureAwait(false);
        await AnswerAsync(Pop3Failure.Refused, command, ct).ConfigureAwait(false);
    }

    /// <summary>Lines of a number and something, up to the line of one dot.</summary>
    private async Task<List<(int Number, string Text)>> LinesAsync(string command, CancellationToken ct)
    {
        await CommandAsync(command, ct).ConfigureAwait(false);
        List<(int, string)> lines = [];
        while (await _channel.ReadLineAsync(ct).ConfigureAwait(false) is not "." and { } line)
        {
            int space = line.IndexOf(' ', StringComparison.Ordinal);
            if (space < 0 || !int.TryParse(line.AsSpan(0, space), NumberStyles.None, CultureInfo.InvariantCulture, out int number) || lines.Count == MostMessages) throw NotPop3(line);
            lines.Add((number, line[(space + 1)..].Trim()));
        }

        return lines;
    }

    private async Task AnswerAsync(Pop3Failure failure, string what, CancellationToken ct) => Judge(await _channel.ReadLineAsync(ct).ConfigureAwait(false), failure, what);

    private void Judge(string answer, Pop3Failure failure, string what)
    {
        if (answer.StartsWith("+OK", StringComparison.OrdinalIgnoreCase)) return;
        if (!answer.StartsWith("-ERR", StringComparison.OrdinalIgnoreCase)) throw NotPop3(answer);
        throw new Pop3Exception(failure, $"The server {_options} refuses {what}: {Printable(answer[4..].Trim())}");
    }

    private static Pop3Exception NotPop3(string line) => new(Pop3Failure.Protocol, $"The server said something that is not POP3: \"{Printable(line[..Math.Min(line.Length, 100)])}\".");

    private static string Printable(string text) => string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter));
}
