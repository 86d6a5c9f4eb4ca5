using System.Buffers;
using System.Text;
using HandlebarsDotNet;

namespace Mail.Core.Templates;

/// <summary>Escapes text for HTML content and quoted attributes: &amp; &lt; &gt; " ' ` and =, everything else stays readable.</summary>
internal sealed class HtmlText : ITextEncoder
{
    private static readonly SearchValues<char> _special = SearchValues.Create("&<>\"'`=");

    public static string Escape(string text)
    {
        if (!text.AsSpan().ContainsAny(_special)) return text;
        using StringWriter escaped = new();
        Write(text, escaped);
        return escaped.ToString();
    }

    void ITextEncoder.Encode(StringBuilder? text, TextWriter target)
    {
        if (text is null) return;
        foreach (ReadOnlyMemory<char> chunk in text.GetChunks()) Write(chunk.Span, target);
    }

    void ITextEncoder.Encode(string? text, TextWriter target) => Write(text, target);

    void ITextEncoder.Encode<T>(T? text, TextWriter target)
        where T : default
    {
        while (text?.MoveNext() is true) Write([text.Current], target);
    }

    private static void Write(ReadOnlySpan<char> text, TextWriter target)
    {
        while (text.Length > 0)
        {
            int next = text.IndexOfAny(_special);
            if (next < 0)
            {
                target.Write(text);
                return;
            }
            target.Write(text[..next]);
            target.Write(text[next] switch { '&' => "&amp;", '<' => "&lt;", '>' => "&gt;", '"' => "&quot;", '\'' => "&#39;", '`' => "&#96;", _ => "&#61;" });
            text = text[(next + 1)..];
        }
    }
}
