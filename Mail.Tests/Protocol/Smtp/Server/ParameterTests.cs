using System.Text;
using Mail.Protocol.Smtp;
using Mail.Protocol.Smtp.Server;

namespace Mail.Tests.Protocol.Smtp.Server;

public sealed class ParameterTests
{
    private readonly RecordingHandler _handler = new();

    [Theory]
    [InlineData("<a@example.com> SIZE=5001", "552 5.3.4 ")]
    [InlineData("<a@example.com> SIZE=99999999999999999999", "552 5.3.4 ")] // beyond 64 bits
    [InlineData("<a@example.com> SIZE=5000", "250 2.1.0 ")]
    [InlineData("<a@example.com> SIZE=", "501 5.5.4 ")]
    [InlineData("<a@example.com> SIZE=-1", "501 5.5.4 ")]
    [InlineData("<a@example.com> SIZE", "501 5.5.4 ")]
    [InlineData("<a@example.com> SIZE=1 SIZE=1", "501 5.5.4 ")]
    [InlineData("<a@example.com> body=8bitmime size=1", "250 2.1.0 ")]
    [InlineData("<a@example.com> BODY=7BIT", "250 2.1.0 ")]
    [InlineData("<a@example.com> BODY=BINARYMIME", "555 5.5.4 ")] // not offered
    [InlineData("<a@example.com> RET=HDRS ENVID=QQ314159", "250 2.1.0 ")]
    [InlineData("<a@example.com> RET=ALL", "501 5.5.4 ")]
    [InlineData("<a@example.com> RET=FULL RET=HDRS", "501 5.5.4 ")]
    [InlineData("<a@example.com> ENVID=a+0Ab", "501 5.5.4 ")] // a line break in disguise
    [InlineData("<a@example.com> ENVID=", "501 5.5.4 ")]
    [InlineData("<a@example.com> AUTH=<>", "250 2.1.0 ")]
    [InlineData("<a@example.com> AUTH=e+2Bmc2@example.com", "250 2.1.0 ")]
    [InlineData("<a@example.com> AUTH=nobody", "501 5.5.4 ")]
    [InlineData("<a@example.com> SMTPUTF8=1", "501 5.5.4 ")]
    [InlineData("<a@example.com> FROB=1", "555 5.5.4 ")]
    [InlineData("<a@example.com> =1", "501 5.5.4 ")]
    [InlineData("<a@example.com> -A", "501 5.5.4 ")]
    [InlineData("<a@example.com> A==", "501 5.5.4 ")]
    [InlineData("<dué@example.com>", "553 5.6.7 ")]
    [InlineData("<a@přiklad.test>", "553 5.6.7 ")]
    [InlineData("<dué@přiklad.test> SMTPUTF8", "250 2.1.0 ")]
    [InlineData("<a@xn--pklad-qsa96g.test>", "250 2.1.0 ")]
    [InlineData("<a@[192.0.2.1]>", "250 2.1.0 ")]
    [InlineData("<a@[IPv6:2001:db8::1]>", "250 2.1.0 ")]
    [InlineData("<a@[192.0.2.999]>", "501 5.1.7 ")]
    [InlineData("<a@192.0.2.1>", "501 5.1.7 ")]
    [InlineData("<a b@example.com>", "501 5.1.7 ")]
    [InlineData("< a@example.com>", "501 5.1.7 ")]
    [InlineData("<a@-example.com>", "501 5.1.7 ")]
    [InlineData("<a@example..com>", "501 5.1.7 ")]
    [InlineData("<Name <a@example.com>>", "501 5.5.4 ")]
    [InlineData("<\"a>b\"@example.com>", "250 2.1.0 ")]
    [InlineData("<\"a\\\"b\"@example.com>", "250 2.1.0 ")]
    [InlineData("<postmaster>", "501 5.1.7 ")] // a recipient only
    [InlineData("", "501 5.5.4 ")]
    public async Task Mail_is_answered(string argument, string reply) => Assert.StartsWith(reply, await AskAsync($"MAIL FROM:{argument}"), StringComparison.Ordinal);

    [Theory]
    [InlineData("<b@example.net> NOTIFY=SUCCESS,FAILURE ORCPT=rfc822;Carol+2Bx@example.com", "250 2.1.5 ")]
    [InlineData("<b@example.net> NOTIFY=NEVER", "250 2.1.5 ")]
    [InlineData("<b@example.net> NOTIFY=NEVER,DELAY", "501 5.5.4 ")]
    [InlineData("<b@example.net> NOTIFY=DELAY,DELAY", "501 5.5.4 ")]
    [InlineData("<b@example.net> NOTIFY=", "501 5.5.4 ")]
    [InlineData("<b@example.net> NOTIFY=DELAY NOTIFY=DELAY", "501 5.5.4 ")]
    [InlineData("<b@example.net> ORCPT=rfc822", "501 5.5.4 ")]
    [InlineData("<b@example.net> ORCPT=rfc822;a+00b", "501 5.5.4 ")]
    [InlineData("<b@example.net> ORCPT=rfc822;a ORCPT=rfc822;a", "501 5.5.4 ")]
    [InlineData("<b@example.net> ORCPT=utf-8;du\\x{E9}@example.com", "250 2.1.5 ")]
    [InlineData("<b@example.net> ORCPT=utf-8;a\\x{0A}b", "501 5.5.4 ")]
    [InlineData("<b@example.net> ORCPT=utf-8;a\\x{D800}b", "501 5.5.4 ")]
    [InlineData("<b@example.net> ORCPT=utf-8;a\\x{110000}b", "501 5.5.4 ")]
    [InlineData("<b@example.net> SIZE=1", "555 5.5.4 ")]
    [InlineData("<dué@example.net>", "553 5.6.7 ")]
    [InlineData("<bad@example.net>", "550 5.1.1 ")]
    public async Task Rcpt_is_answered(string argument, string reply) => Assert.StartsWith(reply, await AskAsync("MAIL FROM:<a@example.com>", $"RCPT TO:{argument}"), StringComparison.Ordinal);

    [Fact]
    public async Task What_the_parameters_say_comes_to_the_application()
    {
        await AskAsync("MAIL FROM:<dué@přiklad.test> SMTPUTF8 BODY=8BITMIME SIZE=7 RET=FULL ENVID=a+2Bb AUTH=e+3D@example.com",
            "RCPT TO:<dué@příklad.test> NOTIFY=SUCCESS,DELAY ORCPT=utf-8;du\\x{E9}\\x{1F600}@example.com", "RCPT TO:<c@example.net> NOTIFY=FAILURE ORCPT=rfc822;x+2By", "DATA", "x\r\n.");

        TakenMessage taken = Assert.Single(_handler.Messages);
        SmtpSender sender = taken.Message.Sender;
        Assert.Equal(("dué@přiklad.test", true, true, 7L, DsnReturn.Full, "a+b", "e=@example.com"),
            (sender.Address!.Address, sender.IsSmtpUtf8, sender.Is8BitMime, sender.DeclaredSize, sender.Return, sender.EnvelopeId, sender.SubmittedBy));
        Assert.Equal([DsnNotify.Success | DsnNotify.Delay, DsnNotify.Failure], taken.Message.Recipients.Select(r => r.Notify));
        Assert.Equal([new DsnOriginalRecipient("utf-8", "dué😀@example.com"), new DsnOriginalRecipient("rfc822", "x+y")], taken.Message.Recipients.Select(r => r.OriginalRecipient));
        Assert.Equal("UTF8SMTP", taken.Protocol);
    }

    [Theory]
    [InlineData("MAIL FROM:<a@example.com> RET=FULL")]
    [InlineData("MAIL FROM:<a@example.com> ENVID=x")]
    [InlineData("MAIL FROM:<a@example.com> SMTPUTF8")]
    [InlineData("BDAT 0")]
    public async Task What_is_not_offered_is_not_taken(string command)
    {
        await using MemoryClient client = new(new SmtpServerOptions { Role = SmtpServerRole.Reception, OfferDsn = false, OfferSmtpUtf8 = false, OfferChunking = false }, _handler);
        await client.ReadReplyAsync();

        string capabilities = await client.AskAsync("EHLO client");
        string reply = await client.AskAsync(command);

        Assert.DoesNotMatch("DSN|SMTPUTF8|CHUNKING", capabilities);
        Assert.Matches("^(555 5.5.4|500 5.5.1) ", reply);
    }

    [Fact]
    public async Task Octets_that_are_no_UTF8_are_no_command()
    {
        await using MemoryClient client = new(new SmtpServerOptions { Role = SmtpServerRole.Reception }, _handler);
        await client.ReadReplyAsync();
        await client.AskAsync("EHLO client");

        await client.SendAsync("MAIL FROM:<\xE9@example.com> SMTPUTF8\r\n"); // one octet, Latin-1

        Assert.StartsWith("500 5.5.2 ", await client.ReadReplyAsync(), StringComparison.Ordinal);
        Assert.StartsWith("250 ", await client.AskAsync("NOOP"), StringComparison.Ordinal);
    }

    /// <returns>The reply to the last line.</returns>
    private async Task<string> AskAsync(params string[] lines)
    {
        await using MemoryClient client = new(new SmtpServerOptions { AllowUnauthenticated = true, MaxMessageSize = 5000 }, _handler);
        await client.ReadReplyAsync();
        await client.AskAsync("EHLO client");
        string reply = "";
        foreach (string line in lines)
        {
            await client.SendAsync(Encoding.UTF8.GetBytes(line + "\r\n"));
            reply = await client.ReadReplyAsync();
        }
        return reply;
    }
}
