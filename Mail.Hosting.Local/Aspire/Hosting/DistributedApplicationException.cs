namespace Aspire.Hosting;

/// <summary>Stands in for Aspire's type of this name: the application model or its start is wrong, in words for the developer.</summary>
public class DistributedApplicationException : Exception
{
    public DistributedApplicationException()
    {
    }

    public DistributedApplicationException(string message) : base(message)
    {
    }

    public DistributedApplicationException(string message, Exception inner) : base(message, inner)
    {
    }
}
