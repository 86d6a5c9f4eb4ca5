using Mail.Core.Codes;
using Mail.Core.Common;
using Mail.Tests.Core.Delivery;

namespace Mail.Tests.Core.Codes;

public sealed class CodeTextTests
{
    [Fact]
    public void Every_digit_is_as_likely_as_another_at_every_place()
    {
        int[,] seen = new int[6, 10];
        const int Codes = 60_000;

        for (int i = 0; i < Codes; i++)
        {
            string code = CodeText.New(6, letters: false);
            for (int place = 0; place < 6; place++) seen[place, code[place] - '0']++;
        }

        // Chi-squared of 60 cells with 54 degrees of freedom: above 120 once in ten million runs.
        double chi = seen.Cast<int>().Sum(count => Math.Pow(count - Codes / 10.0, 2) / (Codes / 10.0));
        Assert.True(chi < 120, $"chi-squared {chi}");
    }

    [Theory]
    [InlineData("", "a", "Missing `purpose` field.")]
    [InlineData("Upper", "a", "`purpose` must be")]
    [InlineData("-x", "a", "`purpose` must be")]
    [InlineData("x", " ", "Missing `subject` field.")]
    [InlineData("x", "a\0b", "`subject` must not contain")]
    [InlineData("x", "a\ud800", "`subject` must not contain")]
    public void A_purpose_or_subject_that_cannot_be_one_is_named(string purpose, string subject, string problem)
    {
        Assert.False(CodeSubject.TryCreate(DeliveryDatabase.Project, purpose, subject, isTest: false, out _, out Failure? failure));
        Assert.StartsWith(problem, failure.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("12 34-56", "123456")]
    [InlineData("１２３４５６", "123456")]
    [InlineData("٣٤٥٦٧٨", "345678")]
    [InlineData("ab\u200Bcd–ef", "ABCDEF")]
    public void What_a_person_types_is_read_kindly(string typed, string read) => Assert.Equal(read, CodeText.Normal(typed));
}
