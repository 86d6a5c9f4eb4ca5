using System.Text;

namespace Mail.Tests.Protocol.Smtp.Server;

/// <summary>Makes what clients should never send out of what they do: octets flipped, cut out, repeated, moved and put in.</summary>
internal sealed class SessionMutations(int seed)
{
    private static readonly string[] _sessions =
    [
        "EHLO client.example.com\r\nMAIL FROM:<a@example.com> SIZE=20 BODY=8BITMIME\r\nRCPT TO:<b@example.net>\r\nRCPT TO:<bad@example.net>\r\nDATA\r\nSubject: x\r\n\r\n..dot\r\nend\r\n.\r\nQUIT\r\n",
        "HELO client\r\nMAIL FROM:<>\r\nRCPT TO:<postmaster>\r\nRSET\r\nNOOP\r\nVRFY x\r\nEXPN y\r\nHELP\r\nMAIL FROM:<\"a b\"@example.com>\r\nRCPT TO:<b@example.net>\r\nDATA\r\n.\r\nNOOP\r\n",
        "EHLO client\r\nMAIL FROM:<a@example.com> RET=HDRS ENVID=a+2Bb\r\nRCPT TO:<b@example.net> NOTIFY=SUCCESS,DELAY ORCPT=rfc822;c+40d\r\nBDAT 12\r\nSubject: x\r\nBDAT 5\r\n\r\n.\r\nBDAT 3 LAST\r\nabcNOOP\r\n",
        "EHLO client\r\nAUTH PLAIN AGFsaWNlAHNlY3JldA==\r\nMAIL FROM:<a@example.com> SMTPUTF8 AUTH=<>\r\nRCPT TO:<d\u00fc@b\u00fcro.example>\r\nBDAT 4 LAST\r\na\r\n\r\nQUIT\r\n",
        "EHLO client\r\nAUTH LOGIN\r\nYWxpY2U=\r\nd3Jvbmc=\r\nAUTH LOGIN YWxpY2U=\r\n*\r\nAUTH PLAIN\r\nAGFsaWNlAHNlY3JldA==\r\nSTARTTLS\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.net>\r\nDATA\r\nx\r\n.\r\n",
        "EHLO [192.0.2.1]\r\nMAIL FROM:<@r.example:a@example.com>\r\nRCPT TO: b@example.net\r\nDATA\r\n" + "line of text\r\n" + "LONG\r\n.\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.net>\r\nDATA\r\nagain\r\n.\r\n",
    ];

    private static readonly string[] _tokens =
    [
        "\r\n.\r\n", "\r", "\n", "\0", ".", "\r\n", "\n.\n", "BDAT 5\r\n", "BDAT 5 LAST\r\n", "BDAT 99999999999\r\n", "DATA\r\n", "MAIL FROM:<a@example.com>\r\n", "RCPT TO:<b@example.net>\r\n", "RSET\r\n", "STARTTLS\r\n",
        "AUTH PLAIN\r\n", "*\r\n", "\x16\x03\x01", "<", ">", "\"", "\\", "@", ":", " ", "=", "+", ";", "\u00e9", "POST / HTTP/1.1\r\n", "EHLO x\r\n", "NOOP\r\n",
    ];

    private readonly Random _random = new(seed);

    /// <summary>The next session, in octets.</summary>
    public byte[] Next()
    {
        if (_random.Next(20) == 0)
        {
            byte[] noise = new byte[_random.Next(400)];
            _random.NextBytes(noise);
            return noise;
        }
        string text = string.Concat(Enumerable.Range(0, 1 + _random.Next(3)).Select(_ => _sessions[_random.Next(_sessions.Length)]));
        List<byte> octets = [.. Encoding.UTF8.GetBytes(text.Replace("LONG", new string('x', _random.Next(5000)), StringComparison.Ordinal))];
        for (int i = _random.Next(6); i > 0 && octets.Count > 1; i--) Mutate(octets);
        return [.. octets];
    }

    /// <summary>Cuts what is sent into pieces of any length.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Pieces(byte[] octets)
    {
        int largest = _random.Next(4) switch { 0 => 1, 1 => 8, 2 => 100, _ => 100_000 };
        for (int i = 0; i < octets.Length;)
        {
            int length = Math.Min(octets.Length - i, 1 + _random.Next(largest));
            yield return octets.AsMemory(i, length);
            i += length;
        }
    }

    private void Mutate(List<byte> octets)
    {
        int at = _random.Next(octets.Count), length = Math.Min(octets.Count - at, 1 + _random.Next(_random.Next(3) == 0 ? 60 : 4));
        switch (_random.Next(7))
        {
            case 0:
                octets[at] ^= (byte)(1 << _random.Next(8));
                break;
            case 1:
                octets[at] = (byte)_random.Next(256);
                break;
            case 2:
                octets.RemoveRange(at, length);
                break;
            case 3:
                octets.InsertRange(at, octets.GetRange(at, length));
                break;
            case 4:
                octets.InsertRange(at, Encoding.UTF8.GetBytes(_tokens[_random.Next(_tokens.Length)]));
                break;
            case 5:
                List<byte> moved = octets.GetRange(at, length);
                octets.RemoveRange(at, length);
                octets.InsertRange(_random.Next(octets.Count + 1), moved);
                break;
            default:
                octets.RemoveRange(at, octets.Count - at); // the client goes away
                break;
        }
    }
}
