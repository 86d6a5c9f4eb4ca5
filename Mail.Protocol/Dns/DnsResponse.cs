using System.Buffers.Binary;

namespace Mail.Protocol.Dns;

/// <summary>What kind of packet came back.</summary>
internal enum DnsResponseKind
{
    /// <summary>No answer to this question: garbage, another id, another question. A forger may send it, so the wait goes on.</summary>
    Foreign,

    /// <summary>The answer was cut; the question is asked again over TCP (RFC 7766 §5).</summary>
    Truncated,

    /// <summary>The answer breaks RFC 1035.</summary>
    Malformed,

    /// <summary>The server says that it cannot answer; <see cref="DnsResponse.Code"/> says how.</summary>
    Refused,

    /// <summary>Records, "none" or "no such name".</summary>
    Answer,

    /// <summary>An alias whose end the server did not look up; <see cref="DnsResponse.Alias"/> is to be asked for.</summary>
    Alias,
}

/// <summary>An answer packet, read for one question.</summary>
/// <param name="Kind">What it is.</param>
internal sealed record DnsResponse(DnsResponseKind Kind)
{
    private const int MaxAliases = 16;  // in one packet
    private const int MaxRecords = 256; // of the type asked for; no set of mail records comes near

    /// <summary>The response code with its extension (RFC 1035 §4.1.1, RFC 6891 §6.1.3).</summary>
    public int Code { get; private init; }

    /// <summary>The answer, when <see cref="DnsResponseKind.Answer"/>.</summary>
    public DnsAnswer? Answer { get; private init; }

    /// <summary>Where to go on, when <see cref="DnsResponseKind.Alias"/>.</summary>
    public byte[]? Alias { get; private init; }

    /// <summary>How long the aliases on the way may be kept.</summary>
    public TimeSpan AliasTimeToLive { get; private init; } = TimeSpan.MaxValue;

    /// <summary>Reads a packet.</summary>
    public static DnsResponse Read(ReadOnlySpan<byte> packet, ushort id, DnsQuestion question)
    {
        if (!IsReply(packet, id)) return new DnsResponse(DnsResponseKind.Foreign);
        int questions = BinaryPrimitives.ReadUInt16BigEndian(packet[4..]);
        int code = packet[3] & 0x0F;
        DnsReader reader = new(packet);
        // Some servers leave the question out when they complain about it.
        if (questions == 0 ? code is 0 or 3 : !RepeatsQuestion(ref reader, questions, question)) return new DnsResponse(DnsResponseKind.Foreign);
        if ((packet[2] & 0x02) != 0) return new DnsResponse(DnsResponseKind.Truncated);
        if (Sections.Read(packet, reader) is not { } sections) return new DnsResponse(DnsResponseKind.Malformed);
        code |= sections.ExtendedCode << 4;
        return code is 0 or 3 ? Follow(packet, question, sections, exists: code == 0) : new DnsResponse(DnsResponseKind.Refused) { Code = code };
    }

    private static bool IsReply(ReadOnlySpan<byte> packet, ushort id) =>
        packet.Length >= DnsReader.HeaderLength && BinaryPrimitives.ReadUInt16BigEndian(packet) == id && (packet[2] & 0xF8) == 0x80; // a response to a query

    private static bool RepeatsQuestion(ref DnsReader reader, int questions, DnsQuestion question)
    {
        Span<byte> name = stackalloc byte[DnsName.MaxLength];
        return questions == 1 && reader.TryReadName(name, out int length) && name[..length].SequenceEqual(question.Name) &&
            reader.TryReadUInt16(out ushort type) && type == (ushort)question.Type && reader.TryReadUInt16(out ushort questionClass) && questionClass == DnsReader.InternetClass;
    }

    // Goes from the name that was asked for over its aliases to the records, within this packet.
    private static DnsResponse Follow(ReadOnlySpan<byte> packet, DnsQuestion question, Sections sections, bool exists)
    {
        byte[] name = question.Name.ToArray();
        uint timeToLive = int.MaxValue;
        int aliases = 0;
        while (question.Type != DnsRecordType.Cname && Find(packet, sections, name, (ushort)DnsRecordType.Cname) is { } alias)
        {
            if (++aliases > MaxAliases || DnsRecordData.NameOctets(packet, alias.Start, alias.End) is not { } target) return new DnsResponse(DnsResponseKind.Malformed);
            timeToLive = Math.Min(timeToLive, alias.TimeToLive);
            name = target;
        }

        string text = DnsName.ToText(name);
        if (exists)
        {
            if (Collect(packet, sections, name, text, question.Type) is not { } records) return new DnsResponse(DnsResponseKind.Malformed);
            if (records.Count > 0)
            {
                DnsAnswer found = DnsAnswer.Found(text, records);
                return Answered(found with { TimeToLive = Lesser(found.TimeToLive, timeToLive) });
            }
            if (aliases > 0 && sections.NegativeTimeToLive is null) return new DnsResponse(DnsResponseKind.Alias) { Alias = name, AliasTimeToLive = TimeSpan.FromSeconds(timeToLive) };
            if (sections.IsReferral) return new DnsResponse(DnsResponseKind.Refused) { Code = 5 };
        }
        // Without an SOA record "no" may not be kept (RFC 2308 §5).
        TimeSpan kept = TimeSpan.FromSeconds(Math.Min(sections.NegativeTimeToLive ?? 0, timeToLive));
        return Answered(DnsAnswer.Without(exists ? DnsOutcome.NoData : DnsOutcome.NoSuchName, text, kept));
    }

    private static DnsResponse Answered(DnsAnswer answer) => new(DnsResponseKind.Answer) { Answer = answer };

    private static TimeSpan Lesser(TimeSpan one, uint seconds) => one.TotalSeconds < seconds ? one : TimeSpan.FromSeconds(seconds);

    private static DnsReader.Record? Find(ReadOnlySpan<byte> packet, Sections sections, byte[] name, ushort type)
    {
        DnsReader reader = new(packet) { Position = sections.Start };
        Span<byte> owner = stackalloc byte[DnsName.MaxLength];
        for (int i = 0; i < sections.Answers; i++)
        {
            reader.TryReadRecord(owner, out DnsReader.Record record);
            if (record.Type == type && record.Class == DnsReader.InternetClass && owner[..record.OwnerLength].SequenceEqual(name)) return record;
        }
        return null;
    }

    private static List<DnsRecord>? Collect(ReadOnlySpan<byte> packet, Sections sections, byte[] name, string text, DnsRecordType type)
    {
        DnsReader reader = new(packet) { Position = sections.Start };
        Span<byte> owner = stackalloc byte[DnsName.MaxLength];
        List<DnsRecord> records = [];
        for (int i = 0; i < sections.Answers; i++)
        {
            reader.TryReadRecord(owner, out DnsReader.Record record);
            if (record.Type != (ushort)type || record.Class != DnsReader.InternetClass || !owner[..record.OwnerLength].SequenceEqual(name)) continue;
            if (records.Count == MaxRecords || DnsRecordData.Read(packet, record, type, text) is not { } read) return null;
            records.Add(read);
        }
        return records;
    }

    /// <summary>The three sections behind the question, read once to see that they are whole.</summary>
    private sealed record Sections(int Start, int Answers, uint? NegativeTimeToLive, bool IsReferral, int ExtendedCode)
    {
        public static Sections? Read(ReadOnlySpan<byte> packet, DnsReader reader)
        {
            int start = reader.Position;
            int answers = BinaryPrimitives.ReadUInt16BigEndian(packet[6..]);
            int authorities = BinaryPrimitives.ReadUInt16BigEndian(packet[8..]);
            int all = answers + authorities + BinaryPrimitives.ReadUInt16BigEndian(packet[10..]);
            uint? negative = null;
            bool delegates = false;
            int extended = 0;
            Span<byte> owner = stackalloc byte[DnsName.MaxLength];
            for (int i = 0; i < all; i++)
            {
                if (!reader.TryReadRecord(owner, out DnsReader.Record record)) return null;
                if (i >= answers + authorities && record.Type == DnsReader.OptType) extended = (int)(record.RawTimeToLive >> 24);
                if (i < answers || i >= answers + authorities || record.Class != DnsReader.InternetClass) continue;
                if (record.Type == DnsReader.SoaType) negative ??= DnsRecordData.NegativeTimeToLive(packet, record);
                delegates |= record.Type == (ushort)DnsRecordType.Ns;
            }
            // A server that neither knows the zone nor looks further sends us to others (RFC 2308 §2.2); a stub cannot go there.
            bool isReferral = delegates && negative is null && (packet[2] & 0x04) == 0 && (packet[3] & 0x80) == 0;
            return new Sections(start, answers, negative, isReferral, extended);
        }
    }
}
