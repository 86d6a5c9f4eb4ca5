using Mail.Tests.Support;

namespace Mail.Tests.EndToEnd;

public sealed class WildRelayTests
{
    [Fact]
    public void It_does_wrong_at_every_step_and_nothing_once_it_is_tame()
    {
        WildRelay wild = new(seed: 1);

        foreach (SmtpSinkStage stage in new[] { SmtpSinkStage.Connect, SmtpSinkStage.Mail, SmtpSinkStage.Rcpt, SmtpSinkStage.EndOfData })
            Assert.Contains(Enumerable.Range(0, 1000), _ => wild.Do(new SmtpSinkStep(stage, "", 1, [])) is not null);
        wild.IsTame = true;

        Assert.DoesNotContain(Enumerable.Range(0, 1000), _ => wild.Do(new SmtpSinkStep(SmtpSinkStage.EndOfData, "", 1, [])) is not null);
    }
}
