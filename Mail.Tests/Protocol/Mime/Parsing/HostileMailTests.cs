namespace Mail.Tests.Protocol.Mime.Parsing;

public sealed class HostileMailTests
{
    /// <summary>What may be spent beside the size of the input: the objects of an empty message and the first blocks of shared buffers.</summary>
    public const long Basis = 8 * 1024;

    public static TheoryData<string> Names => [.. HostileMail.Names];

    [Theory, MemberData(nameof(Names))]
    public void No_input_makes_parsing_or_a_question_cost_more_than_twenty_times_its_size_in_memory(string name)
    {
        byte[] input = HostileMail.Make(name, 200_000);
        WholeMessage.Read(input); // shared buffers and tables are made once

        long spent = WholeMessage.Read(input).DearestQuestion;

        Assert.True(spent <= Basis + (20L * input.Length), $"{input.Length} octets cost {spent}, {(double)spent / input.Length:F1} times as many.");
    }
}
