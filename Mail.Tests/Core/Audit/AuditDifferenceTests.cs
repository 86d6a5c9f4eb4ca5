using System.Text.Json;
using Mail.Core.Audit;

namespace Mail.Tests.Core.Audit;

public sealed class AuditDifferenceTests
{
    [Fact]
    public void Only_what_differs_is_kept() =>
        Assert.Equal(("""{"name":"a","gone":1}""", """{"name":"b","came":[1]}"""), Of("""{"id":"1","name":"a","gone":1,"updated_at":"x"}""", """{"id":"1","name":"b","came":[1],"updated_at":"y"}"""));

    [Fact]
    public void What_is_new_has_no_before_and_what_is_gone_no_after()
    {
        Assert.Equal((null, """{"id":"1"}"""), Of(null, """{"id":"1","revision":3}"""));
        Assert.Equal(("""{"id":"1"}""", null), Of("""{"id":"1"}""", null));
        Assert.Equal((null, null), Of(null, null));
    }

    [Fact]
    public void Of_a_long_value_only_the_length_is_kept()
    {
        (_, string? after) = Of("""{"html":""}""", $$"""{"html":"{{new string('x', 5000)}}"}""");

        Assert.Equal("… 5,002 characters", JsonDocument.Parse(after!).RootElement.GetProperty("html").GetString());
    }

    private static (string?, string?) Of(string? before, string? after) => AuditDifference.Of(Read(before), Read(after));

    private static JsonElement? Read(string? json) => json is null ? null : JsonDocument.Parse(json).RootElement;
}
