using Mail.Core.Common;

namespace Mail.Core.Delivery;

/// <summary>What somebody tells about a delivery after the engine was done with it: a provider's event, a bounce or a complaint that came by mail.</summary>
public sealed record DeliveryReport
{
    /// <param name="state">Delivered, bounced or complained.</param>
    /// <exception cref="ArgumentException">No report can tell this state.</exception>
    public DeliveryReport(ProjectId projectId, MessageId messageId, DeliveryId deliveryId, DeliveryState state)
    {
        if (!DeliveryStates.Reportable.Contains(state)) throw new ArgumentException($"No report can tell that a delivery is {state.Name()}.", nameof(state));
        (ProjectId, MessageId, DeliveryId, State) = (projectId, messageId, deliveryId, state);
    }

    public ProjectId ProjectId { get; }

    public MessageId MessageId { get; }

    public DeliveryId DeliveryId { get; }

    public DeliveryState State { get; }

    /// <summary>In words, for the sender.</summary>
    public string? Reason { get; init; }

    /// <summary>What the reporting server said, if that is known: code, enhanced code and text.</summary>
    public int? Code { get; init; }

    public string? EnhancedCode { get; init; }

    public string? Text { get; init; }

    /// <summary>Its cause in the catalogue of errors, as far as the reporter has it in a vocabulary of its own; the words of <see cref="Text"/> may tell it more exactly.</summary>
    public string? Cause { get; init; }

    /// <summary>
    /// Of a bounce: whether the address is dead, by whoever read the report (`BounceReport.IsHard`, a provider's own word). Null leaves it to the cause that the
    /// words above give. A dead address, and one whose owner complained, comes onto the suppression list.
    /// </summary>
    public bool? IsHardBounce { get; init; }

    /// <summary>What the event says beyond its columns, as a JSON object; null for nothing.</summary>
    public string? Detail { get; init; }
}
