using Mail.Tests.Architecture.Synthetic.Alpha;

namespace Mail.Tests.Architecture.Synthetic.Beta;

// Each class breaks the rule in one way, except the first, which keeps it.
public sealed class UsesThePublicType
{
    public static int Read(Open open) => open.Value;
}

public sealed class CallsInABody
{
    public static int Read() => ClosedHelper.Answer();
}

public sealed class CallsInAnAsyncBody
{
    public static async Task<int> ReadAsync()
    {
        await Task.Yield();
        return ClosedHelper.Answer();
    }
}

public sealed class CallsInAClosure
{
    public static Func<int> Read(int add) => () => ClosedHelper.Answer() + add;
}

public sealed class HoldsAListOfIt
{
    private readonly List<Closed[]> _items = [];

    public int Count => _items.Count;
}

public sealed class NamesItsType
{
    public static string Name => typeof(Closed).Name;
}

public sealed class UsesANestedType
{
    public static int Read() => Open.Nested.Value;
}
