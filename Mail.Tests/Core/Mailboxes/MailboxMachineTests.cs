using Mail.Core.Common;
using Mail.Core.Mailboxes;
using Mail.Core.Mailboxes.Providers;

namespace Mail.Tests.Core.Mailboxes;

/// <summary>BOX-2: which call is next, and what its answer means.</summary>
public sealed class MailboxMachineTests
{
    private static readonly DateTimeOffset _noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly MailboxOptions _options = new();

    [Fact]
    public void Every_step_forward_has_one_call_and_the_last_one_none()
    {
        Mailbox mailbox = New();
        List<string> steps = [];
        while (mailbox.Goal is not null)
        {
            MailboxCall? call = MailboxMachine.NextCall(mailbox);
            steps.Add($"{mailbox.Step.Name()}: {call?.Name()}");
            MailboxMachine.Apply(mailbox, call, MailboxGoal.Active, false, new CallResult("x", true, "sealed"), _options, _noon);
        }

        Assert.Equal(["reserved: create", "created: set_up_sending", "sending: issue_credentials", "credentials: "], steps);
        Assert.Equal((MailboxState.Active, MailboxStep.Active, _noon), (mailbox.State, mailbox.Step, mailbox.ActiveAt));
    }

    [Theory]
    [InlineData(false, false, false, MailboxState.Failed)] // it said no: nothing is there
    [InlineData(true, false, false, MailboxState.Deleting)] // an answer before was lost
    [InlineData(false, true, false, MailboxState.Deleting)] // this one was
    [InlineData(false, false, true, MailboxState.Deleting)] // nobody can read it
    public void Only_who_clearly_said_no_is_not_asked_to_delete(bool wasMayExist, bool isUnknown, bool isUnreadable, MailboxState then)
    {
        Mailbox mailbox = New();
        mailbox.MayExist = true; // as written before the call
        ProviderProblem problem = new(isUnreadable ? ProviderProblems.Unreadable : ProviderProblems.Refused, "No.", "Do.", false) { IsUnknown = isUnknown };

        MailboxMachine.Apply(mailbox, MailboxCall.Create, MailboxGoal.Active, wasMayExist, new CallResult(Problem: problem), _options, _noon);

        Assert.Equal(then, mailbox.State);
        Assert.Equal(then is MailboxState.Failed ? null : MailboxCall.Delete, MailboxMachine.NextCall(mailbox));
        Assert.Equal(problem.Code, mailbox.Problem?.Code);
    }

    [Fact]
    public void Waits_grow_and_a_provider_that_asks_for_more_gets_it()
    {
        Mailbox mailbox = New();
        List<double> waits = [];
        for (int i = 0; i < 12; i++)
        {
            MailboxMachine.Apply(mailbox, MailboxCall.Create, MailboxGoal.Active, true, new CallResult(Problem: Problems.Down), _options, _noon);
            waits.Add((mailbox.NextAttemptAt!.Value - _noon).TotalSeconds);
        }

        Assert.All(waits.Select((wait, i) => (wait, least: Math.Min(900, 2 * Math.Pow(2, i)))), one => Assert.InRange(one.wait, one.least * 1.1, one.least * 1.5));
        MailboxMachine.Apply(mailbox, MailboxCall.Create, MailboxGoal.Active, true, new CallResult(Problem: Problems.Throttled(TimeSpan.FromHours(3))), _options, _noon);
        Assert.InRange((mailbox.NextAttemptAt!.Value - _noon).TotalHours, 3.3, 4.5);
    }

    [Fact]
    public void What_is_over_when_the_day_is_over_is_undone_before()
    {
        Mailbox mailbox = New();
        mailbox.MayExist = true;

        MailboxMachine.Apply(mailbox, MailboxCall.SetUpSending, MailboxGoal.Active, true, new CallResult(Problem: Problems.Down), _options, _noon.AddDays(1));

        Assert.Equal((MailboxState.Deleting, MailboxGoal.Failed, MailboxProblem.TookTooLong), (mailbox.State, mailbox.Goal, mailbox.Problem?.Code));
    }

    [Theory, InlineData(MailboxGoal.Suspended), InlineData(MailboxGoal.Rotated)]
    public void A_change_that_nobody_could_make_for_a_day_is_given_up(MailboxGoal goal)
    {
        Mailbox mailbox = Active();
        mailbox.SetGoal(goal, _noon);

        MailboxMachine.Apply(mailbox, MailboxMachine.NextCall(mailbox), goal, true, new CallResult(Problem: Problems.Down), _options, _noon.AddDays(1));

        Assert.Equal((MailboxState.Active, null, MailboxProblem.TookTooLong), (mailbox.State, mailbox.Goal, mailbox.Problem?.Code));
    }

    [Fact]
    public void What_a_call_did_counts_also_when_somebody_wants_something_else_meanwhile()
    {
        Mailbox mailbox = New();
        mailbox.MayExist = true;
        Assert.Null(mailbox.Delete(_noon));

        MailboxMachine.Apply(mailbox, MailboxCall.Create, MailboxGoal.Active, false, new CallResult("account-1"), _options, _noon);

        Assert.Equal(("account-1", MailboxState.Deleting, MailboxGoal.Deleted, MailboxCall.Delete), (mailbox.Account, mailbox.State, mailbox.Goal, MailboxMachine.NextCall(mailbox)));
    }

    [Fact]
    public void What_hindered_a_call_hinders_nobody_who_wants_something_else_meanwhile()
    {
        Mailbox mailbox = New();
        mailbox.MayExist = true;
        Assert.Null(mailbox.Delete(_noon));

        MailboxMachine.Apply(mailbox, MailboxCall.Create, MailboxGoal.Active, true, new CallResult(Problem: Problems.Throttled(TimeSpan.FromHours(3))), _options, _noon);

        Assert.Equal((null, null, MailboxCall.Delete), (mailbox.NextAttemptAt, mailbox.Problem, MailboxMachine.NextCall(mailbox)));
    }

    [Fact]
    public void Wishes_are_taken_in_the_states_that_they_are_for()
    {
        Dictionary<MailboxState, string> allowed = [];
        foreach (MailboxState state in Enum.GetValues<MailboxState>())
        {
            (string Name, Func<Mailbox, Failure?> Wish)[] wishes = [("suspend", one => one.Suspend(_noon)), ("resume", one => one.Resume(_noon)), ("rotate", one => one.Rotate(_noon)), ("delete", one => one.Delete(_noon))];
            allowed[state] = string.Join(' ', wishes.Where(one => one.Wish(In(state)) is null).Select(one => one.Name));
        }

        Assert.Equal(new Dictionary<MailboxState, string>
        {
            [MailboxState.Provisioning] = "delete",
            [MailboxState.Active] = "suspend resume rotate delete", // resume: it is so already
            [MailboxState.Suspended] = "suspend resume delete",
            [MailboxState.Deleting] = "delete",
            [MailboxState.Deleted] = "",
            [MailboxState.Failed] = "",
        }, allowed);
    }

    private static Mailbox New() => new(ProjectId.New(_noon), Guid.CreateVersion7(_noon), false, "alice", "office@example.org", "Office", "memory", Guid.CreateVersion7(), _noon);

    private static Mailbox Active() => In(MailboxState.Active);

    private static Mailbox In(MailboxState state)
    {
        Mailbox mailbox = New();
        (mailbox.State, mailbox.Step, mailbox.MayExist) = (state, state is MailboxState.Provisioning ? MailboxStep.Created : MailboxStep.Active, true);
        if (state is not (MailboxState.Provisioning or MailboxState.Deleting)) mailbox.SetGoal(null, _noon);
        if (state is MailboxState.Deleting) mailbox.SetGoal(MailboxGoal.Deleted, _noon);
        if (state is MailboxState.Deleted or MailboxState.Failed) mailbox.EndedAt = _noon;
        return mailbox;
    }
}
