namespace Mail.Hosting.Local;

/// <summary>Something this machine lacks or holds in a bad state. The message is one line: what it is, and how to mend it.</summary>
public sealed class LocalHostException : Aspire.Hosting.DistributedApplicationException
{
    public LocalHostException()
    {
    }

    public LocalHostException(string message) : base(message)
    {
    }

    public LocalHostException(string message, Exception inner) : base(message, inner)
    {
    }
}
