using System.Text;
using Mail.Protocol.Smtp.Server;

namespace Mail.Tests.Protocol.Smtp.Server;

/// <summary>
/// A recorded conversation with a server: lines <c>C: ...</c> are what the client says, lines <c>S: ...</c> what the server must answer, each with CRLF.
/// In a line of the client, <c>\r</c>, <c>\n</c>, <c>\0</c> and <c>\x1F</c> are octets, and <c>C:&lt;</c> adds no CRLF.
/// </summary>
internal static class ServerTranscript
{
    /// <summary>The pieces in which the client's octets come: one turn at a time, all at once, and cut at every place.</summary>
    public static readonly TheoryData<int> Pieces = [0, int.MaxValue, 1, 2, 3, 5, 8, 13];

    /// <summary>Replays a conversation and compares every octet that the server says. It ends with the last line: a server that still waits then has the client hang up.</summary>
    /// <param name="options">The endpoint.</param>
    /// <param name="handler">The application.</param>
    /// <param name="transcript">The conversation.</param>
    /// <param name="piece">0: each turn when it is due. Otherwise all that the client ever says, in pieces of this length, without waiting for answers.</param>
    public static async Task ReplayAsync(SmtpServerOptions options, ISmtpServerHandler handler, string transcript, int piece)
    {
        List<(bool IsServer, string Text)> turns = Read(transcript);
        await using MemoryClient client = new(options, handler);
        if (piece == 0)
        {
            foreach ((bool isServer, string text) in turns)
            {
                if (isServer) Assert.Equal(text, $"{await client.ReadLineAsync()}\r\n");
                else await client.SendAsync(text);
            }
            await client.EndAsync();
            Assert.Equal("", await client.ReadToEndAsync());
            return;
        }

        byte[] said = Encoding.Latin1.GetBytes(string.Concat(turns.Where(t => !t.IsServer).Select(t => t.Text)));
        for (int i = 0; i < said.Length; i += Math.Min(piece, said.Length - i)) await client.SendAsync(said.AsMemory(i, Math.Min(piece, said.Length - i)));
        await client.EndAsync();
        Assert.Equal(string.Concat(turns.Where(t => t.IsServer).Select(t => t.Text)), await client.ReadToEndAsync());
    }

    private static List<(bool IsServer, string Text)> Read(string transcript)
    {
        List<(bool IsServer, string Text)> turns = [];
        foreach (string line in transcript.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            bool isServer = line.StartsWith("S:", StringComparison.Ordinal);
            if (!isServer && !line.StartsWith("C:", StringComparison.Ordinal)) throw new ArgumentException($"Not a line of a transcript: {line}");
            bool isRaw = line.StartsWith("C:<", StringComparison.Ordinal);
            string text = line.Length > 3 ? line[3..] : "";
            // A test's UTF-8 goes over the wire as octets.
            text = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(isServer ? text : Unescape(text)));
            turns.Add((isServer, isRaw ? text : text + "\r\n"));
        }
        return turns;
    }

    private static string Unescape(string text) => System.Text.RegularExpressions.Regex.Replace(text, @"\\(r|n|0|x[0-9A-F]{2})", match => match.Value switch
    {
        "\\r" => "\r",
        "\\n" => "\n",
        "\\0" => "\0",
        { } hex => ((char)Convert.ToInt32(hex[2..], 16)).ToString(),
    });
}
