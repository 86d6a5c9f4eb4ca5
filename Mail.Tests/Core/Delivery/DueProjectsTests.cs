using Mail.Core.Common;
using Mail.Core.Delivery;
using Mail.Core.Messages;
using Claimed = Mail.Core.Delivery.Delivery;

namespace Mail.Tests.Core.Delivery;

public sealed class DueProjectsTests
{
    private static readonly DateTimeOffset _noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly ProjectId _a = new(Guid.Parse("0197aaaa-0000-7000-8000-000000000001"));
    private static readonly ProjectId _b = new(Guid.Parse("0197bbbb-0000-7000-8000-000000000002"));

    [Fact]
    public void Projects_with_much_to_send_share_a_lane_in_equal_parts()
    {
        DueProjects due = new();

        due.Found([Waiting(_a, _noon.AddHours(-1)), Waiting(_b, _noon)], _noon);

        Assert.Equal([100, 101], due.Divide([0, 0, 201]).Select(share => share.Limit).Order());
    }

    [Fact]
    public void What_is_due_later_has_no_share()
    {
        DueProjects due = new();

        due.Found([Waiting(_a, _noon.AddSeconds(1))], _noon);

        Assert.Empty(due.Divide([10, 10, 10]));
    }

    [Fact]
    public void A_project_that_had_nothing_left_is_asked_for_one_and_leaves_the_rest_to_the_others()
    {
        DueProjects due = new();
        due.Found([Waiting(_a, _noon), Waiting(_b, _noon)], _noon);
        List<ClaimShare> shares = due.Divide([0, 0, 10]);
        due.Claimed(shares, [.. Claims(_a, 5), .. Claims(_b, 2)]);

        Dictionary<ProjectId, int> next = due.Divide([0, 0, 10]).ToDictionary(share => share.ProjectId, share => share.Limit);

        Assert.Equal((9, 1), (next[_a], next[_b]));
    }

    [Fact]
    public void A_project_alone_that_had_nothing_left_is_asked_for_all_there_is_room_for()
    {
        DueProjects due = new();
        due.Found([Waiting(_a, _noon)], _noon);
        due.Claimed(due.Divide([0, 0, 10]), Claims(_a, 1));

        Assert.Equal(10, Assert.Single(due.Divide([0, 0, 10])).Limit);
    }

    [Fact]
    public void With_more_projects_than_room_everybody_has_a_turn()
    {
        DueProjects due = new();
        List<ProjectId> projects = [.. Enumerable.Range(0, 10).Select(_ => new ProjectId(Guid.NewGuid()))];
        due.Found(projects.Select(project => Waiting(project, _noon)), _noon);
        Dictionary<ProjectId, int> claimed = projects.ToDictionary(project => project, _ => 0);

        for (int i = 0; i < 10; i++)
        {
            List<ClaimShare> shares = due.Divide([0, 0, 3]);
            Assert.Equal(3, shares.Sum(share => share.Limit));
            foreach (ClaimShare share in shares) claimed[share.ProjectId] += share.Limit;
            due.Claimed(shares, [.. shares.SelectMany(share => Claims(share.ProjectId, share.Limit))]);
        }

        Assert.All(claimed.Values, count => Assert.Equal(3, count));
    }

    [Fact]
    public void The_next_claim_begins_where_the_last_one_ended_less_half_a_second_and_a_search_goes_back()
    {
        DueProjects due = new();
        due.Found([Waiting(_a, _noon)], _noon);
        due.Claimed(due.Divide([0, 0, 1]), [Claim(_a, _noon.AddSeconds(7))]);
        DateTimeOffset since = due.Divide([0, 0, 1])[0].Since;

        due.Found([Waiting(_a, _noon.AddMinutes(-3))], _noon.AddMinutes(1));

        Assert.Equal((_noon.AddSeconds(6.5), _noon.AddMinutes(-3)), (since, due.Divide([0, 0, 1])[0].Since));
    }

    [Fact]
    public void No_more_than_64_idle_projects_stay_known()
    {
        DueProjects due = new();
        List<ProjectId> projects = [.. Enumerable.Range(0, 200).Select(_ => new ProjectId(Guid.NewGuid()))];
        due.Found(projects.Select(project => Waiting(project, _noon)), _noon);

        for (int i = 0; i < 5; i++)
        {
            List<ClaimShare> shares = due.Divide([0, 0, 200]);
            Assert.InRange(shares.Count, 1, 64);
            due.Claimed(shares, []);
        }

        Assert.Equal(64, due.Divide([0, 0, 200]).Count);
        Assert.False(due.HasMore(Lane.Bulk));
    }

    private static WaitingProject Waiting(ProjectId project, DateTimeOffset oldest) => new(Lane.Bulk, project, oldest);

    private static List<Claimed> Claims(ProjectId project, int count) => [.. Enumerable.Range(0, count).Select(_ => Claim(project, _noon))];

    private static Claimed Claim(ProjectId project, DateTimeOffset due) => new(project, DeliveryId.New(due), MessageId.New(due), "a@example.com", Lane.Bulk) { DueAt = due };
}
