using Mail.Api.Relays;
using Mail.Core.Common;
using Mail.Core.Relays.Doctor;

namespace Mail.Tests.Api.Relays;

public sealed class DoctorAnswerTests
{
    [Fact]
    public async Task A_project_has_one_examination_at_a_time_and_keeps_no_other_from_its_own()
    {
        ProjectId one = new(Guid.NewGuid()), other = new(Guid.NewGuid());
        TaskCompletionSource<DoctorReport> under = new();
        Task<Result<DoctorAnswer>> first = DoctorAnswer.OfAsync(one, () => under.Task, "en");

        Result<DoctorAnswer> second = await DoctorAnswer.OfAsync(one, () => Task.FromResult(Report()), "en");
        Result<DoctorAnswer> others = await DoctorAnswer.OfAsync(other, () => Task.FromResult(Report()), "en");
        under.SetResult(Report());

        Assert.Equal(FailureKind.TooMany, second.Failure!.Kind);
        Assert.True(others.IsSuccess);
        Assert.True((await first).IsSuccess);
        Assert.True((await DoctorAnswer.OfAsync(one, () => Task.FromResult(Report()), "en")).IsSuccess);
    }

    private static DoctorReport Report() => new("default", []);
}
