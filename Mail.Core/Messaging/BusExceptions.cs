namespace Mail.Core.Messaging;

/// <summary>Thrown by a handler for a message that no further attempt can help: it becomes a dead letter at once.</summary>
public sealed class BusFatalException : Exception
{
    public BusFatalException()
    {
    }

    /// <param name="message">Why, for the person who looks at the dead letter. No secret.</param>
    public BusFatalException(string message) : base(message)
    {
    }

    public BusFatalException(string message, Exception innerException) : base(message, innerException)
    {
    }
}

/// <summary>The message is no longer this worker's: another one has it, or it was cancelled or replaced. Nothing of what was to be completed is kept; a handler lets it pass.</summary>
public sealed class BusLeaseLostException : Exception
{
    public BusLeaseLostException()
    {
    }

    public BusLeaseLostException(string message) : base(message)
    {
    }

    public BusLeaseLostException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
