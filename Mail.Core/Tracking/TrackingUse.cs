namespace Mail.Core.Tracking;

/// <summary>How a message is tracked; there is none for a message that is not. Kept with the message, so that every attempt carries the same links.</summary>
/// <param name="Opens">Whether its HTML ends with a picture that tells when it was loaded.</param>
/// <param name="Clicks">Whether links of its HTML lead over us.</param>
/// <param name="LinksTo">Where these lead: an address without a slash at the end.</param>
public sealed record TrackingUse(bool Opens, bool Clicks, string LinksTo);

/// <summary>What a message asks for; null for what its template and its project say.</summary>
public sealed record TrackingRequest(bool? Opens, bool? Clicks);
