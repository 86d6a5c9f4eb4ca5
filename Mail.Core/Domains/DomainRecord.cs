using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Mail.Core.Domains;

/// <summary>A record that has to stand, or should stand, in the DNS of a sender's domain.</summary>
/// <param name="Purpose">`DKIM`, `SPF`, `DMARC`, `ReturnPath` or `Tracking`.</param>
/// <param name="Name">Its whole name.</param>
/// <param name="Type">`TXT`, `CNAME` or `MX`.</param>
/// <param name="Value">What it has to say. A text over 255 octets is one text, whatever strings DNS carries it in.</param>
/// <param name="IsRequired">Whether the domain is verified by it.</param>
public sealed record DomainRecord(string Purpose, string Name, string Type, string Value, bool IsRequired)
{
    public const string Dkim = "DKIM", Spf = "SPF", Dmarc = "DMARC", ReturnPath = "ReturnPath", Tracking = "Tracking";

    /// <summary>Of a key: what it is for now.</summary>
    public DomainKeyState? KeyState { get; init; }

    /// <summary>Distinguishes the records of a domain.</summary>
    public string Key => $"{Purpose} {Name}";
}

/// <summary>What stands at a record.</summary>
public enum RecordStatus
{
    /// <summary>As it should be.</summary>
    Verified,

    /// <summary>Nothing of the kind.</summary>
    Missing,

    /// <summary>Something else.</summary>
    Wrong,

    /// <summary>More than one of a kind of which only one counts.</summary>
    Several,

    /// <summary>Not to be read: quotation marks inside, an invalid form.</summary>
    Broken,

    /// <summary>Cut off, because a text over 255 octets was not split into strings.</summary>
    Cut,

    /// <summary>SPF: more than ten lookups, so that receivers give up (RFC 7208 §4.6.4).</summary>
    TooManyLookups,

    /// <summary>It stands below a name that has the domain twice, as web forms make it that add the domain themselves.</summary>
    Misplaced,

    /// <summary>DNS gave no answer: nothing is known.</summary>
    Unreachable,
}

public static class RecordStatuses
{
    /// <summary>On the wire, as Resend has it: of what is wrong in a record, one word.</summary>
    public static string Name(this RecordStatus status) => status switch
    {
        RecordStatus.Verified => "verified",
        RecordStatus.Missing => "pending",
        RecordStatus.Unreachable => "temporary_failure",
        _ => "failed",
    };
}

/// <summary>What the last check found at one record.</summary>
/// <param name="Record">Its <see cref="DomainRecord.Key"/>.</param>
/// <param name="Found">What stands there, cut where it is long.</param>
/// <param name="Detail">More than the status says: the name where it was found, the tag that is wrong, how many lookups.</param>
public sealed record RecordState(string Record, RecordStatus Status, IReadOnlyList<string> Found, string? Detail)
{
    /// <summary>What it should be in place of what is there, when that differs from the record's own value: an SPF record with ours added.</summary>
    public string? Suggestion { get; init; }
}

internal static class StoredRecordStates
{
    private static readonly ValueConverter<RecordState[], string> _converter = new(states => Write(states), text => Read(text));
    private static readonly ValueComparer<RecordState[]> _comparer = new((a, b) => Same(a, b), states => states.Length, states => states);

    public static void IsRecordStates(this PropertyBuilder<RecordState[]> property) => property.HasColumnType("jsonb").HasConversion(_converter, _comparer);

    private static string Write(RecordState[] states) => JsonSerializer.Serialize(states, RecordStatesJson.Default.RecordStateArray);

    private static RecordState[] Read(string text) => JsonSerializer.Deserialize(text, RecordStatesJson.Default.RecordStateArray) ?? [];

    private static bool Same(RecordState[]? a, RecordState[]? b) => ReferenceEquals(a, b);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true)]
[JsonSerializable(typeof(RecordState[]))]
internal sealed partial class RecordStatesJson : JsonSerializerContext;
