using Mail.Core.Delivery.Catalogue;

namespace Mail.Core.Relays.Doctor;

public enum StepStatus
{
    Ok,

    /// <summary>Why stands in <see cref="DoctorStep.Cause"/>, what was said in <see cref="DoctorStep.Seen"/>.</summary>
    Failed,

    /// <summary>Not asked for, not needed, or not reached.</summary>
    Skipped,
}

/// <summary>One thing that the doctor has looked at.</summary>
/// <param name="Name">`database`, `settings`, `dns`, `connect`, `greeting`, `tls`, `auth`, `sender`, `recipient` or `send`.</param>
/// <param name="Took">Since the step before.</param>
/// <param name="Seen">In English: addresses, replies, a certificate. One line, without secrets.</param>
/// <param name="Cause">What is wrong and what to do; of an <see cref="StepStatus.Ok"/> step, what soon will be.</param>
public sealed record DoctorStep(string Name, StepStatus Status, TimeSpan Took, string Seen, Cause? Cause = null);

/// <param name="Relay">The relay's name.</param>
/// <param name="Steps">In the order in which they were done; those that were not reached at the end.</param>
public sealed record DoctorReport(string Relay, IReadOnlyList<DoctorStep> Steps)
{
    public bool IsWell => Steps.All(step => step.Status != StepStatus.Failed);
}
