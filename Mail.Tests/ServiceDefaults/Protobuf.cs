using System.Text;

namespace Mail.Tests.ServiceDefaults;

/// <summary>Reads protobuf's wire format without a schema: enough to look into what an exporter sends.</summary>
internal sealed class Protobuf
{
    private readonly List<(int Field, ReadOnlyMemory<byte> Bytes, ulong Number)> _fields = [];

    public Protobuf(ReadOnlyMemory<byte> message)
    {
        int at = 0;
        while (at < message.Length)
        {
            ulong tag = Varint(message.Span, ref at);
            int field = (int)(tag >> 3);
            switch (tag & 7)
            {
                case 0: _fields.Add((field, default, Varint(message.Span, ref at))); break;
                case 1: at += 8; break;
                case 5: at += 4; break;
                case 2:
                    int length = (int)Varint(message.Span, ref at);
                    _fields.Add((field, message.Slice(at, length), 0));
                    at += length;
                    break;
                default: throw new FormatException($"Wire type {tag & 7} at {at}.");
            }
        }
    }

    public IEnumerable<Protobuf> Messages(int field) => _fields.Where(f => f.Field == field).Select(f => new Protobuf(f.Bytes));

    public bool Has(int field) => _fields.Exists(f => f.Field == field);

    public ReadOnlyMemory<byte> Bytes(int field) => _fields.First(f => f.Field == field).Bytes;

    public string Text(int field) => Encoding.UTF8.GetString(Bytes(field).Span);

    public long Number(int field) => (long)_fields.Find(f => f.Field == field).Number;

    private static ulong Varint(ReadOnlySpan<byte> bytes, ref int at)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = bytes[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }
    }
}
