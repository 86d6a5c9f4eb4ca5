using Mail.Core.Common;

namespace Mail.Core.Messages;

/// <summary>Leaves the reading of a request at the first bad field. Never leaves <see cref="MessageFactory"/>, which returns the failure as a value.</summary>
#pragma warning disable CA1032, CA1064 // not for others
internal sealed class RefusedException(Failure failure) : Exception(failure.Detail)
#pragma warning restore CA1032, CA1064
{
    public Failure Failure { get; } = failure;
}
