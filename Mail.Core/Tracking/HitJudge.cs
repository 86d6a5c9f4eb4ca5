using System.Text.Json;
using Mail.Core.Common;

namespace Mail.Core.Tracking;

/// <summary>What a recipient's mail has told before.</summary>
internal sealed record PastHit(Guid EventId, string? Link, DateTimeOffset At, bool IsMachine, string? Machine, string? Device)
{
    public bool IsClick => Link is not null;
}

/// <summary>What is known of a recipient whose mail was opened or clicked in.</summary>
internal sealed class HitHistory(string recipient, bool isBeingSent)
{
    public string Recipient => recipient;

    /// <summary>A worker is just handing the mail over: who asks now has read nothing.</summary>
    public bool IsBeingSent => isBeingSent;

    public DateTimeOffset? SentAt { get; set; }

    public List<PastHit> Past { get; } = [];
}

/// <summary>An event to be written.</summary>
internal sealed record JudgedHit(Guid EventId, TrackingHit Hit, string Recipient, Visitor Visitor)
{
    public string Type => Hit.Link is null ? TrackingEvents.Opened : TrackingEvents.Clicked;

    /// <summary>The column `detail`. No address of the visitor's machine, and of its user agent the kind of device alone.</summary>
    public string Detail()
    {
        using MemoryStream output = new();
        using (Utf8JsonWriter json = new(output))
        {
            json.WriteStartObject();
            if (Hit.Link is { } link)
            {
                json.WriteStartObject("click");
                json.WriteString("link", link);
                json.WriteString("timestamp", Hit.At.UtcDateTime);
                if (Hit.Conversion is { } conversion) json.WriteString("conversion", conversion);
                json.WriteEndObject();
            }

            json.WriteBoolean("machine", Visitor.Machine is not null);
            if (Visitor.Machine is { } machine) json.WriteString("machine_reason", machine);
            if (Visitor.MachineName is { } name) json.WriteString("machine_name", name);
            if (Visitor.Proxy is { } proxy) json.WriteString("proxy", proxy);
            json.WriteString("device", Visitor.Device);
            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(output.ToArray());
    }
}

/// <summary>Decides what becomes of hits, with what came before: machines by their haste, repetitions, and the most that one recipient may tell.</summary>
internal sealed class HitJudge
{
    /// <summary>For each recipient and each of the two types: nobody who knows a link fills the table by it.</summary>
    public const int MostOfAType = 100;

    /// <summary>Events to write.</summary>
    public List<JudgedHit> New { get; } = [];

    /// <summary>Events written before that a machine has caused after all, by what followed.</summary>
    public Dictionary<Guid, TrackingHit> Unmasked { get; } = [];

    public HitOutcome Judge(TrackingHit hit, HitHistory? history)
    {
        if (history is null) return HitOutcome.Gone;
        if (history.Past.Count(past => past.IsClick == hit.Link is not null) >= MostOfAType) return HitOutcome.Capped;
        Visitor visitor = hit.Visitor;
        if (visitor.Machine is null && (history.IsBeingSent || (history.SentAt is { } sent && hit.At - sent < MachineRules.TooFast))) visitor = visitor with { Machine = MachineRules.TooFastName };
        if (hit.Link is null && history.Past.Exists(past => !past.IsClick && past.Machine == visitor.Machine && past.Device == visitor.Device && (hit.At - past.At).Duration() < MachineRules.SameOpen))
            return HitOutcome.Repeated;
        if (hit.Link is not null && Others(hit, history) is { Count: > 0 } others)
        {
            visitor = visitor with { Machine = visitor.Machine ?? MachineRules.SeveralLinks };
            foreach (PastHit other in others.Where(other => !other.IsMachine)) Unmask(other, hit, history);
        }

        Guid id = UuidV7.New(hit.At);
        New.Add(new JudgedHit(id, hit, history.Recipient, visitor));
        history.Past.Add(new PastHit(id, hit.Link, hit.At, visitor.Machine is not null, visitor.Machine, visitor.Device));
        return visitor.Machine is null ? HitOutcome.Recorded : HitOutcome.Machine;
    }

    /// <summary>Clicks on other links of the mail, at nearly the same time.</summary>
    private static List<PastHit> Others(TrackingHit hit, HitHistory history) =>
        history.Past.FindAll(past => past.IsClick && past.Link != hit.Link && (hit.At - past.At).Duration() < MachineRules.Burst);

    private void Unmask(PastHit past, TrackingHit by, HitHistory history)
    {
        history.Past[history.Past.IndexOf(past)] = past with { IsMachine = true, Machine = MachineRules.SeveralLinks };
        int pending = New.FindIndex(one => one.EventId == past.EventId);
        if (pending >= 0) New[pending] = New[pending] with { Visitor = New[pending].Visitor with { Machine = MachineRules.SeveralLinks } };
        else Unmasked[past.EventId] = by;
    }
}
