using FsCheck;
using FsCheck.Fluent;
using Mail.Protocol.Dns;

namespace Mail.Tests.Protocol.Dns;

/// <summary>Whatever a packet holds: no exception, no endless walk, bounded memory.</summary>
public sealed class DnsFuzzTests
{
    private static readonly DnsRecordType[] _types = Enum.GetValues<DnsRecordType>();

    private static readonly Gen<byte[]> _packet =
        from type in Gen.Elements(_types)
        let query = ReplyPacket.Query("a.example.com", type)
        from records in Gen.OneOf(
            Gen.Elements<Action<ReplyPacket>>(
                r => r.Address("a.example.com", "192.0.2.1"), r => r.Address("a.example.com", "2001:db8::1"), r => r.Mx("a.example.com", 10, "mx.example.net"), r => r.Txt("a.example.com", "v=DKIM1; p=", "AAAA"),
                r => r.Cname("a.example.com", "b.example.com"), r => r.Cname("b.example.com", "a.example.com"), r => r.Raw([0xC0, 12, 0, 5, 0, 1, 0, 0, 0, 9, 0, 2, 0xC0, 12]), r => r.Pointer("b.example.com", "x"),
                r => r.Authority(), r => r.Additional(), r => r.Soa("example.com", 60, 60), r => r.NameServer("example.com", "ns.example.net"), r => r.Opt(1)),
            Gen.Choose(0, 255).ListOf().Select(octets => (Action<ReplyPacket>)(r => r.Raw([.. octets.Select(o => (byte)o)])))).ListOf()
        from code in Gen.Elements<byte>(0, 0, 0, 3, 2)
        from changes in Gen.Zip(Gen.Choose(2, 400), Gen.Choose(0, 255)).ListOf()
        from length in Gen.Frequency((3, Gen.Constant(int.MaxValue)), (1, Gen.Choose(0, 300)))
        select Make(query, records, code, changes, length);

    [Fact]
    public void No_packet_breaks_the_reader() => ReadAnything(5000);

    [Fact, Trait("Category", "Fuzz")]
    public void No_packet_of_very_many_breaks_the_reader() => ReadAnything(300_000);

    [Fact]
    public void A_name_that_can_be_written_is_read_back() =>
        Prop.ForAll(Gen.Elements("a", "-", "_", @"\.", @"\\", @"\000", @"\255", "é", "B", "xn--", ".", "label.").ListOf().Select(string.Concat).ToArbitrary(), name =>
        {
            byte[] octets;
            try { octets = DnsName.Encode(name); }
            catch (ArgumentException) { return true; } // refused, which is all that may happen
            return octets.Length <= DnsName.MaxLength && DnsName.Encode(DnsName.ToText(octets)).AsSpan().SequenceEqual(octets);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));

    public static TheoryData<string, byte[]> Hostile => new()
    {
        { "pointers to pointers", Pointers(30_000) },
        { "aliases in a row", Aliases(4000) },
        { "aliases to one long name", LongNames(5000) },
        { "counts without records", [0x12, 0x34, 0x81, 0x80, 0, 1, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, .. ReplyPacket.Name("a.example.com"), 0, 5, 0, 1] },
    };

    [Theory, MemberData(nameof(Hostile))]
    public void Packets_made_to_cost_much_cost_little(string what, byte[] packet)
    {
        DnsQuestion question = DnsForgeryTests.Question("a.example.com", DnsRecordType.Mx);
        DnsResponse.Read(packet, 0x1234, question);
        long before = GC.GetAllocatedBytesForCurrentThread();

        DnsResponse.Read(packet, 0x1234, question);

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < packet.Length * 20L + 10_000, what);
    }

    private static void ReadAnything(int cases) =>
        Prop.ForAll(_packet.ToArbitrary(), packet =>
        {
            foreach (DnsRecordType type in _types)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                DnsResponse response = DnsResponse.Read(packet, 0x1234, DnsForgeryTests.Question("a.example.com", type));
                if (GC.GetAllocatedBytesForCurrentThread() - before > packet.Length * 20L + 20_000) return false;
                if (response.Kind == DnsResponseKind.Answer != response.Answer is not null || response.Kind == DnsResponseKind.Alias != response.Alias is not null) return false;
                if (response.Answer is { } answer && (answer.Outcome == DnsOutcome.Found) != (answer.Records.Count > 0)) return false;
            }
            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(cases));

    private static byte[] Make(byte[] query, IEnumerable<Action<ReplyPacket>> records, byte code, IEnumerable<(int, int)> changes, int length)
    {
        ReplyPacket reply = new(query) { Code = code };
        foreach (Action<ReplyPacket> add in records) add(reply);
        byte[] packet = reply.ToBytes();
        foreach ((int position, int octet) in changes.Take(3))
            if (position < packet.Length) packet[position] = (byte)octet;
        return packet[..Math.Min(length, packet.Length)];
    }

    // One record whose owner's name is a chain of pointers, each to the one before.
    private static byte[] Pointers(int octets)
    {
        List<byte> packet = [.. new ReplyPacket(ReplyPacket.Query("a.example.com", DnsRecordType.Mx)).Raw([]).ToBytes()];
        int previous = 12;
        packet.AddRange([0, 0, 16, 0, 1, 0, 0, 0, 0, (byte)(octets >> 8), (byte)octets]); // a text of the root that holds the chain
        for (int i = 0; i < octets / 2; i++)
        {
            int here = packet.Count;
            packet.AddRange([(byte)(0xC0 | previous >> 8 & 0x3F), (byte)previous]);
            previous = Math.Min(here, 0x3FFF);
        }
        packet[7] = 2;
        packet.AddRange([(byte)(0xC0 | previous >> 8), (byte)previous, 0, 15, 0, 1, 0, 0, 0, 0, 0, 3, 0, 1, 0]);
        return [.. packet];
    }

    private static byte[] Aliases(int count)
    {
        ReplyPacket reply = new(ReplyPacket.Query("a.example.com", DnsRecordType.Mx));
        for (int i = count; i > 0; i--) reply.Cname(i == 1 ? "a.example.com" : $"{i}.x", $"{i + 1}.x");
        return reply.ToBytes();
    }

    private static byte[] LongNames(int count)
    {
        ReplyPacket reply = new(ReplyPacket.Query("a.example.com", DnsRecordType.Mx));
        string name = string.Join('.', Enumerable.Repeat(new string('n', 60), 4));
        reply.Mx("a.example.com", 1, name);
        for (int i = 1; i < count; i++) reply.Raw([0xC0, 12, 0, 15, 0, 1, 0, 0, 0, 0, 0, 4, 0, 1, 0xC0, 12 + 17 + 10 + 15 + 2]);
        return reply.ToBytes();
    }
}
