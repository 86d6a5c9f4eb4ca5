using Mail.ServiceDefaults;

namespace Mail.Tests.ServiceDefaults;

public sealed class EnvironmentFileTests
{
    [Theory]
    [InlineData("A=b", "b")]
    [InlineData("  export A = b c  ", "b c")]
    [InlineData("A=b # a remark", "b")]
    [InlineData("A=pa#ss", "pa#ss")]
    [InlineData("A=", "")]
    [InlineData("A=#", "")]
    [InlineData("A=x=y==", "x=y==")]
    [InlineData("A=\"two\\nlines \\\"said\\\" \\\\ \\d\" # remark", "two\nlines \"said\" \\ \\d")]
    [InlineData("A=\"over\nlines\"", "over\nlines")]
    [InlineData("A='as it is \\n # no remark'", "as it is \\n # no remark")]
    [InlineData("# A=no\n\n\r\nA=b\r\n", "b")]
    public void A_line_is_read_as_such_files_are_written(string text, string value) => Assert.Equal([("A", value)], EnvironmentFile.Read(text, ".env"));

    [Theory]
    [InlineData("A=b\nnothing", 2, "not NAME=value")]
    [InlineData("=b", 1, "not NAME=value")]
    [InlineData("A B=c", 1, "not NAME=value")]
    [InlineData("A=\"x\ny\"\nB='secret", 3, "the quote is not closed")]
    [InlineData("A='x' secret", 1, "something stands behind the closing quote")]
    public void A_line_that_cannot_be_read_is_named_and_not_repeated(string text, int line, string why)
    {
        InvalidOperationException refused = Assert.Throws<InvalidOperationException>(() => EnvironmentFile.Read(text, "/x/.env").ToList());

        Assert.StartsWith($"/x/.env, line {line}: ", refused.Message, StringComparison.Ordinal);
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_what_the_environment_does_not_say_is_taken()
    {
        string folder = Directory.CreateTempSubdirectory("mail-env-").FullName, set = $"MAIL_TEST_{Guid.NewGuid():N}", unset = $"MAIL_TEST_{Guid.NewGuid():N}";
        try
        {
            File.WriteAllText(Path.Combine(folder, EnvironmentFile.Name), $"{set}=file\n{unset}=file\n");
            Environment.SetEnvironmentVariable(set, "real");

            Assert.True(EnvironmentFile.Apply(folder));

            Assert.Equal(("real", "file"), (Environment.GetEnvironmentVariable(set), Environment.GetEnvironmentVariable(unset)));
            Assert.False(EnvironmentFile.Apply(Path.Combine(folder, "elsewhere")));
        }
        finally
        {
            Environment.SetEnvironmentVariable(set, null);
            Environment.SetEnvironmentVariable(unset, null);
            Directory.Delete(folder, recursive: true);
        }
    }
}
