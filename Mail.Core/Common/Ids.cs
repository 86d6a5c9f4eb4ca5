namespace Mail.Core.Common;

/// <summary>A tenant: keys, messages, relays and members belong to one project.</summary>
public readonly record struct ProjectId(Guid Value)
{
    public static ProjectId New(DateTimeOffset now) => new(UuidV7.New(now));

    public override string ToString() => Value.ToString();
}

/// <summary>A message as handed over by an app: one body, one or more recipients. UUIDv7, so that ids sort by time of acceptance.</summary>
public readonly record struct MessageId(Guid Value)
{
    public static MessageId New(DateTimeOffset now) => new(UuidV7.New(now));

    public override string ToString() => Value.ToString();
}

/// <summary>One recipient of one message: the unit that is attempted, retried, sent or bounced.</summary>
public readonly record struct DeliveryId(Guid Value)
{
    public static DeliveryId New(DateTimeOffset now) => new(UuidV7.New(now));

    public override string ToString() => Value.ToString();
}

/// <summary>A relay that a project has set up.</summary>
public readonly record struct RelayId(Guid Value)
{
    public static RelayId New(DateTimeOffset now) => new(UuidV7.New(now));

    public override string ToString() => Value.ToString();
}

/// <summary>A domain that a project sends from.</summary>
public readonly record struct DomainId(Guid Value)
{
    public static DomainId New(DateTimeOffset now) => new(UuidV7.New(now));

    public override string ToString() => Value.ToString();
}

/// <summary>An address that a project sends from.</summary>
public readonly record struct SenderIdentityId(Guid Value)
{
    public static SenderIdentityId New(DateTimeOffset now) => new(UuidV7.New(now));

    public override string ToString() => Value.ToString();
}
