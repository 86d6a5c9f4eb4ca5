namespace Mail.Protocol.Reports;

/// <summary>What a return path of <see cref="VerpCodec"/> says.</summary>
/// <param name="ProjectId">The tenant whose message it was.</param>
/// <param name="DeliveryId">The recipient of the message, so that a report needs no other clue.</param>
public readonly record struct VerpAddress(Guid ProjectId, Guid DeliveryId);
