using Mail.Core.Relays;
using Mail.Core.Relays.Http;
using Mail.Protocol.Mime;
using Mail.Tests.Core.Relays.Fakes;

namespace Mail.Tests.Core.Relays.Http;

/// <summary>Exactly the recipients of the transfer get the message, each with a reply of his own.</summary>
public sealed class HttpRelayRecipientTests
{
    /// <summary>A retry, or a recipient who is suppressed: the message names more people than it may go to.</summary>
    [Theory, MemberData(nameof(RelayBench.AllKinds), MemberType = typeof(RelayBench))]
    public async Task Who_is_only_named_in_the_message_gets_nothing(string kind)
    {
        await using RelayBench bench = await RelayBench.StartAsync(kind);
        RelayMessage message = RelayBench.Message(RelayBench.Rich(["Zoé <zoe@example.net>", "had-it@example.net"], ["suppressed@example.net", "chef@example.net"]), ["chef@example.net", "zoe@example.net"]);

        await bench.SendAsync(message);

        FakeMail mail = Assert.Single(bench.Fake.Mails);
        Assert.Equal(["chef@example.net", "zoe@example.net"], mail.Recipients.Order());
        bool keepsHeaders = kind is "ses" or "mailgun"; // these are told the recipients beside the message
        Assert.Equal(keepsHeaders, mail.Visible.Contains("had-it@example.net"));
    }

    [Theory, MemberData(nameof(RelayBench.AllKinds), MemberType = typeof(RelayBench))]
    public async Task A_bcc_that_somebody_left_in_the_message_neither_shows_nor_counts(string kind)
    {
        await using RelayBench bench = await RelayBench.StartAsync(kind);

        await bench.SendAsync(RelayBench.Message("From: a@example.com\nTo: zoe@example.net\nBcc: secret@example.net,\n other@example.net\nSubject: s\n\ntext\n", "zoe@example.net"));

        FakeMail mail = Assert.Single(bench.Fake.Mails);
        Assert.Equal(["zoe@example.net"], mail.Recipients);
        Assert.DoesNotContain("secret", System.Text.Encoding.UTF8.GetString(mail.Mime.Length > 0 ? mail.Mime : mail.Request.Body), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(RelayBench.AllKinds), MemberType = typeof(RelayBench))]
    public async Task Of_hidden_recipients_alone_none_sees_another(string kind)
    {
        await using RelayBench bench = await RelayBench.StartAsync(kind);

        await bench.SendAsync(RelayBench.Message(RelayBench.Sample([]), ["one@example.net", "two@example.net", "three@example.net"]));

        Assert.Equal(["one@example.net", "three@example.net", "two@example.net"], bench.Fake.Mails.SelectMany(mail => mail.Recipients).Order());
        Assert.All(bench.Fake.Mails, mail => Assert.True(mail.Visible.Count == 0 || mail.Recipients.Count == 1));
    }

    [Theory, MemberData(nameof(RelayBench.JsonKinds), MemberType = typeof(RelayBench))]
    public async Task With_nobody_left_in_to_those_in_cc_take_the_place(string kind)
    {
        await using RelayBench bench = await RelayBench.StartAsync(kind);

        await bench.SendAsync(RelayBench.Message(RelayBench.Sample(["had-it@example.net"], ["Chef <chef@example.net>"]), ["chef@example.net", "hidden@example.net"]));

        FakeMail mail = Assert.Single(bench.Fake.Mails);
        Assert.Equal(["chef@example.net"], mail.Visible);
        Assert.Equal(["chef@example.net", "hidden@example.net"], mail.Recipients);
    }

    /// <summary>The fakes refuse the whole request for one bad address, some naming it and some not.</summary>
    [Theory, MemberData(nameof(RelayBench.AllKinds), MemberType = typeof(RelayBench))]
    public async Task One_bad_recipient_fails_alone(string kind)
    {
        await using RelayBench bench = await RelayBench.StartAsync(kind);
        string[] recipients = ["zoe@example.net", "nobody@nowhere.invalid", "chef@example.net"];

        IReadOnlyList<RelayReply> replies = await bench.SendAsync(RelayBench.Message(RelayBench.Sample(recipients), recipients));

        Assert.Equal([RelayVerdict.Accepted, RelayVerdict.Permanent, RelayVerdict.Accepted], replies.Select(reply => reply.Verdict));
        Assert.Equal(ReplyScope.Recipient, replies[1].Scope);
        Assert.Equal(["chef@example.net", "zoe@example.net"], bench.Fake.Mails.SelectMany(mail => mail.Recipients).Order());
    }

    [Fact]
    public async Task Postmark_takes_a_message_for_some_and_says_who_is_inactive()
    {
        await using RelayBench bench = await RelayBench.StartAsync("postmark");
        string[] recipients = ["inactive1@example.net", "zoe@example.net", "inactive2@example.net"];

        IReadOnlyList<RelayReply> replies = await bench.SendAsync(RelayBench.Message(RelayBench.Sample(recipients), recipients));

        Assert.Equal([RelayVerdict.Permanent, RelayVerdict.Accepted, RelayVerdict.Permanent], replies.Select(reply => reply.Verdict));
        Assert.Equal(["406", null, "406"], replies.Select(reply => reply.ProviderCode));
        Assert.Equal([null, "b7bc2f4a-e38e-4336-af7d-e6c392c2f817", null], replies.Select(reply => reply.ProviderMessageId));
        Assert.Single(bench.Fake.Requests);
    }

    /// <summary>An address that is a part of another one is not that one.</summary>
    [Fact]
    public void An_address_is_found_in_words_only_as_a_whole()
    {
        RelayRecipient[] recipients = [.. RelayBench.Simple("zoe@example.net", "e@example.net", "zoe@example.net.au", "x.zoe@example.net").Recipients];

        Assert.Equal(["zoe@example.net"], Meaning.MentionedIn("Recipient 'Zoe@example.net' is not resolved.", recipients).Select(recipient => recipient.Address.Address));
        Assert.Equal(["e@example.net"], Meaning.MentionedIn("e@example.net.", recipients).Select(recipient => recipient.Address.Address));
        Assert.Equal(["zoe@example.net.au"], Meaning.MentionedIn("<zoe@example.net.au>", recipients).Select(recipient => recipient.Address.Address));
        Assert.Equal(["x.zoe@example.net"], Meaning.MentionedIn("bad: x.zoe@example.net, or so", recipients).Select(recipient => recipient.Address.Address));
    }

    [Theory, InlineData("ses", 50), InlineData("postmark", 50), InlineData("resend", 50), InlineData("graph", 500), InlineData("gmail", 500)]
    public async Task More_recipients_than_a_request_takes_are_split(string kind, int most)
    {
        await using RelayBench bench = await RelayBench.StartAsync(kind);
        string[] recipients = [.. Enumerable.Range(0, most + 7).Select(i => $"r{i}@example.net")];

        IReadOnlyList<RelayReply> replies = await bench.SendAsync(RelayBench.Message(RelayBench.Sample(recipients), recipients));

        Assert.All(replies, reply => Assert.Equal(RelayVerdict.Accepted, reply.Verdict));
        Assert.Equal([most, 7], bench.Fake.Mails.Select(mail => mail.Recipients.Count));
        Assert.Equal(recipients.Order(), bench.Fake.Mails.SelectMany(mail => mail.Recipients).Order());
    }

    /// <summary>What was taken stays taken; the others wait.</summary>
    [Fact]
    public async Task A_relay_that_fails_between_two_requests_leaves_what_it_took()
    {
        await using RelayBench bench = await RelayBench.StartAsync("resend");
        int seen = 0;
        bench.Fake.Script = _ => ++seen == 1 ? null : ResendFake.Error(403, "invalid_api_key", "API key is invalid");
        string[] recipients = [.. Enumerable.Range(0, 55).Select(i => $"r{i}@example.net")];

        IReadOnlyList<RelayReply> replies = await bench.SendAsync(RelayBench.Message(RelayBench.Sample(recipients), recipients));

        Assert.Equal(50, replies.Count(reply => reply.Verdict == RelayVerdict.Accepted));
        Assert.All(replies.Skip(50), reply => Assert.Equal((RelayVerdict.Transient, ReplyScope.Relay), (reply.Verdict, reply.Scope)));
        Assert.All(replies.Skip(50), reply => Assert.Contains("API key is invalid", reply.Text, StringComparison.Ordinal));
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Two_deliveries_to_one_mailbox_get_one_copy_and_two_replies(bool isVisible)
    {
        foreach (string kind in RelayBench.AllKinds.Select(row => row.Data))
        {
            await using RelayBench bench = await RelayBench.StartAsync(kind);

            IReadOnlyList<RelayReply> replies = await bench.SendAsync(RelayBench.Message(RelayBench.Sample(isVisible ? ["zoe@example.net"] : []), ["zoe@example.net", "zoe@EXAMPLE.net"]));

            Assert.All(replies, reply => Assert.Equal(RelayVerdict.Accepted, reply.Verdict));
            Assert.Equal("zoe@example.net", Assert.Single(bench.Fake.Mails.SelectMany(mail => mail.Recipients)));
        }
    }

    [Fact]
    public async Task The_idempotency_key_follows_from_the_deliveries_in_any_order()
    {
        RelayRecipient[] three = [.. RelayBench.Simple("a@example.net", "b@example.net", "c@example.net").Recipients];

        string key = ResendProvider.IdempotencyKey(three);

        Assert.Equal(key, ResendProvider.IdempotencyKey([three[2], three[0], three[1]]));
        Assert.NotEqual(key, ResendProvider.IdempotencyKey(three[..2]));
        Assert.InRange(key.Length, 1, 256);
        Assert.Contains(three[0].Id.ToString(), ResendProvider.IdempotencyKey(three[..1]), StringComparison.Ordinal);

        await using RelayBench bench = await RelayBench.StartAsync("resend");
        RelayMessage message = RelayBench.Simple("a@example.net");
        string?[] ids = [(await bench.SendAsync(message))[0].ProviderMessageId, (await bench.SendAsync(message))[0].ProviderMessageId];
        Assert.Equal(ids[0], ids[1]);
        Assert.Single(bench.Fake.Mails);
    }

    [Fact]
    public void A_mailbox_keeps_the_name_that_the_message_gives_it()
    {
        RelayMessage message = RelayBench.Message(RelayBench.Rich(["Zoé Lefèvre <zoe@example.net>"]), ["zoe@example.net"]);
        MailContent mail = MailContent.Read(message, "Test");

        EmailAddress to = Assert.Single(Addressing.Of(mail, message.Recipients).To);

        Assert.Equal("Zoé Lefèvre", to.DisplayName);
    }
}
