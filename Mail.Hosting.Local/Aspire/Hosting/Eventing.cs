using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Eventing
{
    /// <summary>Stands in for Aspire's type of this name.</summary>
    public interface IDistributedApplicationEvent;

    /// <summary>Stands in for Aspire's type of this name: a kept callback.</summary>
    public class DistributedApplicationEventSubscription(Func<IDistributedApplicationEvent, CancellationToken, Task> callback)
    {
        public Func<IDistributedApplicationEvent, CancellationToken, Task> Callback { get; } = callback;
    }

    /// <summary>Stands in for Aspire's type of this name. Of Aspire's events only <see cref="BeforeStartEvent"/> is published here.</summary>
    public interface IDistributedApplicationEventing
    {
        /// <summary>Calls back in the order of the subscriptions; an exception stops the start.</summary>
        DistributedApplicationEventSubscription Subscribe<T>(Func<T, CancellationToken, Task> callback) where T : IDistributedApplicationEvent;

        void Unsubscribe(DistributedApplicationEventSubscription subscription);

#pragma warning disable CA1716 // the parameter's name is Aspire's
        Task PublishAsync<T>(T @event, CancellationToken cancellationToken = default) where T : IDistributedApplicationEvent;
#pragma warning restore CA1716
    }

    internal sealed class DistributedApplicationEventing : IDistributedApplicationEventing
    {
        private readonly List<(Type Type, DistributedApplicationEventSubscription Subscription)> _subscriptions = [];

        public DistributedApplicationEventSubscription Subscribe<T>(Func<T, CancellationToken, Task> callback) where T : IDistributedApplicationEvent
        {
            DistributedApplicationEventSubscription subscription = new((published, ct) => callback((T)published, ct));
            _subscriptions.Add((typeof(T), subscription));
            return subscription;
        }

        public void Unsubscribe(DistributedApplicationEventSubscription subscription) => _subscriptions.RemoveAll(known => known.Subscription == subscription);

        public async Task PublishAsync<T>(T @event, CancellationToken cancellationToken = default) where T : IDistributedApplicationEvent
        {
            foreach ((Type type, DistributedApplicationEventSubscription subscription) in _subscriptions.ToList())
                if (type == typeof(T)) await subscription.Callback(@event, cancellationToken);
        }
    }
}

namespace Aspire.Hosting.ApplicationModel
{
    /// <summary>Stands in for Aspire's type of this name: published once, before anything starts.</summary>
    public class BeforeStartEvent(IServiceProvider services, DistributedApplicationModel model) : Eventing.IDistributedApplicationEvent
    {
        public IServiceProvider Services { get; } = services;

        public DistributedApplicationModel Model { get; } = model;
    }
}
