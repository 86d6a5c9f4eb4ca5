using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;

namespace Mail.Protocol.Smtp.Server;

/// <summary>AUTH by PLAIN (RFC 4616) or LOGIN (no RFC; what clients do). Asks for what is missing and makes credentials of it.</summary>
internal sealed class SaslExchange(SmtpServerChannel channel, SmtpServerOptions options)
{
    private static readonly SmtpReply _plainChallenge = new(334, "");
    private static readonly SmtpReply _nameChallenge = new(334, "VXNlcm5hbWU6"); // "Username:", the words that clients look for
    private static readonly SmtpReply _passwordChallenge = new(334, "UGFzc3dvcmQ6"); // "Password:"

    /// <summary>Why there are no credentials, when there are none.</summary>
    public SmtpReply? Refusal { get; private set; }

    /// <summary>How the wait for a response ended; all but <see cref="SmtpInput.Complete"/> is for the caller to answer.</summary>
    public SmtpInput Input { get; private set; }

    /// <param name="argument">The mechanism and perhaps the first response.</param>
    public async ValueTask<SmtpCredentials?> RunAsync(string argument)
    {
        int space = argument.IndexOf(' ', StringComparison.Ordinal);
        string mechanism = space < 0 ? argument : argument[..space];
        string? initial = space < 0 ? null : argument[(space + 1)..].Trim(' ');
        if (mechanism.Equals("PLAIN", StringComparison.OrdinalIgnoreCase)) return await PlainAsync(initial).ConfigureAwait(false);
        if (mechanism.Equals("LOGIN", StringComparison.OrdinalIgnoreCase)) return await LoginAsync(initial).ConfigureAwait(false);
        return Refuse(mechanism.Length == 0 ? Replies.AuthSyntax : Replies.UnknownMechanism);
    }

    private async ValueTask<SmtpCredentials?> PlainAsync(string? initial)
    {
        if (await ResponseAsync(_plainChallenge, initial).ConfigureAwait(false) is not { } response) return null;
        string[] parts = response.Split('\0');
        if (parts.Length != 3 || parts[1].Length == 0 || parts[2].Length == 0) return Refuse(Replies.AuthSyntax);
        return new SmtpCredentials(parts[1], parts[2], parts[0].Length == 0 || parts[0] == parts[1] ? null : parts[0], "PLAIN");
    }

    private async ValueTask<SmtpCredentials?> LoginAsync(string? initial)
    {
        if (await ResponseAsync(_nameChallenge, initial).ConfigureAwait(false) is not { } name) return null;
        if (await ResponseAsync(_passwordChallenge, null).ConfigureAwait(false) is not { } password) return null;
        if (name.Length == 0 || password.Length == 0 || name.Contains('\0', StringComparison.Ordinal) || password.Contains('\0', StringComparison.Ordinal)) return Refuse(Replies.AuthSyntax);
        return new SmtpCredentials(name, password, null, "LOGIN");
    }

    /// <summary>The decoded response; null when there is none.</summary>
    private async ValueTask<string?> ResponseAsync(SmtpReply challenge, string? initial)
    {
        if (initial is null)
        {
            channel.Write(challenge);
            Input = await channel.ReadLineAsync(options.MaxAuthLine, options.CommandTimeout).ConfigureAwait(false);
            if (Input == SmtpInput.TooLong)
            {
                Input = SmtpInput.Complete;
                Refuse(Replies.AuthTooLong);
                return null;
            }
            if (Input != SmtpInput.Complete) return null;
            if (channel.Line.SequenceEqual("*"u8))
            {
                Refuse(Replies.AuthCancelled);
                return null;
            }
        }
        else if (initial == "=") return ""; // RFC 4954 §4: an empty first response

        if (TryDecode(initial is null ? channel.Line : Encoding.UTF8.GetBytes(initial), out string? response)) return response;
        Refuse(Replies.AuthSyntax);
        return null;
    }

    private static bool TryDecode(ReadOnlySpan<byte> base64, [NotNullWhen(true)] out string? text)
    {
        text = null;
        byte[] octets = new byte[Base64.GetMaxDecodedFromUtf8Length(base64.Length)];
        // The decoder would skip white space; a response has none (RFC 4954 §4).
        if (base64.ContainsAny(" \t\r\n"u8) || Base64.DecodeFromUtf8(base64, octets, out _, out int length) != System.Buffers.OperationStatus.Done) return false;
        if (!Utf8.IsValid(octets.AsSpan(0, length))) return false;
        text = Encoding.UTF8.GetString(octets, 0, length);
        return true;
    }

    private SmtpCredentials? Refuse(SmtpReply reply)
    {
        Refusal = reply;
        return null;
    }
}
