using System.Collections.Frozen;

namespace Mail.Core.Messaging;

/// <summary>Every handler that this host knows.</summary>
internal sealed class BusRegistry
{
    private readonly FrozenDictionary<string, BusBinding> _byHandler;
    private readonly FrozenDictionary<Type, BusBinding[]> _byMessage;

    /// <exception cref="InvalidOperationException">Two handlers, or two messages, share a name.</exception>
    public BusRegistry(IEnumerable<BusBinding> bindings)
    {
        List<BusBinding> all = [.. bindings.DistinctBy(binding => binding.Method)];
        if (all.GroupBy(binding => binding.Handler).FirstOrDefault(group => group.Count() > 1) is { } same)
        {
            throw new InvalidOperationException(
                $"Several handlers are named '{same.Key}': {string.Join(", ", same.Select(binding => binding.Method.DeclaringType!.Name))}. Give all but one of them a name of its own: [BusHandler(Name = \"...\")].");
        }

        if (all.GroupBy(binding => binding.Message).FirstOrDefault(group => group.Select(binding => binding.MessageType).Distinct().Count() > 1) is { } twins)
            throw new InvalidOperationException($"Several messages are named '{twins.Key}'.");
        _byHandler = all.ToFrozenDictionary(binding => binding.Handler);
        _byMessage = all.GroupBy(binding => binding.MessageType).ToFrozenDictionary(group => group.Key, group => group.ToArray());
    }

    /// <returns>Null when this host has no such handler.</returns>
    public BusBinding? Find(string handler) => _byHandler.GetValueOrDefault(handler);

    /// <exception cref="InvalidOperationException">It has none.</exception>
    public IReadOnlyList<BusBinding> HandlersOf(Type message) =>
        _byMessage.TryGetValue(message, out BusBinding[]? bindings) ? bindings : throw new InvalidOperationException($"No handler of {message.Name} is registered in this host: services.AddBusHandlers(typeof(...)).");
}
