using System.Diagnostics;
using OpenTelemetry;

namespace Mail.ServiceDefaults.Telemetry;

/// <summary>Leaves out what happens inside an unrecorded activity of this process: the sampler `always_on` would keep it without its parent.</summary>
internal sealed class UnrecordedParents : BaseProcessor<Activity>
{
    public override void OnStart(Activity data)
    {
        if (data.Parent is { Recorded: false }) Unrecord(data);
    }

    public static void Unrecord(Activity activity)
    {
        activity.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        activity.IsAllDataRequested = false;
    }
}
