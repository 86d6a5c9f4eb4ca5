using System.Buffers;
using System.Text;
using Mail.Protocol.Dkim;
using Mail.Protocol.Smtp;
using Mail.Tests.Protocol.Dns;
using Mail.Tests.Protocol.Smtp;
using Mail.Tests.Support;

namespace Mail.Tests.Protocol.Dkim;

/// <summary>Signed mail after a server of others has had it: Postfix takes it by our client, adds its headers and writes it into a mailbox.</summary>
public sealed class DkimTransportTests(PostfixFixture postfix) : IClassFixture<PostfixFixture>
{
    // What Postfix may cut (lines over 998 octets), and what the mailbox's reader takes for UTF-8.
    private static readonly HashSet<string> _unfit = ["long-lines", "latin-1-octets"];

    [Theory, InlineData(DkimCanonicalization.Simple), InlineData(DkimCanonicalization.Relaxed)]
    public async Task A_signature_survives_the_way_through_Postfix(DkimCanonicalization form)
    {
        Assert.SkipUnless(postfix.SkipReason is null, postfix.SkipReason ?? "");
        using DkimRsaKey key = DkimRsaKey.Generate(1024);
        DkimSigner signer = new(new DkimSignerOptions { Domain = "example.com", Selector = "r1", HeaderCanonicalization = form, BodyCanonicalization = form }, key, TimeProvider.System);
        DkimVerifier verifier = new(new ZoneResolver().Text(signer.RecordName, DkimKeyRecord.For(key).ToString()), new DkimVerifierOptions(), TimeProvider.System);
        await using SmtpConnection connection = await SmtpConnection.ConnectAsync(new SmtpConnectionOptions { Host = "localhost", Port = postfix.Port, TlsPolicy = SmtpTlsPolicy.None }, default);
        foreach ((string name, byte[] message) in SampleMail.All.Where(sample => !_unfit.Contains(sample.Key)))
        {
            string id = $"{Guid.NewGuid():N}";
            ArrayBufferWriter<byte> field = new();
            signer.Sign(message, field);

            SmtpTransactionResult result = await connection.SendAsync(SmtpTestMail.Envelope("one@box.test"), (byte[])[.. Encoding.ASCII.GetBytes($"X-Test: {id}\r\n"), .. SampleMail.Join(field.WrittenMemory, message)], default);
            Assert.True(result.AllAccepted, result.Recipients[0].Reply.ToString());
            string arrived = await postfix.WaitForMailAsync(id);

            DkimVerification verified = Assert.Single(await verifier.VerifyAsync(Encoding.UTF8.GetBytes(arrived.Replace("\n", "\r\n", StringComparison.Ordinal)), default));
            Assert.True(verified.Status == DkimStatus.Pass, $"{name}: {verified}\n{arrived}");
        }
        await connection.QuitAsync(default);
    }
}
