using Mail.Core.Domains;
using Mail.Protocol.Dkim;

namespace Mail.Api.Domains;

/// <summary>A domain as the API shows it; Resend's fields and more.</summary>
/// <param name="Name">In A-labels.</param>
/// <param name="DisplayName">As typed.</param>
/// <param name="Status">`not_started`, `pending`, `verified`, `temporary_failure` (was verified; its key record is missing for now, and its mail still goes) or `failed`.</param>
/// <param name="Records">What to set in DNS, and what stands there. Not in lists.</param>
/// <param name="NextCheckAt">When it is looked at next without being asked.</param>
public sealed record DomainResponse(
    string Object, string Id, string Name, string DisplayName, string Status, bool IncludeSubdomains, DateTimeOffset CreatedAt, DateTimeOffset? VerifiedAt, DateTimeOffset? CheckedAt,
    DateTimeOffset? NextCheckAt, DateTimeOffset? MissingSince, IReadOnlyList<DomainResponse.RecordFacts>? Records)
{
    /// <summary>One record.</summary>
    /// <param name="Record">What it is for: `DKIM`, `SPF`, `DMARC`, `ReturnPath` or `Tracking`.</param>
    /// <param name="Name">Its whole name.</param>
    /// <param name="Host">The name without the domain, as most DNS forms want it; `@` for the domain itself.</param>
    /// <param name="Type">`TXT`, `CNAME` or `MX`.</param>
    /// <param name="Ttl">As good as any; `Auto`.</param>
    /// <param name="Status">`not_started`, `pending` (nothing there yet), `verified`, `failed` (something else, or too much), `temporary_failure` (DNS gave no answer).</param>
    /// <param name="Value">What it has to say, in one piece.</param>
    /// <param name="ZoneValue">The same in strings of at most 255 octets in quotation marks, for a zone file and for forms that do not split by themselves; TXT only.</param>
    /// <param name="Priority">Of an MX record.</param>
    /// <param name="Required">Whether the domain is verified by it.</param>
    /// <param name="Problem">`missing`, `wrong`, `several`, `broken`, `cut`, `too_many_lookups`, `misplaced` or `unreachable`; null for none.</param>
    /// <param name="Found">What stands there.</param>
    /// <param name="Suggestion">What should stand there in place of what does, when that is not `value`: an SPF record with ours added.</param>
    /// <param name="Key">Of a key: `active`, `next` (signs when its record is seen) or `old`.</param>
    /// <param name="Advice">All of this in words, in the language of Accept-Language.</param>
    public sealed record RecordFacts(
        string Record, string Name, string Host, string Type, string Ttl, string Status, string Value, string? ZoneValue, int? Priority, bool Required, string? Problem,
        IReadOnlyList<string> Found, string? Suggestion, string? Key, string Advice);

    /// <summary>Without its records, as in a list.</summary>
    public static DomainResponse Of(SenderDomain domain)
    {
        ArgumentNullException.ThrowIfNull(domain);
        return new DomainResponse(
            "domain", domain.Id.ToString(), domain.Name, domain.ShownName, domain.Status.Name(), domain.IncludesSubdomains, domain.CreatedAt, domain.VerifiedAt, domain.CheckedAt, domain.NextCheckAt,
            domain.MissingSince, null);
    }

    public static DomainResponse Of(DomainInSetup setup, string language)
    {
        ArgumentNullException.ThrowIfNull(setup);
        Dictionary<string, RecordState> states = setup.Domain.Records.DistinctBy(state => state.Record).ToDictionary(state => state.Record);
        return Of(setup.Domain) with { Records = [.. setup.Records.Select(record => Facts(setup.Domain, record, states.GetValueOrDefault(record.Key), language))] };
    }

    private static RecordFacts Facts(SenderDomain domain, DomainRecord record, RecordState? state, string language) => new(
        record.Purpose, record.Name, record.Name == domain.Name ? "@" : record.Name[..^(domain.Name.Length + 1)], record.Type, "Auto", state?.Status.Name() ?? "not_started", record.Value,
        record.Type == "TXT" ? string.Join(' ', record.Value.Chunk(DkimKeyRecord.MaxStringLength).Select(part => $"\"{new string(part)}\"")) : null, null, record.IsRequired, ProblemOf(state), state?.Found ?? [],
        state?.Suggestion, record.KeyState?.Name(), DomainWords.Of(record, state, language));

    private static string? ProblemOf(RecordState? state) => state?.Status switch
    {
        null or RecordStatus.Verified => null,
        RecordStatus.Missing => "missing",
        RecordStatus.Several => "several",
        RecordStatus.Broken => "broken",
        RecordStatus.Cut => "cut",
        RecordStatus.TooManyLookups => "too_many_lookups",
        RecordStatus.Misplaced => "misplaced",
        RecordStatus.Unreachable => "unreachable",
        _ => "wrong",
    };
}
