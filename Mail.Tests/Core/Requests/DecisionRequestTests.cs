using FsCheck;
using FsCheck.Fluent;
using Mail.Core.ActionLinks;
using Mail.Core.Common;
using Mail.Core.Requests;

namespace Mail.Tests.Core.Requests;

/// <summary>The aggregate alone: random commands in every order, beside the few rules that hold for all of them.</summary>
public sealed class DecisionRequestTests
{
    private static readonly DateTimeOffset _noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly ActionVisitor _visitor = new("192.0.2.1", "Test");

    private enum Command
    {
        DecideYes,
        DecideNo,
        DecideOther,
        Expire,
        Cancel,
        Remind,
        Resend,
        Wait,
    }

    [Fact]
    public void In_no_order_of_commands_does_it_end_twice_or_say_anything_after_its_end() =>
        Prop.ForAll(Gen.Elements(Enum.GetValues<Command>()).ListOf().ToArbitrary(), commands =>
        {
            DateTimeOffset now = _noon;
            DecisionRequest request = New();
            List<RequestChange> happened = [];
            foreach (Command command in commands)
            {
                (RequestState before, DateTimeOffset at) = (request.State, now);
                if (command is Command.Wait) now += TimeSpan.FromMinutes(20);
                Result<RequestChange>? result = Run(request, command, now);
                if (result is not { IsSuccess: true } done) continue;
                happened.Add(done.Value);
                if (before is not RequestState.Pending) return false; // nothing follows an end
                if (done.Value is RequestChange.Decided or RequestChange.Reminded or RequestChange.Resent && at >= request.Deadline) return false;
                if (done.Value is RequestChange.Expired && at < request.Deadline) return false;
            }

            RequestChange[] ends = [.. happened.Where(one => one is RequestChange.Decided or RequestChange.Expired or RequestChange.Canceled)];
            return ends.Length <= 1
                && (request.State is RequestState.Pending) == (ends.Length == 0)
                && (request.State is RequestState.Pending || request.State.Name() == ends[0].Name())
                && (request.Decision is not null) == (request.State is RequestState.Decided)
                && (request.EndedAt is not null) == (request.State is not RequestState.Pending)
                && (ends.Length == 0 || happened[^1] == ends[0])
                && happened.Count(one => one is RequestChange.Resent) <= DecisionRequest.MostResends;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000).WithEndSize(40));

    [Fact]
    public void Of_two_reminders_that_are_due_only_the_last_is_told()
    {
        DecisionRequest request = New();

        Assert.Equal("later_reminder", request.Remind(0, _noon.AddMinutes(50)).Failure!.Code);
        Assert.Equal(RequestChange.Reminded, request.Remind(1, _noon.AddMinutes(50)).Value);
        Assert.Equal(RequestChange.Reminded, request.Remind(0, _noon.AddMinutes(35)).Value);
    }

    [Theory]
    [InlineData(RequestChange.Created, "decision-request")]
    [InlineData(RequestChange.Resent, "decision-request")]
    [InlineData(RequestChange.Reminded, "decision-reminder")]
    [InlineData(RequestChange.Expired, "decision-expired")]
    [InlineData(RequestChange.Decided, null)]
    [InlineData(RequestChange.Canceled, null)]
    public void Each_change_has_one_mail_or_none(RequestChange change, string? template) => Assert.Equal(template, RequestMails.TemplateOf(change));

    private static Result<RequestChange>? Run(DecisionRequest request, Command command, DateTimeOffset now) => command switch
    {
        Command.DecideYes => request.Decide("yes", null, _visitor, now),
        Command.DecideNo => request.Decide("no", "words", _visitor, now),
        Command.DecideOther => request.Decide("other", null, _visitor, now),
        Command.Expire => request.Expire(now),
        Command.Cancel => request.Cancel(now),
        Command.Remind => request.Remind(0, now),
        Command.Resend => request.Resend(now),
        _ => default(Result<RequestChange>?),
    };

    private static DecisionRequest New() => new(
        default, Guid.CreateVersion7(), false, "jo@example.org", new RequestContent("T", null, [new("yes", "Yes"), new("no", "No")], "Shop", [_noon.AddMinutes(30), _noon.AddMinutes(45)]), _noon, _noon.AddHours(1));
}
