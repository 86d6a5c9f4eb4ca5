namespace Mail.Core.Mailboxes;

/// <summary>What a mailbox is. The last two are final, and their address is free again.</summary>
public enum MailboxState
{
    /// <summary>It is being made.</summary>
    Provisioning,
    Active,

    /// <summary>It neither sends nor receives.</summary>
    Suspended,

    /// <summary>What there is of it is being removed: somebody asked for that, or it could not be made.</summary>
    Deleting,
    Deleted,

    /// <summary>It could not be made, and nothing of it is left.</summary>
    Failed,
}

/// <summary>How far making it has come, in this order. Undoing is one step, whatever there is.</summary>
public enum MailboxStep
{
    /// <summary>The address is ours here, and nothing was made at the provider.</summary>
    Reserved,

    /// <summary>The provider has the account.</summary>
    Created,

    /// <summary>It may send as its address.</summary>
    Sending,

    /// <summary>Its credentials are stored.</summary>
    Credentials,

    /// <summary>It is told that it is ready.</summary>
    Active,
}

/// <summary>What the machine is leading a mailbox to. None when it rests.</summary>
public enum MailboxGoal
{
    /// <summary>From being made, or from being suspended.</summary>
    Active,
    Suspended,

    /// <summary>Active with new credentials.</summary>
    Rotated,
    Deleted,

    /// <summary>What was made is undone.</summary>
    Failed,
}

/// <summary>The calls to a provider, as history, traces and metrics name them.</summary>
public enum MailboxCall
{
    Create,
    SetUpSending,
    IssueCredentials,
    Suspend,
    Resume,
    Delete,
}

/// <summary>The names of states, steps and goals, stored and on the wire.</summary>
public static class MailboxNames
{
    public static IReadOnlyList<string> States { get; } = [.. Enum.GetValues<MailboxState>().Select(Name)];

#pragma warning disable CA1308 // the wire's names are lower case
    public static string Name(this MailboxState state) => state.ToString().ToLowerInvariant();

    public static string Name(this MailboxStep step) => step.ToString().ToLowerInvariant();

    public static string Name(this MailboxGoal goal) => goal.ToString().ToLowerInvariant();
#pragma warning restore CA1308

    public static string Name(this MailboxCall call) => call switch
    {
        MailboxCall.Create => "create",
        MailboxCall.SetUpSending => "set_up_sending",
        MailboxCall.IssueCredentials => "issue_credentials",
        MailboxCall.Suspend => "suspend",
        MailboxCall.Resume => "resume",
        MailboxCall.Delete => "delete",
        _ => throw new ArgumentOutOfRangeException(nameof(call), call, "Not a call."),
    };

    /// <returns>False when no state has that name.</returns>
    public static bool TryParse(string name, out MailboxState state) => TryParse(name, Name, out state);

    /// <exception cref="FormatException">Nothing has that name.</exception>
    internal static T Parse<T>(string name, Func<T, string> nameOf) where T : struct, Enum =>
        TryParse(name, nameOf, out T found) ? found : throw new FormatException($"'{name}' is no {typeof(T).Name}.");

    private static bool TryParse<T>(string name, Func<T, string> nameOf, out T found) where T : struct, Enum
    {
        foreach (T one in Enum.GetValues<T>())
        {
            if (nameOf(one) != name) continue;
            found = one;
            return true;
        }

        found = default;
        return false;
    }
}
