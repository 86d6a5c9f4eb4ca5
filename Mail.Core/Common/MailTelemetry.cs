using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Mail.Core.Common;

/// <summary>The one activity source and the one meter of the platform; Mail.ServiceDefaults exports both by this name.</summary>
public static class MailTelemetry
{
    /// <summary>The name of the source and of the meter.</summary>
    public const string Name = "Mail";

    public static ActivitySource Source { get; } = new(Name);

    /// <summary>Instruments are named `mail.*` and stand beside the code that counts.</summary>
    public static Meter Meter { get; } = new(Name);
}
