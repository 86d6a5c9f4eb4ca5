namespace Mail.Core.Relays.Limits;

/// <summary>One recipient who asks for room.</summary>
/// <param name="IsFresh">Never waited: where others wait already, it goes to the end of the line.</param>
public readonly record struct Candidate(string Recipient, bool IsFresh);

/// <summary>Which recipients of a message a relay takes now. Those have their room until <see cref="Settle"/>.</summary>
public sealed class Admission
{
    private readonly RelayGate _gate;
    private readonly LimitLine[] _places;
    private readonly string _lease;
    private readonly ILimitStore? _store;
    private readonly UsagePeriods? _reservedIn;
    private bool _isSettled;

    internal Admission(RelayHold?[] holds, RelayGate gate, LimitLine[] places, string lease, ILimitStore? store, UsagePeriods? reservedIn)
    {
        (Holds, _gate, _places, _lease, _store, _reservedIn) = (holds, gate, places, lease, store, reservedIn);
        Admitted = holds.Count(hold => hold is null);
    }

    /// <summary>By candidate; null for those that may be offered.</summary>
    public IReadOnlyList<RelayHold?> Holds { get; }

    /// <summary>How many may be offered.</summary>
    public int Admitted { get; }

    /// <summary>The offer is over. Only the first call counts.</summary>
    /// <param name="used">Recipients that the relay took, or may have taken; what was reserved for the others is given back.</param>
    public void Settle(int used)
    {
        if (_isSettled) return;
        _isSettled = true;
        _gate.Leave(_places, _lease, _store, _reservedIn, Admitted - used);
    }
}

/// <summary>Words for limits.</summary>
internal static class LimitWords
{
    public static string Rate(double rate) => rate >= 1
        ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{rate:0.#} {(rate is > 0.95 and < 1.05 ? "message" : "messages")} a second")
        : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"one message in {1 / rate:0.#} seconds");

    public static string AtOnce(int most) => most == 1 ? "one message at a time" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{most} messages at the same time");
}

/// <summary>A recipient's domain, as limits are counted.</summary>
internal static class RecipientDomain
{
    /// <returns>As it stands in the address.</returns>
    public static ReadOnlySpan<char> Span(string recipient) => recipient.AsSpan(recipient.LastIndexOf('@') + 1);

    /// <returns>In lower case and A-labels.</returns>
    public static string Of(string recipient)
    {
        ReadOnlySpan<char> domain = Span(recipient);
        if (!System.Text.Ascii.IsValid(domain) && Protocol.Mime.EmailAddress.TryParse(recipient, out Protocol.Mime.EmailAddress? address, out _)) return address.AsciiDomain;
        return domain.ToString().ToLowerInvariant();
    }
}
