using System.Buffers;
using System.Text;
using BenchmarkDotNet.Attributes;
using Mail.Protocol.Dkim;
using Mail.Protocol.Mime;
using Mail.Protocol.Mime.Parsing;

namespace Mail.Benchmarks.Micro;

/// <summary>One mail of 10 KB of HTML and 1.5 KB of text, French, as an application sends it: written, parsed, signed. The output buffer is reused, as a sender does.</summary>
[MemoryDiagnoser]
public class MimeBenchmarks
{
    private readonly string _html = Body(10_000, "<p style=\"margin:0 0 16px\">", "</p>\n");
    private readonly string _text = Body(1_500, "", "\n\n");
    private readonly byte[] _file = new byte[100_000];
    private readonly ArrayBufferWriter<byte> _output = new(256 * 1024);
    private readonly DkimSigner _signer;
    private readonly MimeMessage _message;
    private readonly MimeMessage _withFile;
    private readonly byte[] _written;

    /// <summary>Makes the messages once.</summary>
    public MimeBenchmarks()
    {
        new Random(1).NextBytes(_file);
        _message = Compose();
        _withFile = Compose();
        _withFile.Attachments.Add(MimeAttachment.Create("Facture n° 12.pdf", "application/pdf", _file));
        _message.WriteTo(_output);
        _written = _output.WrittenSpan.ToArray();
        _signer = new DkimSigner(new DkimSignerOptions { Domain = "example.com", Selector = "2026a" }, DkimRsaKey.Generate(2048), TimeProvider.System);
    }

    /// <summary>The size of what is written, in octets: printed with the figures.</summary>
    public int Size => _written.Length;

    /// <summary>The message is there; its bytes are made.</summary>
    [Benchmark(Baseline = true)]
    public int Write()
    {
        _output.ResetWrittenCount();
        _message.WriteTo(_output);
        return _output.WrittenCount;
    }

    /// <summary>Addresses are read, the message is put together and written.</summary>
    [Benchmark]
    public int ComposeAndWrite()
    {
        _output.ResetWrittenCount();
        Compose().WriteTo(_output);
        return _output.WrittenCount;
    }

    /// <summary>With a file of 100 KB.</summary>
    [Benchmark]
    public int WriteWithFile()
    {
        _output.ResetWrittenCount();
        _withFile.WriteTo(_output);
        return _output.WrittenCount;
    }

    /// <summary>How large it will be.</summary>
    [Benchmark]
    public long ComputeSize() => _message.ComputeSize();

    /// <summary>Headers and parts are found.</summary>
    [Benchmark]
    public int Parse() => ParsedMessage.Parse(_written).Root.Parts.Count;

    /// <summary>And what a mail program shows is decoded: subject, people, date, text, HTML.</summary>
    [Benchmark]
    public int ParseAndRead()
    {
        ParsedMessage message = ParsedMessage.Parse(_written);
        return message.Subject!.Length + message.From.Count + message.To.Count + message.Date!.Value.Day + message.TextBody!.Length + message.HtmlBody!.Length;
    }

    /// <summary>rsa-sha256 with 2048 bits, relaxed/relaxed; nearly all of it is the RSA operation.</summary>
    [Benchmark]
    public int Sign()
    {
        _output.ResetWrittenCount();
        _signer.Sign(_written, _output);
        return _output.WrittenCount;
    }

    private MimeMessage Compose() => new()
    {
        From = EmailAddress.Parse("Société Générale d'Été <ne-pas-repondre@example.com>"),
        To = { EmailAddress.Parse("Zoé Lefèvre <zoe.lefevre@example.net>") },
        ReplyTo = { EmailAddress.Parse("aide@example.com") },
        Subject = "Réinitialisation de votre mot de passe — à usage unique",
        Date = new DateTimeOffset(2026, 3, 5, 12, 0, 0, TimeSpan.FromHours(1)),
        MessageId = "0198c0de-4a1b-7c3d-9e5f-001122334455@example.com",
        Headers = { MimeHeader.Create("List-Unsubscribe", "<https://example.com/u/0198c0de>"), MimeHeader.Create("X-Entity-Ref-ID", "reset-4938") },
        TextBody = _text,
        HtmlBody = _html,
    };

    private static string Body(int length, string start, string end)
    {
        const string Sentence = "Bonjour Zoé, vous avez demandé à réinitialiser le mot de passe de votre compte ; voici le code, valable dix minutes, à usage unique. ";
        StringBuilder body = new(length + 500);
        while (body.Length < length) body.Append(start).Append(Sentence).Append(Sentence).Append(end);
        return body.ToString();
    }
}
