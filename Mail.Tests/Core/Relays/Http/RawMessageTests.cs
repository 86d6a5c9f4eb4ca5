using System.Text;
using Mail.Core.Relays;
using Mail.Core.Relays.Http;

namespace Mail.Tests.Core.Relays.Http;

/// <summary>For providers that read the recipients from the headers, these are made to name exactly those of the transfer.</summary>
public sealed class RawMessageTests
{
    [Theory]
    [InlineData("To: a@x.example\nSubject: s\n\nbody", "a@x.example", "To: a@x.example\nSubject: s\n\nbody")]
    [InlineData("To: a@x.example, b@x.example\n\nbody", "b@x.example", "To: b@x.example\n\nbody")]
    [InlineData("Subject: s\nTo: \"A, B\" <a@x.example>,\n =?utf-8?q?Zo=C3=A9?= <b@x.example>\nX: 1\n\nbody", "b@x.example", "Subject: s\nTo: =?utf-8?Q?Zo=C3=A9?= <b@x.example>\nX: 1\n\nbody")]
    [InlineData("To: a@x.example\nCc: b@x.example\n\n", "b@x.example,c@x.example", "Cc: b@x.example\nBcc: c@x.example\n\n")]
    [InlineData("To: undisclosed-recipients:;\nSubject: s\n\nbody", "c@x.example,d@x.example", "Subject: s\nBcc: c@x.example, d@x.example\n\nbody")]
    [InlineData("To: Team: a@x.example, b@x.example;\n\nbody", "a@x.example,b@x.example", "To: Team: a@x.example, b@x.example;\n\nbody")]
    [InlineData("To: Team: a@x.example, b@x.example;\n\nbody", "a@x.example", "To: a@x.example\n\nbody")]
    [InlineData("to: a@x.example\nBCC: old@x.example\nResent-To: r@x.example\nResent-Bcc: s@x.example\n\nbody", "a@x.example", "to: a@x.example\n\nbody")]
    [InlineData("To: a@x.example\nTo: b@x.example\n\nbody", "a@x.example,b@x.example", "To: a@x.example\nTo: b@x.example\n\nbody")]
    [InlineData("To: not an address, a@x.example\n\nbody", "a@x.example", "To: a@x.example\n\nbody")]
    [InlineData("DKIM-Signature: v=1; h=to\nTo: a@x.example, b@x.example\n\nbody", "a@x.example", "To: a@x.example\n\nbody")]
    [InlineData("DKIM-Signature: v=1; h=to\nTo: a@x.example\n\nbody", "a@x.example,h@x.example", "DKIM-Signature: v=1; h=to\nTo: a@x.example\nBcc: h@x.example\n\nbody")]
    [InlineData("To: a@B\u00fccher.example\n\nbody", "a@xn--bcher-kva.example", "To: a@B\u00fccher.example\n\nbody")]
    [InlineData("Subject: no recipients, no body\n", "a@x.example", "Subject: no recipients, no body\nBcc: a@x.example\n")]
    public void The_headers_name_the_recipients_of_the_transfer(string mime, string recipients, string expected)
    {
        RelayMessage message = RelayBench.Message(mime, recipients.Split(','));

        string adjusted = Encoding.UTF8.GetString(RawMessage.For(message.Mime, message.Recipients).Span);

        Assert.Equal(expected, adjusted.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void A_message_without_bcc_is_not_even_copied()
    {
        RelayMessage message = RelayBench.Message("To: a@x.example\n\nBcc: this is the body\n", "a@x.example");

        Assert.True(message.Mime.Equals(RawMessage.WithoutBcc(message.Mime)));
    }

    [Fact]
    public void A_bcc_goes_and_everything_else_stays_as_it_is()
    {
        RelayMessage message = RelayBench.Message("A: 1\nbcc: x@x.example,\n y@x.example\nB:  folded\n\tvalue \nRESENT-BCC: z@x.example\n\nbody \u00e9\n", "a@x.example");

        Assert.Equal("A: 1\nB:  folded\n\tvalue \n\nbody \u00e9\n", Encoding.UTF8.GetString(RawMessage.WithoutBcc(message.Mime).Span).ReplaceLineEndings("\n"));
    }

    [Theory, InlineData(""), InlineData("\n"), InlineData("no header at all"), InlineData(":\n:\n\n"), InlineData("To:\n\n"), InlineData("To: a@x.example")]
    public void Odd_messages_do_no_harm(string mime)
    {
        RelayMessage message = RelayBench.Message(mime, "a@x.example");

        Assert.Contains("a@x.example", Encoding.UTF8.GetString(RawMessage.For(message.Mime, message.Recipients).Span), StringComparison.Ordinal);
    }
}
