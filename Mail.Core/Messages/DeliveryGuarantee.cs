namespace Mail.Core.Messages;

/// <summary>What to do when a connection is lost after the message's last byte, so that nobody knows whether the relay took it.</summary>
public enum DeliveryGuarantee
{
    /// <summary>Send again with the same Message-ID: it may arrive twice, it is never lost.</summary>
    AtLeastOnce,

    /// <summary>Give up as `failed`: it may be lost, it never arrives twice.</summary>
    AtMostOnce,
}
