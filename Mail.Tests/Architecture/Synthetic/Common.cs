using Mail.Tests.Architecture.Synthetic.Alpha;

namespace Mail.Tests.Architecture.Synthetic.Common;

public sealed class UsesAFeature
{
    public static int Read(Open open) => open.Value;
}
