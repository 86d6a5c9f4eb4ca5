namespace Mail.Core.Relays;

/// <summary>Makes a project's relay usable.</summary>
public interface IRelayFactory
{
    /// <summary>One whose settings cannot be used is made too: it says so to whoever wants to send by it.</summary>
    IRelay Create(ConfiguredRelay relay);
}
