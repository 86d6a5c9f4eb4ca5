namespace Mail.Tests.Architecture.Synthetic.Alpha;

public sealed class Open
{
    public int Value { get; init; }

    internal sealed class Nested
    {
        public static int Value => 1;
    }
}

internal sealed class Closed
{
    public int Value { get; init; }
}

internal static class ClosedHelper
{
    public static int Answer() => 42;
}
