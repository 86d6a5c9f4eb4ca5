using System.Diagnostics;
using FsCheck;
using FsCheck.Fluent;
using Mail.Protocol.Mime.Parsing;

namespace Mail.Tests.Protocol.Mime.Parsing;

/// <summary>Any octets are read: without an exception, in time and memory that their number bounds.</summary>
public sealed class MimeFuzzTests(ITestOutputHelper output)
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(20); // for one case of a few hundred kilobytes at most, on a busy machine

    private double _dearest;

    [Fact]
    public void Any_octets_are_read() => Check(2_000);

    [Fact, Trait("Category", "Fuzz")]
    public void A_hundred_thousand_times_any_octets_are_read() => Check(100_000);

    [Theory, Trait("Category", "Fuzz"), MemberData(nameof(Names))]
    public void Four_megabytes_of_anything_take_linear_time(string name)
    {
        MimeLimits limits = new() { MaxHeaderBytes = int.MaxValue, MaxHeaders = 1_000_000, MaxParts = 1_000_000, MaxAddresses = 10_000_000, MaxParameters = 1_000_000 };
        long start = Stopwatch.GetTimestamp();
        WholeMessage.Read(HostileMail.Make(name, 1_000_000), limits);
        TimeSpan small = Stopwatch.GetElapsedTime(start);
        start = Stopwatch.GetTimestamp();
        WholeMessage.Read(HostileMail.Make(name, 4_000_000), limits);
        TimeSpan large = Stopwatch.GetElapsedTime(start);

        output.WriteLine($"{name}: 1 MB {small.TotalMilliseconds:F0} ms, 4 MB {large.TotalMilliseconds:F0} ms");
        Assert.True(large < TimeSpan.FromSeconds(2) + (10 * small), $"1 MB takes {small}, 4 MB take {large}."); // four times would be linear, sixteen times quadratic
    }

    public static TheoryData<string> Names => [.. HostileMail.Names];

    private void Check(int cases)
    {
        foreach (string name in HostileMail.Names) WholeMessage.Read(HostileMail.Make(name, 2_000)); // shared buffers and tables are made once
        Prop.ForAll(Arb.From(RandomOctets.Any, Shrink), Read).Check(Config.QuickThrowOnFailure.WithMaxTest(cases).WithEndSize(60));
        output.WriteLine($"{cases} cases; the dearest question allocated {_dearest:F1} times the octets of its message, {HostileMailTests.Basis / 1024} KB aside");
    }

    private void Read(byte[] octets)
    {
        long start = Stopwatch.GetTimestamp();
        WholeMessage whole = WholeMessage.Read(octets);
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);

        Assert.True(elapsed < _patience, $"{octets.Length} octets took {elapsed}.");
        Assert.True(whole.DearestQuestion <= HostileMailTests.Basis + (20L * octets.Length), $"{octets.Length} octets cost {whole.DearestQuestion}.");
        if (octets.Length > 0) _dearest = Math.Max(_dearest, (double)(whole.DearestQuestion - HostileMailTests.Basis) / octets.Length);
        CheckOffsets(ParsedMessage.Parse(octets).Root, octets.Length);
    }

    private static void CheckOffsets(MimePart part, int length)
    {
        Assert.InRange(part.Offset, 0, length);
        Assert.InRange(part.ContentOffset + part.RawContent.Length, part.Offset, length);
        foreach (ParsedHeader header in part.Headers) Assert.InRange(header.Offset, part.Offset, part.ContentOffset);
        long end = part.ContentOffset;
        foreach (MimePart child in part.Parts)
        {
            Assert.InRange(child.Offset, end, length); // parts follow each other
            end = child.ContentOffset + child.RawContent.Length;
            CheckOffsets(child, length);
        }
    }

    private static IEnumerable<byte[]> Shrink(byte[] octets)
    {
        for (int piece = octets.Length / 2; piece > 0; piece /= 2)
            for (int start = 0; start + piece <= octets.Length; start += piece)
                yield return [.. octets[..start], .. octets[(start + piece)..]];
    }
}
