using System.Text;
using System.Text.Json;
using Mail.Core.Relays;
using Mail.Protocol.Mime;
using Mail.Protocol.Mime.Parsing;
using Mail.Tests.Core.Relays.Fakes;

namespace Mail.Tests.Core.Relays.Http;

/// <summary>What each provider is given of a message.</summary>
public sealed class HttpRelayMessageTests
{
    private static readonly string[] _to = ["Zoé Lefèvre <zoe@example.net>", "\"Müller, Jürg\" <juerg@example.net>"];
    private static readonly string[] _cc = ["chef@example.net"];
    private static readonly string[] _all = ["zoe@example.net", "juerg@example.net", "chef@example.net", "archive@example.net"];

    [Theory, MemberData(nameof(RelayBench.AllKinds), MemberType = typeof(RelayBench))]
    public async Task Every_recipient_gets_the_message_and_nobody_sees_a_hidden_one(string kind)
    {
        await using RelayBench bench = await RelayBench.StartAsync(kind);

        IReadOnlyList<RelayReply> replies = await bench.SendAsync(RelayBench.Message(RelayBench.Rich(_to, _cc), _all));

        Assert.All(replies, reply => Assert.Equal((RelayVerdict.Accepted, kind == "graph" || kind == "sendgrid" ? 202 : 200), (reply.Verdict, reply.Code ?? 0)));
        if (kind != "graph") Assert.All(replies, reply => Assert.NotEmpty(reply.ProviderMessageId!));
        FakeMail mail = Assert.Single(bench.Fake.Mails);
        Assert.Equal(_all, mail.Recipients);
        Assert.Equal(_all[..3], mail.Visible);
    }

    /// <summary>The message as its sender finished it, apart from a Bcc for those who read recipients from headers.</summary>
    [Theory, MemberData(nameof(RelayBench.MimeKinds), MemberType = typeof(RelayBench))]
    public async Task Providers_that_take_mime_get_it_as_it_is(string kind)
    {
        await using RelayBench bench = await RelayBench.StartAsync(kind);
        RelayMessage message = RelayBench.Message(RelayBench.Rich(_to, _cc), _all);

        await bench.SendAsync(message);

        string sent = Encoding.UTF8.GetString(Assert.Single(bench.Fake.Mails).Mime);
        Assert.Equal(Encoding.UTF8.GetString(message.Mime.Span), sent.Replace("Bcc: archive@example.net\r\n", "", StringComparison.Ordinal));
        Assert.Equal(bench.Relay.Profile.ReadsRecipientsFromHeaders, sent.Contains("\r\nBcc:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Sendgrid_gets_the_parts_in_its_own_words()
    {
        (RelayMessage message, JsonElement json) = await SentAsync("sendgrid");

        JsonElement one = json.GetProperty("personalizations")[0];
        Same("""[{"email":"zoe@example.net","name":"Zoé Lefèvre"},{"email":"juerg@example.net","name":"Müller, Jürg"}]""", one.GetProperty("to"));
        Same("""[{"email":"chef@example.net"}]""", one.GetProperty("cc"));
        Same("""[{"email":"archive@example.net"}]""", one.GetProperty("bcc"));
        Same($$"""{"mail_message_id":"{{message.Id}}"}""", one.GetProperty("custom_args"));
        Same("""{"email":"shop@example.com","name":"Boutique L'Été, Genève"}""", json.GetProperty("from"));
        Same("""[{"email":"aide@example.com","name":"Service client"}]""", json.GetProperty("reply_to_list"));
        Assert.Equal("Votre commande n° 42 est prête — à bientôt", json.GetProperty("subject").GetString());
        Same("""[{"type":"text/plain","value":"Bonjour Zoé,\r\nvotre commande est prête.\r\n"},{"type":"text/html","value":"<p>Bonjour <b>Zoé</b></p><img src=\"cid:logo@example.com\">"}]""", json.GetProperty("content"));
        Same("""
            [{"content":"iVBORw==","type":"image/png","filename":"logo.png","disposition":"inline","content_id":"logo@example.com"},
             {"content":"JVBERi0xLjc=","type":"application/pdf","filename":"reçu d'été.pdf","disposition":"attachment"},
             {"content":"w6nDoA==","type":"text/plain; charset=utf-8","filename":"notes.txt","disposition":"attachment"}]
            """, json.GetProperty("attachments"));
        Same("""{"Message-ID":"<0199@example.com>","List-Unsubscribe":"<https://example.com/u/1>","List-Unsubscribe-Post":"List-Unsubscribe=One-Click","References":"<0197@example.com> <0198@example.com>","X-Shop":"42"}""", json.GetProperty("headers"));
        Assert.All(json.GetProperty("tracking_settings").EnumerateObject(), tracking => Assert.False(tracking.Value.GetProperty("enable").GetBoolean()));
    }

    [Fact]
    public async Task Postmark_gets_the_parts_in_its_own_words()
    {
        (RelayMessage message, JsonElement json) = await SentAsync("postmark");

        Assert.Equal("Zoé Lefèvre <zoe@example.net>, \"Müller, Jürg\" <juerg@example.net>", json.GetProperty("To").GetString());
        Assert.Equal(("chef@example.net", "archive@example.net"), (json.GetProperty("Cc").GetString(), json.GetProperty("Bcc").GetString()));
        Assert.Equal("\"Boutique L'Été, Genève\" <shop@example.com>", json.GetProperty("From").GetString());
        Assert.Equal("Service client <aide@example.com>", json.GetProperty("ReplyTo").GetString());
        Assert.Equal("Bonjour Zoé,\r\nvotre commande est prête.\r\n", json.GetProperty("TextBody").GetString());
        Assert.Contains("cid:logo@example.com", json.GetProperty("HtmlBody").GetString(), StringComparison.Ordinal);
        Assert.Equal(("outbound", false, "None"), (json.GetProperty("MessageStream").GetString(), json.GetProperty("TrackOpens").GetBoolean(), json.GetProperty("TrackLinks").GetString()));
        Same($$"""{"mail_message_id":"{{message.Id}}"}""", json.GetProperty("Metadata"));
        Same("""
            [{"Name":"List-Unsubscribe","Value":"<https://example.com/u/1>"},{"Name":"List-Unsubscribe-Post","Value":"List-Unsubscribe=One-Click"},
             {"Name":"References","Value":"<0197@example.com> <0198@example.com>"},{"Name":"X-Shop","Value":"42"},
             {"Name":"Message-ID","Value":"<0199@example.com>"},{"Name":"X-PM-KeepID","Value":"true"}]
            """, json.GetProperty("Headers"));
        Same("""
            [{"Name":"logo.png","Content":"iVBORw==","ContentType":"image/png","ContentID":"cid:logo@example.com"},
             {"Name":"reçu d'été.pdf","Content":"JVBERi0xLjc=","ContentType":"application/pdf"},
             {"Name":"notes.txt","Content":"w6nDoA==","ContentType":"text/plain; charset=utf-8"}]
            """, json.GetProperty("Attachments"));
    }

    [Fact]
    public async Task Resend_gets_the_parts_in_its_own_words()
    {
        (RelayMessage message, JsonElement json) = await SentAsync("resend");

        Same("""["Zoé Lefèvre <zoe@example.net>","\"Müller, Jürg\" <juerg@example.net>"]""", json.GetProperty("to"));
        Same("""["chef@example.net"]""", json.GetProperty("cc"));
        Same("""["archive@example.net"]""", json.GetProperty("bcc"));
        Assert.Equal("\"Boutique L'Été, Genève\" <shop@example.com>", json.GetProperty("from").GetString());
        Same("""["Service client <aide@example.com>"]""", json.GetProperty("reply_to"));
        Same("""{"List-Unsubscribe":"<https://example.com/u/1>","List-Unsubscribe-Post":"List-Unsubscribe=One-Click","References":"<0197@example.com> <0198@example.com>","X-Shop":"42"}""", json.GetProperty("headers"));
        Same($$"""[{"name":"mail_message_id","value":"{{message.Id}}"}]""", json.GetProperty("tags"));
        Same("""
            [{"filename":"logo.png","content":"iVBORw==","content_type":"image/png","content_id":"logo@example.com"},
             {"filename":"reçu d'été.pdf","content":"JVBERi0xLjc=","content_type":"application/pdf"},
             {"filename":"notes.txt","content":"w6nDoA==","content_type":"text/plain; charset=utf-8"}]
            """, json.GetProperty("attachments"));
    }

    [Fact]
    public async Task Ses_and_mailgun_tag_the_message_with_its_id()
    {
        (RelayMessage toSes, JsonElement json) = await SentAsync("ses");
        Same($$"""[{"Name":"mail_message_id","Value":"{{toSes.Id}}"}]""", json.GetProperty("EmailTags"));
        Assert.Equal("mail-events", json.GetProperty("ConfigurationSetName").GetString());
        Assert.False(json.TryGetProperty("FromEmailAddress", out _));

        await using RelayBench bench = await RelayBench.StartAsync("mailgun");
        RelayMessage toMailgun = RelayBench.Simple("zoe@example.net");
        await bench.SendAsync(toMailgun);
        Assert.Contains($"name=\"v:mail_message_id\"\r\n\r\n{toMailgun.Id}\r\n", Assert.Single(bench.Fake.Requests).Text, StringComparison.Ordinal);
        Assert.Contains("name=\"o:tracking\"\r\n\r\nno\r\n", bench.Fake.Requests[0].Text, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(RelayBench.AllKinds), MemberType = typeof(RelayBench))]
    public async Task An_internationalized_domain_goes_as_a_labels(string kind)
    {
        await using RelayBench bench = await RelayBench.StartAsync(kind);

        await bench.SendAsync(RelayBench.Simple("René <rene@bücher.example>"));

        Assert.Equal(["rene@xn--bcher-kva.example"], Assert.Single(bench.Fake.Mails).Recipients);
    }

    /// <summary>Text alone, HTML alone, no subject, an empty text: none of them may be refused or gain anything.</summary>
    [Theory, MemberData(nameof(RelayBench.JsonKinds), MemberType = typeof(RelayBench))]
    public async Task Sparse_messages_are_taken(string kind)
    {
        await using RelayBench bench = await RelayBench.StartAsync(kind);
        const string Head = "From: shop@example.com\nTo: zoe@example.net\nMessage-ID: <1@example.com>\n";

        foreach (string mime in new[] { Head + "Subject: t\n\ntext\n", Head + "Content-Type: text/html\n\n<p>html</p>\n", Head + "\n", "From: shop@example.com\n\nno recipient named\n" })
            Assert.Equal(RelayVerdict.Accepted, (await bench.SendAsync(RelayBench.Message(mime, "zoe@example.net")))[0].Verdict);

        Assert.Equal(4, bench.Fake.Mails.Count);
        if (kind == "resend") Assert.Equal("", bench.Fake.Mails[1].Json.GetProperty("text").GetString());
    }

    /// <summary>An invitation must stay one: as another form of the text where that can be said, else as the file that calendars open.</summary>
    [Theory, InlineData("sendgrid", "content", "type"), InlineData("postmark", "Attachments", "ContentType"), InlineData("resend", "attachments", "content_type")]
    public async Task An_invitation_keeps_its_method(string kind, string list, string type)
    {
        await using RelayBench bench = await RelayBench.StartAsync(kind);
        const string Mime = """
            From: shop@example.com
            To: zoe@example.net
            Subject: Rendez-vous
            Content-Type: multipart/alternative; boundary=b

            --b
            Content-Type: text/plain; charset=utf-8

            Venez !
            --b
            Content-Type: text/calendar; charset=utf-8; method=REQUEST

            BEGIN:VCALENDAR
            --b--
            """;

        await bench.SendAsync(RelayBench.Message(Mime, "zoe@example.net"));

        JsonElement last = Assert.Single(bench.Fake.Mails).Json.GetProperty(list).EnumerateArray().Last();
        Assert.Equal("text/calendar; charset=utf-8; method=REQUEST", last.GetProperty(type).GetString());
    }

    [Theory]
    [InlineData("multipart/signed; boundary=b; protocol=\"application/pgp-signature\"")]
    [InlineData("multipart/encrypted; boundary=b")]
    [InlineData("application/pkcs7-mime; smime-type=enveloped-data")]
    public async Task What_would_be_destroyed_by_being_made_anew_is_refused_with_the_way_out(string type)
    {
        foreach (TheoryDataRow<string> kind in RelayBench.JsonKinds)
        {
            await using RelayBench bench = await RelayBench.StartAsync(kind.Data);

            RelayReply reply = Assert.Single(await bench.SendAsync(RelayBench.Message($"From: a@example.com\nTo: b@example.net\nContent-Type: {type}\n\n--b\n\nx\n--b--\n", "b@example.net")));

            Assert.Equal((RelayVerdict.Permanent, ReplyScope.Message), (reply.Verdict, reply.Scope));
            Assert.Contains("smtp, ses or mailgun", reply.Text, StringComparison.Ordinal);
            Assert.Empty(bench.Fake.Requests);
        }
    }

    [Fact]
    public async Task A_large_message_goes_to_gmail_as_an_upload()
    {
        await using RelayBench bench = await RelayBench.StartAsync("gmail");
        MimeMessage mime = RelayBench.Sample(["zoe@example.net"]);
        mime.Attachments.Add(MimeAttachment.Create("big.bin", null, new byte[4 * 1024 * 1024]));

        await bench.SendAsync(RelayBench.Message(mime, ["zoe@example.net"]));

        FakeMail mail = Assert.Single(bench.Fake.Mails);
        Assert.StartsWith("/upload/", mail.Request.Path, StringComparison.Ordinal);
        Assert.Equal(4 * 1024 * 1024, ParsedMessage.Parse(mail.Mime).Attachments.Single().DecodeContent().Length);
    }

    [Fact]
    public async Task Graph_sends_from_the_mailbox_of_the_relay_or_else_of_the_author()
    {
        await using RelayBench author = await RelayBench.StartAsync("graph");
        await author.SendAsync(RelayBench.Simple("zoe@example.net"));
        await using RelayBench fixedOne = await RelayBench.StartAsync("graph", settings => settings["mailbox"] = "noreply@example.com");
        await fixedOne.SendAsync(RelayBench.Simple("zoe@example.net"));

        Assert.Equal(("shop@example.com", "noreply@example.com"), (author.Fake.Mails[0].Request.Path, fixedOne.Fake.Mails[0].Request.Path));
    }

    private static async Task<(RelayMessage Message, JsonElement Json)> SentAsync(string kind)
    {
        await using RelayBench bench = await RelayBench.StartAsync(kind);
        RelayMessage message = RelayBench.Message(RelayBench.Rich(_to, _cc), _all);
        await bench.SendAsync(message);
        return (message, Assert.Single(bench.Fake.Mails).Json);
    }

    private static void Same(string expected, JsonElement actual) =>
        Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(expected).RootElement, actual), $"expected {expected}\nactual   {actual.GetRawText()}");
}
