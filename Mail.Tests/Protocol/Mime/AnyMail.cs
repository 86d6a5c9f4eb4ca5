using System.Buffers;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Mail.Protocol.Mime;

namespace Mail.Tests.Protocol.Mime;

/// <summary>Messages that use all the writer offers: text of any script, addresses with any local part, other forms, messages within messages.</summary>
internal static class AnyMail
{
    // Every Unicode character but surrogates, controls, and the byte order mark, which a reader drops where it begins a text.
    private static readonly Gen<string> _character =
        from code in Gen.OneOf(Gen.Choose(' ', '~'), Gen.Choose(0xA0, 0x2FF), Gen.Choose(0x300, 0x36F), Gen.Choose(0x3040, 0x30FF), Gen.Choose(0xE000, 0xFFFD), Gen.Choose(0x1F300, 0x1FAFF), Gen.Choose(0x200B, 0x2027), Gen.Choose(0x10000, 0x10FFFF))
        where code != 0xFEFF
        select char.ConvertFromUtf32(code);

    private static readonly Gen<string> _anyLine = Gen.OneOf(RandomMail.Line, _character.ListOf().Select(characters => string.Concat(characters)));

    private static readonly Gen<string> _anyBody =
        from pieces in Gen.OneOf(_character, _character, Gen.Elements("\r\n", "\n", "\r", "\t", "\0", "\u001B", "\u0085", "\u2028", "=", ".", "\n.\n", "\nFrom ", " \n", "--=_", "=3D")).ListOf()
        select string.Concat(pieces);

    private static readonly Gen<EmailAddress> _anyAddress =
        from name in Gen.OneOf(Gen.Constant<string?>(null), _anyLine.Select(l => (string?)l))
        from local in Gen.OneOf(
            Gen.Elements("ann", "a.b+c", "!#$%&'*+-/=?^_`{|}~", "用户", "zoé", "\"\"\"", new string('l', 64)),
            Gen.Choose(' ', '~').ListOf().Where(l => l.Count is > 0 and < 30).Select(l => $"\"{string.Concat(l.Select(c => (char)c is '"' or '\\' ? $"\\{(char)c}" : $"{(char)c}"))}\""))
        from domain in Gen.Elements("example.com", "bücher.example", "例え.jp", $"{new string('d', 60)}.example", "xn--bcher-kva.example", "a")
        where EmailAddress.TryParse($"{local}@{domain}", out _, out _)
        select EmailAddress.Parse($"{local}@{domain}").WithDisplayName(name);

    private static readonly Gen<MimeAttachment> _anyFile =
        from name in Gen.OneOf(_anyLine.Select(l => $"{l}.bin"), Gen.Elements("a.pdf", "a'b%20c.txt", "a\\b.txt", "C:\\x\\y.txt", " a.txt ", "a;b=c.txt"))
        where MimeAttachment.TryCreate(name, null, default, null, out _, out _)
        from type in Gen.Elements<string?>("application/pdf", "text/csv; charset=\"a b\"", "image/png; x=\"\\\"\"", "application/x-y+z; a=b; c=\"d;e\"", null)
        from id in Gen.Elements<string?>(null, null, "logo", "img-1@example.com", "a%b'c/d?e")
        from content in ArbMap.Default.GeneratorFor<byte[]>()
        select MimeAttachment.Create(name, type, content, id);

    private static Gen<MimeMessage> Flat { get; } =
        from @from in _anyAddress
        from to in _anyAddress.ListOf()
        from cc in _anyAddress.ListOf()
        from subject in _anyLine
        from extra in _anyLine.ListOf()
        from text in Gen.OneOf(Gen.Constant<string?>(null), _anyBody.Select(b => (string?)b))
        from html in Gen.OneOf(Gen.Constant<string?>(null), _anyBody.Select(b => (string?)b))
        from files in _anyFile.ListOf()
        from others in Gen.OneOf(Gen.Constant<string?>(null), Gen.Constant<string?>(null), _anyBody.Select(b => (string?)b))
        from number in Gen.OneOf(Gen.Choose(1, 3), Gen.Choose(1, int.MaxValue)) // now and then that of the message around it
        select RandomMail.WithCalendar(RandomMail.Make(@from, to, cc, subject, extra, text, html, [.. files], number), others);

    /// <summary>Up to three messages within each other; at times with the same id, and so the same boundaries.</summary>
    public static Gen<MimeMessage> Message { get; } =
        from outer in Flat
        from depth in Gen.Elements(0, 0, 0, 1, 2)
        from inner in Flat
        from innermost in Flat
        select depth == 0 ? outer : Enclosing(outer, depth == 1 ? inner : Enclosing(inner, innermost));

    public static byte[] Bytes(MimeMessage message)
    {
        ArrayBufferWriter<byte> output = new();
        message.WriteTo(output);
        return output.WrittenSpan.ToArray();
    }

    private static MimeMessage Enclosing(MimeMessage outer, MimeMessage inner)
    {
        byte[] enclosed = Bytes(inner);
        outer.Attachments.Add(MimeAttachment.Create("inner.eml", Ascii.IsValid(enclosed) ? "message/rfc822" : "message/global", enclosed));
        return outer;
    }
}
