using Mail.Core.Common;
using Mail.Core.Invitations;

namespace Mail.Tests.Core.Invitations;

/// <summary>The aggregate by itself: whatever is asked of it in whatever order, it never comes into an impossible state (JOB-4).</summary>
public sealed class InvitationRulesTests
{
    private static readonly DateTimeOffset _noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private static readonly Campaign _campaign = new() { ProjectId = Guid.NewGuid(), Id = Guid.NewGuid(), IsTest = false, Title = "T", TargetUrl = "https://a.example/", RemindBeforeMinutes = 1440, MayRestart = false, CreatedAt = _noon, UpdatedAt = _noon };

    private static readonly string[] _reports = ["email.sent", "email.delivered", "email.bounced", "email.opened", "email.complained", "email.failed"];

    private static Invitation New() => new() { ProjectId = _campaign.ProjectId, Id = Guid.NewGuid(), CampaignId = _campaign.Id, IsTest = false, ApplicationId = "A", Email = "a@example.com", CreatedAt = _noon, UpdatedAt = _noon };

    [Fact]
    public void Whatever_happens_in_whatever_order_no_state_contradicts_what_was_told()
    {
        for (int seed = 0; seed < 3000; seed++)
        {
            Random random = new(seed);
            Invitation one = New();
            DateTimeOffset now = _noon;
            List<Guid> mails = [];
            int starts = 0;
            for (int step = 0; step < 30; step++)
            {
                now += TimeSpan.FromMinutes(random.Next(0, 3000));
                Invitation before = one;
                InvitationStep? happened = random.Next(9) switch
                {
                    0 or 1 => one.Link(_campaign, now),
                    2 or 3 => Value(one.Send(_campaign, now)),
                    4 => one.Due(_campaign, now),
                    5 => Value(one.Extend(_campaign, now.AddMinutes(random.Next(-100, 20000)), now)),
                    6 => random.Next(4) == 0 ? Value(one.Revoke("why", true, now)) : null,
                    7 => random.Next(3) == 0 ? one.Start(_campaign, now) : null,
                    _ => mails.Count == 0 ? null : one.Report(_reports[random.Next(_reports.Length)], mails[random.Next(mails.Count)], "r", now, now),
                };
                if (happened is null) continue;
                one = happened.After;
                if (happened.Template is not null && happened.Template != InvitationMail.Revoke)
                {
                    mails.Add(Guid.NewGuid());
                    one = one with { MessageId = mails[^1] };
                }

                string why = $"seed {seed}, step {step}: {before.State} -> {happened.What} -> {one.State}";
                Assert.True(one.Version == before.Version + 1, why);
                Assert.True(happened.Template is null || happened.Template == InvitationMail.Revoke || one.IsLiveAt(now), why + ": a mail with a link that does not work");
                Assert.True(happened.Template is null || one.State is not InvitationState.Used, why + ": a mail to somebody who has begun");
                Assert.True(happened.What != InvitationEvents.Expired || (before.ExpiresAt <= now && before.State is not InvitationState.Used), why);
                Assert.True(happened.What != InvitationEvents.Used || (before.IsLiveAt(now) && ++starts >= 0), why);
                Assert.True(one.Generation >= before.Generation, why);
                Assert.True((one.DueAt is null) == (one.State is InvitationState.New or InvitationState.Used or InvitationState.Expired or InvitationState.Revoked), why + $": due {one.DueAt}");
                Assert.True(before.State is not (InvitationState.Used or InvitationState.Revoked) || one.Generation > before.Generation || one.State == before.State || one.State is InvitationState.Revoked, why + ": an end that is none");
                Assert.True(one.RemindedAt is null || one.Sends > 0, why);
            }
        }
    }

    [Fact]
    public void A_report_about_an_earlier_mail_tells_nothing_of_the_last()
    {
        Guid first = Guid.NewGuid(), second = Guid.NewGuid();
        Invitation one = New().Link(_campaign, _noon)!.After;
        one = one.Send(_campaign, _noon).Value.After with { MessageId = first };
        one = one.Send(_campaign, _noon.AddMinutes(2)).Value.After with { MessageId = second };

        Invitation after = one.Report("email.bounced", first, "550", _noon, _noon)!.After;

        Assert.Equal(InvitationState.Created, after.State);
        Assert.Equal(InvitationState.Bounced, after.Report("email.bounced", second, "550", _noon, _noon)!.After.State);
    }

    private static InvitationStep? Value(Result<InvitationStep> result) => result.IsSuccess ? result.Value : null;
}
