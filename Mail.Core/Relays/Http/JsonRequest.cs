using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Mail.Protocol.Mime;

namespace Mail.Core.Relays.Http;

/// <summary>Writes the JSON that providers take.</summary>
internal static class JsonRequest
{
    private static readonly JsonWriterOptions _options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }; // no browser reads it

    /// <summary>One object.</summary>
    public static RelayRequest Post(Uri uri, Action<Utf8JsonWriter> members) => RelayRequest.Json(uri, Body(members));

    /// <summary>One object.</summary>
    public static ReadOnlyMemory<byte> Body(Action<Utf8JsonWriter> members)
    {
        ArrayBufferWriter<byte> body = new();
        using (Utf8JsonWriter json = new(body, _options))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return body.WrittenMemory;
    }

    /// <summary>`Name &lt;a@b&gt;` with the domain as A-labels, the name in Unicode and quoted where it must be.</summary>
    public static string Text(EmailAddress address) => EmailAddress.Parse(RawMessage.Mailbox(address)).WithDisplayName(address.DisplayName).ToString();

    /// <summary>Nothing for an empty list.</summary>
    public static void WriteStrings(this Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        using IEnumerator<string> each = values.GetEnumerator();
        if (!each.MoveNext()) return;
        json.WriteStartArray(name);
        do json.WriteStringValue(each.Current);
        while (each.MoveNext());
        json.WriteEndArray();
    }
}
