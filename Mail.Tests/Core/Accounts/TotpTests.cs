using System.Text;
using Mail.Core.Accounts;

namespace Mail.Tests.Core.Accounts;

public sealed class TotpTests
{
    private static readonly byte[] _secret = Encoding.ASCII.GetBytes("12345678901234567890");

    /// <summary>The table of RFC 6238, appendix B; the last six of its eight digits.</summary>
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_the_RFC(long seconds, string code)
    {
        Assert.Equal(code, Totp.CodeAt(_secret, seconds / 30));
        Assert.Equal(seconds / 30, Totp.StepOf(_secret, code, DateTimeOffset.FromUnixTimeSeconds(seconds), -1));
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(1, true)]
    [InlineData(-2, false)]
    [InlineData(2, false)]
    public void A_clock_may_be_off_by_one_step(int off, bool isTaken)
    {
        DateTimeOffset now = DateTimeOffset.FromUnixTimeSeconds(1111111111);

        Assert.Equal(isTaken, Totp.StepOf(_secret, Totp.CodeAt(_secret, (now.ToUnixTimeSeconds() / 30) + off), now, -1) is not null);
    }

    [Fact]
    public void A_step_that_was_taken_and_those_before_it_are_not_taken_again()
    {
        DateTimeOffset now = DateTimeOffset.FromUnixTimeSeconds(1111111111);
        long step = now.ToUnixTimeSeconds() / 30;

        Assert.Null(Totp.StepOf(_secret, Totp.CodeAt(_secret, step), now, step));
        Assert.Null(Totp.StepOf(_secret, Totp.CodeAt(_secret, step - 1), now, step));
        Assert.Equal(step + 1, Totp.StepOf(_secret, Totp.CodeAt(_secret, step + 1), now, step));
    }

    [Theory]
    [InlineData("")]
    [InlineData("12345")]
    [InlineData("1234567")]
    [InlineData("12a456")]
    [InlineData("１２３４５６")]
    public void What_is_no_code_is_none(string code) => Assert.Null(Totp.StepOf(_secret, code, DateTimeOffset.UnixEpoch, -1));

    [Fact]
    public void Secrets_are_written_as_apps_read_them()
    {
        Assert.Equal("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", Totp.Base32(_secret));
        Assert.Equal("otpauth://totp/My%20Mail:a%2Bb%40example.com?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=My%20Mail&algorithm=SHA1&digits=6&period=30", Totp.Uri(_secret, "My Mail", "a+b@example.com"));
    }

    [Theory]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0", "Firefox 145, Windows")]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15", "Safari 18, macOS")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0", "Edge 142, Windows")]
    [InlineData("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36", "Chrome 142, Android")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1", "Safari 18, iOS")]
    [InlineData("<script>alert(1)</script> Firefox/9999999 \0", "Firefox 9999")]
    [InlineData("", "Unknown browser")]
    [InlineData(null, "Unknown browser")]
    public void A_user_agent_is_shortened_to_words_of_ours(string? agent, string name) => Assert.Equal(name, BrowserName.Of(agent));
}
