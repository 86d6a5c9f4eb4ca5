using Mail.Core.Common;

namespace Mail.Tests.Core.Common;

public sealed class SampleSecretTests
{
    [Theory]
    [InlineData("change-me-in-production-please-9x7", "\"change\"")]
    [InlineData("My-Secret-Key-9x7q2w", "\"secret\"")]
    [InlineData("00000000000000000000000000000000", "few characters")]
    [InlineData("1234567890123456789012345678901234", "\"12345678\"")]
    public void What_stands_in_examples_is_no_secret(string text, string problem) => Assert.Contains(problem, SampleSecret.Problem(text), StringComparison.Ordinal);

    /// <summary>What our own scripts and guides make: hexadecimal digits and base64.</summary>
    [Fact]
    public void Random_text_is_never_taken_for_a_sample()
    {
        Random random = new(20_261_122); // the same each time: what is refused once in ten million must not fail once in a year
        byte[] bytes = new byte[18];
        for (int i = 0; i < 10_000; i++)
        {
            random.NextBytes(bytes);
            Assert.Null(SampleSecret.Problem(Convert.ToHexStringLower(bytes.AsSpan(0, 12))));
            Assert.Null(SampleSecret.Problem(Convert.ToBase64String(bytes)));
        }
    }
}
