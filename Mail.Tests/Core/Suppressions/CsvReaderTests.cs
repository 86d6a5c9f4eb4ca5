using System.Text;
using Mail.Core.Common;

namespace Mail.Tests.Core.Suppressions;

public sealed class CsvReaderTests
{
    [Theory]
    [InlineData("a,b\r\nc,d", "1:a|b 2:c|d")]
    [InlineData("a;b;\"c,d\"\n\n\ne;f", "1:a|b|c,d 4:e|f")]
    [InlineData("a\tb\rc\td\r", "1:a|b 2:c|d")]
    [InlineData("\"a\"\"b\" , \"c\nd\"\ne", "1:a\"b|c\nd 3:e")]
    [InlineData("a,,\n\"\"\nb", "1:a|| 2: 3:b")]
    [InlineData("one\ntwo;not a column\n", "1:one 2:two;not a column")]
    [InlineData("", "")]
    public async Task Files_of_many_programs_are_read(string file, string expected) =>
        Assert.Equal(expected, string.Join(' ', (await ReadAsync(file)).Select(record => $"{record.Line}:{string.Join('|', record.Cells)}")));

    [Fact]
    public async Task What_is_wrong_in_one_line_leaves_the_others_alone()
    {
        List<CsvRecord> records = await ReadAsync($"\"a\"x,b\nc\n\"{new string('y', 20_000)}\nd\n\"open");

        Assert.Equal(["has text behind a closing quotation mark.", null, "is longer than 16384 characters.", null, "has a quotation mark that is not closed."], records.Select(record => record.Problem));
        Assert.Equal([1, 2, 3, 4, 5], records.Select(record => record.Line));
    }

    private static async Task<List<CsvRecord>> ReadAsync(string file)
    {
        using StreamReader text = new(new MemoryStream(Encoding.UTF8.GetBytes(file)), Encoding.UTF8);
        CsvReader reader = new(text);
        List<CsvRecord> records = [];
        while (await reader.ReadAsync(CancellationToken.None) is { } record) records.Add(record);
        return records;
    }
}
