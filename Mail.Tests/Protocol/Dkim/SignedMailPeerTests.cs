using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using FsCheck.Fluent;
using Mail.Protocol.Dkim;
using Mail.Protocol.Mime;
using Mail.Tests.Protocol.Mime;

namespace Mail.Tests.Protocol.Dkim;

/// <summary>What we sign verifies elsewhere: every sample in all four forms, with four verifiers that share no code with us or each other.</summary>
public sealed class SignedMailPeerTests
{
    // mailauth takes a message without the empty line behind the header for no message at all.
    private static readonly HashSet<(string Peer, string Sample)> _notForPeer = [("mailauth", "no-body")];

    // opendkim reads a field as mail servers hand it to their filters, with one space behind the colon whatever stood there: no matter but for simple.
    private static readonly Regex _rewrittenByMilter = new(@"^[!-9;-~]+:(?! [^ \t]| ?\r\n[ \t]| \r\n)", RegexOptions.Multiline);

    private static readonly DkimRsaKey _key = DkimRsaKey.Generate();

    [Theory, InlineData("dkimpy"), InlineData("mailauth"), InlineData("opendkim"), InlineData("mail-dkim")]
    public async Task Signed_mail_verifies(string peer)
    {
        await AllPassAsync(peer, SampleMail.All.Where(sample => !_notForPeer.Contains((peer, sample.Key))));
    }

    [Theory, Trait("Category", "Fuzz"), InlineData("dkimpy"), InlineData("mailauth"), InlineData("opendkim"), InlineData("mail-dkim")]
    public async Task Mail_of_every_kind_that_our_writer_writes_verifies(string peer)
    {
        List<KeyValuePair<string, byte[]>> messages = [];
        foreach (MimeMessage message in RandomMail.Message.Sample(250, 20))
        {
            ArrayBufferWriter<byte> written = new();
            message.WriteTo(written);
            messages.Add(new($"random{messages.Count}", written.WrittenSpan.ToArray()));
        }

        await AllPassAsync(peer, messages);
    }

    private static async Task AllPassAsync(string peer, IEnumerable<KeyValuePair<string, byte[]>> messages)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("mail-test-dkim-");
        try
        {
            List<string> files = [];
            foreach ((string name, byte[] message) in messages)
                foreach (DkimCanonicalization header in Enum.GetValues<DkimCanonicalization>())
                    foreach (DkimCanonicalization body in Enum.GetValues<DkimCanonicalization>())
                    {
                        if (peer == "opendkim" && header == DkimCanonicalization.Simple && _rewrittenByMilter.IsMatch(HeaderOf(message))) continue;
                        files.Add($"{name}.{header}.{body}.eml");
                        await File.WriteAllBytesAsync(Path.Combine(folder.FullName, files[^1]), Transmit(Sign(message, header, body)));
                    }

            Dictionary<string, string> answers = await DkimPeers.VerifyAsync(peer, folder.FullName, files, new Dictionary<string, DkimKeyRecord> { ["r1._domainkey.example.com"] = DkimKeyRecord.For(_key) });

            string[] failed = [.. files.Where(file => answers.GetValueOrDefault(file) != "pass").Select(file => $"{file}: {answers.GetValueOrDefault(file)}\n{File.ReadAllText(Path.Combine(folder.FullName, file))}")];
            Assert.True(failed.Length == 0, $"{failed.Length} of {files.Count}:\n{string.Join("\n\n", failed.Take(3))}");
        }
        finally { folder.Delete(recursive: true); }
    }

    // RFC 8463 §3: both signatures, so that each verifier finds one it knows. The Ed25519 is the tests' own; the platform has none.
    [Theory, InlineData("dkimpy"), InlineData("mailauth"), InlineData("opendkim"), InlineData("mail-dkim")]
    public async Task Mail_signed_with_ed25519_and_rsa_verifies(string peer)
    {
        Ed25519.Key edwards = new(Convert.FromBase64String("nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=")); // RFC 8463 A.2
        Assert.Equal("11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=", Convert.ToBase64String(edwards.PublicKey.Span));
        byte[] message = SampleMail.All["eight-bit"];
        ArrayBufferWriter<byte> fields = new();
        DkimSigner.SignAll([new(new DkimSignerOptions { Domain = "example.com", Selector = "e1" }, edwards, TimeProvider.System), new(new DkimSignerOptions { Domain = "example.com", Selector = "r1" }, _key, TimeProvider.System)], message, fields);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("mail-test-dkim-");
        try
        {
            await File.WriteAllBytesAsync(Path.Combine(folder.FullName, "both.eml"), SampleMail.Join(fields.WrittenMemory, message));

            Dictionary<string, string> answers = await DkimPeers.VerifyAsync(peer, folder.FullName, ["both.eml"],
                new Dictionary<string, DkimKeyRecord> { ["r1._domainkey.example.com"] = DkimKeyRecord.For(_key), ["e1._domainkey.example.com"] = DkimKeyRecord.For(edwards) });

            Assert.Equal("pass", answers["both.eml"]);
        }
        finally { folder.Delete(recursive: true); }
    }

    private static string HeaderOf(byte[] message) => Encoding.Latin1.GetString(message).Split("\r\n\r\n", 2)[0] + "\r\n";

    // The end of DATA stands on a line of its own: what arrives ends in CRLF, whatever was signed (RFC 5321 §4.1.1.4).
    private static byte[] Transmit(byte[] message) => message.AsSpan().EndsWith("\r\n"u8) ? message : [.. message, .. "\r\n"u8];

    private static byte[] Sign(byte[] message, DkimCanonicalization header, DkimCanonicalization body)
    {
        ArrayBufferWriter<byte> field = new();
        new DkimSigner(new DkimSignerOptions { Domain = "example.com", Selector = "r1", HeaderCanonicalization = header, BodyCanonicalization = body }, _key, TimeProvider.System).Sign(message, field);
        return SampleMail.Join(field.WrittenMemory, message);
    }
}
