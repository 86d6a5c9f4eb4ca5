using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Mail.Protocol.Mime.Parsing;
using Mail.Tests.Support;

namespace Mail.Tests.Protocol.Mime.Parsing;

/// <summary>Messages with the trees and the decoded leaves that Apache James mime4j is expected to make of them.</summary>
public sealed partial class Mime4jCorpusTests(ITestOutputHelper output)
{
    [Fact]
    public void What_mime4j_expects_is_what_we_read_but_for_what_the_document_explains()
    {
        Dictionary<(string, string), string> differences = [];
        int count = 0;
        foreach (string folder in (string[])["mime4j-testmsgs", "mime4j-mimetools"])
        {
            foreach (string file in Directory.EnumerateFiles(Corpora.Path("mime", folder), "*.msg").Order(StringComparer.Ordinal))
            {
                List<string> they = [];
                using StreamReader reader = new(Path.ChangeExtension(file, null) + "_decoded.xml", Encoding.Latin1);
                using XmlReader xml = XmlReader.Create(reader, new XmlReaderSettings { CheckCharacters = false });
                Walk(XElement.Load(xml), Path.GetDirectoryName(file)!, they);
                List<string> we = [];
                Walk(ParsedMessage.Parse(File.ReadAllBytes(file)).Root, we);
                count++;
                if (!they.SequenceEqual(we)) differences[($"{folder}/{Path.GetFileName(file)}", "parts")] = $"\n{string.Join(' ', they)}\n{string.Join(' ', we)}";
            }
        }

        output.WriteLine($"{count} messages, {differences.Count} of them with a difference that the document explains");
        KnownDifferences.AssertSame("mime4j", differences);
    }

    private static void Walk(XElement element, string folder, List<string> result)
    {
        foreach (XElement child in element.Elements())
        {
            switch (child.Name.LocalName)
            {
                case "header": result.Add(child.Elements("field").Count().ToString(CultureInfo.InvariantCulture)); break;
                case "text-body": result.Add(Text(File.ReadAllBytes(Path.Combine(folder, child.Attribute("name")!.Value)))); break;
                case "binary-body": result.Add(Sha(File.ReadAllBytes(Path.Combine(folder, child.Attribute("name")!.Value)))); break;
                case "multipart" or "body-part" or "message":
                    result.Add(child.Name.LocalName + "(");
                    Walk(child, folder, result);
                    result.Add(")");
                    break;
                default: break; // preamble and epilogue
            }
        }
    }

    private static void Walk(MimePart part, List<string> result)
    {
        result.Add(part.Headers.Count.ToString(CultureInfo.InvariantCulture));
        if (part.ContentType.IsMultipart)
        {
            result.Add("multipart(");
            foreach (MimePart child in part.Parts)
            {
                result.Add("body-part(");
                Walk(child, result);
                result.Add(")");
            }
            result.Add(")");
        }
        else if (part.EnclosedMessage is { } enclosed)
        {
            result.Add("message(");
            Walk(enclosed.Root, result);
            result.Add(")");
        }
        else result.Add(part.ContentType.IsText ? Text(part.DecodeContent()) : Sha(part.DecodeContent()));
    }

    private static string Text(byte[] octets) => Sha(Encoding.Latin1.GetBytes(WhiteSpace().Replace(Encoding.Latin1.GetString(octets), " ").Trim(' ')));

    private static string Sha(byte[] octets) => Convert.ToHexStringLower(SHA256.HashData(octets))[..16];

    [GeneratedRegex("[ \t\r\n]+", RegexOptions.NonBacktracking)]
    private static partial Regex WhiteSpace();
}
