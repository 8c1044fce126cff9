namespace Inventory.ServiceDefaults.Problems;

/// <summary>Knows the exceptions of one dependency, such as a database that is not reachable.</summary>
public interface IExceptionStatus
{
    /// <returns>The HTTP status that tells the client what to do, or null for an exception of another origin.</returns>
    int? StatusOf(Exception exception);

    /// <summary>How long a client that gets a 503 for it had better wait.</summary>
    TimeSpan RetryAfter(Exception exception) => TimeSpan.Zero;
}
