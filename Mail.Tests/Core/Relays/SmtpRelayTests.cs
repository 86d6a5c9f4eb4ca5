using System.Text;
using Mail.Core.Common;
using Mail.Core.Messages;
using Mail.Core.Relays;
using Mail.Protocol.Mime;
using Mail.Protocol.Smtp;
using Mail.Tests.Support;

namespace Mail.Tests.Core.Relays;

public sealed class SmtpRelayTests
{
    [Fact]
    public async Task Messages_share_connections_that_are_changed_after_their_number_of_messages()
    {
        await using SmtpSink sink = SmtpSink.Start();
        await using SmtpRelay relay = Relay(sink, new RelayOptions { MessagesPerConnection = 3 });

        for (int i = 0; i < 7; i++) Assert.Equal(RelayVerdict.Accepted, (await SendAsync(relay, "a@example.com"))[0].Verdict);

        Assert.Equal(7, sink.MessageCount);
        Assert.Equal(3, sink.ConnectionCount);
    }

    [Fact]
    public async Task There_are_never_more_connections_than_allowed_and_some_are_kept_for_critical_messages()
    {
        using SemaphoreSlim gate = new(0);
        await using SmtpSink sink = SmtpSink.Start();
        await using SmtpRelay relay = Relay(sink, new RelayOptions { MaxConnections = 5, ConnectionsForCritical = 2 });
        int waiting = 0;
        Task<IReadOnlyList<RelayReply>>[] bulk = [.. Enumerable.Range(0, 20).Select(_ => SendAsync(relay, Lane.Bulk, async ct =>
        {
            Interlocked.Increment(ref waiting);
            await gate.WaitAsync(ct);
            return true;
        }, "a@example.com"))];
        await Eventually.TrueAsync(() => Volatile.Read(ref waiting) == 3);

        Assert.Equal(RelayVerdict.Accepted, (await SendAsync(relay, Lane.Critical, null, "code@example.com"))[0].Verdict);

        Assert.Equal(3, Volatile.Read(ref waiting));
        gate.Release(20);
        await Task.WhenAll(bulk);
        Assert.InRange(sink.ConnectionCount, 1, 5);
        Assert.Equal(21, sink.MessageCount);
    }

    [Fact]
    public async Task Each_recipient_has_the_reply_that_was_for_it()
    {
        await using SmtpSink sink = SmtpSink.Start();
        sink.Script = step => step switch
        {
            { Stage: SmtpSinkStage.Rcpt, Argument: "never@example.com" } => SmtpSinkAction.Reply(550, "5.1.1 no such user"),
            { Stage: SmtpSinkStage.Rcpt, Argument: "later@example.com" } => SmtpSinkAction.Reply(451, "4.7.1 greylisted"),
            _ => null,
        };
        await using SmtpRelay relay = Relay(sink);

        IReadOnlyList<RelayReply> replies = await SendAsync(relay, "never@example.com", "good@example.com", "later@example.com");

        Assert.Equal([(RelayVerdict.Permanent, 550, "5.1.1"), (RelayVerdict.Accepted, 250, "2.0.0"), (RelayVerdict.Transient, 451, "4.7.1")], replies.Select(reply => (reply.Verdict, reply.Code ?? 0, reply.EnhancedCode ?? "2.0.0")));
        Assert.Equal(["good@example.com"], Assert.Single(sink.Messages).Recipients);
    }

    [Fact]
    public async Task A_connection_that_the_server_closed_while_it_was_idle_costs_nothing()
    {
        await using SmtpSink sink = SmtpSink.Start();
        await using SmtpRelay relay = Relay(sink);
        await SendAsync(relay, "a@example.com");
        await sink.PauseAsync();
        sink.Resume();

        Assert.Equal(RelayVerdict.Accepted, (await SendAsync(relay, "b@example.com"))[0].Verdict);

        Assert.Equal(2, sink.MessageCount);
    }

    [Fact]
    public async Task A_used_connection_that_breaks_before_the_message_is_taken_is_replaced_at_once()
    {
        await using SmtpSink sink = SmtpSink.Start();
        sink.Script = step => step is { Stage: SmtpSinkStage.Mail, Connection: 1, Argument: "second@example.org" } ? SmtpSinkAction.Drop : null;
        await using SmtpRelay relay = Relay(sink);
        await SendAsync(relay, "a@example.com");

        Assert.Equal(RelayVerdict.Accepted, (await SendAsync(relay, Lane.Normal, null, "second@example.org", "b@example.com"))[0].Verdict);

        Assert.Equal(2, sink.ConnectionCount);
        Assert.Equal(2, sink.MessageCount);
    }

    [Theory, InlineData(SmtpSinkStage.Mail), InlineData(SmtpSinkStage.Rcpt), InlineData(SmtpSinkStage.Data)]
    public async Task A_new_connection_that_breaks_before_the_message_is_taken_is_a_transient_outcome(SmtpSinkStage stage)
    {
        await using SmtpSink sink = SmtpSink.Start();
        sink.Script = step => step.Stage == stage ? SmtpSinkAction.Drop : null;
        await using SmtpRelay relay = Relay(sink);

        RelayReply reply = Assert.Single(await SendAsync(relay, "a@example.com"));

        Assert.Equal((RelayVerdict.Transient, null), (reply.Verdict, reply.Code));
        Assert.Equal(1, sink.ConnectionCount);
        Assert.Equal(0, sink.MessageCount);
    }

    [Fact]
    public async Task A_connection_lost_after_the_last_byte_leaves_the_outcome_open_but_not_for_those_refused_before()
    {
        await using SmtpSink sink = SmtpSink.Start();
        sink.Script = step => step switch
        {
            { Stage: SmtpSinkStage.Rcpt, Argument: "never@example.com" } => SmtpSinkAction.Reply(550, "5.1.1 no such user"),
            { Stage: SmtpSinkStage.EndOfData } => SmtpSinkAction.TakeThenDrop,
            _ => null,
        };
        await using SmtpRelay relay = Relay(sink);

        IReadOnlyList<RelayReply> replies = await SendAsync(relay, "a@example.com", "never@example.com");

        Assert.Equal([RelayVerdict.Unknown, RelayVerdict.Permanent], replies.Select(reply => reply.Verdict));
        Assert.Equal(1, sink.MessageCount);
    }

    [Fact]
    public async Task A_server_that_is_down_is_the_relays_fault()
    {
        SmtpSink sink = SmtpSink.Start();
        await using SmtpRelay relay = Relay(sink);
        await sink.DisposeAsync();

        RelayOutcome outcome = await relay.SendAsync(Message(Lane.Normal, null, "s@example.org", "a@example.com"), CancellationToken.None);

        Assert.Equal(RelayOutcomeKind.Unavailable, outcome.Kind);
        Assert.False(outcome.Fault!.IsPermanent);
        Assert.Contains($"127.0.0.1:{sink.Port}", outcome.Fault.Reason, StringComparison.Ordinal);
        Assert.Equal(outcome.Fault.Reason, (await relay.ProbeAsync(CancellationToken.None))!.Reason);
    }

    [Fact]
    public async Task A_wrong_password_is_a_fault_that_a_person_has_to_mend_and_stands_in_no_text()
    {
        await using SmtpSink sink = SmtpSink.Start(new SmtpSinkOptions { UserName = "u", Password = "right" });
        await using SmtpRelay relay = new("default", new SmtpConnectionOptions { Host = SmtpSink.Host, Port = sink.Port, UserName = "u", Password = "wrong-password", TlsPolicy = SmtpTlsPolicy.None }, new RelayOptions());

        RelayFault? fault = await relay.ProbeAsync(CancellationToken.None);

        Assert.True(fault!.IsPermanent);
        Assert.DoesNotContain("wrong-password", fault.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(530, "5.7.0 Authentication Required", true)]
    [InlineData(530, "5.5.1 Authentication Required", true)]
    [InlineData(535, "5.7.8 credentials invalid", true)]
    [InlineData(454, "4.7.0 Temporary authentication failure", false)]
    public async Task A_reply_to_mail_that_is_about_our_login_is_the_relays_fault(int code, string text, bool isPermanent)
    {
        await using SmtpSink sink = SmtpSink.Start();
        sink.Script = step => step.Stage == SmtpSinkStage.Mail ? SmtpSinkAction.Reply(code, text) : null;
        await using SmtpRelay relay = Relay(sink);

        RelayOutcome outcome = await relay.SendAsync(Message(Lane.Normal, null, "s@example.org", "a@example.com", "b@example.com"), CancellationToken.None);

        Assert.Equal(RelayOutcomeKind.Unavailable, outcome.Kind);
        Assert.Equal(isPermanent, outcome.Fault!.IsPermanent);
        Assert.Contains($"{code} {text}", outcome.Fault.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SmtpSinkStage.Mail, 550, "5.7.1 sender refused", RelayVerdict.Permanent)]
    [InlineData(SmtpSinkStage.Mail, 454, "4.7.1 not now", RelayVerdict.Transient)]
    [InlineData(SmtpSinkStage.Rcpt, 530, "5.7.1 mailbox for members only", RelayVerdict.Permanent)]
    public async Task Any_other_reply_is_about_the_message(SmtpSinkStage stage, int code, string text, RelayVerdict verdict)
    {
        await using SmtpSink sink = SmtpSink.Start();
        sink.Script = step => step.Stage == stage ? SmtpSinkAction.Reply(code, text) : null;
        await using SmtpRelay relay = Relay(sink);

        Assert.Equal(verdict, Assert.Single(await SendAsync(relay, "a@example.com")).Verdict);
    }

    [Theory]
    [InlineData(SmtpSinkStage.Rcpt, 421, "4.7.0 too many messages", ReplyScope.Domain)]
    [InlineData(SmtpSinkStage.EndOfData, 421, "4.7.28 unusual rate", ReplyScope.Domain)]
    [InlineData(SmtpSinkStage.Rcpt, 450, "4.7.1 slow down", ReplyScope.Domain)]
    [InlineData(SmtpSinkStage.Rcpt, 421, "too busy", ReplyScope.Domain)]
    [InlineData(SmtpSinkStage.Rcpt, 451, "4.7.1 Greylisted, come back", ReplyScope.Recipient)]
    [InlineData(SmtpSinkStage.Mail, 421, "4.7.0 too many messages", ReplyScope.Relay)]
    [InlineData(SmtpSinkStage.Rcpt, 421, "4.3.2 shutting down", ReplyScope.Relay)]
    [InlineData(SmtpSinkStage.Rcpt, 450, "4.2.0 mailbox busy", ReplyScope.Recipient)]
    public async Task A_domain_that_asks_for_less_is_not_the_relays_trouble_and_a_greylist_is_nobodys(SmtpSinkStage stage, int code, string text, ReplyScope scope)
    {
        await using SmtpSink sink = SmtpSink.Start();
        sink.Script = step => step.Stage == stage ? SmtpSinkAction.Reply(code, text) : null;
        await using SmtpRelay relay = Relay(sink);

        Assert.Equal(scope, Assert.Single(await SendAsync(relay, "a@example.com")).Scope);
    }

    [Fact]
    public async Task A_used_connection_that_is_no_longer_logged_in_is_replaced_at_once()
    {
        await using SmtpSink sink = SmtpSink.Start();
        sink.Script = step => step is { Stage: SmtpSinkStage.Mail, Connection: 1, Argument: "second@example.org" } ? SmtpSinkAction.Reply(530, "5.7.0 Authentication Required") : null;
        await using SmtpRelay relay = Relay(sink);
        await SendAsync(relay, "a@example.com");

        Assert.Equal(RelayVerdict.Accepted, (await SendAsync(relay, Lane.Normal, null, "second@example.org", "b@example.com"))[0].Verdict);

        Assert.Equal(2, sink.ConnectionCount);
    }

    [Fact]
    public async Task A_message_that_may_not_start_is_taken_back_and_its_connection_kept()
    {
        await using SmtpSink sink = SmtpSink.Start();
        await using SmtpRelay relay = Relay(sink);

        RelayOutcome outcome = await relay.SendAsync(Message(Lane.Normal, _ => ValueTask.FromResult(false), "s@example.org", "a@example.com"), CancellationToken.None);
        await SendAsync(relay, "b@example.com");

        Assert.Equal(RelayOutcomeKind.Withdrawn, outcome.Kind);
        Assert.Equal(1, sink.ConnectionCount);
        Assert.Equal(1, sink.MessageCount);
    }

    [Fact]
    public async Task Cancelled_before_the_last_byte_it_is_taken_back_and_after_it_the_outcome_is_open()
    {
        await using SmtpSink sink = SmtpSink.Start();
        await using SmtpRelay relay = Relay(sink);
        foreach ((SmtpSinkStage stage, bool known) in new[] { (SmtpSinkStage.Rcpt, true), (SmtpSinkStage.EndOfData, false) })
        {
            TaskCompletionSource reached = new();
            sink.Script = step =>
            {
                if (step.Stage != stage) return null;
                reached.TrySetResult();
                return SmtpSinkAction.Hang;
            };
            using CancellationTokenSource cancel = new();
            Task<RelayOutcome> sending = relay.SendAsync(Message(Lane.Normal, null, "s@example.org", "a@example.com"), cancel.Token);
            await reached.Task;
            await cancel.CancelAsync();

            RelayOutcome outcome = await sending;

            if (known) Assert.Equal(RelayOutcomeKind.Withdrawn, outcome.Kind);
            else Assert.Equal(RelayVerdict.Unknown, Assert.Single(outcome.Replies).Verdict);
        }
    }

    [Fact]
    public async Task An_unused_connection_is_closed_after_its_time()
    {
        await using SmtpSink sink = SmtpSink.Start();
        bool quit = false;
        sink.Script = step =>
        {
            if (step.Stage == SmtpSinkStage.Quit) Volatile.Write(ref quit, true);
            return null;
        };
        await using SmtpRelay relay = Relay(sink, new RelayOptions { IdleTimeout = TimeSpan.FromSeconds(1) });

        await SendAsync(relay, "a@example.com");

        await Eventually.TrueAsync(() => Volatile.Read(ref quit));
        await SendAsync(relay, "b@example.com");
        Assert.Equal(2, sink.ConnectionCount);
    }

    [Fact]
    public async Task Each_recipient_with_a_return_path_of_its_own_gets_a_transaction_of_its_own()
    {
        await using SmtpSink sink = SmtpSink.Start();
        sink.Script = step => step is { Stage: SmtpSinkStage.Rcpt, Argument: "b@example.com" } ? SmtpSinkAction.Reply(550, "5.1.1 no such user") : null;
        await using SmtpRelay relay = new("default", new SmtpConnectionOptions { Host = SmtpSink.Host, Port = sink.Port, TlsPolicy = SmtpTlsPolicy.None }, new RelayOptions(), takesReturnPaths: true);

        RelayOutcome outcome = await relay.SendAsync(WithReturnPaths("a@example.com", "b@example.com", "c@example.com"), CancellationToken.None);

        Assert.Equal([RelayVerdict.Accepted, RelayVerdict.Permanent, RelayVerdict.Accepted], outcome.Replies.Select(reply => reply.Verdict));
        Assert.Equal([("ra@bounce.test", "a@example.com"), ("rc@bounce.test", "c@example.com")], sink.Messages.Select(message => (message.MailFrom, message.Recipients.Single())));
    }

    [Fact]
    public async Task A_server_that_lets_nobody_choose_gets_one_transaction_with_the_senders_path()
    {
        await using SmtpSink sink = SmtpSink.Start();
        await using SmtpRelay relay = Relay(sink);

        await relay.SendAsync(WithReturnPaths("a@example.com", "b@example.com"), CancellationToken.None);

        Assert.Equal(("s@example.org", 2), (sink.Messages.Single().MailFrom, sink.Messages.Single().Recipients.Count));
    }

    [Fact]
    public async Task What_breaks_between_two_recipients_leaves_those_after_it_for_another_attempt()
    {
        await using SmtpSink sink = SmtpSink.Start();
        sink.Script = step => step is { Stage: SmtpSinkStage.Rcpt, Argument: "b@example.com" } ? SmtpSinkAction.Drop : null;
        await using SmtpRelay relay = new("default", new SmtpConnectionOptions { Host = SmtpSink.Host, Port = sink.Port, TlsPolicy = SmtpTlsPolicy.None }, new RelayOptions(), takesReturnPaths: true);

        RelayOutcome outcome = await relay.SendAsync(WithReturnPaths("a@example.com", "b@example.com", "c@example.com"), CancellationToken.None);

        Assert.Equal([RelayVerdict.Accepted, RelayVerdict.Transient, RelayVerdict.Transient], outcome.Replies.Select(reply => reply.Verdict));
        Assert.Equal("a@example.com", sink.Messages.Single().Recipients.Single());
    }

    private static RelayMessage WithReturnPaths(params string[] recipients)
    {
        RelayMessage message = Message(Lane.Normal, null, "s@example.org", recipients);
        return message with { Recipients = [.. message.Recipients.Select(recipient => recipient with { ReturnPath = EmailAddress.Parse($"r{recipient.Address.LocalPart}@bounce.test") })] };
    }

    private static SmtpRelay Relay(SmtpSink sink, RelayOptions? options = null) =>
        new("default", new SmtpConnectionOptions { Host = SmtpSink.Host, Port = sink.Port, TlsPolicy = SmtpTlsPolicy.None }, options ?? new RelayOptions());

    private static Task<IReadOnlyList<RelayReply>> SendAsync(SmtpRelay relay, params string[] recipients) => SendAsync(relay, Lane.Normal, null, "s@example.org", recipients);

    private static Task<IReadOnlyList<RelayReply>> SendAsync(SmtpRelay relay, Lane lane, Func<CancellationToken, ValueTask<bool>>? mayStart, string recipient) =>
        SendAsync(relay, lane, mayStart, "s@example.org", recipient);

    private static async Task<IReadOnlyList<RelayReply>> SendAsync(SmtpRelay relay, Lane lane, Func<CancellationToken, ValueTask<bool>>? mayStart, string sender, params string[] recipients)
    {
        RelayOutcome outcome = await relay.SendAsync(Message(lane, mayStart, sender, recipients), CancellationToken.None);
        Assert.Equal(RelayOutcomeKind.Answered, outcome.Kind);
        Assert.Equal(recipients.Length, outcome.Replies.Count);
        return outcome.Replies;
    }

    private static RelayMessage Message(Lane lane, Func<CancellationToken, ValueTask<bool>>? mayStart, string sender, params string[] recipients)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        return new RelayMessage(
            ProjectId.New(now), MessageId.New(now), lane, EmailAddress.Parse(sender), [.. recipients.Select(recipient => new RelayRecipient(DeliveryId.New(now), EmailAddress.Parse(recipient)))],
            Encoding.ASCII.GetBytes("Subject: test\r\n\r\nbody\r\n"), mayStart ?? (_ => ValueTask.FromResult(true)));
    }
}
