namespace Mail.Core.Messaging;

/// <summary>A record that goes over the bus.</summary>
/// <param name="name">Its name in the database, such as `reservations.reminder-due`. Never the type's own: a type may be renamed while its messages wait.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class BusMessageAttribute(string name) : Attribute
{
    public string Name => name;
}

/// <summary>Its body says what no reader of the database may see (codes, links, addresses): it is stored encrypted, never shown, and its handler's errors are kept without their words.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class SensitiveAttribute : Attribute;

/// <summary>What a `Handle` method says of itself; without it, it is named like its message and runs within a transaction.</summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class BusHandlerAttribute : Attribute
{
    /// <summary>Its name in the database. Needed where a message has several handlers, each of which gets it, is retried and fails on its own.</summary>
    public string? Name { get; init; }

    /// <summary>
    /// False for a handler that calls others over the network, during which no transaction may be open: the lease alone covers it. It does its effect by
    /// <see cref="BusContext.CompleteAsync"/>, at the end; what it did outside may have been done before, so it is to be idempotent by <see cref="BusContext.Id"/>.
    /// </summary>
    public bool HoldsTransaction { get; init; } = true;
}

/// <summary>A message of one project: its dead letters are the project's, and projects share the workers.</summary>
public interface IProjectMessage
{
    Common.ProjectId ProjectId { get; }
}
