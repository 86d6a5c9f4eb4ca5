namespace Mail.Api.Http;

/// <summary>The largest bodies of requests, in bytes, where they are smaller than the host's.</summary>
internal static class BodyLimits
{
    /// <summary>Nobody without credentials makes us hold more than this.</summary>
    public const long LargestForm = 16 * 1024;

    public const long LargestContact = 64 * 1024;

    /// <summary>Ten thousand names of applications.</summary>
    public const long LargestList = 4 * 1024 * 1024;

    /// <summary>A design and its texts in sixty languages.</summary>
    public const long LargestTemplate = 8 * 1024 * 1024;
}
