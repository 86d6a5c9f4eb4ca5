using Mail.Core.Delivery.Catalogue;
using Mail.Core.Relays.Http;

namespace Mail.Core.Relays.Doctor;

/// <summary>What one examination has found so far. Every text is cleaned of the relay's secrets; each step is told when it is done.</summary>
internal sealed class DoctorNotes(SecretMask mask, TimeProvider clock, Action<DoctorStep>? told)
{
    private readonly List<DoctorStep> _steps = [];
    private long _since = clock.GetTimestamp();

    public IReadOnlyList<DoctorStep> Steps => _steps;

    public bool Has(string name) => _steps.Exists(step => step.Name == name);

    public bool HasFailed => _steps.Exists(step => step.Status == StepStatus.Failed);

    public void Ok(string name, string seen, Cause? hint = null) => Add(name, StepStatus.Ok, seen, hint);

    public void Failed(string name, string seen, Cause cause) => Add(name, StepStatus.Failed, seen, cause);

    public void Skipped(string name, string why) => Add(name, StepStatus.Skipped, why, null);

    /// <summary>Those that were not come to.</summary>
    public void SkipRest(string why, params ReadOnlySpan<string> names)
    {
        foreach (string name in names) Skipped(name, why);
    }

    /// <summary>A step is told once: a connection that is made anew tells the first of them again.</summary>
    private void Add(string name, StepStatus status, string seen, Cause? cause)
    {
        if (Has(name)) return;
        long now = clock.GetTimestamp();
        DoctorStep step = new(name, status, status == StepStatus.Skipped ? TimeSpan.Zero : clock.GetElapsedTime(_since, now), mask.Clean(seen), cause);
        _since = now;
        _steps.Add(step);
        told?.Invoke(step);
    }
}
