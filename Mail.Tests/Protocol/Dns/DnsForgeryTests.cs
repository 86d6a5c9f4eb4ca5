using Mail.Protocol.Dns;

namespace Mail.Tests.Protocol.Dns;

/// <summary>What others send in place of the answer, and packets made to do harm.</summary>
public sealed class DnsForgeryTests
{
    private static readonly CancellationToken _ct = CancellationToken.None;

    [Fact]
    public async Task Packets_with_another_id_or_question_are_passed_over_until_the_answer_comes()
    {
        await using TestNameServer server = new(q =>
        [
            [], [1, 2, 3], new byte[12],
            new ReplyPacket(q.Packet) { Id = (ushort)(q.Id + 1) }.Txt(q.Name, "other id").ToBytes(),
            new ReplyPacket(q.Packet) { Question = [.. ReplyPacket.Name("other.example"), 0, 16, 0, 1] }.Txt(q.Name, "other name").ToBytes(),
            new ReplyPacket(q.Packet) { Question = [.. ReplyPacket.Name(q.Name), 0, 15, 0, 1] }.Txt(q.Name, "other type").ToBytes(),
            new ReplyPacket(q.Packet) { Question = [.. ReplyPacket.Name(q.Name), 0, 16, 0, 3] }.Txt(q.Name, "other class").ToBytes(),
            new ReplyPacket(q.Packet) { Question = [] }.Txt(q.Name, "no question").ToBytes(),
            q.Packet, // a query is no answer
            q.Reply().Txt(q.Name, "true").ToBytes(),
        ]);

        Assert.Equal("true", (await server.Resolver().TextsAsync("example.com", _ct)).Texts.Single());
        Assert.Single(server.Asked);
    }

    [Fact]
    public async Task Records_of_other_names_in_an_answer_are_passed_over()
    {
        await using TestNameServer server = new(q => q.Reply().Txt("other.example", "no").Txt(q.Name, "yes").Additional().Txt(q.Name, "additional"));

        Assert.Equal("yes", (await server.Resolver().TextsAsync("example.com", _ct)).Texts.Single());
    }

    public static TheoryData<string, byte[]> Malformed => new()
    {
        { "a pointer to itself", [0xC0, 29, 0, 16, 0, 1, 0, 0, 0, 0, 0, 2, 1, 65] },
        { "a pointer forwards", [0xC0, 200, 0, 16, 0, 1, 0, 0, 0, 0, 0, 2, 1, 65] },
        { "a label that is none", [0x80, 0, 16, 0, 1, 0, 0, 0, 0, 0, 2, 1, 65] },
        { "data beyond the end", [0xC0, 12, 0, 16, 0, 1, 0, 0, 0, 0, 0xFF, 0xFF, 1, 65] },
        { "a string beyond the data", [0xC0, 12, 0, 16, 0, 1, 0, 0, 0, 0, 0, 2, 9, 65] },
        { "a text without strings", [0xC0, 12, 0, 16, 0, 1, 0, 0, 0, 0, 0, 0] },
        { "half a record", [0xC0, 12, 0, 16] },
        { "nothing", [] },
    };

    [Theory, MemberData(nameof(Malformed))]
    public void A_malformed_record_is_refused(string what, byte[] record)
    {
        byte[] query = ReplyPacket.Query("example.com", DnsRecordType.Txt);

        DnsResponse response = DnsResponse.Read(new ReplyPacket(query).Raw(record).ToBytes(), 0x1234, Question("example.com", DnsRecordType.Txt));

        Assert.True(response.Kind == DnsResponseKind.Malformed, what);
    }

    [Fact]
    public void Names_that_grow_beyond_255_octets_by_pointers_are_refused()
    {
        // Each record's data is a name of 63 octets that goes on at the one before.
        ReplyPacket reply = new(ReplyPacket.Query("example.com", DnsRecordType.Cname));
        int previous = 12;
        for (int i = 0, position = 12 + 17; i < 6; i++)
        {
            byte[] label = [63, .. Enumerable.Repeat((byte)'a', 63)];
            reply.Raw([0xC0, 12, 0, 5, 0, 1, 0, 0, 0, 0, 0, 66, .. label, (byte)(0xC0 | previous >> 8), (byte)previous]);
            previous = position + 12;
            position += 12 + 66;
        }

        Assert.Equal(DnsResponseKind.Malformed, DnsResponse.Read(reply.ToBytes(), 0x1234, Question("example.com", DnsRecordType.Cname)).Kind);
    }

    [Fact]
    public void More_records_than_any_mail_setup_has_are_refused()
    {
        ReplyPacket reply = new(ReplyPacket.Query("example.com", DnsRecordType.Mx));
        for (int i = 0; i < 300; i++) reply.Raw([0xC0, 12, 0, 15, 0, 1, 0, 0, 0, 0, 0, 4, 0, 1, 0xC0, 12]);

        Assert.Equal(DnsResponseKind.Malformed, DnsResponse.Read(reply.ToBytes(), 0x1234, Question("example.com", DnsRecordType.Mx)).Kind);
    }

    [Fact]
    public void Odd_octets_in_a_name_come_back_escaped_and_can_be_asked_for()
    {
        byte[] name = DnsName.Encode(@"a\.b\\c\010\200.x");

        Assert.Equal(@"a\.b\\c\010\200.x", DnsName.ToText(name));
        Assert.Equal([7, (byte)'a', (byte)'.', (byte)'b', (byte)'\\', (byte)'c', 10, 200, 1, (byte)'x', 0], name);
    }

    [Fact]
    public async Task A_flood_of_wrong_packets_does_not_hold_the_caller()
    {
        await using TestNameServer server = new(q => Enumerable.Repeat(new ReplyPacket(q.Packet) { Id = (ushort)(q.Id + 1) }.ToBytes(), 1200));

        DnsAnswer answer = await server.Resolver(change: options => options with { Tries = 1, TryTimeout = TimeSpan.FromSeconds(2) }).TextsAsync("example.com", _ct);

        Assert.False(answer.IsDefinite);
    }

    internal static DnsQuestion Question(string name, DnsRecordType type) => new(DnsName.Encode(name), type);
}
